"""A town as it is after years: reports with all that hangs on them, residents, sign-ups and messages.

What hangs on a report is written by one statement per table, so that a million reports take minutes.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Insert,
    String,
    Update,
    and_,
    case,
    cast,
    event,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.enums import (
    ActivityKind,
    Kind,
    MediaKind,
    MessageDirection,
    OutboxState,
    PartnerMailState,
    Reachable,
    RoleKey,
    SignupState,
)
from storage.engine import Database
from storage.models import (
    Activity,
    ActivityRole,
    Area,
    AuditEntry,
    Base,
    CalendarFeed,
    Consent,
    Dialogue,
    HandledUpdate,
    NewsWish,
    Occurrence,
    Opening,
    Outbox,
    Partner,
    PartnerMail,
    Person,
    Report,
    ReportEvent,
    ReportFollower,
    ReportGroup,
    ReportMedia,
    ReportMessage,
    ReportNote,
    Signup,
    Stall,
    Team,
)
from tests.benchmarks.many_reports import NOW, SAMIRA, fill

#: The Telegram id of the first resident, and the id of the first meeting.
FIRST_RESIDENT, FIRST_MEETING = 10_000_000, 1_000_000
#: So many reports there are for each resident, each sign-up, each meeting.
PER_RESIDENT, PER_SIGNUP, PER_MEETING = 10, 20, 400
#: The weeks of a series: two years that are over, and eight weeks to come.
WEEKS, AHEAD = 112, 8
_SORTS = (
    (ActivityKind.REPAIR_CAFE, RoleKey.VISITOR),
    (ActivityKind.OTHER, RoleKey.VISITOR),
    (ActivityKind.ROMMELROUTE, RoleKey.STALL),
    (ActivityKind.OTHER, RoleKey.HELPER),
    (ActivityKind.PATROL, RoleKey.WALKER),
)


async def grow(database: Database, made: int, *, times: int = 1) -> None:
    """Write *made* × *times* reports and a town that fits to a database that is set up, with fresh statistics."""
    async with _unhurried(database):
        async with _hurried(database):
            await _grow(database, made, times)
        if not database.is_sqlite:
            await _vacuum(database)


async def _grow(database: Database, made: int, times: int) -> None:
    indexes = [index for table in Base.metadata.sorted_tables for index in table.indexes if not index.unique]
    async with _connection(database) as connection:
        for index in indexes:
            await connection.run_sync(index.drop)
    await fill(database, made, times=times)
    count = made * times
    async with _connection(database) as connection:
        meetings, signups = await _meetings(connection, count)
        partner = (await connection.scalars(select(Partner.id).limit(1))).one()
        for statement in [*_people(count), *_whose(count), *_reports(partner), *_messages(), *meetings, *signups]:
            await connection.execute(statement)
    async with _connection(database) as connection:
        for index in indexes:
            await connection.run_sync(index.create)
        await connection.execute(text("ANALYZE"))


async def _vacuum(database: Database) -> None:
    """Have PostgreSQL know which pages everybody may see, as its own vacuum would long have told it."""
    async with database.writer.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("VACUUM"))


@asynccontextmanager
async def _unhurried(database: Database) -> AsyncIterator[None]:
    """Wait for PostgreSQL as long as it takes: one statement writes millions of rows."""
    engines = database.writer, database.reader
    if not database.is_sqlite:
        database.writer = database.reader = create_async_engine(database.url)
    yield
    await database.close()
    database.writer, database.reader = engines


@asynccontextmanager
async def _hurried(database: Database) -> AsyncIterator[None]:
    """Let the database forget about crashes; the connections after that are as careful as ever."""
    engine = database.writer.sync_engine
    if database.is_sqlite:
        async with database.writer.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "secure_delete=OFF", "cache_size=-500000",
                           "temp_store=MEMORY"):  # fmt: skip
                await raw.execute(f"PRAGMA {pragma}")
    else:
        event.listen(engine, "begin", _hurry_postgres)
    yield
    if not database.is_sqlite:
        event.remove(engine, "begin", _hurry_postgres)


def _hurry_postgres(connection: Connection) -> None:
    """Give a transaction memory, and no look at another table for each foreign key: they are right."""
    for setting in ("session_replication_role = replica", "maintenance_work_mem = '400MB'", "work_mem = '400MB'"):
        connection.exec_driver_sql(f"SET LOCAL {setting}")


@asynccontextmanager
async def _connection(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.write(NOW) as work:
        yield await work.session.connection()


def _into(model: type[Base], *where: ColumnElement[bool], **values: Any) -> Insert:  # noqa: ANN401 whatever columns take
    """Return the statement that writes a row of *model* for each report that fits *where*."""
    columns = [value if isinstance(value, ColumnElement) else literal(value, _type(model, name))
               for name, value in ((name, _plain(value)) for name, value in values.items())]  # fmt: skip
    return insert(model).from_select(list(values), select(*columns).where(Report.id > 0, *where))


def _plain(value: Any) -> Any:  # noqa: ANN401 whatever a column takes
    return value.__clause_element__() if hasattr(value, "__clause_element__") else value


def _type(model: type[Base], name: str) -> Any:  # noqa: ANN401 a column's type
    return model.__table__.c[name].type


def _people(count: int) -> Iterator[Insert]:
    """Residents, each with some reports; feeds, wishes, consents and drafts of some of them."""
    residents = max(count // PER_RESIDENT, 1)
    resident = FIRST_RESIDENT + Report.id
    is_first = Report.id <= residents
    yield _into(
        Person, is_first, id=resident, created_at=Report.created_at, reachable=Reachable.YES, last_seen_at=NOW,
        privacy_shown_at=Report.created_at, house_rules_at=Report.created_at, prompt=[["1", "x"]],
    )  # fmt: skip
    yield _into(
        CalendarFeed, is_first, Report.id % 10 == 0, person_id=resident, made_at=Report.created_at, seen_at=NOW,
        secret_hash=cast(resident, String),
    )  # fmt: skip
    yield _into(
        NewsWish, is_first, Report.id % 5 == 0, person_id=resident, area_code=Report.area_code, kind=ActivityKind.OTHER,
        given_at=NOW - timedelta(days=30),
    )  # fmt: skip
    yield _into(
        Consent, is_first, Report.id % 3 == 0, id=Report.id, person_id=resident, purpose="contact", about=Report.id,
        given_at=Report.created_at,
    )  # fmt: skip
    yield _into(
        Dialogue, is_first, Report.id % 20 == 0, chat_id=resident, user_id=resident, about="report", step="kind",
        draft_id=10**12 + Report.id, active=False, draft={}, changed_at=NOW - timedelta(days=1),
    )  # fmt: skip


def _whose(count: int) -> Iterator[Insert | Update]:
    """Who told each report, and the points and groups of those about places."""
    place = Report.kind == Kind.PLACE
    yield _into(ReportGroup, Report.id % 500 == 0, id=Report.id, created_at=Report.created_at)
    lat, lon = 52.30 + Report.id * 7919 % 1500 / 10_000.0, 5.10 + Report.id * 10_4729 % 2500 / 10_000.0
    grouped = and_(place, Report.id % 500 < 8, Report.id >= 500)
    yield update(Report).values(
        resident_id=FIRST_RESIDENT + 1 + Report.id % max(count // PER_RESIDENT, 1),
        lat=case((place, lat)), lon=case((place, lon)), group_id=case((grouped, Report.id - Report.id % 500)),
    )  # fmt: skip


def _reports(partner: int) -> Iterator[Insert]:
    """What was said, done, noted and sent about reports."""
    yield _into(ReportFollower, Report.id % 40 == 0, report_id=Report.id, person_id=Report.resident_id,
                joined_at=Report.created_at)  # fmt: skip
    yield _into(ReportMedia, Report.id % 3 == 0, id=Report.id, report_id=Report.id, position=0, kind=MediaKind.PHOTO,
                file_id="AgACAgQAAxkBAAI" * 5, file_unique_id=cast(Report.id, String))  # fmt: skip
    for at, (direction, author) in enumerate(
        [(MessageDirection.RESIDENT, Report.resident_id), (MessageDirection.ANSWER, SAMIRA)]
    ):
        yield _into(ReportMessage, id=Report.id * 2 + at, report_id=Report.id, direction=direction, author_id=author,
                    text="Ik heb er naar gekeken en kom woensdag langs. " * 2, created_at=Report.created_at,
                    delivered_at=Report.created_at, read_at=Report.created_at)  # fmt: skip
    for at, (action, share) in enumerate({"sent": 1, "taken": 1, "answered": 1, "closed": 1, "theme": 100}.items()):
        yield _into(ReportEvent, Report.id % share == 0, id=Report.id * 5 + at, report_id=Report.id, action=action,
                    at=Report.created_at, actor_id=SAMIRA)  # fmt: skip
    yield _into(ReportNote, Report.id % 5 == 0, id=Report.id, report_id=Report.id, author_id=SAMIRA,
                text="Gebeld, niet thuis.", created_at=Report.created_at)  # fmt: skip
    yield _into(Opening, Report.sealed.is_(True), id=Report.id, token=cast(Report.id, String), report_id=Report.id,
                worker_id=SAMIRA, created_at=Report.created_at, used_at=Report.created_at)  # fmt: skip
    yield _into(AuditEntry, id=Report.id, at=Report.created_at, actor_id=SAMIRA, action="opened",
                about=Report.id)  # fmt: skip
    yield _into(PartnerMail, Report.id % 20 == 0, id=Report.id, report_id=Report.id, partner_id=partner,
                worker_id=SAMIRA, draft_id=Report.id, only_number=True, photos=[], state=PartnerMailState.SENT,
                created_at=Report.created_at, sent_at=Report.created_at)  # fmt: skip
    yield _into(HandledUpdate, Report.id % 5 == 0, update_id=Report.id, at=NOW)


def _messages() -> Iterator[Insert]:
    """The messages that stand in chats: the card in its group, and two in the resident's own chat."""
    number, desk = cast(Report.id, String), cast(Report.desk_id, String)
    group = -1000 - Report.desk_id % 3
    rows = {
        "report_card": (group, literal("card:") + number + ":" + desk),
        "report_receipt": (Report.resident_id, literal("report_receipt:") + number),
        "to_resident": (Report.resident_id, literal("to_resident:") + number + ":" + number),
    }
    for at, (kind, (chat, key)) in enumerate(rows.items()):
        yield _into(Outbox, id=Report.id * 3 + at, kind=kind, chat_id=chat, key=key, about=Report.id,
                    state=OutboxState.SENT, message_id=Report.id * 3 + at, created_at=Report.created_at,
                    due_at=Report.created_at, sent_at=Report.created_at)  # fmt: skip


