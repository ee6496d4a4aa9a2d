"""Drawing news of a meeting for who asked for it; judged again when it is drawn."""

from bot.domain.notices.activities import Announced
from bot.domain.time import after_quiet, is_quiet
from bot.services.activities import meetings, news
from bot.texts import activities as activity_texts
from bot.texts import news as texts
from handlers.activities.buttons import OpenMeeting
from handlers.activities.news_buttons import OpenNews
from handlers.context import keys
from handlers.views.drawing import Drawing, Drawn, Later, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Person
from storage.queries import activities as activity_queries
from storage.queries import news as queries


@view(Announced)
async def announced(notice: Announced, reading: Reading) -> Drawn:
    """Tell that there is something to do; never at night, and not when it is over, called off or no longer wanted."""
    session, t = reading.work.session, reading.t
    occurrence = await activity_queries.visible(session, notice.occurrence, notice.person)
    if occurrence is None or not news.can_be_announced(reading.work, occurrence):
        return NotAnyMore("called_off_or_over")
    person = await session.get(Person, notice.person)
    if person is None or person.blocked_at is not None:
        return NotAnyMore("blocked")
    if not await queries.wants(session, notice.person, occurrence.kind):
        return NotAnyMore("withdrawn")
    if is_quiet(reading.now, t.zone):
        return Later(after_quiet(reading.now, t.zone))
    meeting = (await meetings.of(reading.work, [occurrence]))[0]
    text = texts.announcement(
        t,
        title=meeting.activity.title,
        of=occurrence.kind,
        when=activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        where=[meeting.place] if meeting.place else [],
        area=meeting.area.name if meeting.area else None,
    )
    return Drawing(text, keys((texts.look_key(t), OpenMeeting(occurrence.id)), (texts.stop_key(t), OpenNews())))
