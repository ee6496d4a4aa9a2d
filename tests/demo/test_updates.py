"""getUpdates: acknowledging, waiting, conflicts, what is kept and what is wanted."""

from __future__ import annotations

import asyncio

import pytest

from bot.demo.telegram import World
from tests.demo.client import Client, RefusedError
from tests.demo.conftest import Clock
from tests.patience import PATIENCE_S


async def test_updates_stay_until_a_higher_offset_confirms_them(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    for text in ("a", "b", "c"):
        await person.writes(text)
    first, second, third = await bot.updates()
    assert [u["message"]["text"] for u in (first, second, third)] == ["a", "b", "c"]
    assert second["update_id"] == first["update_id"] + 1
    assert await bot.updates() == [first, second, third]
    assert await bot.updates(offset=second["update_id"]) == [second, third]
    assert await bot.updates() == [second, third]
    assert await bot.updates(offset=third["update_id"] + 1) == []
    assert await bot.updates() == []


async def test_a_negative_offset_keeps_only_the_newest(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    for text in ("a", "b", "c"):
        await person.writes(text)
    assert [u["message"]["text"] for u in await bot.updates(offset=-1)] == ["c"]
    assert [u["message"]["text"] for u in await bot.updates()] == ["c"]


async def test_at_most_a_hundred_come_at_once(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    for number in range(120):
        await person.writes(str(number))
    assert len(await bot.updates()) == 100
    assert len(await bot.updates(limit=500)) == 100
    assert len(await bot.updates(limit=7)) == 7
    assert len(await bot.updates(limit=0)) == 1


async def test_a_long_poll_answers_as_soon_as_something_comes(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    poll = asyncio.create_task(bot.updates(timeout=30))
    await world.until(lambda: world.updates.polled)
    await person.writes("Hoi")
    [update] = await asyncio.wait_for(poll, PATIENCE_S)
    assert update["message"]["text"] == "Hoi"
    assert world.calls[-1].result == 1


async def test_a_long_poll_ends_empty_when_nothing_comes(bot: Client) -> None:
    assert await bot.updates(timeout=1) == []


async def test_a_second_poller_ends_the_first(world: World, bot: Client) -> None:
    first = asyncio.create_task(bot.updates(timeout=30))
    await world.until(lambda: world.updates.polled)
    second = asyncio.create_task(bot.updates(timeout=30))
    with pytest.raises(RefusedError) as caught:
        await asyncio.wait_for(first, PATIENCE_S)
    assert str(caught.value) == (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    person = world.add_person("Fatima")
    await person.writes("Hoi")
    assert len(await asyncio.wait_for(second, PATIENCE_S)) == 1


async def test_a_poller_that_went_away_disturbs_nobody(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    poll = asyncio.create_task(bot.updates(timeout=30))
    await world.until(lambda: world.updates.polled)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await person.writes("Hoi")
    assert len(await bot.updates()) == 1


async def test_polling_and_a_webhook_exclude_each_other(world: World, bot: Client) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await world.until(lambda: world.updates.polled)
    await bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    with pytest.raises(RefusedError, match="409 Conflict: terminated by setWebhook request"):
        await asyncio.wait_for(poll, PATIENCE_S)
    assert await bot.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await bot.call("deleteWebhook")
    assert await bot.updates() == []


async def test_updates_live_24_hours(world: World, bot: Client, clock: Clock) -> None:
    person = world.add_person("Fatima")
    await person.writes("old")
    clock.advance(hours=20)
    await person.writes("new")
    clock.advance(hours=5)
    assert [u["message"]["text"] for u in await bot.updates()] == ["new"]


async def test_what_the_bot_wants_is_remembered(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    await bot.updates(allowed_updates=["message"])
    message = await person.writes("a")
    await person.edits(person.id, message, "b")
    assert [sorted(u)[0] for u in await bot.drain()] == ["message"]
    await bot.updates(allowed_updates=["edited_message"])
    await person.writes("c")
    await person.edits(person.id, message, "d")
    [update] = await bot.drain()
    assert update["edited_message"]["text"] == "d"
    await bot.updates(allowed_updates=[])
    await person.writes("e")
    await person.edits(person.id, message, "f")
    assert len(await bot.drain()) == 2


async def test_the_backlog_can_be_dropped(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    await person.writes("a")
    assert (await bot.call("getWebhookInfo"))["pending_update_count"] == 1
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_an_update_can_be_anything_or_come_again(world: World, bot: Client) -> None:
    number = world.updates.put_raw({"message": {"date": "never"}})
    [update] = await bot.updates()
    assert update == {"update_id": number, "message": {"date": "never"}}
    queued = world.updates.pending[0]
    await bot.updates(offset=number + 1)
    world.updates.again(queued)
    assert await bot.updates() == [update]
