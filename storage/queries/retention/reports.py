"""Reports: whose they were goes first, their words and who worked on them later; and blocks that nobody can lift."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Select,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.notices.triage import PRIVATE_COPIES, CardMedia, PrivateWords, ResidentWords
from bot.domain.reports import CONTACT_KEPT, WORDS_KEPT
from storage.models import (
    Consent,
    Opening,
    Outbox,
    PartnerMail,
    Person,
    Report,
    ReportEvent,
    ReportFollower,
    ReportMedia,
    ReportMessage,
    ReportNote,
    ReportWord,
)
from storage.queries import sending
from storage.queries.outbox import SAID
from storage.queries.retention.chunks import Lost, bulk

#: So many reports lose something in one transaction: much hangs on each.
_AT_ONCE = 50
#: What goes with the words of a report, also of one that never had any: a photo, a voice message.
_WITH_TEXT = (ReportMedia, ReportMessage, ReportNote, Opening, ReportWord, PartnerMail)


def _due(now: datetime) -> Select[int, datetime | None]:
    """Return the query of a page of reports that have something to lose, by index."""
    return (
        select(Report.id, Report.closed_at)
        .where(Report.sweep_at <= now, Report.closed_at.is_not(None))
        .order_by(Report.sweep_at)
        .limit(_AT_ONCE)
        .with_for_update()
    )


async def still_shown(session: AsyncSession, report_ids: Sequence[int]) -> Sequence[Outbox]:
    """Return the rows of the messages that show something of these reports, in groups and to workers.

    Not of what a worker asked for and what goes after a day.
    """
    if not report_ids:
        return []
    in_group = [*sending.card_kinds(), CardMedia.kind, ResidentWords.kind]
    stays = or_(Outbox.kind != PrivateWords.kind, Outbox.key.endswith(":0"))
    query = select(Outbox).where(
        Outbox.about.in_(report_ids),
        or_(Outbox.kind.in_(in_group), and_(Outbox.chat_id > 0, Outbox.kind.in_([*PRIVATE_COPIES, SAID]), stays)),
        Outbox.message_id.is_not(None),
    )
    return (await session.scalars(query)).all()


async def forget_reports(session: AsyncSession, now: datetime) -> Lost:
    """Forget whose a report was 90 days after closing, and its words, media, notes and point after a year.

    Theme, wijk and month stay. `Report.sweep_at` says which reports have something to lose, so that the others cost
    nothing; each change of a closed report has it looked at anew.
    """
    closed = {row_id: closed_at for row_id, closed_at in await session.execute(_due(now)) if closed_at is not None}
    if not closed:
        return Lost(0, ())
    await _forget_contact(session, list(closed))
    old = {row_id for row_id, closed_at in closed.items() if closed_at + WORDS_KEPT <= now}
    await _forget_words(session, sorted(old))
    later = {row_id: None if row_id in old else closed_at + WORDS_KEPT for row_id, closed_at in closed.items()}
    await session.execute(update(Report), [{"id": row_id, "sweep_at": at} for row_id, at in later.items()])
    return Lost(len(closed), list(closed))


async def _forget_contact(session: AsyncSession, ids: Sequence[int]) -> None:
    """Forget what links a person to these reports: their rows, our messages to resident and followers, consents."""
    whose = select(Report.resident_id).where(Report.id == Outbox.about).scalar_subquery()
    actor = select(Report.resident_id).where(Report.id == ReportEvent.report_id).scalar_subquery()
    drafts = select(Report.draft_id).where(Report.id.in_(ids))
    said = select(ReportMessage.id).where(ReportMessage.report_id.in_(ids))
    mails = select(PartnerMail.id).where(PartnerMail.report_id.in_(ids))
    nobody = {"resident_id": None, "resident_name": None, "call_me": None}
    for statement in (
        delete(Outbox).where(Outbox.about.in_(ids), or_(Outbox.chat_id == whose, Outbox.kind.startswith("followed_"))),
        delete(Outbox).where(Outbox.about.in_(drafts)),
        delete(Outbox).where(Outbox.about.in_(said)),
        # One by one: of both in one condition PostgreSQL reads the whole table.
        delete(Consent).where(Consent.about.in_(ids)),
        delete(Consent).where(Consent.about.in_(mails)),
        update(ReportEvent).where(ReportEvent.report_id.in_(ids), ReportEvent.actor_id == actor).values(actor_id=None),
        update(ReportMessage).where(ReportMessage.report_id.in_(ids)).values(author_id=None),
        delete(ReportFollower).where(ReportFollower.report_id.in_(ids)),
        update(Report).where(Report.id.in_(ids)).values(nobody),
    ):
        await bulk(session, statement)


async def _forget_words(session: AsyncSession, ids: Sequence[int]) -> None:
    """Erase what these reports told, who worked on them, and all that hangs on them; also on one without a text."""
    if not ids:
        return
    nothing = {"text": "", "lat": None, "lon": None, "close_detail": None, "public_line": None}
    nobody = {"recorded_by": None, "holder_id": None}
    await bulk(session, update(Report).where(Report.id.in_(ids)).values(nothing | nobody))
    await bulk(session, update(ReportEvent).where(ReportEvent.report_id.in_(ids)).values(actor_id=None))
    for table in _WITH_TEXT:
        await bulk(session, delete(table).where(table.report_id.in_(ids)))


async def lift_blocks(session: AsyncSession, now: datetime) -> int:
    """Lift blocks that no card can lift any more, since none of the reports they came from knows its resident."""
    still = exists().where(Report.resident_id == Person.id, Report.blocked_at.is_not(None))
    lifted = (
        update(Person)
        .where(Person.blocked_at < now - CONTACT_KEPT, ~still)
        .values(blocked_at=None)
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    )
    return len((await session.execute(lifted)).all())
