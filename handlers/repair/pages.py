"""The list of the day, its parts, and one visitor. Who may see it is read each time."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.activities.repairing import UNKNOWN_ITEM, RepairOutcome, RepairReason, Stage
from bot.services.activities import attendance, meetings
from bot.services.repair_cafe import repair_day, skills
from bot.services.repair_cafe.repair_day import Answer, Done, Visit
from bot.texts import Translator
from bot.texts import activities as activity_texts
from bot.texts import attendance as attendance_texts
from bot.texts import repair as texts
from bot.texts import repair_visit as visit_texts
from bot.texts import signups as signup_texts
from handlers.activities import detail
from handlers.activities.attendance_buttons import OpenAttendance
from handlers.activities.buttons import OpenMeeting
from handlers.activities.repair_buttons import (
    Act,
    AskItem,
    DayList,
    DoAct,
    Finish,
    OpenPart,
    OpenVisit,
    Part,
    ShowPhoto,
    StopDay,
    Why,
)
from handlers.buttons import Button
from handlers.context import Ctx, keys
from storage.models import Occurrence

Row = tuple[str, Button] | list[tuple[str, Button]]
#: So many who wait stand on the list itself; the others, and the other parts, have pages.
SHOWN = 10
PAGE = 10
#: Numbers of at most two digits can be typed for a button.
_TYPED = 99
_STAGES = {
    Part.EXPECTED: (Stage.EXPECTED,),
    Part.WAITING: (Stage.WAITING,),
    Part.DONE: (Stage.DONE, Stage.LEFT, Stage.NO_SHOW),
}


async def on_list(_update: Update, context: Ctx, pressed: DayList) -> None:
    """Show the list."""
    await show_list(context, pressed.occurrence)


async def allowed(context: Ctx, occurrence_id: int) -> Occurrence | None:
    """Return the meeting if this person keeps its list now; else say so."""
    occurrence = await context.work.session.get(Occurrence, occurrence_id)
    if occurrence is not None and await repair_day.may_run(context.work, occurrence, context.person.id):
        return occurrence
    refuse(context)
    return None


def refuse(context: Ctx) -> None:
    """Answer who does not keep this list: the same for a list that is not there."""
    context.toast(None)
    detail.show_not_there(context)


async def show_list(
    context: Ctx, occurrence_id: int, above: str = "", *, undo: tuple[Visit, Act] | None = None
) -> None:
    """Show the list of the day under a line about what was done, and (*undo*) what takes that back."""
    occurrence = await allowed(context, occurrence_id)
    if occurrence is None:
        return
    t = context.t
    visits = await repair_day.visits(context.work, occurrence.id)
    sees_all = await attendance.may_see(context.work, occurrence, context.person.id)
    turn = [visit for visit in visits if visit.stage is Stage.TURN]
    waiting, expected, done = (
        [visit for visit in visits if stage_for(visit, sees_all=sees_all) in _STAGES[part]]
        for part in (Part.WAITING, Part.EXPECTED, Part.DONE)
    )
    meeting = (await meetings.of(context.work, [occurrence]))[0]
    more = len(waiting) - SHOWN
    text = texts.day_list(
        t,
        title=meeting.activity.title,
        when=activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        turn=[_entry(t, visit) for visit in turn[:SHOWN]],
        waiting=[_entry(t, visit) for visit in waiting[:SHOWN]]
        + ([texts.more_waiting(t, count=more)] if more > 0 else []),
        expected=len(expected),
        done=len(done),
    )
    rows: list[Row] = []
    if undo is not None:
        rows.append((texts.undo_key(t, entry=entry_key(t, undo[0])), _act(*undo)))
    if waiting:
        rows.append((texts.next_key(t, number=waiting[0].number or 0), _act(waiting[0], Act.CALL)))
    rows += [(entry_key(t, visit), OpenVisit(visit.signup.id)) for visit in [*turn[:SHOWN], *waiting[:SHOWN]]]
    if more > 0:
        rows.append((texts.more_key(t), OpenPart(occurrence.id, Part.WAITING, 1)))
    rows += [
        [
            (texts.arrived_key(t, count=len(expected)), OpenPart(occurrence.id, Part.EXPECTED, 0)),
            (texts.walk_in_key(t), AskItem(occurrence.id, None, None)),
        ],
        [
            (texts.done_key(t, count=len(done)), OpenPart(occurrence.id, Part.DONE, 0)),
            (texts.refresh_key(t), DayList(occurrence.id)),
        ],
    ]
    if waiting and repair_day.may_stop(context.work, occurrence):
        rows.append((texts.stop_key(t, count=len(waiting)), StopDay(occurrence.id, sure=False)))
    last: list[tuple[str, Button]] = [(signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id))]
    if sees_all:
        last.insert(0, (attendance_texts.open_key(t), OpenAttendance(occurrence.id, 0)))
    context.show("\n\n".join(filter(None, [above, text])), keys(*rows, last), about=occurrence.id)
    _understand_numbers(context, occurrence, visits)


def stage_for(visit: Visit, *, sees_all: bool) -> Stage:
    """Return how far a visitor is for this reader: only who sees attendance reads that somebody did not come."""
    return Stage.EXPECTED if visit.stage is Stage.NO_SHOW and not sees_all else visit.stage


def _understand_numbers(context: Ctx, occurrence: Occurrence, visits: Sequence[Visit]) -> None:
    """Let a number that is typed here be the number of a visitor, never the place of a button."""
    numbered = {visit.number: OpenVisit(visit.signup.id) for visit in visits if visit.number}
    places = [["", numbered.get(number, DayList(occurrence.id)).encode()] for number in range(1, _TYPED + 1)]
    context.person.prompt = [*places, *(context.person.prompt or [])]


def _act(visit: Visit, act: Act) -> DoAct:
    return DoAct(visit.signup.id, visit.signup.version, act)


def entry_key(t: Translator, visit: Visit) -> str:
    """Return one visitor as a button: number, what they bring, their time."""
    item = visit.item.item_type if visit.item else UNKNOWN_ITEM
    return texts.entry_key(t, number=visit.number, item=item, slot_at=visit.signup.slot_at, name=visit.told_name)


def _entry(t: Translator, visit: Visit) -> str:
    item = visit.item.item_type if visit.item else UNKNOWN_ITEM
    line = texts.entry(t, number=visit.number, item=item, slot_at=visit.signup.slot_at, name=visit.told_name)
    return f"• {line}"


async def on_part(_update: Update, context: Ctx, pressed: OpenPart) -> None:
    """Show a page of a part of the list."""
    occurrence = await allowed(context, pressed.occurrence)
    if occurrence is None:
        return
    t, first = context.t, max(0, pressed.page) * PAGE
    visits = await repair_day.visits(context.work, occurrence.id)
    sees_all = await attendance.may_see(context.work, occurrence, context.person.id)
    found = [visit for visit in visits if stage_for(visit, sees_all=sees_all) in _STAGES[pressed.part]]
    head, nobody = {
        Part.EXPECTED: (texts.who_came(t), texts.nobody_expected(t)),
        Part.WAITING: (visit_texts.stage_name(t, Stage.WAITING), texts.nobody_expected(t)),
        Part.DONE: (texts.who_is_done(t), texts.nobody_done(t)),
    }[pressed.part]
    rows: list[Row] = [
        (entry_key(t, visit), _act(visit, Act.ARRIVE) if pressed.part is Part.EXPECTED else OpenVisit(visit.signup.id))
        for visit in found[first : first + PAGE]
    ]
    if len(found) > first + PAGE:
        rows.append((texts.more_key(t), OpenPart(occurrence.id, pressed.part, pressed.page + 1)))
    rows.append((texts.back_key(t), DayList(occurrence.id)))
    context.show(head if found else nobody, keys(*rows), about=occurrence.id)


async def on_visit(_update: Update, context: Ctx, pressed: OpenVisit) -> None:
    """Show one visitor."""
    await show_answer(context, await repair_day.look(context.work, pressed.signup, context.person.id))


async def show_answer(context: Ctx, answer: Answer, above: str = "") -> None:
    """Show a visitor as they are now, under a line about what was done or why not."""
    if answer.visit is None or answer.occurrence is None:
        refuse(context)
        return
    t, visit = context.t, answer.visit
    said = {Done.CHANGED: texts.changed(t), Done.CLOSED: texts.not_now(t)}.get(answer.done, above)
    item = visit.item
    fitting = await skills.fitting(context.work, answer.occurrence.id, item.skill if item else None)
    sees_all = await attendance.may_see(context.work, answer.occurrence, context.person.id)
    stage = stage_for(visit, sees_all=sees_all)
    open_still = stage in (Stage.EXPECTED, Stage.WAITING, Stage.TURN)
    text = visit_texts.visit(
        t,
        heading=_entry(t, visit).removeprefix("• "),
        stage=stage,
        brand=item.brand if item else None,
        fault=item.fault if item else None,
        fits=visit_texts.fits(t, names=fitting.names, nameless=fitting.nameless) if open_still else "",
        outcome=_result(t, visit),
        has_telegram=visit.has_telegram,
    )
    rows = _visit_rows(t, visit, answer.occurrence, stage, sees_all=sees_all)
    context.show("\n\n".join(filter(None, [said, text])), keys(*rows), about=answer.occurrence.id)
    _understand_numbers(context, answer.occurrence, await repair_day.visits(context.work, answer.occurrence.id))


def _result(t: Translator, visit: Visit) -> str | None:
    item = visit.item
    if item is None or item.outcome is None:
        return None
    reason = RepairReason(item.outcome_reason) if item.outcome_reason else None
    return visit_texts.result(t, outcome=RepairOutcome(item.outcome), reason=reason)


def _visit_rows(t: Translator, visit: Visit, occurrence: Occurrence, stage: Stage, *, sees_all: bool) -> list[Row]:
    signup = visit.signup
    finish: list[tuple[str, Button]] = [
        (visit_texts.outcome_key(t, outcome), Finish(signup.id, signup.version, outcome)) for outcome in RepairOutcome
    ]
    came = (visit_texts.came_key(t), _act(visit, Act.ARRIVE))
    rows: list[Row] = []
    match stage:
        case Stage.EXPECTED:
            rows.append(came)
            if sees_all:
                rows.append((visit_texts.no_show_key(t), _act(visit, Act.NO_SHOW)))
        case Stage.WAITING:
            rows += [(visit_texts.call_key(t), _act(visit, Act.CALL)), finish]
            back = (visit_texts.not_here_key(t), _act(visit, Act.NOT_HERE))
            rows.append([back, (visit_texts.left_key(t), _act(visit, Act.LEAVE))])
        case Stage.TURN:
            back = (visit_texts.back_to_waiting_key(t), _act(visit, Act.WAIT))
            rows += [finish, [back, (visit_texts.left_key(t), _act(visit, Act.LEAVE))]]
        case Stage.DONE:
            rows += [finish, (visit_texts.back_to_waiting_key(t), _act(visit, Act.WAIT))]
        case Stage.LEFT:
            rows.append(came)
        case Stage.NO_SHOW:
            rows += [came, (visit_texts.not_here_key(t), _act(visit, Act.NOT_HERE))]
        case Stage.AWAY:
            pass
    extra: list[tuple[str, Button]] = []
    if visit.item is not None and visit.item.photo:
        extra.append((visit_texts.photo_key(t), ShowPhoto(signup.id)))
    if visit.stage is not Stage.AWAY:
        extra.append((visit_texts.other_item_key(t), AskItem(occurrence.id, signup.id, signup.version)))
    return [*rows, *([extra] if extra else []), (texts.back_key(t), DayList(occurrence.id))]


def show_reasons(context: Ctx, visit: Visit, above: str) -> None:
    """Ask why it did not go (all the way)."""
    t, signup = context.t, visit.signup
    options: list[tuple[str, Button]] = [
        (visit_texts.reason_name(t, reason).capitalize(), Why(signup.id, signup.version, reason))
        for reason in RepairReason
    ]
    pairs: list[Row] = [options[at : at + 2] for at in range(0, len(options), 2)]
    text = "\n\n".join([above, visit_texts.ask_reason(t)])
    no_reason = (visit_texts.no_reason_key(t), Why(signup.id, signup.version, None))
    context.show(text, keys(*pairs, no_reason), about=signup.occurrence_id)
