"""🗒 Wie was er: attendance as its coordinator sets and corrects it. For everybody else there is no such page."""

from collections.abc import Mapping

from telegram import Update

from bot.domain.activities.attendance import STATES
from bot.domain.activities.repairing import UNKNOWN_ITEM
from bot.domain.enums import RoleKey
from bot.services.activities import attendance, meetings
from bot.services.activities.attendance import Attended, Marked
from bot.services.repair_cafe import repair_day
from bot.services.repair_cafe.repair_day import Visit
from bot.texts import activities as activity_texts
from bot.texts import attendance as texts
from bot.texts import repair as repair_texts
from bot.texts import signups as signup_texts
from handlers.activities import detail
from handlers.activities.attendance_buttons import MarkAttended, OpenAttendance, OpenAttended
from handlers.activities.buttons import OpenMeeting
from handlers.activities.private import on_private
from handlers.activities.repair_buttons import OpenVisit
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.routes import Route
from storage.models import Occurrence, Signup

PAGE = 12


async def on_list(_update: Update, context: Ctx, pressed: OpenAttendance) -> None:
    """Show who was there."""
    await show_list(context, pressed.occurrence, page=max(0, pressed.page))


async def show_list(context: Ctx, occurrence_id: int, *, page: int = 0, above: str = "") -> None:
    """Show who was there, a page of it; to who may not see it: as if there were no such meeting."""
    t, occurrence = context.t, await context.work.session.get(Occurrence, occurrence_id)
    if occurrence is None or not await attendance.may_see(context.work, occurrence, context.person.id):
        detail.show_not_there(context)
        return
    meeting = (await meetings.of(context.work, [occurrence]))[0]
    people = await attendance.listed(context.work, occurrence, context.person.id)
    numbered = await repair_day.visits(context.work, occurrence.id) if repair_day.keeps_list(occurrence) else []
    visits = {visit.signup.id: visit for visit in numbered}
    first = page * PAGE
    shown = list(enumerate(people[first : first + PAGE], start=first + 1))
    when = activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)
    lines = [_line(context, number, each, visits) for number, each in shown]
    text = "\n\n".join(
        filter(
            None,
            [above, texts.title(t, title=meeting.activity.title, when=when), "\n".join(lines) or texts.empty(t)],
        )
    )
    rows: list[tuple[str, Button]] = [
        (f"{number}. {_who(context, each, visits)}", _opens(each, visits)) for number, each in shown
    ]
    if len(people) > first + PAGE:
        rows.append((repair_texts.more_key(t), OpenAttendance(occurrence.id, page + 1)))
    context.show(text, keys(*rows, (signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id))))


def _opens(each: Attended, visits: Mapping[int, Visit]) -> Button:
    """A visitor with a number is corrected where the number is."""
    return OpenVisit(each.signup.id) if each.signup.id in visits else OpenAttended(each.signup.id)


def _who(context: Ctx, each: Attended, visits: Mapping[int, Visit]) -> str:
    t, visit, signup = context.t, visits.get(each.signup.id), each.signup
    role = activity_texts.role(t, signup.role).capitalize()
    if visit is not None:
        item = visit.item.item_type if visit.item else UNKNOWN_ITEM
        entry = repair_texts.entry_key(t, number=visit.number, item=item, slot_at=signup.slot_at, name=visit.told_name)
        return f"{role} · {entry}"
    return f"{role} · {each.name}" if each.name else role


def _line(context: Ctx, number: int, each: Attended, visits: Mapping[int, Visit]) -> str:
    return texts.entry(
        context.t,
        number=number,
        who=_who(context, each, visits),
        state=each.signup.state,
        by=each.by,
        at=each.signup.changed_at if each.set_by_other else None,
    )


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
    each = next((each for each in people if each.signup.id == signup.id), None)
    if each is None or _is_repair_visitor(signup, occurrence):
        await show_list(context, occurrence.id)
        return
    line = _line(context, people.index(each) + 1, each, {})
    buttons: list[tuple[str, Button]] = [
        (texts.state_key(t, state), MarkAttended(signup.id, signup.version, state))
        for state in STATES
        if state is not signup.state
    ]
    text = "\n\n".join(filter(None, [above, texts.one(t, line=line)]))
    context.show(text, keys(*buttons, (texts.back_key(t), OpenAttendance(occurrence.id, 0))))


def _is_repair_visitor(signup: Signup, occurrence: Occurrence) -> bool:
    return signup.role is RoleKey.VISITOR and repair_day.keeps_list(occurrence)


async def on_mark(_update: Update, context: Ctx, pressed: MarkAttended) -> None:
    """Set it, and show the list."""
    t = context.t
    seen = await context.work.session.get(Signup, pressed.signup)
    occurrence = None if seen is None else await context.work.session.get(Occurrence, seen.occurrence_id)
    if seen is None or occurrence is None or _is_repair_visitor(seen, occurrence):
        detail.show_not_there(context)
        return
    marked, signup = await attendance.mark(
        context.work, pressed.signup, pressed.state, context.person.id, version=pressed.version
    )
    if signup is None:
        detail.show_not_there(context)
    elif marked is Marked.TOO_EARLY:
        await _show_one(context, signup, texts.too_early(t))
    else:
        await show_list(context, occurrence.id, above=texts.changed(t) if marked is Marked.CHANGED else "")


COMMANDS: list[Route] = []
BUTTONS: list[Route] = [
    on_private(OpenAttendance, on_list),
    on_private(OpenAttended, on_open),
    on_private(MarkAttended, on_mark),
]
