"""What may not be kept is erased by its rule, and nothing else is."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.enums import Kind, MediaKind, MessageDirection, OutboxState, ReportStatus, RoleKey, SignupState, Theme
from bot.services import retention, setup
from bot.services.town import areas as area_service
from bot.services.triage.history import step
from storage.engine import Database
from storage.ids import new_id
from storage.models import (
    Activity,
    AuditEntry,
    Base,
    Desk,
    Dialogue,
    HandledUpdate,
    Occurrence,
    Outbox,
    RepairItem,
    Report,
    ReportEvent,
    ReportMedia,
    ReportMessage,
    ReportNote,
    Signup,
    Stall,
    StallDay,
)
from storage.types import UserId
from storage.work import Work
from tests.town import TOWN_FILE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def town_database(database: Database) -> Database:
    file, lines = setup.parse(TOWN_FILE.read_text())
    async with database.write(NOW) as work:
        await setup.load(work, file, lines, area_service.builtin())
    return database


async def _report(work: Work, closed_at: datetime | None) -> int:
    desk = (await work.session.scalars(select(Desk))).first()
    assert desk is not None
    report = Report(
        draft_id=new_id(),
        year=2026,
        number=new_id(),
        resident_id=7,
        resident_name="Fatima",
        kind=Kind.PLACE,
        theme=Theme.LIVABILITY,
        text="Lamp kapot",
        lat=52.3,
        lon=5.2,
        sealed=False,
        status=ReportStatus.CLOSED if closed_at else ReportStatus.RECEIVED,
        closed_at=closed_at,
        desk_id=desk.id,
        rule_position=0,
        created_at=NOW,
        changed_at=NOW,
    )
    work.session.add(report)
    await work.session.flush()
    work.session.add(
        ReportMessage(
            report_id=report.id, direction=MessageDirection.RESIDENT, author_id=7, text="Nog steeds", created_at=NOW
        )
    )
    return report.id


async def _erase(database: Database, at: datetime) -> None:
    while True:
        async with database.write(at) as work:
            if not any((await retention.erase_some(work)).values()):
                return


async def test_a_closed_report_loses_its_person_and_later_its_words(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        closed, still_open = await _report(work, NOW), await _report(work, None)
    await _erase(town_database, NOW + timedelta(days=89))
    async with town_database.read(NOW) as work:
        report = await work.session.get_one(Report, closed)
        assert (report.resident_id, report.resident_name) == (7, "Fatima")
    await _erase(town_database, NOW + timedelta(days=91))
    async with town_database.read(NOW) as work:
        report = await work.session.get_one(Report, closed)
        assert (report.resident_id, report.resident_name, report.text) == (None, None, "Lamp kapot")
    await _erase(town_database, NOW + timedelta(days=366))
    async with town_database.read(NOW) as work:
        report = await work.session.get_one(Report, closed)
        assert (report.text, report.lat, report.theme) == ("", None, Theme.LIVABILITY)
        kept = await work.session.get_one(Report, still_open)
        assert (kept.text, kept.resident_id) == ("Lamp kapot", 7)
        messages = (await work.session.scalars(select(ReportMessage))).all()
        assert [message.report_id for message in messages] == [still_open]


async def test_drafts_go_after_seven_days(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        work.session.add(
            Dialogue(chat_id=7, user_id=7, about="report", step="kind", draft={"text": "Lamp"}, changed_at=NOW)
        )
    await _erase(town_database, NOW + timedelta(days=6))
    assert await _count(town_database, Dialogue) == 1
    await _erase(town_database, NOW + timedelta(days=8))
    assert await _count(town_database, Dialogue) == 0


async def test_stalls_go_after_a_week_and_sign_ups_after_ninety_days(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        route = (await work.session.scalars(select(Activity).where(Activity.key == "rr-filmwijk"))).one()
        day = (await work.session.scalars(select(Occurrence).where(Occurrence.activity_id == route.id))).one()
        signup = Signup(
            occurrence_id=day.id,
            person_id=7,
            role=RoleKey.STALL,
            state=SignupState.SIGNED_UP,
            queued_at=NOW,
            changed_at=NOW,
        )
        repaired = Signup(
            occurrence_id=day.id,
            person_id=8,
            role=RoleKey.VISITOR,
            state=SignupState.DONE,
            queued_at=NOW,
            changed_at=NOW,
        )
        work.session.add_all([signup, repaired])
        await work.session.flush()
        work.session.add(Stall(signup_id=signup.id, street="Rembrandtlaan", house_number="1", sells="boeken"))
        work.session.add(
            RepairItem(signup_id=repaired.id, item_type="Lamp", skill="electrical", fault="lekt", outcome="gelukt")
        )
        ended = day.ends_at
    await _erase(town_database, ended + timedelta(days=6))
    async with town_database.read(NOW) as work:
        assert (await work.session.scalars(select(Stall))).one().street == "Rembrandtlaan"
    await _erase(town_database, ended + timedelta(days=8))
    async with town_database.read(NOW) as work:
        stall = (await work.session.scalars(select(Stall))).one()
        assert (stall.street, stall.sells) == (None, None)
    await _erase(town_database, ended + timedelta(days=91))
    async with town_database.read(NOW) as work:
        assert [row.person_id for row in await work.session.scalars(select(Signup))] == [0]
        item = (await work.session.scalars(select(RepairItem))).one()
        assert (item.item_type, item.outcome, item.fault) == ("Lamp", "gelukt", None)


async def test_the_machinery_is_swept_too(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        work.session.add(HandledUpdate(update_id=1, at=NOW))
        work.session.add(AuditEntry(at=NOW, actor_id=1, action="opened"))
        work.session.add(
            Outbox(
                kind="said",
                chat_id=7,
                key="said:1",
                payload=None,
                due_at=NOW,
                created_at=NOW,
                sent_at=NOW,
                state=OutboxState.SENT,
            )
        )
    await _erase(town_database, NOW + timedelta(days=8))
    assert await _count(town_database, HandledUpdate) == 0
    assert await _count(town_database, AuditEntry) == 1
    async with town_database.read(NOW) as work:
        assert (await work.session.scalars(select(Outbox).where(Outbox.key == "said:1"))).first() is None
    await _erase(town_database, NOW + timedelta(days=731))
    assert await _count(town_database, AuditEntry) == 0


def test_every_column_with_personal_data_names_its_rule() -> None:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            looks_personal = column.name in {"text", "resident_name", "street", "sells", "fault", "file_id", "raw"}
            looks_personal |= isinstance(column.type, UserId) or any(
                key.target_fullname == "person.id" for key in column.foreign_keys
            )
            assert not looks_personal or column.info.get("personal") or table.name == "standard_answer", (
                f"{table.name}.{column.name} has no retention rule"
            )


async def _count(database: Database, model: type[Base]) -> int:
    async with database.read(NOW) as work:
        return len((await work.session.scalars(select(model))).all())


async def test_nobody_looks_after_what_was_over_for_ninety_days(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        rows = (await work.session.scalars(select(Activity).where(Activity.team_id.is_(None)))).all()
        for row in rows:
            row.coordinator_id = row.made_by = 9001
        single = next(row for row in rows if row.repeats is None)
        series = next(row for row in rows if row.repeats is not None)
        day = await work.session.scalar(select(Occurrence.ends_at).where(Occurrence.activity_id == single.id))
    assert day is not None
    for after, nobody in ((89, []), (91, [single.id])):
        await _erase(town_database, day + timedelta(days=after))
        async with town_database.read(NOW) as work:
            query = select(Activity.id).where(Activity.coordinator_id.is_(None), Activity.made_by.is_(None))
            found = set(await work.session.scalars(query))
            assert found & {single.id, series.id} == set(nobody)


async def test_nothing_tells_whose_a_report_was_after_ninety_days(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        closed = await _report(work, NOW)
        for actor in (7, 9001):
            work.session.add(ReportEvent(report_id=closed, at=NOW, actor_id=actor, action="sent"))
    await _erase(town_database, NOW + timedelta(days=91))
    async with town_database.read(NOW) as work:
        actors = await work.session.scalars(select(ReportEvent.actor_id).order_by(ReportEvent.id))
        assert list(actors) == [None, 9001]
    await _erase(town_database, NOW + timedelta(days=366))
    async with town_database.read(NOW) as work:
        actors = await work.session.scalars(select(ReportEvent.actor_id).order_by(ReportEvent.id))
        assert list(actors) == [None, None]


async def test_a_report_that_was_only_a_photo_loses_it_too(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        closed = await work.session.get_one(Report, await _report(work, NOW))
        closed.text, closed.lat, closed.lon = "", None, None
        work.session.add(
            ReportMedia(report_id=closed.id, position=0, kind=MediaKind.PHOTO, file_id="f", file_unique_id="u")
        )
        work.session.add(ReportNote(report_id=closed.id, author_id=9001, text="Mevrouw belde.", created_at=NOW))
    await _erase(town_database, NOW + timedelta(days=366))
    for model in (ReportMedia, ReportMessage, ReportNote):
        assert await _count(town_database, model) == 0


async def test_a_note_on_a_report_that_was_swept_already_goes_too(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        closed = await _report(work, NOW)
    late = NOW + timedelta(days=400)
    await _erase(town_database, late)
    async with town_database.write(late) as work:
        report = await work.session.get_one(Report, closed)
        work.session.add(ReportNote(report_id=closed, author_id=9001, text="Mevrouw belde.", created_at=late))
        await step(work, report, 9001, "note")
    await _erase(town_database, late + timedelta(hours=1))
    assert await _count(town_database, ReportNote) == 0


async def test_private_messages_go_unless_their_report_still_lives(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        still_open = await _report(work, None)
        closed = await _report(work, NOW + timedelta(days=50))
        for about, chat in ((still_open, 7), (closed, 9001), (new_id(), 7), (None, 7), (None, -1001)):
            work.session.add(
                Outbox(
                    kind="reminder",
                    chat_id=chat,
                    about=about,
                    key=f"{about}:{chat}",
                    due_at=NOW,
                    created_at=NOW,
                    sent_at=NOW,
                    state=OutboxState.SENT,
                )
            )
    await _erase(town_database, NOW + timedelta(days=91))
    async with town_database.read(NOW) as work:
        query = select(Outbox.about, Outbox.chat_id).where(Outbox.kind == "reminder")
        left = {(row.about, row.chat_id) for row in await work.session.execute(query)}
    assert left == {(still_open, 7), (closed, 9001), (None, -1001)}


async def test_a_message_that_is_needed_still_is_not_looked_at_again_before_it_may_go(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        about = await _report(work, None)
        for number, kind in enumerate(kinds := ("reminder", "said", "private_card")):
            moments = dict.fromkeys(("due_at", "created_at", "sent_at"), NOW)
            told = {"kind": kind, "chat_id": 9001, "about": about, "key": f"{kind}:{about}:9001", "message_id": number}
            work.session.add(Outbox(**told, **moments, state=OutboxState.SENT))
    later = NOW + timedelta(days=100)
    await _erase(town_database, later)

    async def until() -> dict[str, datetime | None]:
        async with town_database.read(NOW) as work:
            return {row.kind: row.kept_until for row in await work.session.scalars(select(Outbox))}

    assert await until() == dict.fromkeys(kinds, later + timedelta(days=90))
    async with town_database.write(later) as work:
        report = await work.session.get_one(Report, about)
        report.status, report.closed_at = ReportStatus.CLOSED, later + timedelta(days=20)
    await _erase(town_database, later + timedelta(days=95))
    closed = later + timedelta(days=20)
    assert await until() == dict.fromkeys(kinds, closed + timedelta(days=90))

    await _erase(town_database, closed + timedelta(days=91))  # the name: what was said goes, the card is drawn again
    async with town_database.write(closed + timedelta(days=91)) as work:
        rows = (await work.session.scalars(select(Outbox))).all()
        assert {row.kind: row.state for row in rows} == dict.fromkeys(
            ("private_card", "prompt_gone"), OutboxState.WAITING
        )
        for row in rows:
            row.state, row.sent_at = OutboxState.SENT, work.now
    await _erase(town_database, closed + timedelta(days=182))
    assert await until() == {"private_card": closed + timedelta(days=365)}

    await _erase(town_database, closed + timedelta(days=366))  # the words
    async with town_database.write(closed + timedelta(days=366)) as work:
        card = (await work.session.scalars(select(Outbox))).one()
        assert card.state is OutboxState.WAITING
        card.state, card.sent_at = OutboxState.SENT, work.now
    await _erase(town_database, closed + timedelta(days=457))
    assert await until() == {}


async def test_a_page_with_addresses_is_remembered_until_it_is_taken_away(town_database: Database) -> None:
    async with town_database.write(NOW) as work:
        route = (await work.session.scalars(select(Activity).where(Activity.key == "rr-filmwijk"))).one()
        day = (await work.session.scalars(select(Occurrence).where(Occurrence.activity_id == route.id))).one()
        work.session.add(
            Outbox(
                kind="said",
                chat_id=7,
                about=day.id,
                key="said:page",
                due_at=NOW,
                created_at=NOW,
                sent_at=NOW,
                state=OutboxState.SENT,
                message_id=5,
            )
        )
        day_id, later = day.id, day.ends_at + timedelta(days=8)
    page = select(Outbox).where(Outbox.key == "said:page")
    await _erase(town_database, later)
    async with town_database.write(later) as work:
        row = (await work.session.scalars(page)).one()
        row.about = row.kept_until = None  # as who takes it away does
        work.session.add(StallDay(occurrence_id=day_id, cleared_at=later))
    await _erase(town_database, later + timedelta(days=1))
    async with town_database.read(later) as work:
        assert (await work.session.scalars(page)).first() is None
