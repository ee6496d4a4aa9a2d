"""The check of our own calls finds what it should."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiogram.types import InlineKeyboardMarkup

from bot.demo.telegram import Call, World, serve
from bot.demo.telegram.params import Upload
from tests.telegram_checks import (
    BOT_API,
    against_aiogram,
    against_bot_api,
    against_type,
    check_calls,
    third_opinion,
)

BUTTON: dict[str, Any] = {"text": "Ja", "callback_data": "yes"}
GOOD: dict[str, Any] = {"chat_id": 1, "text": "Hoi", "reply_markup": {"inline_keyboard": [[BUTTON]]}}
PLANTED = [
    ("sendMessage", {**GOOD, "parsemode": "HTML"}, "parsemode: unknown"),
    ("sendMessage", {"chat_id": 1}, "text: missing"),
    ("sendMessage", {**GOOD, "disable_notification": "yes"}, "disable_notification: bool was expected, not 'yes'"),
    (
        "sendMessage",
        {**GOOD, "reply_markup": {"inline_keyboard": [[{**BUTTON, "callbackdata": "x"}]]}},
        "reply_markup.inline_keyboard[0][0].callbackdata: unknown",
    ),
    (
        "sendMediaGroup",
        {"chat_id": 1, "media": [{"type": "photo", "media": "x"}, {"type": "photo"}]},
        "media[1].media: missing",
    ),
    (
        "sendMessage",
        {**GOOD, "reply_parameters": {"message_id": "12"}},
        "reply_parameters.message_id: int was expected, not '12'",
    ),
]


@pytest.mark.parametrize(("method", "params", "mistake"), PLANTED, ids=[mistake for _, _, mistake in PLANTED])
def test_the_walk_finds_each_of_six_planted_mistakes(method: str, params: dict[str, Any], mistake: str) -> None:
    assert against_aiogram(method, params) == [mistake]
    assert against_aiogram("sendMessage", GOOD) == []


async def test_each_is_found_when_it_comes_over_http_too() -> None:
    world = World()
    world.add_person("Fatima", id=1, started=True)
    async with serve(world) as server, aiohttp.ClientSession() as session:
        for method, params, _ in PLANTED:
            await session.post(f"{server.url}/bot1:x/{method}", json=params)
        form = {"chat_id": "1", "text": "Hoi", "disable_notification": "yes"}
        await session.post(f"{server.url}/bot1:x/sendMessage", data=form)
        good = {"chat_id": "1", "text": "Hoi", "disable_notification": "true", "message_thread_id": "0"}
        await session.post(f"{server.url}/bot1:x/sendMessage", data=good)
    for call, (_, _, mistake) in zip(world.calls, PLANTED, strict=False):
        assert f"{call.method}: aiogram: {mistake}" in check_calls([call])
    assert "disable_notification" in check_calls([world.calls[-2]])[0]
    assert check_calls([world.calls[-1]]) == []


@pytest.mark.skipif(not BOT_API.exists(), reason="bot_api.json is not here")
@pytest.mark.parametrize(("method", "params", "mistake"), PLANTED, ids=[mistake for _, _, mistake in PLANTED])
def test_the_third_opinion_finds_them_too(method: str, params: dict[str, Any], mistake: str) -> None:
    [line] = against_bot_api(method, params)
    assert line.partition(":")[0] == mistake.partition(":")[0]
    assert against_bot_api("sendMessage", GOOD) == []


def test_aiogram_by_itself_would_let_an_unknown_key_through() -> None:
    wrong = {"inline_keyboard": [[{**BUTTON, "callbackdata": "x"}]]}
    assert InlineKeyboardMarkup.model_validate(wrong).inline_keyboard[0][0].callback_data == "yes"


@pytest.mark.parametrize(
    ("method", "params", "mistakes"),
    [
        ("sendPhoto", {"chat_id": 1, "photo": Upload("x", "image/jpeg", b"x")}, []),
        ("sendPhoto", {"chat_id": "@x", "photo": "file id"}, []),
        ("sendPhoto", {"chat_id": 1, "photo": 5}, ["photo: str was expected, not 5"]),
        ("sendLocation", {"chat_id": 1, "latitude": 52, "longitude": 5.2}, []),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "default"}}, []),
        ("setMyCommands", {"commands": {}}, ["commands: a list was expected, not {}"]),
        ("setMyCommands", {"commands": ["a"]}, ["commands[0]: an object was expected, not 'a'"]),
        ("sendMessage", {**GOOD, "reply_markup": {"force_reply": True}}, []),
        ("sendMessage", {**GOOD, "chat_id": True}, ["chat_id: int was expected, not True"]),
        ("sendMessage", {**GOOD, "reply_markup": {"selective": True}}, ["reply_markup.keyboard: missing"]),
        ("setMessageReaction", {"chat_id": 1, "message_id": 2, "reaction": [{"type": "emoji", "emoji": "👍"}]}, []),
        ("sendDance", {}, ["there is no such method"]),
    ],
)
def test_more_that_is_right_and_wrong(method: str, params: dict[str, Any], mistakes: list[str]) -> None:
    assert against_aiogram(method, params) == mistakes


def test_a_list_of_calls_gives_a_line_per_mistake() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    good = Call(1, "sendMessage", now, GOOD, status=200)
    wrong = Call(
        2, "sendMessage", now, {**GOOD, "x": 1}, status=400, error="Bad Request: unknown parameter x", malformed=True
    )
    on_demand = Call(3, "sendMessage", now, GOOD, status=500, error="Internal Server Error", fault="error")
    blocked = Call(4, "sendMessage", now, GOOD, status=403, error="Forbidden: bot was blocked by the user")
    assert check_calls([good, on_demand, blocked]) == []
    lines = check_calls([wrong])
    assert lines[:2] == [
        "sendMessage: aiogram: x: unknown",
        "sendMessage: stand-in: Bad Request: unknown parameter x",
    ]
    assert lines[2:] == (["sendMessage: bot_api.json: x: unknown"] if third_opinion() == "checked" else [])


async def test_lengths_and_values_are_the_stand_ins_part() -> None:
    world = World()
    person = world.add_person("Fatima", started=True)
    long_data = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}
    async with serve(world) as server, aiohttp.ClientSession() as session:
        for params in (
            {"text": "x" * 4097},
            {"text": "<b>", "parse_mode": "HTML"},
            {"text": "x", "reply_markup": long_data},
        ):
            await session.post(f"{server.url}/bot1:x/sendMessage", json={"chat_id": person.id, **params})
    assert check_calls(world.calls) == [
        "sendMessage: stand-in: Bad Request: message is too long",
        "sendMessage: stand-in: Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        "sendMessage: stand-in: Bad Request: BUTTON_DATA_INVALID",
    ]


def test_the_third_opinion_says_whether_it_is_here() -> None:
    assert third_opinion() == ("checked" if BOT_API.exists() else "not here")
    if third_opinion() == "checked":
        assert against_type("User", {"id": 1, "is_bot": False}) == ["User.first_name: missing"]
        assert against_type("User", 5) == ["User: User was expected, not 5"]
    else:
        assert against_type("User", 5) == []
