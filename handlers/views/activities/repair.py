"""Drawing a Repair Café's day: the list for its hosts, a visitor's number, and what was repaired."""

from bot import data
from bot.domain.activities.attendance import was_held
from bot.domain.activities.repairing import RepairOutcome, Stage
from bot.domain.enums import MediaKind
from bot.domain.notices.repair import (
    RepairCall,
    RepairCallPast,
    RepairDay,
    RepairList,
    RepairNumber,
    RepairPhoto,
)
from bot.domain.time import local_date
from bot.services.activities import coordinating
from bot.services.repair_cafe import repair_day
from bot.services.repair_cafe.repair_day import Visit
from bot.texts import activities as activity_texts
from bot.texts import attendance as attendance_texts
from bot.texts import repair as list_texts
from bot.texts import repair_day as texts
from bot.texts import repair_visit as visit_texts
from handlers.activities.attendance_buttons import OpenAttendance
from handlers.activities.repair_buttons import DayList
from handlers.context import keys
from handlers.views.drawing import Drawing, Drawn, Media, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Activity, Desk, Occurrence
from storage.queries import repair as queries
from storage.queries import signups as signup_queries


@view(RepairList)
async def repair_list(notice: RepairList, reading: Reading) -> Drawn:
    """Offer the list of the day to who keeps it."""
    occurrence = await reading.work.session.get(Occurrence, notice.occurrence)
    if occurrence is None or not await repair_day.may_run(reading.work, occurrence, notice.person):
        return NotAnyMore("not_yours")
    if (morning := reading.morning) is not None:
        return morning
    activity = await reading.work.session.get_one(Activity, occurrence.activity_id)
    visits = await repair_day.visits(reading.work, occurrence.id)
    text = list_texts.list_ready(
        reading.t,
        title=activity.title,
        when=activity_texts.span(reading.t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        signed_up=len(visits),
    )
    return Drawing(text, keys((list_texts.open_list_key(reading.t), DayList(occurrence.id))))


async def _visit(reading: Reading, signup_id: int) -> tuple[Visit, str] | None:
    found = await signup_queries.with_meeting(reading.work.session, signup_id)
    if found is None or found[0].person_id != reading.chat_id:
        return None
    signup, _occurrence, activity = found
    return Visit(signup, await queries.item(reading.work.session, signup.id)), activity.title


async def _has_stopped(reading: Reading, visit: Visit) -> bool:
    occurrence = await reading.work.session.get(Occurrence, visit.signup.occurrence_id)
    return occurrence is None or occurrence.called_off_at is not None


@view(RepairNumber)
async def repair_number(notice: RepairNumber, reading: Reading) -> Drawn:
    """Say how far a visitor is, as it is now."""
    found = await _visit(reading, notice.signup)
    if found is None:
        return NotAnyMore("gone")
    (visit, title), t = found, reading.t
    stopped = await _has_stopped(reading, visit)
    if stopped and reading.message_id is None:
        return NotAnyMore("called_off")
    if visit.stage is Stage.LEFT and visit.number is not None:
        return Drawing(texts.left(t, title=title, number=visit.number))
    if visit.number is None:
        return NotAnyMore("no_number") if reading.message_id is None else Drawing(texts.not_on_list(t, title=title))
    if stopped and visit.stage in (Stage.WAITING, Stage.TURN):
        return Drawing(texts.stopped(t, title=title, number=visit.number))
    if visit.stage is Stage.TURN:
        return Drawing(texts.your_turn(t, title=title, number=visit.number))
    if visit.stage is Stage.DONE:
        outcome = RepairOutcome(visit.item.outcome) if visit.item and visit.item.outcome else None
        return Drawing(texts.done(t, title=title, number=visit.number, outcome=outcome))
    others = await repair_day.visits(reading.work, visit.signup.occurrence_id)
    now = [other.number for other in others if other.stage is Stage.TURN and other.number]
    ahead = sum(other.stage is Stage.WAITING and (other.number or 0) < visit.number for other in others)
    return Drawing(texts.waiting(t, title=title, number=visit.number, now=now, ahead=ahead))


@view(RepairCall)
async def repair_call(notice: RepairCall, reading: Reading) -> Drawn:
    """Ring: it is the visitor's turn, if it still is."""
    return await _call(notice, reading)


@view(RepairCallPast)
async def repair_call_past(notice: RepairCallPast, reading: Reading) -> Drawn:
    """The same message when the turn is over."""
    return await _call(notice, reading)


async def _call(notice: RepairCall, reading: Reading) -> Drawn:
    found = await _visit(reading, notice.signup)
    number = found[0].number if found else None
    if found is None or number is None:
        return NotAnyMore("gone")
    t, stage = reading.t, found[0].stage
    if stage is Stage.TURN and not await _has_stopped(reading, found[0]):
        return Drawing(texts.call(t, number=number))
    if reading.message_id is None:
        return NotAnyMore("over")
    waits = stage is Stage.WAITING
    return Drawing(texts.call_taken_back(t, number=number) if waits else texts.call_past(t, number=number))


@view(RepairPhoto)
async def repair_photo(notice: RepairPhoto, reading: Reading) -> Drawn:
    """Show what is broken to a host who asked."""
    answer = await repair_day.look(reading.work, notice.signup, notice.person)
    item = answer.visit.item if answer.visit else None
    if answer.visit is None or item is None or not item.photo:
        return NotAnyMore("gone")
    number, slot_at = answer.visit.number, answer.visit.signup.slot_at
    heading = list_texts.entry(reading.t, number=number, item=item.item_type, slot_at=slot_at, name=None)
    text = f"{heading}\n{visit_texts.photo_note(reading.t)}"
    return Drawing(text, media=[Media(MediaKind.PHOTO, item.photo)], protect=True)


@view(RepairDay)
async def repair_day_told(notice: RepairDay, reading: Reading) -> Drawn:
    """Tell what was repaired, to who looks after it or to the desk of its wijk; numbers only."""
    occurrence = await reading.work.session.get(Occurrence, notice.occurrence)
    if occurrence is None or not was_held(occurrence.starts_at, occurrence.called_off_at):
        return NotAnyMore("called_off")
    if not await _may_hear(notice, reading, occurrence):
        return NotAnyMore("not_yours")
    of = await repair_day.tally_of(reading.work, occurrence.id)
    if not of.anybody:
        return NotAnyMore("nothing_repaired")
    if reading.message_id is None and (morning := reading.morning) is not None:
        return morning
    t, activity = reading.t, await reading.work.session.get_one(Activity, occurrence.activity_id)
    day = t.day(local_date(occurrence.starts_at, t.zone))
    text = texts.day_told(t, title=activity.title, day=day, of=of, source=data.WEIGHTS_SOURCE)
    if notice.desk:
        return Drawing(text)
    rows = keys(
        (list_texts.open_list_key(t), DayList(occurrence.id)),
        (attendance_texts.open_key(t), OpenAttendance(occurrence.id, 0)),
    )
    return Drawing(text, rows)


async def _may_hear(notice: RepairDay, reading: Reading, occurrence: Occurrence) -> bool:
    if not notice.desk:
        return notice.to in await coordinating.coordinators(reading.work, occurrence)
    desk = await reading.work.session.get(Desk, notice.to)
    return desk is not None and desk.active and desk.chat_id == reading.chat_id