async def _meetings(connection: AsyncConnection, count: int) -> tuple[list[Insert], list[Insert]]:
    """Weekly series of every kind, and who signed up: past ones are over, those to come have places taken."""
    areas = (await connection.scalars(select(Area.code).order_by(Area.code))).all()
    team = (await connection.scalars(select(Team.id).limit(1))).one()
    many = max(count // PER_MEETING, 1)
    last = NOW + timedelta(weeks=AHEAD - 1)
    series, roles, meetings = [], [], []
    for at in range(-(-many // WEEKS)):
        kind, role = _SORTS[at % len(_SORTS)]
        mine = {"area_code": areas[at % len(areas)], "kind": kind,
                "team_id": team if kind is ActivityKind.PATROL else None}  # fmt: skip
        series.append({"id": at + 1, "key": f"reeks-{at}", "title": f"Reeks {at}", "starts": "2024-01-01T10:00",
                       "ends": "2024-01-01T12:00", "active": False, "place": "Buurthuis", **mine})  # fmt: skip
        roles.append({"activity_id": at + 1, "role": role, "minimum": 0, "maximum": 60})
        for week in range(min(WEEKS, many - at * WEEKS)):
            starts = last - timedelta(weeks=week) + timedelta(hours=1 + at % 12)
            meetings.append({
                "id": FIRST_MEETING + at * WEEKS + week, "activity_id": at + 1, "sequence": 0, "version": 1,
                "nominal_on": starts.date(), "starts_at": starts, "ends_at": starts + timedelta(hours=2),
                "changed_by_hand": False, "place": "Buurthuis", **mine,
            })  # fmt: skip
    made = [insert(Activity).values(series), insert(ActivityRole).values(roles)]
    made += [insert(Occurrence).values(meetings[at : at + 500]) for at in range(0, len(meetings), 500)]
    number = Report.id // PER_SIGNUP
    residents = max(count // PER_RESIDENT, 1)
    meeting = FIRST_MEETING + number % many
    ended = number % many % WEEKS >= AHEAD
    sort = number % many // WEEKS % len(_SORTS)
    roles_at = case({at: role.value for at, (_kind, role) in enumerate(_SORTS)}, value=sort)
    is_one = Report.id % PER_SIGNUP == 0
    state = case((ended, SignupState.DONE.value), else_=SignupState.SIGNED_UP.value)
    signups = [
        _into(Signup, is_one, id=Report.id, occurrence_id=meeting, role=roles_at, for_name="", state=state,
              person_id=FIRST_RESIDENT + 1 + number * 7919 % residents, queued_at=Report.created_at,
              changed_at=Report.created_at, placed_at=Report.created_at, seats=1),
        _into(Outbox, is_one, id=2 * 10**9 + Report.id, kind="signup_reminder",
              key=literal("reminder:") + cast(Report.id, String) + ":1d", about=Report.id, state=OutboxState.SENT,
              chat_id=FIRST_RESIDENT + 1 + number * 7919 % residents, message_id=2 * 10**9 + Report.id,
              created_at=Report.created_at, due_at=Report.created_at, sent_at=Report.created_at),
        insert(Stall).from_select(
            ["id", "signup_id", "street", "house_number", "number", "shared_field", "state"],
            select(Signup.id, Signup.id, *map(literal, ("Kerkstraat", "1", 1, False, "open")))
            .where(Signup.role == RoleKey.STALL),
        ),
    ]  # fmt: skip
    return made, signups
