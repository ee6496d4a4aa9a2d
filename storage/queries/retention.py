"""Erasing what may not be kept any longer: one function per rule, in chunks, by one clock.

The rules are those of the design's "Privacy and safety"; each column names its rule in the model (`personal`).
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.activities.repairing import UNKNOWN_ITEM
from bot.domain.enums import ActivityKind, OutboxState, RoleKey
from bot.domain.notices.activities import Announced
from bot.domain.reports import CONTACT_KEPT, WORDS_KEPT
from storage.models import (
    Activity,
    Album,
    Announcement,
    AuditEntry,
    CalendarFeed,
    Consent,
    DeadUpdate,
    Dialogue,
    HandledUpdate,
    NewsWish,
    Occurrence,
    Offer,
    Opening,
    Outbox,
    PartnerMail,
    Person,
    PersonSkill,
    RepairItem,
    Report,
    ReportEvent,
    ReportFollower,
    ReportMedia,
    ReportMessage,
    ReportNote,
    ReportWord,
    Round,
    RoundArrival,
    Signup,
    Stall,
    StallDay,
    StallFavourite,
    TeamMember,
    TeamNews,
    UpdateAttempt,
    WalkCall,
)
from storage.queries.stalls import LOOK_BACK

CHUNK = 500
#: What goes with the words of a report, also of one that never had any: a photo, a voice message.
_WITH_TEXT = (ReportMedia, ReportMessage, ReportNote, Opening, ReportWord, PartnerMail)
#: The conditions of indexes, to the letter: SQLite uses them only then.
_SOMEBODY = Signup.person_id != literal_column("0")
_REASON = or_(Occurrence.called_off_why.is_not(None), Occurrence.moved_why.is_not(None))
_TOLD = or_(Stall.street.is_not(None), Stall.sells.is_not(None))
_SPENT = Outbox.state.in_([literal_column("'dropped'"), literal_column("'failed'")])
_SAID, _PRIVATE = Outbox.kind == literal_column("'said'"), Outbox.chat_id > literal_column("0")
Rule = Callable[[AsyncSession, datetime], Awaitable[int]]


async def _due(session: AsyncSession, key: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> Sequence[int]:
    """Return the keys of a chunk of rows, which a statement of its own changes: so its plan is never a guess."""
    return (await session.scalars(select(key).where(*where).limit(CHUNK))).all()


async def _delete(session: AsyncSession, key: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> int:
    if ids := await _due(session, key, *where):
        await _bulk(session, delete(key.class_).where(key.in_(ids)))
    return len(ids)


async def _delete_each(
    session: AsyncSession, key: Sequence[InstrumentedAttribute[Any]], rows: Sequence[Sequence[Any]]
) -> int:
    """Delete rows by a key of several columns: SQLite would look for a list of such keys in the whole table."""
    if rows:
        table = key[0].class_.__table__
        fits = [table.c[column.key] == bindparam(f"of_{column.key}") for column in key]
        values = [{f"of_{column.key}": value for column, value in zip(key, row, strict=True)} for row in rows]
        await (await session.connection()).execute(delete(table).where(*fits), values)
    return len(rows)


async def _bulk(session: AsyncSession, statement: Update | Delete) -> None:
    await session.execute(statement, execution_options={"synchronize_session": False})


async def forget_drafts(session: AsyncSession, now: datetime) -> int:
    """Erase what was not sent for 7 days."""
    key = (Dialogue.chat_id, Dialogue.user_id, Dialogue.about)
    old = select(*key).where(Dialogue.changed_at < now - timedelta(days=7))
    return await _delete_each(session, key, (await session.execute(old.limit(CHUNK).with_for_update())).all())


async def forget_prompts(session: AsyncSession, now: datetime) -> int:
    """Erase the buttons that somebody saw last, and when they wrote, once they have not written for 7 days."""
    there = or_(Person.prompt.is_not(None), Person.recent.is_not(None))
    ids = await _due(session, Person.id, there, Person.last_seen_at < now - timedelta(days=7))
    if ids:
        await _bulk(session, update(Person).where(Person.id.in_(ids)).values(prompt=None, recent=None))
    return len(ids)


async def forget_intake(session: AsyncSession, now: datetime) -> int:
    """Erase handled update ids and albums after 7 days, dead updates after 14."""
    week = now - timedelta(days=7)
    count = await _delete(session, HandledUpdate.update_id, HandledUpdate.at < week)
    count += await _delete(session, DeadUpdate.update_id, DeadUpdate.at < now - timedelta(days=14))
    await _bulk(session, delete(Album).where(Album.at < week))
    begun = (await session.scalars(select(UpdateAttempt.update_id).limit(CHUNK))).all()
    if begun:
        done = select(HandledUpdate.update_id).where(HandledUpdate.update_id.in_(begun))
        await _bulk(session, delete(UpdateAttempt).where(UpdateAttempt.update_id.in_(done)))
    return count


async def forget_reports(session: AsyncSession, now: datetime) -> int:
    """Forget whose a report was 90 days after closing, and its words, media, notes and point after a year.

    Theme, wijk and month stay. `Report.sweep_at` says which reports have something to lose, so that the others cost
    nothing; each change of a closed report has it looked at anew.
    """
    due = (
        select(Report.id, Report.closed_at)
        .where(Report.sweep_at <= now, Report.closed_at.is_not(None))
        .order_by(Report.sweep_at)
        .limit(CHUNK)
        .with_for_update()
    )
    closed = {row_id: closed_at for row_id, closed_at in await session.execute(due) if closed_at is not None}
    if not closed:
        return 0
    await _forget_contact(session, list(closed))
    old = {row_id for row_id, closed_at in closed.items() if closed_at + WORDS_KEPT <= now}
    await _forget_words(session, sorted(old))
    later = {row_id: None if row_id in old else closed_at + WORDS_KEPT for row_id, closed_at in closed.items()}
    await session.execute(update(Report), [{"id": row_id, "sweep_at": at} for row_id, at in later.items()])
    return len(closed)


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
        delete(Consent).where(or_(Consent.about.in_(ids), Consent.about.in_(mails))),
        update(ReportEvent).where(ReportEvent.report_id.in_(ids), ReportEvent.actor_id == actor).values(actor_id=None),
        update(ReportMessage).where(ReportMessage.report_id.in_(ids)).values(author_id=None),
        delete(ReportFollower).where(ReportFollower.report_id.in_(ids)),
        update(Report).where(Report.id.in_(ids)).values(nobody),
    ):
        await _bulk(session, statement)


async def _forget_words(session: AsyncSession, ids: Sequence[int]) -> None:
    """Erase what these reports told, who worked on them, and all that hangs on them; also on one without a text."""
    if not ids:
        return
    nothing = {"text": "", "lat": None, "lon": None, "close_detail": None, "public_line": None}
    nobody = {"recorded_by": None, "holder_id": None}
    await _bulk(session, update(Report).where(Report.id.in_(ids)).values(nothing | nobody))
    await _bulk(session, update(ReportEvent).where(ReportEvent.report_id.in_(ids)).values(actor_id=None))
    for table in _WITH_TEXT:
        await _bulk(session, delete(table).where(table.report_id.in_(ids)))


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


async def forget_stalls(session: AsyncSession, now: datetime) -> int:
    """Erase the addresses of stalls, and who marked which with a star, a week after the day."""
    over = exists().where(
        Signup.id == Stall.signup_id,
        Occurrence.id == Signup.occurrence_id,
        Occurrence.ends_at < now - timedelta(days=7),
    )
    told = await _due(session, Stall.id, _TOLD, over)
    starred = await _due(session, Stall.id, Stall.id.in_(select(StallFavourite.stall_id)), over)
    ids = sorted({*told, *starred})
    if ids:
        nothing = {"street": None, "house_number": None, "postcode": None, "lat": None, "lon": None, "sells": None}
        await _bulk(session, update(Stall).where(Stall.id.in_(ids)).values(nothing))
        await _bulk(session, delete(StallFavourite).where(StallFavourite.stall_id.in_(ids)))
    return len(ids)


async def forget_signups(session: AsyncSession, now: datetime) -> int:
    """Erase sign-ups, offers and repair contact 90 days after the day; of a repair the kind and outcome stay."""
    old = (
        select(Signup.id, Signup.person_id)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(Occurrence.ends_at < now - timedelta(days=90), _SOMEBODY)
        .limit(CHUNK)
    )
    rows = (await session.execute(old)).all()
    ids = [signup_id for signup_id, _person_id in rows]
    if not ids:
        return 0
    await session.execute(delete(Offer).where(Offer.signup_id.in_(ids)))
    with_item = select(RepairItem.signup_id).where(RepairItem.signup_id.in_(ids))
    kept = list((await session.scalars(with_item)).all())
    repaired = update(RepairItem).where(RepairItem.signup_id.in_(kept))
    await session.execute(repaired.values(brand=None, fault=None, photo=None))
    await session.execute(repaired.where(RepairItem.skill.is_(None)).values(item_type=UNKNOWN_ITEM))
    for row_id in kept:
        await session.execute(
            update(Signup).where(Signup.id == row_id).values(person_id=0, for_name=f"gewist-{row_id}", changed_by=None)
        )
    await session.execute(delete(Signup).where(Signup.id.in_([row_id for row_id in ids if row_id not in set(kept)])))
    await _forget_skills(session, {person_id for _signup_id, person_id in rows})
    return len(ids)


async def forget_feeds(session: AsyncSession, now: datetime) -> int:
    """Take calendar feeds away that nobody looked at for half a year."""
    return await _delete(session, CalendarFeed.person_id, CalendarFeed.seen_at < now - timedelta(days=182))


async def _forget_skills(session: AsyncSession, people: set[int]) -> None:
    """Forget what these people can repair, unless they are still known to have come, or to come, as a repairer."""
    repairs = exists().where(Signup.person_id == PersonSkill.person_id, Signup.role == RoleKey.REPAIRER)
    await _bulk(session, delete(PersonSkill).where(PersonSkill.person_id.in_(people), ~repairs))


async def forget_rounds(session: AsyncSession, now: datetime) -> int:
    """Erase who walked and what they wrote 90 days after a round."""
    ids = await _due(session, Round.id, Round.opened_at < now - timedelta(days=90), Round.opened_by.is_not(None))
    if ids:
        await _bulk(session, update(Round).where(Round.id.in_(ids)).values(walkers=[], line=None, opened_by=None))
    there = delete(RoundArrival).where(RoundArrival.starts_at < now - timedelta(days=90))
    return len(ids) + len((await session.scalars(there.returning(RoundArrival.person_id))).all())


async def forget_calls(session: AsyncSession, now: datetime) -> int:
    """Erase who asked "wie loopt mee?", and requests to join a team that were refused, after 7 days."""
    gone = await _delete(session, WalkCall.id, WalkCall.starts_at < now - timedelta(days=7))
    refused = delete(TeamMember).where(
        TeamMember.accepted_at.is_(None),
        TeamMember.left_at < now - timedelta(days=7),
        TeamMember.vog_withdrawn_at.is_(None),
    )
    return gone + len((await session.scalars(refused.returning(TeamMember.person_id))).all())


async def forget_team_news(session: AsyncSession, now: datetime) -> int:
    """Erase the news of teams after 90 days."""
    return await _delete(session, TeamNews.id, TeamNews.at < now - timedelta(days=90))


async def forget_news(session: AsyncSession, now: datetime) -> int:
    """Erase who wanted which news 2 years after they said so; who withdraws it is forgotten at once."""
    key = (NewsWish.person_id, NewsWish.area_code, NewsWish.kind)
    old = select(*key).where(NewsWish.given_at < now - timedelta(days=730))
    return await _delete_each(session, key, (await session.execute(old.limit(CHUNK))).all())


async def forget_lines(session: AsyncSession, now: datetime) -> int:
    """Erase what was added to the news of a date, and why it was moved or called off, 90 days after the day."""
    past = Occurrence.ends_at < now - timedelta(days=90)
    reasons = await _due(session, Occurrence.id, past, _REASON)
    if reasons:
        erased = {Occurrence.called_off_why: None, Occurrence.moved_why: None}
        await _bulk(session, update(Occurrence).where(Occurrence.id.in_(reasons)).values(erased))
    old = exists().where(Occurrence.id == Announcement.occurrence_id, past)
    return len(reasons) + await _delete(session, Announcement.id, old)


async def forget_organisers(session: AsyncSession, now: datetime) -> int:
    """Forget who made an activity and looked after it 90 days after the last of its dates."""
    dates = exists().where(Occurrence.activity_id == Activity.id)
    over = or_(Activity.active.is_(False), and_(Activity.repeats.is_(None), dates))
    still = dates.where(Occurrence.ends_at >= now - timedelta(days=90))
    there = or_(Activity.coordinator_id.is_not(None), Activity.made_by.is_not(None))
    ids = await _due(session, Activity.id, there, over, ~still)
    if ids:
        await _bulk(session, update(Activity).where(Activity.id.in_(ids)).values(coordinator_id=None, made_by=None))
    return len(ids)


async def forget_audit(session: AsyncSession, now: datetime) -> int:
    """Erase the audit trail after 2 years."""
    return await _delete(session, AuditEntry.id, AuditEntry.at < now - timedelta(days=730))


async def forget_outbox(session: AsyncSession, now: datetime) -> int:
    """Erase message rows that nothing is edited through any more.

    Failed ones go after 14 days, what was only said after 7, and what somebody got in private after 90, unless it is
    about a report that is open or was closed since, or news of what is still to come: nobody gets that twice. A said
    one that shows words of a report stays as long as these, and one that shows addresses of a Rommelroute until these
    are erased: it can be told to take them back.
    """
    spent = (_SPENT, Outbox.created_at < now - timedelta(days=14))
    shows = or_(exists().where(Report.id == Outbox.about, Report.text != ""), _shows_addresses(now))
    said = (_SAID, Outbox.state == OutboxState.SENT, Outbox.sent_at < now - timedelta(days=7), ~shows)
    needed = exists().where(
        Report.id == Outbox.about,
        or_(Report.closed_at.is_(None), Report.closed_at > now - CONTACT_KEPT, and_(_SAID, Report.text != "")),
    )
    ahead = exists().where(Occurrence.id == Outbox.about, Outbox.kind == Announced.kind, Occurrence.ends_at > now)
    private = (
        _PRIVATE,
        Outbox.state == OutboxState.SENT,
        Outbox.sent_at < now - CONTACT_KEPT,
        ~needed,
        ~ahead,
        ~_shows_addresses(now),
    )
    return sum([await _delete(session, Outbox.id, *old) for old in (spent, said, private)])


def _shows_addresses(now: datetime) -> ColumnElement[bool]:
    """Return the condition of messages about a Rommelroute that was not cleared yet."""
    cleared = exists().where(StallDay.occurrence_id == Occurrence.id, StallDay.cleared_at.is_not(None))
    return exists().where(
        Occurrence.id == Outbox.about,
        Occurrence.kind == ActivityKind.ROMMELROUTE,
        Occurrence.starts_at > now - LOOK_BACK,
        ~cleared,
    )


RULES: dict[str, Rule] = {
    "drafts": forget_drafts,
    "prompts": forget_prompts,
    "intake": forget_intake,
    "reports": forget_reports,
    "blocks": lift_blocks,
    "stalls": forget_stalls,
    "signups": forget_signups,
    "feeds": forget_feeds,
    "rounds": forget_rounds,
    "calls": forget_calls,
    "team_news": forget_team_news,
    "news": forget_news,
    "lines": forget_lines,
    "organisers": forget_organisers,
    "audit": forget_audit,
    "outbox": forget_outbox,
}
