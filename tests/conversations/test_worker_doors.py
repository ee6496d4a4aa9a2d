"""Every button of workers, found by itself, tapped by whom it is not for: refused, logged, and nothing changed."""

import hashlib
import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, event, select

import handlers
from bot.domain.enums import CloseReason, ReportStatus, RoleName
from bot.services.triage import gate
from handlers.buttons import REGISTRY, Button
from handlers.routes import OnOwnButton
from handlers.staff.drafts import ABOUT, WRITE, Purpose, Writing
from storage.engine import Database
from storage.models import Base, Desk, DeskWorker, Dialogue, Person, Report, RoleGrant
from storage.work import Work
from tests import quiet_logs
from tests.conversations import door_list
from tests.conversations.doors import Doors, Told, trying
from tests.conversations.secret_team import FORMER_WORKER, JAN, JOHN, OMAR, RESIDENT, SAMIRA, fill
from tests.databases import sqlite_url
from tests.town import START

#: Where the buttons of workers live, and where everybody else's do: a new module must be put into one of them.
WORKERS = (
    "handlers.staff", "handlers.triage", "handlers.desk", "handlers.finding", "handlers.partners",
    "handlers.standard_answers",
)  # fmt: skip
OTHERS = (
    "handlers.activities", "handlers.conversation", "handlers.following", "handlers.my_reports", "handlers.patrol",
    "handlers.privacy", "handlers.report", "handlers.settings", "handlers.signups", "handlers.start",
)  # fmt: skip
#: What a worker of another desk may do as well: correct, and look at the menus for it.
CORRECTING = {"SetKind", "SetTheme", "SetArea", "ShowMenu", "PickRegion"}
#: What an answer to whoever tapped is made of.
ANSWERS = {"outbox", "dialogue", "handled_update", "person"}
DESK, ELSEWHERE, NORA = -1001, -1003, 7101
_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


