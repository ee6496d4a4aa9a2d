"""Tokens, methods and parameters: what the server takes and what it refuses."""

from __future__ import annotations

import json

import aiohttp
import pytest

from bot.demo.telegram import Server, World
from tests.demo.client import Client, RefusedError


async def test_any_token_is_taken_unless_a_list_is_given(world: World, bot: Client) -> None:
    bot.token = "1:whatever"
    assert (await bot.call("getMe"))["username"] == "buurtbode_bot"
    world.tokens = {world.token}
    assert await bot.refused("getMe") == "401 Unauthorized"
    bot.token = world.token
    assert (await bot.call("getMe"))["id"] == world.bot.id


async def test_an_unknown_method_or_path_is_not_found_and_logged(world: World, server: Server, bot: Client) -> None:
    assert await bot.refused("sendMesage") == "404 Not Found"
    assert [(call.method, call.status) for call in world.calls] == [("sendMesage", 404)]
    async with bot.session.get(f"{server.url}/somewhere") as response:
        assert response.status == 404


async def test_method_names_are_not_case_sensitive(world: World, bot: Client) -> None:
    await bot.call("GETME")
    assert world.calls[0].method == "getMe"


@pytest.mark.parametrize("way", ["json", "form", "multipart", "query"])
async def test_parameters_come_as_json_form_multipart_or_in_the_address(world: World, bot: Client, way: str) -> None:
    person = world.add_person("Fatima", started=True)
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
    plain = {"chat_id": str(person.id), "text": "Hoi", "protect_content": "true", "reply_markup": json.dumps(markup)}
    if way == "json":
        plain_json = {"chat_id": person.id, "text": "Hoi", "protect_content": True, "reply_markup": markup}
        await bot.post("sendMessage", json=plain_json)
    elif way == "form":
        await bot.post("sendMessage", data=plain)
    elif way == "multipart":
        form = aiohttp.FormData(plain, default_to_multipart=True)
        await bot.post("sendMessage", data=form)
    else:
        await bot.post("sendMessage", params=plain)
    message = person.chat.last
    assert (message.text, message.protect_content, message.labels) == ("Hoi", True, ["Ja"])
    assert world.calls[-1].params == {
        "chat_id": person.id,
        "text": "Hoi",
        "protect_content": True,
        "reply_markup": markup,
    }


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"chat_id": 1, "text": "x", "paarse_mode": "HTML"}, "unknown parameter paarse_mode"),
        ({"chat_id": 1}, "message text is empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1, "text": ["x"]}, "parameter text must be a string"),
        ({"chat_id": 1, "text": "x", "message_thread_id": "one"}, "parameter message_thread_id must be an integer"),
        ({"chat_id": 1, "text": "x", "protect_content": "maybe"}, "parameter protect_content must be a boolean"),
        ({"chat_id": 1, "text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"chat_id": 1, "text": "x", "reply_markup": []}, "object expected as reply markup"),
        ({"chat_id": 1, "text": "x", "entities": {}}, "array expected as entities"),
        ({"chat_id": 1.5, "text": "x"}, "parameter chat_id must be an integer"),
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
    ],
)
async def test_wrong_parameters_are_refused(bot: Client, params: dict[str, object], refusal: str) -> None:
    assert await bot.refused("sendMessage", **params) == f"400 Bad Request: {refusal}"


async def test_a_latitude_must_be_a_number(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    refusal = await bot.refused("sendLocation", chat_id=1, latitude="north", longitude=5)
    assert refusal == "400 Bad Request: parameter latitude must be a number"
    assert "wrong location" in await bot.refused("sendLocation", chat_id=1, latitude=91, longitude=5)


async def test_a_body_that_is_no_json_object_is_refused(bot: Client) -> None:
    for body in (b"{", b"[1]"):
        with pytest.raises(RefusedError, match="can't parse JSON object"):
            await bot.post("getMe", data=body, headers={"Content-Type": "application/json"})


async def test_a_file_that_no_parameter_names_is_refused(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    form = aiohttp.FormData({"chat_id": "1", "text": "x"})
    form.add_field("strange", b"data", filename="x.bin")
    with pytest.raises(RefusedError, match="unknown parameter strange"):
        await bot.post("sendMessage", data=form)


async def test_every_call_is_logged_with_its_fate(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    await bot.call("sendMessage", chat_id=person.id, text="Hoi")
    await bot.refused("sendMessage", chat_id=7, text="Hoi")
    first, second = world.calls
    assert (first.id, first.ok, first.error, first.at) == (1, True, None, world.now())
    assert first.result["text"] == "Hoi"
    assert (second.status, second.error, second.malformed) == (400, "Bad Request: chat not found", False)
    assert world.calls.refused == [second]
    assert world.calls.to(person.id) == [first] == world.calls.sends[:1]
    assert world.calls.total["sendMessage"] == 2
    world.calls.clear()
    assert len(world.calls) == 0


async def test_a_forgotten_call_still_counts(world: World) -> None:
    from bot.demo.telegram import Call, CallLog

    log = CallLog(keep=2)
    for number in range(3):
        log.add(Call(number, "getMe", world.now()))
    assert [call.id for call in log] == [1, 2]
    assert log.total["getMe"] == 3
