"""No job of the schedule reads a whole table of those that grow, on both databases; an idle sweep asks little."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, String, case, cast, event, insert, literal, select, text, update

from bot.domain.enums import MessageDirection, OutboxState, ReportStatus, RoleKey, SignupState
from bot.services import retention, setup
from bot.services.schedule import CHORES, JOBS, Study
from bot.services.town import areas
from storage.engine import Database
from storage.models import (
    Activity,
    AuditEntry,
    Base,
    HandledUpdate,
    Occurrence,
    Outbox,
    Person,
    Report,
    ReportEvent,
    ReportMessage,
    Signup,
)
from storage.queries import outbox, watching
from storage.queries.retention import RULES, reports
from storage.queries.retention.chunks import Lost
from storage.types import UtcDateTime
from storage.work import Work
from tests.benchmarks.many_reports import NOW, SAMIRA, fill
from tests.town import TOWN_FILE

REPORTS, MEETINGS = 4_000, 400
#: Tables that grow with every report, message or sign-up.
BIG = [*(name for name in Base.metadata.tables if name.startswith("report")), "outbox", "person", "signup"]
BIG += ["audit_entry", "handled_update"]
#: An index that holds few rows of its table may be read whole.
FEW = [
    str(index.name)
    for table in Base.metadata.sorted_tables
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
]
#: How SQLite finds all messages of a state: nearly all are sent.
_SENT = "ix_outbox_state_due (state=?)"
#: Rules of more than one table: what a look at each takes when there is nothing to erase.
MORE_TABLES = {"intake": 4, "outbox": 4, "stalls": 2, "rounds": 2, "calls": 2, "lines": 2}
RUNS: dict[str, Callable[[Work], Awaitable[Any]]] = {
    **{job.name: job.run for job in JOBS},
    **{f"next of {job.name}": job.next_due for job in JOBS if job.next_due is not None},
    **{chore.name: chore.run.gather if isinstance(chore.run, Study) else chore.run for chore in CHORES},
    "what stands about reports": lambda work: reports.still_shown(work.session, range(1, 11)),
    "what stands about meetings": lambda work: outbox.standing(work.session, range(1, 11), [outbox.SAID]),
    "the numbers of the outbox": lambda work: watching.outbox_depth(work.session, work.now),
}


@pytest.fixture
async def busy(database: Database) -> Database:
    """A town that has been in use for years, in which what may not be kept was erased."""
    file, lines = setup.parse(TOWN_FILE.read_text())
    async with database.write(NOW) as work:
        await setup.load(work, file, lines, areas.builtin())
    await fill(database, REPORTS)
    async with database.write(NOW) as work:
        await _live(work)
    erased = True
    while erased:
        async with database.write(NOW) as work:
            erased = any((await retention.erase_some(work)).values())
    if not database.is_sqlite:  # which gets no statistics in use either
        async with database.write(NOW) as work:
            await work.session.execute(text("ANALYZE"))
    return database


async def _live(work: Work) -> None:
    """Close what is old, answer most of the rest, and write down what was done and said about every report."""
    old = (Report.status != ReportStatus.CLOSED, Report.changed_at < NOW - timedelta(days=150))
    closed = {"status": ReportStatus.CLOSED, "closed_at": Report.changed_at, "sweep_at": Report.changed_at}
    resident = Report.id + 100_000
    cafe = (await work.session.scalars(select(Activity).limit(1))).one()
    days = [NOW - timedelta(days=100 + 4 * number) for number in range(MEETINGS)]
    work.session.add_all(
        Occurrence(id=number, activity_id=cafe.id, kind=cafe.kind, nominal_on=day.date(), starts_at=day, ends_at=day)
        for number, day in enumerate(days)
    )
    await work.session.flush()
    for statement in (
        update(Report).where(*old).values(closed),
        update(Report).values(resident_id=resident),
        update(Report).where(Report.id % 20 != 0).values(kept_at=Report.created_at),
        insert(Person).from_select(["id", "created_at"], select(resident, Report.created_at)),
        *(
            insert(Outbox).from_select(
                ["id", "kind", "chat_id", "key", "about", "state", "created_at", "due_at", "sent_at", "message_id"],
                select(
                    Report.id * 10 + place,
                    literal(kind),
                    chat,
                    literal(f"{kind}:") + cast(Report.id, String),
                    Report.id,
                    literal(OutboxState.SENT.value),
                    *[Report.created_at] * 3,
                    Report.id,
                ),
            )
            for place, (kind, chat) in enumerate({"report_card": literal(-1001), "receipt": resident}.items())
        ),
        *(
            insert(ReportEvent).from_select(
                ["id", "report_id", "at", "actor_id", "action"],
                select(Report.id * 10 + place, Report.id, Report.created_at, literal(SAMIRA), literal(action)).where(
                    Report.id % share == 0
                ),
            )
            for place, (action, share) in enumerate({"sent": 1, "taken": 1, "theme": 100}.items())
        ),
        insert(ReportMessage).from_select(
            ["id", "report_id", "direction", "text", "created_at"],
            select(Report.id, Report.id, literal(MessageDirection.RESIDENT.value), literal("Nog"), Report.created_at),
        ),
        insert(AuditEntry).from_select(["id", "at", "action"], select(Report.id, Report.created_at, literal("opened"))),
        insert(HandledUpdate).from_select(["update_id", "at"], select(Report.id, literal(NOW, UtcDateTime))),
        insert(Signup).from_select(
            ["id", "occurrence_id", "person_id", "role", "for_name", "state", "queued_at", "changed_at"],
            select(
                Report.id,
                Report.id % MEETINGS,
                literal(0),
                literal(RoleKey.VISITOR.value),
                cast(Report.id, String),
                literal(SignupState.DONE.value),
                *[Report.created_at] * 2,
            ),
        ),
    ):
        await work.session.execute(statement, execution_options={"synchronize_session": False})


@contextmanager
def _statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are sent, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: object, sql: str, values: Any, _context: object, many: bool) -> None:  # noqa: ANN401 SQLAlchemy's own
        if re.match(r"SELECT|UPDATE|DELETE", sql):
            found.append((sql, values[0] if many else values))

    event.listen(database.writer.sync_engine, "before_cursor_execute", note)
    yield found
    event.remove(database.writer.sync_engine, "before_cursor_execute", note)


async def _plan(database: Database, sql: str, values: Any) -> str:  # noqa: ANN401 the driver's own
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    async with database.write(NOW) as work:
        rows = await (await work.session.connection()).exec_driver_sql(f"{explain} {sql}", values)
        return "\n".join(str(row[-1]) for row in rows)


async def test_no_job_reads_a_whole_table(busy: Database) -> None:
    whole = re.compile(rf"(?:SCAN|Seq Scan on) ({'|'.join(BIG)})\b(?! USING (?:COVERING )?INDEX (?:{'|'.join(FEW)}))")
    for name, run in RUNS.items():
        with _statements(busy) as found:
            for _ in range(2):  # the first time it may plan or ask; then there is nothing to do
                async with busy.write(NOW) as work:
                    await run(work)
        assert found, name
        for sql, values in dict(found).items():
            plan = await _plan(busy, sql, values)
            assert not whole.search(plan), f"{name}:\n{sql}\n{plan}"
            assert not ("sent" in values and _SENT in plan), f"{name}:\n{sql}\n{plan}"


async def test_a_sweep_that_finds_nothing_takes_one_look_at_each_table(busy: Database) -> None:
    looks = {}
    for name, rule in RULES.items():
        with _statements(busy) as found:
            async with busy.write(NOW) as work:
                assert await rule(work.session, NOW) in (0, Lost(0, ()))
        looks[name] = len(found)
    assert {name: count for name, count in looks.items() if count != 1} == MORE_TABLES


async def test_messages_that_stay_are_not_looked_through(migrated_url: str) -> None:
    database = Database(migrated_url)
    count, later = 90_000, NOW + timedelta(days=200)
    digits = select(literal(1).label("number")).cte(recursive=True)
    digits = digits.union_all(select(digits.c.number + 1).where(digits.c.number < count))
    number = digits.c.number
    # What was said about reports and what is in private stays for long, the rest of the table is about groups.
    kind = case((number % 3 == 0, literal("said")), else_=literal("private_card"))
    chat, until = (case((number % 3 == 1, group), else_=other) for group, other in ((-1001, 9001), (None, later)))
    # Rows that are changed move, so what stands beside another says nothing of when it was sent.
    days = [(number % 7 == day, literal(NOW - timedelta(days=100 + day), UtcDateTime)) for day in range(6)]
    moment = dict.fromkeys(("due_at", "created_at", "sent_at"), case(*days, else_=literal(NOW, UtcDateTime)))
    same = {"state": literal(OutboxState.SENT.value), **moment, "about": number % 9_973}
    columns = {"id": number, "kind": kind, "chat_id": chat, "key": cast(number, String), "kept_until": until, **same}
    async with database.write(NOW) as work:
        await work.session.execute(insert(Outbox).from_select(list(columns), select(*columns.values())))
        if not database.is_sqlite:
            await work.session.execute(text("ANALYZE"))
    with _statements(database) as found:
        async with database.write(NOW) as work:
            assert await RULES["outbox"](work.session, NOW) == 0
    assert len(found) == MORE_TABLES["outbox"]
    for sql, values in found:
        plan = await _plan(database, sql, values)
        assert "Seq Scan" not in plan, f"{sql}\n{plan}"
        assert "SCAN" not in plan, f"{sql}\n{plan}"
    await database.close()
