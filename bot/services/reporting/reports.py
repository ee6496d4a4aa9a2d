"""What a resident does with reports: send one, look at their own, answer, take back a photo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.domain.age import says_under_16
from bot.domain.drafts import ReportDraft, Step, next_step
from bot.domain.enums import CloseReason, Kind, MessageDirection, PartnerMailState, ReportStatus, Theme
from bot.domain.notices.conversation import Withdrawn
from bot.domain.notices.reports import ReportReceipt
from bot.domain.promises import Promises, promise
from bot.domain.reports import MAX_MEDIA
from bot.domain.time import local_date
from bot.services.desk import cards, erasing
from bot.services.reporting.attaching import attach
from bot.services.reporting.sealing import seal_for_age
from bot.services.town import routing
from bot.services.triage.closing import call_off_mails, forget_call
from bot.services.triage.rights import substitute_of
from storage.ids import new_id
from storage.models import (
    Consent,
    Desk,
    Organisation,
    Person,
    Report,
    ReportEvent,
    ReportMedia,
    ReportMessage,
)
from storage.queries import reports as queries
from storage.queries import town
from storage.queries.locking import locked
from storage.work import Work

#: `Consent.purpose` of what somebody tells about their own health, money or faith.
OWN_DETAILS = "own_details"
PAGE = 5
TALK = 6


@dataclass(frozen=True)
class Sent:
    """The report that a draft became; `again` when it had become one before."""

    report: Report
    again: bool = False


class Unsendable(Enum):
    """Why a draft did not become a report."""

    INCOMPLETE = "incomplete"


async def send(work: Work, person: Person, draft: ReportDraft, draft_id: int) -> Sent | Unsendable:
    """Make the report of *draft*, exactly once, with its number, receipt and card."""
    if earlier := await queries.of_draft(work.session, draft_id):
        return Sent(earlier, again=True)
    if next_step(draft) is not Step.SUMMARY or draft.kind is None or draft.theme is None:
        return Unsendable.INCOMPLETE
    organisation = await town.organisation(work.session)
    report = await _new_report(work, person, draft, draft_id, organisation, draft.kind, draft.theme)
    work.session.add(report)
    if draft.media or draft.consent:
        await work.session.flush()  # which is what they point at; a report alone is written with all others of a batch
    attach(work, report, draft.media)
    if draft.consent:
        work.session.add(Consent(person_id=person.id, purpose=OWN_DETAILS, about=report.id, given_at=work.now))
    _note(work, report, person, "sent", after=ReportStatus.RECEIVED)
    person.under_16 = person.under_16 or draft.under_16
    if person.privacy_shown_at is None:
        person.privacy_shown_at = work.now
    work.put(ReportReceipt(report.id), chat=person.id)
    await cards.begin(work, report)
    return Sent(report)


async def _new_report(
    work: Work,
    person: Person,
    draft: ReportDraft,
    draft_id: int,
    organisation: Organisation,
    kind: Kind,
    theme: Theme,
) -> Report:
    zone = organisation.zone
    year = local_date(work.now, zone).year
    danger, sealed = bool(draft.danger), draft.sealed
    made = promise(theme, work.now, Promises.of(organisation.promises), zone, danger=danger)
    to = await routing.desk_for(work, kind=kind, theme=theme, area_code=draft.area)
    point_stays = kind is Kind.PLACE and not sealed
    return Report(
        id=new_id(),
        draft_id=draft_id,
        year=year,
        number=await queries.next_number(work.session, year),
        resident_id=person.id,
        resident_name=draft.name,
        language=person.language,
        kind=kind,
        theme=theme,
        area_code=draft.area,
        lat=draft.lat if point_stays else None,
        lon=draft.lon if point_stays else None,
        text=draft.text,
        about_people=bool(draft.about_people),
        danger=danger,
        danger_words=draft.signs.danger,
        under_16=draft.under_16,
        sealed=sealed,
        may_write_back=draft.may_write_back is not False,
        call_me=draft.call_me.model_dump(mode="json") if draft.call_me else None,
        pass_on=bool(draft.pass_on),
        desk_id=to.desk.id,
        rule_position=to.rule_position,
        promise_on=made.last_day if made else None,
        created_at=work.now,
        changed_at=work.now,
    )


def told_before(promise_on: date) -> date:
    """Return the day before which the resident was told to hear something."""
    return promise_on + timedelta(days=1)


async def own(work: Work, person: Person, report_id: int) -> Report | None:
    """Return a report when it is this person's own."""
    report = await work.session.get(Report, report_id)
    return report if report is not None and report.resident_id == person.id else None


@dataclass(frozen=True)
class Page:
    """Some of one's own reports, newest first, which of them have something unread, and whether more follow."""

    reports: Sequence[Report]
    unread: frozenset[int]
    more: bool


