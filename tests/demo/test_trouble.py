"""Limits and faults on demand."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.demo.telegram import Limits, Window, World
from tests.demo.client import Client, RefusedError


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def refused_after(bot: Client, method: str, **params: object) -> int:
    with pytest.raises(RefusedError) as caught:
        await bot.call(method, **params)
    wait: int = caught.value.parameters["retry_after"]
    assert str(caught.value) == f"429 Too Many Requests: retry after {wait}"
    return wait


async def test_limits_are_off_until_switched_on(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    for _ in range(40):
        await bot.call("sendMessage", chat_id=1, text="x")


async def test_one_person_gets_so_many_in_a_while(world: World, bot: Client) -> None:
    time = Seconds()
    world.limits = Limits(on=True, private=Window(3, 3.0), monotonic=time)
    world.add_person("Fatima", id=1, started=True)
    world.add_person("Omar", id=2, started=True)
    for _ in range(3):
        await bot.call("sendMessage", chat_id=1, text="x")
        time.now += 0.5
    assert await refused_after(bot, "sendMessage", chat_id=1, text="x") == 2
    await bot.call("sendMessage", chat_id=2, text="x")
    time.now += 1.5
    await bot.call("sendMessage", chat_id=1, text="x")


async def test_a_group_gets_20_sends_and_edits_a_minute_and_everybody_30_a_second(world: World, bot: Client) -> None:
    time = Seconds()
    world.limits = Limits(on=True, monotonic=time)
    group = world.add_group("Triage")
    number = (await bot.call("sendMessage", chat_id=group.id, text="x"))["message_id"]
    for count in range(19):
        await bot.call("editMessageText", chat_id=group.id, message_id=number, text=str(count))
    assert await refused_after(bot, "editMessageText", chat_id=group.id, message_id=number, text="y") == 60
    await bot.call("sendChatAction", chat_id=group.id, action="typing")
    for user_id in range(1, 11):
        world.add_person("x", id=user_id, started=True)
        await bot.call("sendMessage", chat_id=user_id, text="x")
    world.add_person("x", id=11, started=True)
    assert await refused_after(bot, "sendMessage", chat_id=11, text="x") == 1
    time.now += 1
    await bot.call("sendMessage", chat_id=11, text="x")


async def test_every_part_of_an_album_counts(world: World, bot: Client) -> None:
    time = Seconds()
    world.limits = Limits(on=True, group=Window(3, 60.0), monotonic=time)
    group = world.add_group("Triage")
    photo = world.files.add("photo", b"\xff\xd8\xff").file_id
    media = [{"type": "photo", "media": photo}] * 2
    await bot.call("sendMediaGroup", chat_id=group.id, media=media)
    assert await refused_after(bot, "sendMediaGroup", chat_id=group.id, media=media) == 60
    await bot.call("sendMessage", chat_id=group.id, text="x")


async def test_a_refused_call_counts_for_no_limit(world: World, bot: Client) -> None:
    world.limits = Limits(on=True, private=Window(1, 3.0), monotonic=Seconds())
    world.add_person("Fatima", id=1, started=True)
    await bot.refused("sendMessage", chat_id=1, text="x", reply_parameters={"message_id": 9})
    await bot.call("sendMessage", chat_id=1, text="x")


async def test_errors_on_demand_hit_the_next_calls_of_a_method_and_chat(world: World, bot: Client) -> None:
    for user_id in (1, 2):
        world.add_person("x", id=user_id, started=True)
    world.faults.fail("sendMessage", count=2, chat_id=1)
    world.faults.flood("getMe", retry_after=5)
    await bot.call("sendMessage", chat_id=2, text="x")
    for _ in range(2):
        assert await bot.refused("sendMessage", chat_id=1, text="x") == "500 Internal Server Error"
    await bot.call("sendMessage", chat_id=1, text="x")
    assert await refused_after(bot, "getMe") == 5
    assert [call.fault for call in world.calls if call.fault] == ["error"] * 3
    assert len(world.chat(1).messages) == 1
    world.faults.fail(status=403, description="Forbidden: bot was blocked by the user")
    assert await bot.updates() == []
    assert "403" in await bot.refused("getMe")
    world.faults.fail()
    world.faults.clear()
    await bot.call("getMe")


@pytest.mark.parametrize("done", [False, True])
async def test_a_connection_can_be_cut_before_or_after_the_work(world: World, bot: Client, done: bool) -> None:
    world.add_person("Fatima", id=1, started=True)
    world.faults.cut("sendMessage", done=done)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=1, text="x")
    assert len(world.chat(1).messages) == (1 if done else 0)
    assert world.calls[-1].fault == "cut"


async def test_a_connection_can_be_cut_in_the_middle_of_the_answer(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    world.faults.half("sendMessage")
    with pytest.raises(aiohttp.ClientPayloadError):
        await bot.call("sendMessage", chat_id=1, text="x")
    assert len(world.chat(1).messages) == 1
    await bot.call("sendMessage", chat_id=1, text="y")


@pytest.mark.parametrize("done", [False, True])
async def test_an_answer_may_never_come(world: World, bot: Client, done: bool) -> None:
    world.add_person("Fatima", id=1, started=True)
    world.faults.hang("sendMessage", done=done)
    waiting = asyncio.create_task(bot.call("sendMessage", chat_id=1, text="x"))
    await world.until(lambda: world.calls and (world.calls[-1].status or world.calls[-1].error))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    waiting.cancel()
    await asyncio.wait({waiting})
    assert len(world.chat(1).messages) == (1 if done else 0)
    await bot.call("sendMessage", chat_id=1, text="y")


async def test_an_answer_may_be_held_until_it_is_let_go(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    may_come = asyncio.Event()
    world.faults.hold("sendMessage", until=may_come)
    waiting = asyncio.create_task(bot.call("sendMessage", chat_id=1, text="x"))
    await world.until(lambda: world.chat(1).messages)
    await bot.call("sendMessage", chat_id=1, text="y")
    assert not waiting.done()
    may_come.set()
    await waiting


async def test_an_answer_may_come_late(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    world.faults.slow("sendMessage", seconds=0.05)
    before = asyncio.get_running_loop().time()
    await bot.call("sendMessage", chat_id=1, text="x")
    assert asyncio.get_running_loop().time() - before >= 0.05
