"""What people do and what can be watched."""

from __future__ import annotations

import asyncio

import pytest

from bot.demo.telegram import Change, NotPossible, World
from tests.demo.client import Client
from tests.demo.conftest import Clock


async def test_ids_come_out_the_same_in_every_run(clock: Clock) -> None:
    worlds = [World(clock), World(clock)]
    for world in worlds:
        world.add_person("Fatima")
        world.add_group("Triage")
        world.add_group("Straat", supergroup=False)
    assert list(worlds[0].chats) == list(worlds[1].chats) == [200_000_001, -1_002_000_000_001, -4_000_001]
    photos = [await world.people[0].sends_photo(200_000_001) for world in worlds]
    assert photos[0].file_ids == photos[1].file_ids


async def test_dates_come_from_the_clock(world: World, bot: Client, clock: Clock) -> None:
    person = world.add_person("Fatima")
    clock.advance(days=7)
    await person.writes("x")
    [update] = await bot.updates()
    assert update["message"]["date"] == int(clock.time.timestamp())


async def test_edits_and_deletions_of_own_messages(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    message = await person.writes("een")
    photo = await person.sends_photo(person.id, "kijk")
    await person.edits(person.id, message, "/twee")
    await person.edits(person.id, photo, "")
    edits = [update["edited_message"] for update in (await bot.drain())[2:]]
    assert (edits[0]["text"], edits[0]["entities"][0]["type"]) == ("/twee", "bot_command")
    assert "caption" not in edits[1]
    assert message.texts == ["een", "/twee"]
    await person.deletes(person.id, message)
    assert await bot.updates() == []
    assert person.chat.visible == [photo]
    for attempt in (
        lambda: person.edits(person.id, message, "x"),
        lambda: person.deletes(person.id, message),
        lambda: person.writes("  "),
        lambda: person.writes("x" * 4097),
        lambda: person.sends(person.id, "x", reply_to=message),
    ):
        with pytest.raises(NotPossible):
            await attempt()
    place = await person.sends_location(person.id, 52.0, 5.0, accuracy=20)
    with pytest.raises(NotPossible):
        await person.edits(person.id, place, "x")


async def test_others_messages_are_theirs(world: World, bot: Client) -> None:
    samira, omar = world.add_person("Samira"), world.add_person("Omar")
    group = world.add_group("Triage", admins=[samira], members=[omar])
    card = await bot.call("sendMessage", chat_id=group.id, text="Kaart")
    for attempt in (
        lambda: omar.edits(group, card["message_id"], "x"),
        lambda: omar.deletes(group, card["message_id"]),
    ):
        with pytest.raises(NotPossible):
            await attempt()
    await samira.deletes(group, card["message_id"])
    assert group.message(card["message_id"]).deleted_by == samira.id
    with pytest.raises(IndexError):
        _ = group.last


async def test_reactions_reach_an_administrator_that_asked(world: World, bot: Client) -> None:
    samira = world.add_person("Samira")
    group = world.add_group("Triage", admins=[samira], bot="administrator")
    await bot.updates(allowed_updates=["message_reaction"])
    card = await bot.call("sendMessage", chat_id=group.id, text="Kaart")
    await samira.reacts(group, card["message_id"], "👍")
    await samira.reacts(group, card["message_id"], None)
    await samira.demotes_bot(group)
    await samira.reacts(group, card["message_id"], "👎")
    first, second = [update["message_reaction"] for update in await bot.drain()]
    assert first["new_reaction"] == second["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]


async def test_protected_messages_cannot_be_forwarded(world: World, bot: Client) -> None:
    samira = world.add_person("Samira", started=True)
    group = world.add_group("Triage", admins=[samira], bot="administrator")
    free = await bot.call("sendMessage", chat_id=samira.id, text="vrij")
    safe = await bot.call("sendMessage", chat_id=samira.id, text="geheim", protect_content=True)
    assert safe["has_protected_content"] is True
    forwarded = await samira.forwards(samira.id, free["message_id"], group)
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin["sender_user"]["id"] == world.bot.id
    with pytest.raises(NotPossible):
        await samira.forwards(samira.id, safe["message_id"], group)
    with pytest.raises(NotPossible):
        await samira.edits(group, forwarded, "x")


async def test_odd_messages_arrive_too(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    await person.sends_dice(person.id)
    await person.sends_poll(person.id, "Koffie?")
    await person.sends_contact(person.id, "+31612345678", "Omar")
    dice, poll, contact = [update["message"] for update in await bot.drain()]
    assert (dice["dice"]["value"], poll["poll"]["question"]) == (4, "Koffie?")
    assert contact["contact"]["phone_number"] == "+31612345678"


async def test_changes_can_be_watched_until_one_has_seen_enough(world: World, bot: Client) -> None:
    seen: list[Change] = []
    stop = world.on_change(seen.append)
    person = world.add_person("Fatima")
    message = await person.writes("x")
    await person.edits(person.id, message, "y")
    await person.deletes(person.id, message)
    assert [(change.kind, change.message) for change in seen] == [
        ("message", message), ("edited", message), ("deleted", message),
    ]  # fmt: skip
    await bot.call("getMe")
    assert seen[-1].call is world.calls[-1]
    stop()
    await person.writes("z")
    assert seen[-1].kind == "call"


async def test_waiting_ends_when_it_is_true_or_too_late(world: World) -> None:
    person = world.add_person("Fatima")
    waiting = asyncio.create_task(world.until(lambda: person.chat.texts))
    await asyncio.sleep(0)
    await person.writes("x")
    assert await waiting == ["x"]
    with pytest.raises(TimeoutError, match=r"not true within 0.01 s: a second message"):
        await world.until(lambda: len(person.chat.texts) > 1, timeout=0.01, what="a second message")


async def test_things_show_themselves(world: World) -> None:
    person = world.add_person("Fatima", last_name="B")
    message = await person.writes("x")
    await person.deletes(person.id, message)
    assert repr(person) == "<Person 200000001 Fatima B>"
    assert repr(message) == "<Message 200000001/1 deleted  'x'>"
    assert repr(person.chat) == "<Chat 200000001 private ''>"
    assert world.person(person.id) is person
