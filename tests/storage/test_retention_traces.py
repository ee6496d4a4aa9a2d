"""Ninety days after closing, nothing that we keep beside a report tells whose it was."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.domain.enums import Kind, MessageDirection, ReportStatus, Theme
from bot.domain.notices.conversation import ReplyPhotoNote
from bot.domain.notices.following import FollowedNews
from bot.domain.notices.reports import PhotoNote, ReportReceipt
from bot.domain.notices.triage import ReportCard
from bot.services import retention, setup
from bot.services.town import areas
from storage.engine import Database
from storage.ids import new_id
from storage.models import Consent, Desk, Outbox, Person, Report, ReportMessage
from storage.queries.reports import next_number
from storage.work import Work
from tests.town import TOWN_FILE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RESIDENT, NEIGHBOUR, GROUP = 7, 8, -1001


async def _report(work: Work, closed_at: datetime | None) -> Report:
    """Return a report with all that is sent about one, and a consent."""
    desk = (await work.session.scalars(select(Desk))).first()
    assert desk is not None
    report = Report(
        draft_id=new_id(),
        year=2026,
        number=await next_number(work.session, 2026),
        resident_id=RESIDENT,
        kind=Kind.PLACE,
        theme=Theme.LIVABILITY,
        text="Lamp kapot",
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
    said = ReportMessage(report_id=report.id, direction=MessageDirection.RESIDENT, text="Nog", created_at=NOW)
    work.session.add(said)
    work.session.add(Consent(person_id=RESIDENT, purpose="own_details", about=report.id, given_at=NOW))
    await work.session.flush()
    for notice in (ReportReceipt(report.id), PhotoNote(report.draft_id, 1), ReplyPhotoNote(said.id, 1)):
        work.put(notice, chat=RESIDENT)
    work.put(FollowedNews(report.id, NEIGHBOUR, 0), chat=NEIGHBOUR)
    work.put(ReportCard(report.id, desk.id), chat=GROUP)
    return report


async def test_messages_and_consents_about_a_closed_report_go_and_its_card_stays(database: Database) -> None:
    file, lines = setup.parse(TOWN_FILE.read_text())
    async with database.write(NOW) as work:
        await setup.load(work, file, lines, areas.builtin())
        work.session.add_all(Person(id=person, created_at=NOW) for person in (RESIDENT, NEIGHBOUR))
        closed, still_open = await _report(work, NOW), await _report(work, None)
    async with database.write(NOW + timedelta(days=89)) as work:
        while any((await retention.erase_some(work)).values()):
            pass
        assert len((await work.session.scalars(select(Consent))).all()) == 2
    async with database.write(NOW + timedelta(days=91)) as work:
        while any((await retention.erase_some(work)).values()):
            pass
    async with database.read(NOW) as work:
        chats = sorted((await work.session.scalars(select(Outbox.chat_id))).all())
        assert chats == [GROUP, GROUP, RESIDENT, RESIDENT, RESIDENT, NEIGHBOUR]
        about_closed = select(Outbox.chat_id).where(Outbox.about.in_([closed.id, closed.draft_id]))
        assert list(await work.session.scalars(about_closed)) == [GROUP]
        assert list(await work.session.scalars(select(Consent.about))) == [still_open.id]
