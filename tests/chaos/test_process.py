"""What Telegram does to a whole process, which polls, handles and sends, while people talk to it."""

import asyncio
import shutil
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.demo.telegram import serve
from bot.demo.telegram.faults import Fault
from storage.engine import Database
from storage.models import HandledUpdate
from tests.chaos.crowd import REPEATED_PER_CRASH, WIDE, Crowd, crowd
from tests.chaos.machines import free_ports
from tests.chaos.sizes import FULL, sized
from tests.chaos.watching import until_told
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.runtime.processes import BotProcess
from tests.town import START

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

AWAY_S, BOTH_S, RESIDENTS = sized((1.0, 2.0, 6), (300.0, 130.0, 300))
PUT_OUT = sized(1, 5)
#: In the short form nobody pauses for ten seconds.
_HASTY = "from bot.runtime import backoff; backoff._LONGEST_S = 1.0; from bot.cli import main; main()"
_CONFLICT = "somebody else asks for this bot's updates"


@pytest.mark.lasts(320)
async def test_telegram_is_away_for_who_polls_and_who_sends(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    (port,) = free_ports(1)
    web = {"web_port": str(port), "web_monitor": "True"}
    async with crowd(tmp_path, sqlite_url(tmp_path / "town.db"), **web) as people:
        if not FULL:
            people.bot.command = ("-c", _HASTY)
        await people.bot.start()
        people.begin(RESIDENTS // 2, patience=AWAY_S + PATIENCE_S)
        await people.says_something()
        for method in ("*", "getUpdates"):
            people.world.faults.cut(method, count=3)
            people.world.faults.waiting.append(Fault(method, "error", 10**9, status=502, description="Bad Gateway"))
        people.begin(RESIDENTS - RESIDENTS // 2, patience=AWAY_S + PATIENCE_S)
        await asyncio.sleep(AWAY_S)
        if FULL:
            await until_told(
                people, port, lambda told: not told["ready"] and told["failing_s"]["telegram"] > 60, seconds=5
            )
        people.world.faults.clear()
        await people.finish()
        assert await people.bot.stop() == 0
        await people.check(repeated=REPEATED_PER_CRASH)
    _is_short(people, AWAY_S)


async def test_a_group_that_puts_the_bot_out_and_takes_it_back(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    async with crowd(tmp_path, sqlite_url(tmp_path / "town.db")) as people:
        group, samira = people.town.desk("stad-west").chat, people.town.worker("Samira").person
        await people.bot.start()
        for times in range(PUT_OUT):
            people.begin(RESIDENTS // sized(2, 10))
            await people.says_something()
            await samira.removes_bot(group)
            people.begin(RESIDENTS // sized(2, 10))
            await (people.finish() if times % 2 == 0 else people.says_something())
            await samira.adds_bot(group)
        await people.finish()
        await people.settle()
        assert await people.bot.stop() == 0
        # Whoever takes it back is told anew what comes here.
        await people.check(repeated=PUT_OUT - 1)
    _is_short(people, 0.0)


@pytest.mark.lasts(150)
async def test_two_bots_with_one_token(town_file: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    urls = [sqlite_url(tmp_path / name) for name in ("town.db", "other/town.db")]
    for name in ("town.db", "other/town.db"):
        shutil.copyfile(town_file, tmp_path / name)
    async with crowd(tmp_path, urls[0]) as people, AsyncExitStack() as stack:
        apart = await stack.enter_async_context(serve(people.world))
        other = BotProcess(tmp_path / "other", api_url=apart.url, database_url=urls[1], **WIDE)
        await stack.enter_async_context(other)
        if not FULL:
            people.bot.command = other.command = ("-c", _HASTY)
        began = time.monotonic()
        await people.bot.start()
        await other.start()
        for bot in (people.bot, other):
            await _says(bot, _CONFLICT)
        asker: dict[int, int] = {}
        asked = _asked(people, apart.port)
        for number in range(sized(4, 130)):
            person = people.world.add_person(f"Allebei {number}")
            asker[people.world.updates.next_id] = person.id
            await person.writes("/help")
            await asyncio.sleep(BOTH_S / sized(4, 130))
        await people.world.until(
            lambda: all(now > before for now, before in zip(_asked(people, apart.port), asked, strict=True)),
            timeout=PATIENCE_S,
            what="both try on",
        )
        assert await other.stop() == 0
        people.begin(RESIDENTS)
        await people.finish()
        assert await people.bot.stop() == 0
        handled = [await _handled(url) for url in urls]
        # Telegram gives to both what neither had confirmed when it asked, and they know nothing of each other.
        both = set(handled[0]) & set(handled[1])
        assert both <= set(asker)
        await people.check(repeated=sum(people.repeated_to[asker[update]] for update in both))
    assert set(asker) <= set(handled[0]) | set(handled[1]), "nothing was handled by none"
    assert all(len(ids) == len(set(ids)) for ids in handled)
    for bot in (people.bot, other):
        told = [line for line in bot.lines if _CONFLICT in line]
        assert 1 <= len(told) <= 2 + (time.monotonic() - began) / 60, "\n".join(told)
        assert not any("Traceback" in line for line in bot.lines)


def _asked(people: Crowd, port: int) -> tuple[int, int]:
    """Return how often each of two bots asked for updates; the second calls at *port*."""
    calls = [call.via == port for call in people.world.calls if call.method.lower() == "getupdates"]
    return calls.count(False), calls.count(True)


async def _says(bot: BotProcess, words: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not any(words in line for line in bot.lines):  # noqa: ASYNC110 another process writes it
            await asyncio.sleep(0.05)


async def _handled(url: str) -> list[int]:
    database = Database(url)
    async with database.read(START) as work:
        found = list((await work.session.scalars(select(HandledUpdate.update_id))).all())
    await database.close()
    return found


def _is_short(people: Crowd, seconds: float) -> None:
    """Fail when the log holds more than a few lines of each minute that was not as it should be."""
    told = [line for line in people.bot.lines if " error " in line or " warning " in line]
    assert len(told) <= 8 + 4 * seconds / 60, "\n".join(told)
    assert not any("Traceback" in line for line in people.bot.lines)