async def mine(work: Work, person: Person, *, before: int | None = None) -> Page:
    """Return a page of one's own reports; *before* is the id of the last one on the page before."""
    found = await queries.of_resident(work.session, person.id, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    return Page(shown, await queries.unread(work.session, [report.id for report in shown]), len(found) > PAGE)


async def read(work: Work, person: Person, message_id: int) -> tuple[Report, ReportMessage] | None:
    """Return what a worker wrote to this person, and mark it read; None when it is not theirs or erased."""
    message = await work.session.get(ReportMessage, message_id)
    report = await own(work, person, message.report_id) if message else None
    if message is None or report is None or message.direction is MessageDirection.RESIDENT or not message.text:
        return None
    if message.read_at is None:
        message.read_at = work.now
    return report, message


class ReplyOutcome(Enum):
    """What became of a resident's answer."""

    SENT = "sent"
    SENT_BEFORE = "sent_before"
    NOT_YOURS = "not_yours"


async def reply(
    work: Work, person: Person, report_id: int, *, draft_id: int, text: str, media: Sequence[Sequence[str | int]] = ()
) -> ReplyOutcome:
    """Bring the resident's words to whoever has the report; one *draft_id* is one message, which gets it as its id.

    *media* are (kind, file id, id of ours); by that id a photo can be taken away later. An answer to a question makes
    the report "opgepakt" again.
    """
    report = await locked(work.session, Report, report_id)
    if report is None or report.resident_id != person.id:
        return ReplyOutcome.NOT_YOURS
    if await work.session.get(ReportMessage, draft_id):
        return ReplyOutcome.SENT_BEFORE
    message = ReportMessage(
        id=draft_id,
        report_id=report.id,
        direction=MessageDirection.RESIDENT,
        author_id=person.id,
        text=text,
        media=[list(item) for item in media] or None,
        draft_id=draft_id,
        created_at=work.now,
    )
    work.session.add(message)
    if says_under_16(text):
        await seal_for_age(work, report, person)
    if report.status is ReportStatus.ASKED:
        _move(work, report, person, ReportStatus.TAKEN, "answered")
    _touch(work, report)
    await work.session.flush()
    await cards.resident_said(work, report, message)
    return ReplyOutcome.SENT


async def add_to_reply(work: Work, person: Person, message_id: int, media: Sequence[str | int]) -> bool:
    """Let a later part of an album join the answer that its first part made; False when it can't."""
    message = await work.session.get(ReportMessage, message_id)
    report = await own(work, person, message.report_id) if message else None
    if message is None or report is None or len(message.media or ()) >= MAX_MEDIA:
        return False
    message.media = [*(message.media or ()), list(media)]
    await work.session.flush()
    await cards.resident_said(work, report, message)
    return True


async def withdraw(work: Work, person: Person, report_id: int) -> bool:
    """Close one's own open report as withdrawn; False when it can't be (not theirs, closed)."""
    report = await locked(work.session, Report, report_id)
    if report is None or report.resident_id != person.id or report.status is ReportStatus.CLOSED:
        return False
    event = _move(work, report, person, ReportStatus.CLOSED, "withdrawn")
    report.close_reason, report.closed_at = CloseReason.WITHDRAWN, work.now
    await forget_call(work, report)
    await call_off_mails(work, report, PartnerMailState.ASKING, PartnerMailState.WAITING)
    _touch(work, report)
    await work.session.flush()
    await cards.refresh(work, report)
    if report.holder_id is not None:
        reader = await substitute_of(work, report.holder_id) or report.holder_id
        desk = await work.session.get(Desk, report.desk_id)
        silent = desk is not None and not await cards.is_open(work, desk)
        work.put(Withdrawn(report.id, event.id, reader), chat=reader, silent=silent)
    return True


async def rename(work: Work, person: Person, report_id: int, name: str | None) -> bool:
    """Change the first name under which the workers see the resident of this report."""
    report = await locked(work.session, Report, report_id)
    if report is None or report.resident_id != person.id:
        return False
    report.resident_name = name
    _touch(work, report)
    await work.session.flush()
    await erasing.renamed(work, report)
    return True


async def take_photo_away(work: Work, person: Person, media_id: int) -> bool:
    """Take a file out of one's own sent report; False when it is not theirs or gone already."""
    media = await work.session.get(ReportMedia, media_id)
    report = await locked(work.session, Report, media.report_id) if media else None
    if media is None or report is None or report.resident_id != person.id or media.removed_at is not None:
        return False
    media.removed_at = work.now
    _note(work, report, person, "photo_removed")
    _touch(work, report)
    await work.session.flush()
    await cards.photo_gone(work, report)
    return True


async def add_media(work: Work, person: Person, draft_id: int, media: ReportMedia) -> bool:
    """Let a late part of an album join the report that its draft became; False when it can't."""
    sent = await queries.of_draft(work.session, draft_id)
    report = await locked(work.session, Report, sent.id) if sent else None
    if report is None or report.resident_id != person.id or report.status is ReportStatus.CLOSED:
        return False
    there = await queries.media_of(work.session, report.id)
    if len(there) >= MAX_MEDIA:
        return False
    media.report_id = report.id
    media.position = there[-1].position + 1 if there else 0
    work.session.add(media)
    _touch(work, report)
    await work.session.flush()
    await cards.refresh(work, report)
    return True


def _move(work: Work, report: Report, person: Person, status: ReportStatus, action: str) -> ReportEvent:
    event = _note(work, report, person, action, before=report.status, after=status)
    report.status = status
    return event


def _note(
    work: Work,
    report: Report,
    person: Person,
    action: str,
    *,
    before: ReportStatus | None = None,
    after: ReportStatus | None = None,
) -> ReportEvent:
    event = ReportEvent(
        id=new_id(), report=report, at=work.now, actor_id=person.id, action=action, before=before, after=after
    )
    work.session.add(event)
    return event


def _touch(work: Work, report: Report) -> None:
    report.changed_at, report.version = work.now, report.version + 1
