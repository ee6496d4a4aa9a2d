"""Drawing news of a meeting for who asked for it; judged again when it is drawn."""

from bot.domain.activities.reminders import put_off
from bot.domain.enums import OccurrenceState
from bot.domain.notices.activities import Announced, NewsChanged
from bot.services.activities import meetings, news
from bot.services.activities.meetings import Meeting
from bot.texts import Translator
from bot.texts import activities as activity_texts
from bot.texts import news as texts
from bot.texts import reminders as reminder_texts
from handlers.activities.buttons import OpenMeeting
from handlers.activities.news_buttons import OpenNews
from handlers.context import keys
from handlers.views.drawing import Drawing, Drawn, Later, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Announcement, Occurrence, Person
from storage.queries import activities as activity_queries
from storage.queries import news as queries
from storage.queries import signups as signup_queries


@view(Announced)
async def announced(notice: Announced, reading: Reading) -> Drawn:
    """Tell that there is something to do; never at night, and not when it is over, called off or no longer wanted."""
    t = reading.t
    occurrence = await activity_queries.visible(reading.work.session, notice.occurrence, notice.person)
    if occurrence is None or not news.can_be_announced(reading.work, occurrence):
        return NotAnyMore("called_off_or_over")
    if (refused := await _refused(reading, notice.person, occurrence)) is not None:
        return refused
    if (morning := reading.morning) is not None:
        return morning
    meeting = (await meetings.of(reading.work, [occurrence]))[0]
    text = announcement(t, meeting, await _line(reading, notice))
    return Drawing(text, keys((texts.look_key(t), OpenMeeting(occurrence.id)), (texts.stop_key(t), OpenNews())))


def announcement(t: Translator, meeting: Meeting, line: str | None) -> str:
    """Return the news of a meeting with the *line* of its sender, for who gets it and for who is about to send it."""
    occurrence = meeting.occurrence
    return texts.announcement(
        t,
        title=meeting.activity.title,
        of=occurrence.kind,
        when=_when(t, occurrence),
        where=[meeting.place] if meeting.place else [],
        area=meeting.area.name if meeting.area else None,
        full=meeting.state is OccurrenceState.FULL,
        line=line,
    )


async def _line(reading: Reading, notice: Announced) -> str | None:
    """Return what the sender added, as long as it is kept."""
    if notice.announcement is None:
        return None
    words = await reading.work.session.get(Announcement, notice.announcement)
    return words.line if words else None


@view(NewsChanged)
async def news_changed(notice: NewsChanged, reading: Reading) -> Drawn:
    """Say that what there was news of was moved or called off; at night only what can't wait for the morning."""
    session, t = reading.work.session, reading.t
    occurrence = await activity_queries.visible(session, notice.occurrence, notice.person)
    if occurrence is None or occurrence.starts_at <= reading.now:
        return NotAnyMore("over")
    if (refused := await _refused(reading, notice.person, occurrence)) is not None:
        return refused
    if await signup_queries.mine_at(session, occurrence.id, notice.person):
        return NotAnyMore("heard_it")
    if (morning := put_off(occurrence.starts_at, reading.now, t.zone)) is not None:
        return Later(morning)
    meeting = (await meetings.of(reading.work, [occurrence]))[0]
    title, when = meeting.activity.title, _when(t, occurrence)
    if occurrence.called_off_at is not None:
        why = occurrence.called_off_why
        return Drawing(reminder_texts.called_off(t, title=title, when=when, why=why, patrol=False))
    where = [meeting.place] if meeting.place else []
    text = texts.changed(t, title=title, when=when, where=where, why=occurrence.moved_why)
    return Drawing(text, keys((texts.look_key(t), OpenMeeting(occurrence.id)), (texts.stop_key(t), OpenNews())))


def _when(t: Translator, occurrence: Occurrence) -> str:
    return activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)


async def _refused(reading: Reading, person_id: int, occurrence: Occurrence) -> NotAnyMore | None:
    """Return why somebody gets no news of this (any more)."""
    person = await reading.work.session.get(Person, person_id)
    if person is None or person.blocked_at is not None:
        return NotAnyMore("blocked")
    if not await queries.wants(reading.work.session, person_id, occurrence.kind):
        return NotAnyMore("withdrawn")
    return None
