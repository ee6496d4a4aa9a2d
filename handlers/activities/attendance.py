"""🗒 Wie was er: attendance as who looks after a meeting sets and corrects it. For others there is no such page."""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Update

from bot.domain.activities.attendance import choices, opens_at, was_held
from bot.domain.activities.repairing import UNKNOWN_ITEM
from bot.domain.enums import ActivityKind
from bot.services.activities import attendance, meetings, rights
from bot.services.activities.attendance import Attended, Marked
from bot.services.repair_cafe import repair_day
from bot.services.repair_cafe.repair_day import Visit
from bot.services.rommelroute import stalls
from bot.texts import activities as activity_texts
from bot.texts import attendance as texts
from bot.texts import managing as managing_texts
from bot.texts import repair as repair_texts
from bot.texts import signups as signup_texts
from handlers.activities import detail
from handlers.activities.attendance_buttons import BegunDates, MarkAll, MarkAttended, OpenAttendance, OpenAttended
from handlers.activities.buttons import OpenMeeting
from handlers.activities.making_buttons import Home
from handlers.activities.private import on_private
from handlers.activities.repair_buttons import OpenVisit
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.routes import Route
from storage.models import Occurrence, Signup, Stall
from storage.queries import attendance as queries

PAGE = 12


@dataclass(frozen=True)
class _Kept:
    """What a kind of meeting tells of who was there, by sign-up: visitors with a number, stalls with an address."""

    visits: Mapping[int, Visit]
    stalls: Mapping[int, Stall]


async def _kept(context: Ctx, occurrence: Occurrence) -> _Kept:
    work = context.work
    visits = await repair_day.visits(work, occurrence.id) if repair_day.keeps_list(occurrence) else []
    there = occurrence.kind is ActivityKind.ROMMELROUTE
    return _Kept(
        {visit.signup.id: visit for visit in visits},
        await queries.stalls(work.session, occurrence.id) if there else {},
    )


# -- the list -------------------------------------------------------------------------------------------------------


async def on_list(_update: Update, context: Ctx, pressed: OpenAttendance) -> None:
    """Show who was there."""
    await show_list(context, pressed.occurrence, page=max(0, pressed.page))


async def _allowed(context: Ctx, occurrence_id: int) -> Occurrence | None:
    """Return the meeting for who may see this; else answer as if there were no such meeting."""
    occurrence = await context.work.session.get(Occurrence, occurrence_id)
    if occurrence is not None and await attendance.may_see(context.work, occurrence, context.person.id):
        return occurrence
    detail.show_not_there(context)
    return None


async def show_list(context: Ctx, occurrence_id: int, *, page: int = 0, above: str = "") -> None:
    """Show who was there, a page of it."""
    t, occurrence = context.t, await _allowed(context, occurrence_id)
    if occurrence is None:
        return
    people = await attendance.listed(context.work, occurrence, context.person.id)
    kept, first = await _kept(context, occurrence), page * PAGE
    shown = list(enumerate(people[first : first + PAGE], start=first + 1))
    lines = "\n".join(_line(context, number, each, kept) for number, each in shown)
    head = await _head(context, occurrence)
    text = "\n\n".join(filter(None, [above, head, lines or texts.empty(t)]))
    rows: list[tuple[str, Button]] = []
    left = len(attendance.unmarked(context.work, occurrence, people))
    if left and attendance.may_mark_all(context.work, occurrence):
        rows.append((_all_key(context, occurrence), MarkAll(occurrence.id, sure=False)))
    if attendance.is_open(context.work, occurrence):
        rows += [(f"{number}. {_who(context, each, kept)}", _opens(each, kept)) for number, each in shown]
    if page > 0:
        rows.append((texts.previous_key(t), OpenAttendance(occurrence.id, page - 1)))
    if len(people) > first + PAGE:
        rows.append((repair_texts.more_key(t), OpenAttendance(occurrence.id, page + 1)))
    rows.append((signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id)))
    if occurrence.starts_at <= context.now:
        rows.append((texts.other_days_key(t), BegunDates(None)))
    context.show(text, keys(*rows), about=occurrence.id)


async def _head(context: Ctx, occurrence: Occurrence) -> str:
    t, meeting = context.t, (await meetings.of(context.work, [occurrence]))[0]
    when = activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)
    head = texts.title(t, title=meeting.activity.title, when=when)
    if not was_held(occurrence.starts_at, occurrence.called_off_at):
        return f"{head}\n{texts.called_off(t)}"
    opens = opens_at(occurrence.kind, occurrence.starts_at, occurrence.ends_at)
    return f"{head}\n{texts.opens(t, at=opens)}" if context.now < opens else head


def _opens(each: Attended, kept: _Kept) -> Button:
    """A visitor with a number is corrected where the number is."""
    return OpenVisit(each.signup.id) if each.signup.id in kept.visits else OpenAttended(each.signup.id)


def _who(context: Ctx, each: Attended, kept: _Kept) -> str:
    t, visit, stall = context.t, kept.visits.get(each.signup.id), kept.stalls.get(each.signup.id)
    parts = [activity_texts.role(t, each.signup.role).capitalize()]
    if visit is not None:
        item = visit.item.item_type if visit.item else UNKNOWN_ITEM
        slot_at = each.signup.slot_at
        parts.append(repair_texts.entry_key(t, number=visit.number, item=item, slot_at=slot_at, name=visit.told_name))
    else:
        parts += [texts.stall_number(t, number=stall.number)] if stall is not None and stall.number else []
        parts += filter(None, [each.name, stalls.address_line(stall) if stall is not None else None])
    who = " · ".join(parts)
    return texts.with_companion(t, who=who) if each.signup.seats > 1 else who


