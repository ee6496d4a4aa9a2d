"""Delivery by webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.demo.telegram import World
from tests.demo.client import Client
from tests.patience import PATIENCE_S

Json = dict[str, Any]


class Hook:
    """A bot's door: answers what it is told to, and remembers what came."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.answers: list[web.Response] = []
        self.came: list[Json] = []
        self.secrets: list[str | None] = []
        self.waits: list[float] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.arrived = asyncio.Condition()
        self.waited_twice = asyncio.Event()
        self.url = ""

    async def take(self, request: web.BaseRequest) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        body = await request.json()
        async with self.arrived:
            self.came.append(body)
            self.arrived.notify_all()
        if "message" in body:
            await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response(status=204)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        if len(self.waits) == 2:
            self.waited_twice.set()
        await asyncio.sleep(0)

    async def has(self, count: int) -> list[Json]:
        async with asyncio.timeout(PATIENCE_S), self.arrived:
            await self.arrived.wait_for(lambda: len(self.came) >= count)
        return self.came

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came if "message" in update]


@pytest.fixture
async def hook(world: World) -> AsyncIterator[Hook]:
    hook = Hook(world)
    runner = web.ServerRunner(web.Server(hook.take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    world.webhook.sleep = hook.sleep
    yield hook
    await runner.cleanup()


async def _empty(world: World) -> None:
    await world.until(lambda: not world.updates.pending)


async def test_what_waited_and_what_comes_is_delivered_with_the_secret(world: World, bot: Client, hook: Hook) -> None:
    person = world.add_person("Fatima")
    await person.writes("before")
    await bot.call("setWebhook", url=hook.url, secret_token="s3cret_-")
    await person.writes("after")
    await hook.has(2)
    assert hook.texts == ["before", "after"]
    assert hook.secrets == ["s3cret_-"] * 2
    await _empty(world)
    info = await bot.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (hook.url, 0, 40)


async def test_a_refusal_is_tried_again_after_1_2_4_seconds(world: World, bot: Client, hook: Hook) -> None:
    hook.answers = [web.Response(status=503) for _ in range(4)]
    await bot.call("setWebhook", url=hook.url)
    await world.add_person("Fatima").writes("a")
    await hook.has(5)
    assert hook.waits == [1.0, 2.0, 4.0, 8.0]
    assert hook.texts == ["a"] * 5
    await _empty(world)
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_retry_after_is_honoured(world: World, bot: Client, hook: Hook) -> None:
    hook.answers = [web.Response(status=503, headers={"Retry-After": "7"}), web.Response(status=500)]
    await bot.call("setWebhook", url=hook.url)
    await world.add_person("Fatima").writes("a")
    await hook.has(3)
    assert hook.waits == [7.0, 1.0]


async def test_a_chat_waits_for_its_first_message_and_others_do_not(world: World, bot: Client, hook: Hook) -> None:
    one, two = world.add_person("Fatima", started=True), world.add_person("Omar")
    await bot.call(
        "sendMessage",
        chat_id=one.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]},
    )
    await bot.call("setWebhook", url=hook.url)
    hook.gate.clear()
    await one.writes("a")
    await one.writes("b")
    await two.writes("c")
    await one.taps(one.id, one.chat.messages[0], "Ja")
    await hook.has(3)
    assert sorted(hook.texts) == ["a", "c"]
    assert any("callback_query" in update for update in hook.came)
    hook.gate.set()
    await hook.has(4)
    assert sorted(hook.texts) == ["a", "b", "c"]


async def test_an_answer_may_carry_a_method(world: World, bot: Client, hook: Hook) -> None:
    person = world.add_person("Fatima")
    reply = {"method": "sendMessage", "chat_id": person.id, "text": "Dag"}
    hook.answers = [
        web.json_response(reply),
        web.json_response({"method": "getMe"}),
        web.json_response({**reply, "text": ""}),
    ]
    await bot.call("setWebhook", url=hook.url)
    for text in "abc":
        await person.writes(text)
    await world.until(lambda: len(world.calls.of("sendMessage")) == 2)
    assert person.chat.last.text == "Dag"
    assert [call.status for call in world.calls.of("sendMessage")] == [200, 400]
    assert not world.calls.of("getMe")


async def test_what_a_webhook_did_not_take_waits_for_polling(world: World, bot: Client, hook: Hook) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/nobody")
    await world.add_person("Fatima").writes("a")
    await asyncio.wait_for(hook.waited_twice.wait(), PATIENCE_S)
    info = await bot.call("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection failed")
    await bot.call("setWebhook", url="")
    assert len(await bot.updates()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "nowhere"},
        {"url": "http://x/y", "secret_token": "with space"},
        {"url": "http://x/y", "max_connections": 101},
    ],
)
async def test_wrong_settings_are_refused(bot: Client, wrong: dict[str, object]) -> None:
    assert (await bot.refused("setWebhook", **wrong)).startswith("400 Bad Request: ")
    assert (await bot.call("getWebhookInfo"))["url"] == ""
