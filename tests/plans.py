"""Does anything read a whole table of those that grow? Asked of every statement that is sent, on either database.

Nobody types the statements: `listen` hears them from the engines of a database, and `whole_reads` asks that
database how it would run each of them. What was sent to SQLite is written down as PostgreSQL would be sent it
(`FOR_POSTGRES`); `tests.databases.asks_postgres` asks that once, when all tests of the process are over.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from greenlet import getcurrent
from sqlalchemy import Connection, event
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.models import Base

#: Tables that may be read whole, and why.
SMALL: Mapping[str, str] = {
    **dict.fromkeys(("organisation", "learned_themes", "number_sequence"), "one row, or one a year"),
    **dict.fromkeys(("area", "desk", "desk_worker", "partner", "routing_rule", "standard_answer"), "set up by hand"),
    **dict.fromkeys(("team", "team_member", "role_grant", "group_guest"), "people whom the organisation names"),
    **dict.fromkeys(("activity", "activity_role", "announcement"), "made by hand; their dates grow, and they don't"),
    **dict.fromkeys(("lease", "process_mark", "recurring", "chat_move", "topic_move"), "of the process, and of groups"),
    **dict.fromkeys(("absence", "walk_call", "stall_favourite", "dead_update", "update_attempt"), "gone in days"),
}
GROWING = frozenset(Base.metadata.tables) - frozenset(SMALL)
#: Indexes of some rows that are many all the same.
MANY = {
    "ix_outbox_private",
    "ix_outbox_group",
    "ix_outbox_said",
    "ix_outbox_kept",
    "ix_outbox_topic",
    "ix_report_still",
    "ix_report_unmoved",
    "ix_report_near",
    "ix_report_alike",
    "ix_person_prompt",
}
#: Indexes that hold few rows of their table may be read whole.
FEW = (
    frozenset(
        str(index.name)
        for table in Base.metadata.sorted_tables
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    )
    - MANY
)
_ASKS = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b")
_VALUE = r"(?:\?|\$\d+(?:::[A-Z ]+)?)"
_LIST = re.compile(rf"\({_VALUE}(?:, {_VALUE})*\)(?:, \({_VALUE}(?:, {_VALUE})*\))*")
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_LOOKS = re.compile(r'\b(?:FROM|JOIN|UPDATE|,)\s+"?(\w+)')
_ALIAS = re.compile(r'\b(?:FROM|JOIN|,)\s*"?(\w+)"? AS "?(\w+)"?')

#: What was sent: a statement as it was first seen, and its values, by its words without lists of values.
Statements = dict[str, tuple[str, Any]]
#: What was sent to SQLite by any conversation of this process, as PostgreSQL would be sent it.
FOR_POSTGRES: Statements = {}
_POSTGRES = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
_GOOD: set[tuple[str, str]] = set()
#: What is done by plan, whoever begins it.
_JOBS = frozenset({"bot/runtime/schedule.py", "bot/services/retention.py"})
_ROOT = Path(__file__).parents[1]


def listen(database: Database, found: Statements | None = None) -> Statements:
    """Return what collects (in *found*) the different statements that the bot sends from now on.

    What a test asks by itself is left out; so is, on PostgreSQL, what the schedule does: its plans follow statistics,
    which `tests/storage/test_job_plans.py` has.
    """
    found = {} if found is None else found
    seen: set[str] = set()

    def note(_connection: Connection, _cursor: object, sql: str, values: Any, context: Any, many: bool) -> None:  # noqa: ANN401 SQLAlchemy's own
        if sql not in seen and _ASKS.match(sql) and _is_ours(jobs=database.is_sqlite):
            seen.add(sql)
            words = _LIST.sub("(?)", sql)
            if database.is_sqlite and words not in FOR_POSTGRES and _looks(sql) and _is_ours(jobs=False):
                FOR_POSTGRES[words] = _for_postgres(context)
            # Of many at once, the values of the first; what SQLAlchemy puts into one statement has one set of them.
            first = values[0] if many and isinstance(values, list) else values
            found.setdefault(words, (sql, first))

    for engine in {database.writer.sync_engine, database.reader.sync_engine}:
        event.listen(engine, "before_cursor_execute", note)
    return found


def _looks(sql: str) -> bool:
    """Tell whether a statement looks for rows of a growing table; one that is just written meets that of its key."""
    return any(table in GROWING for table in _LOOKS.findall(sql))


def _for_postgres(context: Any) -> tuple[str, Any]:  # noqa: ANN401 SQLAlchemy's own
    """Return what SQLAlchemy would send to PostgreSQL for what it is about to send to SQLite, and its values."""
    sent = context.compiled_parameters[0]
    lists = {name: [sent[one] for one in names] for name, names in context._expanded_parameters.items()}
    compiled = context.invoked_statement.compile(dialect=_POSTGRES, column_keys=context.compiled.column_keys)
    state = compiled.construct_expanded_state(sent | lists)
    same = lambda value: value  # noqa: E731
    as_sent = compiled._bind_processors | state.processors
    return state.statement, tuple(as_sent.get(name, same)(state.parameters[name]) for name in state.positiontup or ())


def _is_ours(*, jobs: bool) -> bool:
    """Tell whether the bot asks, for somebody or (*jobs*) by itself: the first beside SQLAlchemy and `storage` does."""
    waiting = getcurrent().parent
    frame: FrameType | None = waiting.gr_frame if waiting is not None else None
    floors: list[str] = []
    while frame is not None:
        if name := _floor(frame.f_code.co_filename):
            floors.append(name)
        frame = frame.f_back
    bot = bool(floors) and not floors[0].startswith("tests/")
    return bot and (jobs or not _JOBS & set(floors))


@cache
def _floor(filename: str) -> str:
    """Return the path of a file of the bot, its handlers or its tests, below the root; "" of any other."""
    path = Path(filename)
    name = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else ""
    return name if name.startswith(("bot/", "handlers/", "tests/")) else ""


def forget() -> None:
    """Ask of everything anew."""
    _GOOD.clear()


async def whole_reads(connection: AsyncConnection, statements: Statements) -> list[str]:
    """Return what reads a whole growing table: the statement and its plan. What was found good is not asked again."""
    ask, found = (_sqlite if connection.dialect.name == "sqlite" else _postgres), []
    for words, (sql, values) in list(statements.items()):  # the bot goes on asking meanwhile
        if (connection.dialect.name, words) in _GOOD:
            continue
        plan, whole = await ask(connection, sql, values)
        if whole:
            found.append(f"{', '.join(sorted(whole))} read whole by\n{sql}\n{plan}")
        else:
            _GOOD.add((connection.dialect.name, words))
    return found


async def _sqlite(connection: AsyncConnection, sql: str, values: Any) -> tuple[str, set[str]]:  # noqa: ANN401 the driver's own
    rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)).all()
    plan = "\n".join(str(row[-1]) for row in rows)
    names = {alias: table for table, alias in _ALIAS.findall(sql)}
    found = {names.get(name, name) for name, index in _SCAN.findall(plan) if index not in FEW}
    return plan, found & GROWING


async def _postgres(connection: AsyncConnection, sql: str, values: Any) -> tuple[str, set[str]]:  # noqa: ANN401 the driver's own
    """A table of a test is small, so reading it whole is made to look costly: what still does has no other way."""
    for way in ("seqscan", "hashjoin", "mergejoin"):
        await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    answer = (await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", values)).scalar_one()
    plan = json.loads(answer) if isinstance(answer, str) else answer
    found = set(_without_condition(plan[0]["Plan"], limited=False))
    return json.dumps(plan, indent=1), found & GROWING


def _without_condition(node: dict[str, Any], *, limited: bool) -> Iterator[str]:
    """Yield the tables that a node reads whole; behind a limit an index gives just the first rows of its order."""
    kind = node["Node Type"]
    by_index = kind in ("Index Scan", "Index Only Scan")
    if kind == "Seq Scan" or (by_index and "Index Cond" not in node and not limited and node["Index Name"] not in FEW):
        yield node["Relation Name"]
    passes = kind in ("Limit", "LockRows", "Nested Loop", "Subquery Scan", "Result") and (limited or kind == "Limit")
    for at, child in enumerate(node.get("Plans", ())):
        yield from _without_condition(child, limited=passes and at == 0)
