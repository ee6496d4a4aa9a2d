"""The corners: odd input, a stand-in that fails itself, and what it may import."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from bot.demo.telegram import NotPossible, World
from tests.demo.client import Client, RefusedError
from tests.demo.test_sending import inline

PACKAGE = Path(__file__).parents[2] / "bot" / "demo" / "telegram"


def test_it_imports_nothing_of_the_project_nor_a_bot_library() -> None:
    allowed = {*sys.stdlib_module_names, "aiohttp"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            strangers = [n for n in names if n.split(".")[0] not in allowed and not n.startswith("bot.demo.telegram")]
            assert strangers == [], path.name


async def test_half_a_character_is_refused_and_changes_nothing(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    refusal = "400 Bad Request: strings must be encoded in UTF-8"
    assert await bot.refused("sendMessage", chat_id=1, text="x\ud83d") == refusal
    assert await bot.refused("sendMessage", chat_id=1, text="x", reply_markup=inline("x\ud83d")) == refusal
    broken = '{"inline_keyboard": [[{"text": "\\ud83d", "callback_data": "x"}]]}'
    with pytest.raises(RefusedError, match="UTF-8"):
        await bot.post("sendMessage", data={"chat_id": "1", "text": "x", "reply_markup": broken})
    assert world.chat(1).messages == []
    await bot.call("sendMessage", chat_id=1, text="👍", reply_markup=inline("👍"))


async def test_a_mistake_of_the_stand_in_itself_is_logged_as_such(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    del world.contact[person.id]
    async with bot.session.post(f"{bot.url}/bot1:x/sendMessage", json={"chat_id": person.id, "text": "x"}) as response:
        assert response.status == 500
    assert (world.calls[-1].status, world.calls[-1].error) == (500, f"the stand-in failed: KeyError({person.id})")


async def test_empty_and_absent_values_are_no_values(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    form = {"chat_id": "1", "text": "x", "message_thread_id": "", "reply_markup": "", "parse_mode": ""}
    await bot.post("sendMessage", data=form)
    await bot.call("sendMessage", chat_id=1, text="x", reply_markup=None, reply_parameters={})
    await bot.call("sendMessage", chat_id=1, text="x", reply_markup={"force_reply": False})
    assert len(world.chat(1).messages) == 3
    assert world.chat(1).prompts == {}


async def test_numbers_out_of_range_stay_text(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    sent = await bot.call("sendMessage", chat_id=1, text="&#0; &#1114112; &#65;", parse_mode="HTML")
    assert sent["text"] == "&#0; &#1114112; A"


async def test_chats_may_have_names(world: World, bot: Client) -> None:
    group = world.add_group("Buurt")
    group.username, group.description = "buurt_almere", "Voor iedereen"
    chat = await bot.call("getChat", chat_id="@Buurt_Almere")
    assert (chat["id"], chat["username"], chat["description"]) == (group.id, "buurt_almere", "Voor iedereen")


async def test_a_prompt_goes_with_its_message(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    sent = await bot.call("sendMessage", chat_id=person.id, text="?", reply_markup={"force_reply": True})
    await bot.call("deleteMessage", chat_id=person.id, message_id=sent["message_id"])
    assert (await person.writes("x")).reply_to is None


async def test_what_the_bot_may_not_do(world: World, bot: Client) -> None:
    samira = world.add_person("Samira", started=True)
    group = world.add_group("Straat", admins=[samira], bot="administrator", forum=True)
    topic = await samira.opens_topic(group, "Noord")
    for method, params, refusal in (
        ("deleteMessage", {"message_id": topic.thread_id}, "message can't be deleted"),
        ("banChatMember", {"user_id": world.bot.id}, "user is an administrator of the chat"),
        ("sendLocation", {"latitude": 1, "longitude": 1, "live_period": 60}, "live locations"),
        ("sendContact", {"phone_number": "1", "first_name": " "}, "CONTACT_NAME_EMPTY"),
        ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "paid"}]}, "REACTION_INVALID"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"keyboard": [[{"text": "x", "request_contact": True}]]}},
            "phone number",
        ),
    ):
        assert refusal in await bot.refused(method, chat_id=group.id, **params)
    dice = await samira.sends_dice(samira.id)
    assert "for everyone" in await bot.refused("deleteMessage", chat_id=samira.id, message_id=dice.message_id)


async def test_a_webhook_may_begin_with_a_clean_slate(world: World, bot: Client) -> None:
    await world.add_person("Fatima").writes("oud")
    await bot.call("setWebhook", url="http://127.0.0.1:9/x", drop_pending_updates=True)
    await bot.call("deleteWebhook")
    assert await bot.updates() == []


async def test_a_place_can_be_told_by_a_key(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    markup = {"keyboard": [[{"text": "Hier", "request_location": True}]]}
    await bot.call("sendMessage", chat_id=person.id, text="?", reply_markup=markup)
    sent = await person.presses("Hier", location=(52.4, 5.3))
    assert sent.content == {"latitude": 52.4, "longitude": 5.3}
    with pytest.raises(NotPossible):
        await person.presses("Daar")


async def test_a_link_shows_as_a_link(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    await bot.call("sendMessage", chat_id=person.id, text="Kijk op https://almere.nl/x?a=1&b=2.")
    assert person.chat.last.html == (
        'Kijk op <a href="https://almere.nl/x?a=1&amp;b=2">https://almere.nl/x?a=1&amp;b=2</a>.'
    )
