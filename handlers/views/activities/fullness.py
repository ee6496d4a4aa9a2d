"""Drawing what a coordinator hears of how full a meeting is; judged again when it is drawn."""

from bot.domain.notices.fullness import MeetingState
from bot.services.activities import fullness, meetings
from bot.texts import activities as activity_texts
from bot.texts import signing as texts
from bot.texts import signups as signup_texts
from handlers.activities.buttons import OpenMeeting
from handlers.activities.detail import role_lines
from handlers.context import keys
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view


@view(MeetingState)
async def meeting_state(notice: MeetingState, reading: Reading) -> Drawn:
    """Say how full a meeting is now, to who may know of it."""
    meeting = await meetings.detail(reading.work, notice.occurrence, notice.person)
    if meeting is None or meeting.occurrence.starts_at <= reading.now:
        return NotAnyMore("gone")
    if not await fullness.stands(reading.work, meeting):
        return NotAnyMore("changed")
    t, occurrence = reading.t, meeting.occurrence
    if (morning := reading.morning) is not None:
        return morning
    text = texts.meeting_state(
        t,
        title=meeting.activity.title,
        when=activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        state=activity_texts.state(t, meeting.state),
        roles=[] if occurrence.called_off_at is not None else role_lines(t, meeting),
    )
    return Drawing(text, keys((signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id))))