class Tried:
    """A town with a held report and a worker's open draft, its doors, and what each try wrote."""

    def __init__(self, doors: Doors, pool: dict[str, list[Any]], log: StringIO) -> None:
        self.doors, self.pool, self.log = doors, pool, log
        self.written: set[str] = set()
        self.changed: set[str] = set()
        self._sums: dict[str, str] = {}
        doors.look = self._look
        event.listen(doors.database.writer.sync_engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if found := _WRITES.match(statement):
            self.written.add(found.group(1))

    async def begin(self) -> None:
        """Keep the checksum of every table as it is."""
        async with self.doors.database.read(START) as work:
            self._sums = {table.name: await _sum(work, table) for table in Base.metadata.sorted_tables}

    async def _look(self, work: Work) -> None:
        for table in Base.metadata.sorted_tables:
            if table.name in self.written - ANSWERS and await _sum(work, table) != self._sums[table.name]:
                self.changed.add(table.name)

    async def tap(self, who: int, button: Button, chat: int | None) -> list[Told]:
        """Tap, and note which tables are not as they were."""
        self.written.clear()
        self.changed.clear()
        self.log.seek(0)
        self.log.truncate()
        return await self.doors.tap(who, button.encode(), chat=chat)

    @property
    def refusals(self) -> list[dict[str, Any]]:
        """What the log says of refused taps."""
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        return [line for line in lines if line["event"] == "tap refused"]

    async def is_refused(self, who: int, button: Button, chat: int | None) -> None:
        """Fail unless a tap is refused: it changes nothing, tells nobody else anything, and is in the log."""
        told = await self.tap(who, button, chat)
        what = f"{who} taps {button} in {chat}"
        assert not self.changed, f"{what}: {self.changed} changed"
        assert {one.reader for one in told} <= {who, chat}, f"{what}: {told}"
        assert told, f"{what}: no answer"
        assert "Lamp kapot" not in repr(told), f"{what}: {told}"
        assert [line["button"] for line in self.refusals] == [button.code], f"{what}: {self.log.getvalue()} {told}"


async def _sum(work: Work, table: Table) -> str:
    rows = (await work.session.execute(select(table))).all()
    return hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()


@pytest.fixture
async def tried(town_file: Path, tmp_path: Path) -> AsyncIterator[Tried]:
    shutil.copyfile(town_file, tmp_path / "town.db")
    database = Database(sqlite_url(tmp_path / "town.db"))
    async with database.write(START) as work:
        pool = dict((await fill(work)).by_name)
        report = (await work.session.scalars(select(Report))).one()
        report.holder_id, report.status = SAMIRA, ReportStatus.TAKEN
        desks = {desk.key: desk for desk in (await work.session.scalars(select(Desk))).all()}
        work.session.add(Person(id=NORA, name="Nora", created_at=work.now))
        await work.session.flush()
        work.session.add(RoleGrant(person_id=NORA, role=RoleName.WORKER, given_at=work.now))
        work.session.add(DeskWorker(desk_id=desks["stad"].id, person_id=NORA))
        draft = Writing(report=report.id, purpose=Purpose.ANSWER).model_dump(mode="json")
        writing = Dialogue(chat_id=SAMIRA, user_id=SAMIRA, about=ABOUT, step=WRITE, draft=draft, changed_at=work.now)
        work.session.add(writing)
        await work.session.flush()
        pool |= {
            "report": [report.id], "version": [report.version], "draft": [writing.draft_id], "holder": [SAMIRA],
            "desk": [desks["stad-west"].id], "person": [OMAR, SAMIRA], "reason": [CloseReason.SOLVED],
        }  # fmt: skip
    with quiet_logs.written_down() as log:
        async with trying(database, now=START) as doors:
            found = Tried(doors, pool, log)
            await found.begin()
            yield found
    await database.close()


def _classes() -> Iterator[type[Button]]:
    own = {route.button for route in handlers.routes() if isinstance(route, OnOwnButton)}
    yield from (cls for cls in REGISTRY.values() if cls.__module__.startswith(WORKERS) and cls not in own)


def _made(tried: Tried, cls: type[Button]) -> Button:
    found: Button = next(door_list.made_of(cls, tried.pool, tried.pool["report"]))
    return found


def _on_card(*, without: frozenset[str] = frozenset()) -> list[type[Button]]:
    """Return the buttons of a card, which know the version that it had."""
    fields = [(cls, set(cls.__dataclass_fields__)) for cls in _classes()]
    return [cls for cls, names in fields if {"report", "version"} <= names and cls.__name__ not in without]


@pytest.mark.slow
async def test_who_is_no_worker_or_no_more_is_refused_every_button(tried: Tried) -> None:
    for number, cls in enumerate(_classes()):
        button = _made(tried, cls)
        for at, who in enumerate((RESIDENT, FORMER_WORKER, JOHN, JAN)):
            await tried.is_refused(who, button, DESK if (number + at) % 2 else None)


async def test_a_right_that_nobody_looks_at_would_be_seen(tried: Tried, monkeypatch: pytest.MonkeyPatch) -> None:
    async def everybody(*_: object) -> bool:
        return True

    monkeypatch.setattr(gate, "permits", everybody)
    with pytest.raises(AssertionError, match=r"report.* changed"):
        await tried.is_refused(RESIDENT, _made(tried, REGISTRY["tc"]), DESK)


async def test_a_card_is_refused_in_another_group(tried: Tried) -> None:
    for cls in _on_card():
        await tried.is_refused(SAMIRA, _made(tried, cls), ELSEWHERE)


async def test_a_worker_is_refused_on_the_card_of_another_desk(tried: Tried) -> None:
    for cls in _on_card(without=frozenset(CORRECTING)):
        for chat in (DESK, None):
            await tried.is_refused(NORA, _made(tried, cls), chat)


async def test_nothing_happens_again_when_it_is_tapped_after_closing(tried: Tried) -> None:
    buttons = [_made(tried, cls) for cls in _on_card()]
    async with tried.doors.database.write(START) as work:
        report = await work.session.get_one(Report, tried.pool["report"][0])
        report.status, report.close_reason, report.closed_at = ReportStatus.CLOSED, CloseReason.SOLVED, START
        report.version += 1
    await tried.begin()
    refused = 0
    for button in buttons:
        await tried.tap(SAMIRA, button, DESK)
        assert not tried.changed, f"{button}: {tried.changed} changed"
        refused += len(tried.refusals)
    assert refused > len(buttons) / 2, "menus may be looked at; what does something is refused"


async def test_who_may_is_not_refused(tried: Tried) -> None:
    """Else the others would prove nothing."""
    done = set()
    for cls in _classes():
        await tried.tap(SAMIRA, _made(tried, cls), DESK)
        if tried.changed and not tried.refusals:
            done.add(cls.__name__)
    assert {"CloseAs", "SetTheme", "SetArea", "Block"} <= done


async def test_a_tap_on_a_message_that_telegram_does_not_name_is_one_on_nothing(tried: Tried) -> None:
    told = await tried.doors.tap_nowhere(SAMIRA, _made(tried, REGISTRY["tc"]).encode())
    assert [one.reader for one in told] == [SAMIRA]
    assert tried.changed == set()


def test_every_button_is_of_workers_or_of_others() -> None:
    strange = {cls.__module__ for cls in REGISTRY.values() if not cls.__module__.startswith((*WORKERS, *OTHERS))}
    assert {name for name in strange if name.startswith("handlers.")} == set()
