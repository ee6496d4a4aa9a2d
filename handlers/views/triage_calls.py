"""What staff are told without having tapped: danger, who took over, what waits, what was not sent."""

from datetime import datetime

from bot.domain.enums import ReportStatus, RoleName
from bot.domain.notices.triage import (
    ChangedHands,
    DangerAlarm,
    DangerPing,
    DangerToSafety,
    NothingSent,
    ReportCard,
    TakenOver,
    Unopened,
)
from bot.domain.reports import ReportNumber, format_number
from bot.services import triage
from bot.services.desk import presence
from bot.texts import triage_answers as answer_texts
from bot.texts import triage_notices as texts
from handlers.buttons import Key
from handlers.staff.buttons import Open
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Desk, Person, Report, ReportEvent, ReportMessage
from storage.queries import outbox, staff, town
from storage.queries import triage as queries


@view(DangerPing)
async def danger_ping(notice: DangerPing, reading: Reading) -> Drawn:
    """Call who is there for the desk's contact, as long as nobody has opened the report; else who is there at all."""
    report = await _unopened(reading, notice.report, notice.desk)
    desk = await reading.work.session.get(Desk, notice.desk)
    if report is None or desk is None:
        return NotAnyMore("opened")
    contact_id = (await presence.read(reading.work)).stand_in(desk.contact_id)
    people = {contact_id} if contact_id is not None else await _at_desk(reading, notice.desk)
    names = [await _mention(reading, person_id) for person_id in sorted(people)]
    text = texts.danger_ping(reading.t, number=_number(report), name=", ".join(names))
    return Drawing(text=text, reply_to=await _card(reading, notice.report, notice.desk))


@view(DangerAlarm)
async def danger_alarm(notice: DangerAlarm, reading: Reading) -> Drawn:
    """Call everybody of the desk who is there, and the safety officer too when the bot can't write to that person."""
    report = await _unopened(reading, notice.report, notice.desk)
    if report is None:
        return NotAnyMore("opened")
    people = await _at_desk(reading, notice.desk)
    officer_id = (await town.organisation(reading.work.session)).safety.get("officer")
    if isinstance(officer_id, int):
        there = (await presence.read(reading.work)).stand_in(officer_id) or officer_id
        if await presence.reachable(reading.work, there) is None:
            people.add(there)
    names = [await _mention(reading, person_id) for person_id in sorted(people)]
    text = texts.danger_alarm(reading.t, number=_number(report), names=names)
    return Drawing(text=text, reply_to=await _card(reading, notice.report, notice.desk))


@view(DangerToSafety)
async def danger_to_safety(notice: DangerToSafety, reading: Reading) -> Drawn:
    """Tell the safety officer in private: number and desk, nothing of what was said."""
    report = await _unopened(reading, notice.report, notice.desk)
    desk = await reading.work.session.get(Desk, notice.desk)
    if report is None or desk is None:
        return NotAnyMore("opened")
    return Drawing(text=texts.danger_to_safety(reading.t, number=_number(report), desk=desk.name))


@view(TakenOver)
async def taken_over(notice: TakenOver, reading: Reading) -> Drawn:
    """Tell the old holder who has the report, or the new one that it is theirs."""
    report = await reading.work.session.get(Report, notice.report)
    by = await reading.work.session.get(Person, notice.by)
    if report is None:
        return NotAnyMore("report gone")
    name = (by.name if by else None) or "?"
    if report.holder_id == notice.person:
        keyboard = [[Key(answer_texts.labels_of(reading.t)["open"], Open(report.id))]]
        return Drawing(text=texts.handed_to_you(reading.t, number=_number(report), name=name), keyboard=keyboard)
    return Drawing(text=texts.taken_over(reading.t, number=_number(report), name=name))


@view(ChangedHands)
async def changed_hands(notice: ChangedHands, reading: Reading) -> Drawn:
    """Tell the new holder in the group that the report is theirs, or the old one who has it."""
    report = await reading.work.session.get(Report, notice.report)
    by = await reading.work.session.get(Person, notice.by)
    last = await queries.last_change_of_holder(reading.work.session, notice.report)
    if report is None or report.desk_id != notice.desk or last != notice.event:
        return NotAnyMore("changed again")
    number, called = _number(report), await _mention(reading, notice.person)
    name = (by.name if by else None) or "?"
    say = texts.called_as_new_holder if report.holder_id == notice.person else texts.called_as_old_holder
    text = say(reading.t, number=number, called=called, name=name)
    return Drawing(text=text, reply_to=await _card(reading, notice.report, notice.desk))


@view(Unopened)
async def unopened(notice: Unopened, reading: Reading) -> Drawn:
    """Call a holder in the group whom the bot can't write to, unless that person has read it in the meantime."""
    report = await reading.work.session.get(Report, notice.report)
    since = await _came_at(reading, notice.message)
    if report is None or since is None or report.desk_id != notice.desk:
        return NotAnyMore("report gone")
    if not await triage.may_open(reading.work, report, notice.person):
        return NotAnyMore("not theirs")
    if await queries.opened_since(reading.work.session, report.id, notice.person, since):
        return NotAnyMore("opened")
    name = await _mention(reading, notice.person)
    text = texts.waits_in_private(reading.t, number=_number(report), name=name)
    return Drawing(text=text, reply_to=await _card(reading, notice.report, notice.desk))


@view(NothingSent)
async def nothing_sent(notice: NothingSent, reading: Reading) -> Drawn:
    """Remind a worker of what was written and not sent."""
    report = await reading.work.session.get(Report, notice.report)
    draft = await queries.dialogue_of_draft(reading.work.session, notice.person, notice.draft)
    if report is None or draft is None or report.status is ReportStatus.CLOSED:
        return NotAnyMore("sent or stopped")
    return Drawing(text=answer_texts.nothing_sent(reading.t, number=ReportNumber(report.number).short))


async def _came_at(reading: Reading, what: int) -> datetime | None:
    """Return when what waits in private came: a resident's message, or a step such as a partner's silence."""
    message = await reading.work.session.get(ReportMessage, what)
    event = None if message else await reading.work.session.get(ReportEvent, what)
    return message.created_at if message else event.at if event else None


async def _unopened(reading: Reading, report_id: int, desk_id: int) -> Report | None:
    """Return the danger report as long as nobody has opened it and it is at this desk."""
    report = await reading.work.session.get(Report, report_id)
    if report is None or report.desk_id != desk_id or not report.danger:
        return None
    return report if report.opened_at is None and report.status is not ReportStatus.CLOSED else None


async def _at_desk(reading: Reading, desk_id: int) -> set[int]:
    """Return the workers of a desk who are there; the beheerders when none is."""
    here = await presence.read(reading.work)
    found = await presence.workers_here(reading.work, desk_id, here)
    return {person.id for person in found or await staff.with_role(reading.work.session, RoleName.ADMIN)}


async def _mention(reading: Reading, person_id: int) -> str:
    person = await reading.work.session.get(Person, person_id)
    return texts.mention((person.name if person else None) or "?", person_id)


async def _card(reading: Reading, report_id: int, desk_id: int) -> int | None:
    row = await outbox.by_key(reading.work.session, ReportCard(report_id, desk_id).key)
    return row.message_id if row is not None else None


def _number(report: Report) -> str:
    return format_number(report.year, report.number)