def _line(context: Ctx, number: int, each: Attended, kept: _Kept) -> str:
    return texts.entry(
        context.t,
        number=number,
        who=_who(context, each, kept),
        state=each.signup.state,
        by=each.by,
        at=each.signup.changed_at if each.was_set else None,
    )


# -- one person -----------------------------------------------------------------------------------------------------


async def on_open(_update: Update, context: Ctx, pressed: OpenAttended) -> None:
    """Show one person."""
    signup = await context.work.session.get(Signup, pressed.signup)
    await _show_one(context, signup)


async def _show_one(context: Ctx, signup: Signup | None, above: str = "") -> None:
    occurrence = None if signup is None else await context.work.session.get(Occurrence, signup.occurrence_id)
    if signup is None or occurrence is None:
        detail.show_not_there(context)
        return
    t = context.t
    people = await attendance.listed(context.work, occurrence, context.person.id)
    at = next((at for at, each in enumerate(people) if each.signup.id == signup.id), None)
    if at is None or attendance.has_own_list(signup, occurrence):
        await show_list(context, occurrence.id, above=above)
        return
    line = _line(context, at + 1, people[at], await _kept(context, occurrence))
    offered = choices(signup.state, starts_at=occurrence.starts_at, now=context.now)
    buttons: list[tuple[str, Button]] = [
        (texts.state_key(t, state), MarkAttended(signup.id, signup.version, state)) for state in offered
    ]
    if not attendance.is_open(context.work, occurrence):
        await show_list(context, occurrence.id, page=at // PAGE, above=above)
        return
    text = "\n\n".join(filter(None, [above, texts.one(t, line=line)]))
    back = (texts.back_key(t), OpenAttendance(occurrence.id, at // PAGE))
    context.show(text, keys(*buttons, back), about=occurrence.id)


async def on_mark(_update: Update, context: Ctx, pressed: MarkAttended) -> None:
    """Set it, and show the page of the list that they stand on."""
    t = context.t
    seen = await context.work.session.get(Signup, pressed.signup)
    occurrence = None if seen is None else await context.work.session.get(Occurrence, seen.occurrence_id)
    if seen is None or occurrence is None or attendance.has_own_list(seen, occurrence):
        detail.show_not_there(context)
        return
    marked, signup = await attendance.mark(
        context.work, pressed.signup, pressed.state, context.person.id, version=pressed.version
    )
    if signup is None:
        detail.show_not_there(context)
    elif marked is Marked.NOT_NOW:
        await _show_one(context, signup, texts.not_now(t))
    else:
        people = await attendance.listed(context.work, occurrence, context.person.id)
        at = next((at for at, each in enumerate(people) if each.signup.id == signup.id), 0)
        await show_list(context, occurrence.id, page=at // PAGE, above=_said(context, marked))


def _said(context: Ctx, marked: Marked) -> str:
    return texts.changed(context.t) if marked is Marked.CHANGED else ""


# -- everybody ------------------------------------------------------------------------------------------------------


def _all_key(context: Ctx, occurrence: Occurrence) -> str:
    return texts.all_key(context.t, over=occurrence.ends_at <= context.now)


async def on_all(_update: Update, context: Ctx, pressed: MarkAll) -> None:
    """Ask whether everybody was there; then set it."""
    t, occurrence = context.t, await _allowed(context, pressed.occurrence)
    if occurrence is None:
        return
    people = await attendance.listed(context.work, occurrence, context.person.id)
    left = len(attendance.unmarked(context.work, occurrence, people))
    if not pressed.sure and left and attendance.may_mark_all(context.work, occurrence):
        question = texts.all_sure(t, count=left, over=occurrence.ends_at <= context.now)
        yes = (texts.all_yes_key(t), MarkAll(occurrence.id, sure=True))
        context.show(question, keys(yes, (texts.back_key(t), OpenAttendance(occurrence.id, 0))))
        return
    marked, count = await attendance.mark_all(context.work, occurrence.id, context.person.id)
    above = texts.all_done(t, count=count) if marked is Marked.DONE else texts.not_now(t)
    await show_list(context, occurrence.id, above="" if marked is Marked.CALLED_OFF else above)


# -- what has been --------------------------------------------------------------------------------------------------


async def on_dates(_update: Update, context: Ctx, pressed: BegunDates) -> None:
    """Show what has begun of what one keeps attendance of, a page of it; nobody else's."""
    t = context.t
    found, following = await attendance.begun(context.work, context.person.id, before=pressed.before)
    rows: list[tuple[str, Button]] = [
        (texts.date_key(t, title=activity.title, at=occurrence.starts_at), OpenAttendance(occurrence.id, 0))
        for occurrence, activity in found
    ]
    if following is not None:
        rows.append((repair_texts.more_key(t), BegunDates(following)))
    if (await rights.held_by(context.work, context.person.id)).any:
        rows.append((managing_texts.back_key(t), Home()))
    context.show(texts.dates(t) if found else texts.no_dates(t), keys(*rows))


COMMANDS: list[Route] = []
BUTTONS: list[Route] = [
    on_private(OpenAttendance, on_list),
    on_private(OpenAttended, on_open),
    on_private(MarkAttended, on_mark),
    on_private(MarkAll, on_all),
    on_private(BegunDates, on_dates),
]
