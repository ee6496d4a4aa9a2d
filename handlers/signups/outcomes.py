"""Showing how signing up went: the confirmation, a place on the waiting list, or why not."""

from bot.domain.activities.offers import walks_in
from bot.domain.enums import RoleKey
from bot.services.activities import meetings, reminders
from bot.services.activities.signups import Joined, JoinResult
from bot.services.repair_cafe import bringing
from bot.texts import activities as activity_texts
from bot.texts import signing as along_texts
from bot.texts import signups as texts
from handlers.activities import detail
from handlers.activities.buttons import NotComing, OpenMeeting, OpenMine
from handlers.activities.repair_rows import joined_rows
from handlers.context import Ctx, keys
from handlers.signups import overlap
from storage.models import Occurrence, Signup
from storage.queries import signups as queries


async def show_result(context: Ctx, occurrence_id: int, result: JoinResult) -> None:
    """Show what became of asking for a place."""
    occurrence = await context.work.session.get(Occurrence, occurrence_id)
    if result.outcome is Joined.NOT_THERE or occurrence is None:
        detail.show_not_there(context)
    elif result.outcome in (Joined.SIGNED_UP, Joined.WAITING) and result.signup is not None:
        await show_joined(context, result.signup, occurrence, result.position)
    elif result.outcome is Joined.ALREADY and result.signup is not None and result.signup.for_name:
        above = along_texts.guest_already(context.t, name=result.signup.for_name)
        await detail.show_meeting(context, occurrence_id, above=above)
    else:
        await detail.show_meeting(context, occurrence_id, above=refusal(context, result.outcome, occurrence))


def refusal(context: Ctx, outcome: Joined, occurrence: Occurrence) -> str:
    """Return why somebody has no place, in a line above the meeting as it is now."""
    t = context.t
    if outcome is Joined.CLOSED and occurrence.deadline_at is not None:
        return texts.closed(t, deadline_at=occurrence.deadline_at)
    return {
        Joined.ALREADY: texts.already(t),
        Joined.CALLED_OFF: texts.called_off(t),
        Joined.STARTED: texts.started(t),
        Joined.UNDER_16: texts.under_16(t),
        Joined.NOT_FOR_OTHERS: along_texts.not_for_others(t),
    }.get(outcome, texts.changed(t))


async def show_joined(context: Ctx, signup: Signup, occurrence: Occurrence, position: int | None) -> None:
    """Show the confirmation of a place, or (*position* given) the place on the waiting list."""
    t = context.t
    meeting = (await meetings.of(context.work, [occurrence]))[0]
    if signup.for_name:
        _show_guest(context, signup, meeting, position)
        return
    if position is None:
        text = await _confirmation(context, signup, meeting)
    else:
        parts = (texts.waiting(t, position=position), texts.waiting_explained(t))
        text = "\n".join([f"{activity_line(context, meeting)}\n", *parts])
    context.show(
        text,
        keys(
            *joined_rows(context, signup, occurrence),
            (texts.not_coming_key(t), NotComing(signup.id, signup.version)),
            *detail.companion(context, meeting, signup),
            [(texts.to_meeting_key(t), OpenMeeting(occurrence.id)), (texts.to_mine_key(t), OpenMine())],
        ),
    )


def _show_guest(context: Ctx, signup: Signup, meeting: meetings.Meeting, position: int | None) -> None:
    """Show how it went for somebody without Telegram."""
    t, name, title = context.t, signup.for_name, meeting.activity.title
    shown = when(context, meeting.occurrence)
    if position is None:
        role, slot_at = signup.role, signup.slot_at
        text = along_texts.guest_signed_up(t, name=name, title=title, when=shown, role=role, slot_at=slot_at)
    else:
        text = along_texts.guest_waiting(t, name=name, title=title, when=shown, position=position)
    leave = (along_texts.guest_not_coming_key(t, name=name), NotComing(signup.id, signup.version))
    context.show(text, keys(leave, (texts.to_meeting_key(t), OpenMeeting(meeting.occurrence.id))))


def activity_line(context: Ctx, meeting: meetings.Meeting) -> str:
    """Return title and time of a meeting."""
    return activity_texts.heading(title=meeting.activity.title, when=when(context, meeting.occurrence))


def when(context: Ctx, occurrence: Occurrence) -> str:
    """Return day and times of a meeting."""
    return activity_texts.span(context.t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)


async def _confirmation(context: Ctx, signup: Signup, meeting: meetings.Meeting) -> str:
    t, occurrence = context.t, meeting.occurrence
    lines = [
        texts.signed_up(
            t,
            title=meeting.activity.title,
            when=when(context, occurrence),
            role=signup.role,
            slot_at=signup.slot_at,
            walks_in=walks_in(occurrence.kind, signup.role),
            begun=occurrence.starts_at <= context.now,
        )
    ]
    role = await queries.role_of(context.work.session, occurrence, signup.role)
    if signup.role is RoleKey.VISITOR and role is not None and await bringing.is_busy(context.work, occurrence, role):
        lines.append(texts.one_item(t))
    if signup.seats > 1:
        lines.append(along_texts.two_come(t))
    lines += await overlap.note(context, occurrence)
    at = await reminders.next_one(context.work, signup, occurrence, context.person.reminders)
    if at is not None:
        lines.append(texts.reminded_on(t, at=at))
    return "\n".join(lines)
