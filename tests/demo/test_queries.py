"""Taps and their answers."""

from __future__ import annotations

import pytest

from bot.demo.telegram import Message, NotPossible, Person, World
from tests.demo.client import Client
from tests.demo.conftest import Clock
from tests.demo.test_sending import inline

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def asked(world: World, bot: Client, *labels: str) -> tuple[Person, Message]:
    person = world.add_person("Fatima", started=True)
    await bot.call("sendMessage", chat_id=person.id, text="?", reply_markup=inline(*labels))
    return person, person.chat.last


async def test_a_tap_becomes_a_query_and_its_answer_a_toast(world: World, bot: Client) -> None:
    person, message = await asked(world, bot, "Ja", "Nee")
    tap = await person.taps(person.id, message, "Ja")
    by_data = await person.taps(person.id, message, "nee")
    first, second = [update["callback_query"] for update in await bot.drain()]
    assert (first["id"], first["data"], first["from"]["id"]) == (tap.id, "ja", person.id)
    assert first["message"]["message_id"] == message.message_id
    assert first["message"]["reply_markup"] == inline("Ja", "Nee")
    assert (second["id"], second["data"]) == (by_data.id, "nee")
    assert tap.toast == ""
    await bot.call("answerCallbackQuery", callback_query_id=first["id"], text="Goed", show_alert=True)
    assert await world.until(lambda: tap.answer) is tap.answer
    assert tap.answer is not None
    assert (tap.toast, tap.answer.show_alert, world.taps[tap.id]) == ("Goed", True, tap)


async def test_a_query_is_answered_once_and_in_time(world: World, bot: Client, clock: Clock) -> None:
    person, message = await asked(world, bot, "Ja")
    once = await person.taps(person.id, message, "Ja")
    await bot.call("answerCallbackQuery", callback_query_id=once.id)
    assert await bot.refused("answerCallbackQuery", callback_query_id=once.id) == TOO_OLD
    assert await bot.refused("answerCallbackQuery", callback_query_id="77") == TOO_OLD
    late = await person.taps(person.id, message, "Ja")
    clock.advance(minutes=16)
    assert await bot.refused("answerCallbackQuery", callback_query_id=late.id) == TOO_OLD


async def test_an_answer_holds_200_units_and_links_only_to_the_bot(world: World, bot: Client) -> None:
    person, message = await asked(world, bot, "Ja")
    tap = await person.taps(person.id, message, "Ja")
    at = {"callback_query_id": tap.id}
    assert "MESSAGE_TOO_LONG" in await bot.refused("answerCallbackQuery", **at, text="👍" * 101)
    assert "URL_INVALID" in await bot.refused("answerCallbackQuery", **at, url="https://example.nl")
    await bot.call("answerCallbackQuery", **at, text="👍" * 100, url="https://t.me/buurtbode_bot?start=x")


async def test_only_buttons_that_are_there_can_be_tapped(world: World, bot: Client) -> None:
    person, message = await asked(world, bot, "Ja")
    with pytest.raises(NotPossible, match=r"no button 'Misschien'.*\['Ja'\]"):
        await person.taps(person.id, message, "Misschien")
    link = {"inline_keyboard": [[{"text": "Site", "url": "https://example.nl"}]]}
    await bot.call("editMessageReplyMarkup", chat_id=person.id, message_id=message.message_id, reply_markup=link)
    with pytest.raises(NotPossible):
        await person.taps(person.id, message, "Site")
    with pytest.raises(NotPossible):
        await world.add_person("Omar").taps(person.id, message, "Site")
    assert await bot.updates() == []


async def test_a_changed_app_sends_any_data_even_about_a_deleted_message(world: World, bot: Client) -> None:
    person, message = await asked(world, bot, "Ja")
    await person.forges(person.id, message.message_id, "report:999:close")
    await person.deletes(person.id, message)
    await person.forges(person.id, message, "x")
    there, gone = [update["callback_query"] for update in await bot.drain()]
    assert there["data"] == "report:999:close"
    assert gone["message"] == {"chat": there["message"]["chat"], "message_id": message.message_id, "date": 0}


async def test_who_blocked_the_bot_taps_nothing(world: World, bot: Client) -> None:
    person, message = await asked(world, bot, "Ja")
    await person.blocks()
    with pytest.raises(NotPossible):
        await person.taps(person.id, message, "Ja")
