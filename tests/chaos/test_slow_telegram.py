"""Telegram answers twenty seconds late: nothing is lost, nothing comes twice, and nobody else waits for it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.demo.telegram import Server, World, serve
from bot.demo.telegram.faults import DOWNLOAD
from bot.runtime import backoff
from bot.runtime.answers import AT_ONCE, Answers
from bot.runtime.config import Config
from bot.runtime.health import Watch
from bot.runtime.polling import Polling
from bot.runtime.request import CONNECTIONS, AiohttpRequest
from bot.runtime.router import make_bot
from bot.runtime.sending.dispatch import MOST_UNMARKED
from handlers.context import Toast
from storage.engine import Database
from tests.chaos.sizes import sized
from tests.conversations.passing import passes_on, taken
from tests.patience import PATIENCE_S
from tests.post_office import PostOffice
from tests.runtime.doors import door
from tests.runtime.office import Note, opened, texts, words
from tests.town import Town

pytestmark = pytest.mark.chaos

SLOW_S = sized(1.0, 20.0)


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_twenty_slow_seconds_are_no_failure_and_nobody_else_waits(database: Database, method: str) -> None:
    patience = Config("").read_timeout
    assert patience > 25
    async with opened(database, read_timeout=patience) as office:
        people = [office.world.add_person(f"P{number}", started=True) for number in range(15)]
        quick = office.world.add_person("Q", started=True)
        for number, person in enumerate(people):
            words[number] = "nul"
            await office.put(Note(number), chat=person.id)
        await office.idle()

        # The answers to fifteen come late: each of these chats waits for its own, and nobody else does.
        late = asyncio.Event()
        office.world.faults.hold(method, until=late, count=15)
        for word in ("een", "twee"):
            async with office.writing() as work:
                for number, person in enumerate(people):
                    if method == "sendMessage":
                        work.say({"text": word}, chat=person.id)
                    else:
                        words[number] = word
                        work.put(Note(number), chat=person.id)
            await office.world.until(lambda: not office.world.faults.waiting, what="all fifteen are on the wire")
        await office.say("snel", chat=quick.id)
        await office.world.until(lambda: texts(quick.chat) == ["snel"], what="who is not slow has it")
        assert len(office.world.calls.of(method)) == (31 if method == "sendMessage" else 15)
        await asyncio.sleep(SLOW_S)
        late.set()
        async with asyncio.timeout(PATIENCE_S):
            await office.sender.idle()
        told = ["nul", "een", "twee"] if method == "sendMessage" else ["twee"]
        assert [texts(person.chat) for person in people] == [told] * 15
        assert len(office.world.calls.of("sendMessage", "editMessageText")) == 46, "nothing came twice"


@pytest.mark.lasts(70)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_poll_that_is_answered_twenty_seconds_late_is_no_failure(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(backoff, "_FIRST_S", 0.01)
    world, watch, left = World(), Watch(), _left_for_slowness(monkeypatch)
    async with serve(world) as server, door(database) as here, calling(world, server) as bot:
        polling = Polling(bot, here.intake, timeout=sized(1, Config("").poll_timeout), watch=watch)
        # Nobody writes during the first; somebody does during the second.
        world.faults.slow("getUpdates", seconds=SLOW_S, count=2)
        running = asyncio.create_task(polling.run())
        await world.until(lambda: len(world.calls.of("getUpdates")) == 2, timeout=PATIENCE_S)
        fatima = world.add_person("Fatima")
        await fatima.writes("een")
        async with asyncio.timeout(PATIENCE_S):
            await polling.reached(100_000_001)
        assert watch.failing() == 0
        assert not [record for record in caplog.records if record.name == "bot.runtime.polling"]

        # After a failure it asks for an answer at once, and has as much patience.
        world.faults.cut("getUpdates")
        await world.until(lambda: not world.faults.waiting, timeout=PATIENCE_S)
        await fatima.writes("twee")
        async with asyncio.timeout(PATIENCE_S):
            await polling.reached(100_000_002)
        polling.stop()
        await running
    assert here.seen == [100_000_001, 100_000_002]
    assert 0 in left, "it asked for an answer at once"
    assert min(left.values()) >= 25


def _left_for_slowness(monkeypatch: pytest.MonkeyPatch) -> dict[int, float]:
    """Return how long Telegram may be late with the answer to a poll, by the seconds that it was asked to wait."""
    left: dict[int, float] = {}
    asks = AiohttpRequest.do_request

    async def noting(request: AiohttpRequest, **asked: Any) -> tuple[int, bytes]:  # noqa: ANN401 PTB's own
        if asked["url"].endswith("getupdates"):
            timeout = asked["request_data"].parameters["timeout"]
            left[timeout] = asked["read_timeout"] - timeout
        return await asks(request, **asked)

    monkeypatch.setattr(AiohttpRequest, "do_request", noting)
    return left


async def test_taps_that_are_answered_twenty_seconds_late_keep_nobody_elses_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert CONNECTIONS >= AT_ONCE + MOST_UNMARKED + 10, "messages and polling have connections of their own"
    world, many = World(), AT_ONCE - 1
    async with serve(world) as server, calling(world, server) as bot:
        taps = [await _tap(world, bot, f"P{number}") for number in range(many + 1)]
        world.faults.slow("answerCallbackQuery", seconds=SLOW_S, count=many)
        answers = Answers(bot)
        with caplog.at_level(logging.INFO, logger="bot.runtime.answers"):
            answers.give(Toast(query, "Gedaan") for query in taps)
            await world.until(
                lambda: len(world.calls.of("answerCallbackQuery")) == many + 1, timeout=PATIENCE_S, what="all are given"
            )
            await answers.idle()
    assert sorted(call.params["callback_query_id"] for call in world.calls.of("answerCallbackQuery")) == sorted(taps)
    assert not caplog.records, "none is said to be unanswered"


async def test_photos_that_are_fetched_twenty_seconds_late_go_once_and_residents_do_not_wait(
    mail_town: Town, post: PostOffice
) -> None:
    told, samira = await taken(mail_town, photos=1)
    await passes_on(samira, told)
    await samira.taps("Gaat niet mee")
    await samira.taps("Verder")
    late = asyncio.Event()
    mail_town.world.faults.hold("getFile", until=late)
    mail_town.world.faults.slow(DOWNLOAD, seconds=SLOW_S)
    sending = asyncio.create_task(samira.taps("Versturen"))
    await mail_town.world.until(
        lambda: mail_town.world.calls.of("getFile"), timeout=PATIENCE_S, what="the mail is made"
    )
    quick = mail_town.world.add_person("Q")
    await quick.writes("De stoep ligt los")
    await mail_town.world.until(
        lambda: quick.chat.visible[1:], timeout=PATIENCE_S, what="who is not mailed is answered"
    )
    assert not post.mails
    await asyncio.sleep(SLOW_S)
    late.set()
    await sending
    assert [len(list(mail.iter_attachments())) for mail in post.mails] == [1]
    assert not mail_town.world.faults.waiting
    assert len(mail_town.world.calls.of("getFile")) == 1


@asynccontextmanager
async def calling(world: World, server: Server) -> AsyncIterator[ExtBot[None]]:
    """A bot that may wait as long as a live one."""
    bot = make_bot(world.token, server.url, read_timeout=Config("").read_timeout)
    await bot.initialize()
    yield bot
    await bot.shutdown()


async def _tap(world: World, bot: ExtBot[None], name: str) -> str:
    """Let somebody new tap on a button; return the id of the query."""
    person = world.add_person(name, started=True)
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
    message = {"chat_id": person.id, "text": "Ja?", "reply_markup": keyboard}
    await bot.do_api_request("sendmessage", api_kwargs=message)
    return (await person.taps(person.chat, person.chat.last, "Ja")).id
