"""Drawing calendars: the file that goes with a place, and the feed that a phone fetches."""

from datetime import timedelta

from bot.domain.activities.calendars import Entry, Organiser, Status, feed_of, file_of, filename, sequence_of, status_of
from bot.domain.enums import ActivityKind, MediaKind
from bot.domain.notices.calendar import CalendarFile
from bot.domain.time import local_date
from bot.services.activities import calendars
from bot.texts import Translator
from bot.texts import activities as activity_texts
from bot.texts import calendar as texts
from handlers.views.drawing import Drawing, Drawn, NotAnyMore, Remove, Upload
from handlers.views.registry import Reading, view
from storage.models import Person, Signup
from storage.queries import calendars as queries
from storage.queries import signups as signup_queries
from storage.queries import town
from storage.queries.calendars import Going
from storage.work import Work


@view(CalendarFile)
async def calendar_file(notice: CalendarFile, reading: Reading) -> Drawn:
    """Send the file of a place; one that stands in the chat is replaced by what is true now.

    Nothing is sent to who follows the feed, nor about a place that was given back before its file went out, nor to who
    signs up for what goes on already. Of a shift that somebody may not know of any more the file goes.
    """
    work = reading.work
    going = await queries.of_signup(work.session, notice.signup, reading.chat_id)
    if going is None:
        return NotAnyMore("gone") if reading.message_id is None else Remove([reading.message_id], instead="")
    entry = entry_of(going, reading.t, reading.bot_username)
    if entry is None:
        return NotAnyMore("no_place")
    if reading.message_id is None:
        placed_at = going.signup.placed_at or reading.now
        if entry.status is Status.CANCELLED or going.occurrence.ends_at <= reading.now or entry.starts_at <= placed_at:
            return NotAnyMore("over")
        if await calendars.follows_feed(work, reading.chat_id):
            return NotAnyMore("feed")
    t = reading.t
    when = activity_texts.span(t, starts_at=entry.starts_at, ends_at=entry.ends_at)
    words = texts.file_cancelled if entry.status is Status.CANCELLED else texts.file
    name = filename(going.activity.title, local_date(entry.starts_at, t.zone))
    content = file_of(entry, t.zone, made_at=reading.now, organiser=await _organiser(work))
    upload = Upload(MediaKind.DOCUMENT, name, content)
    return Drawing(words(t, title=going.activity.title, when=when), media=[upload])


async def feed(work: Work, t: Translator, person: Person, *, bot_username: str) -> bytes:
    """Return the whole calendar of a person, in their language; the same state gives the same bytes."""
    entries = [entry_of(going, t, bot_username) for going in await calendars.goings(work, person)]
    known = [entry for entry in entries if entry is not None]
    return feed_of(known, t.zone, name=texts.feed_name(t), year=local_date(work.now, t.zone).year)


def entry_of(going: Going, t: Translator, bot_username: str) -> Entry | None:
    """Return a sign-up as a calendar shows it; None for what never was a place. Never anybody's name."""
    signup, occurrence, activity = going.signup, going.occurrence, going.activity
    called_off = occurrence.called_off_at is not None
    status = status_of(signup.state, placed=signup.placed_at is not None, called_off=called_off)
    if status is None:
        return None
    starts_at, ends_at = occurrence.starts_at, occurrence.ends_at
    if signup.slot_at is not None:
        starts_at = signup.slot_at
        ends_at = min(ends_at, starts_at + timedelta(minutes=going.slot_minutes)) if going.slot_minutes else ends_at
    return Entry(
        uid=uid_of(signup),
        title=texts.entry_title(t, title=activity.title, role=signup.role),
        starts_at=starts_at,
        ends_at=ends_at,
        sequence=sequence_of(meeting=occurrence.sequence, signup_version=signup.version),
        changed_at=max(signup.changed_at, occurrence.called_off_at or signup.changed_at),
        status=status,
        place=occurrence.place or activity.place or (going.area.name if going.area else None),
        notes=texts.entry_notes(t, link=f"https://t.me/{bot_username}"),
        private=occurrence.kind is ActivityKind.PATROL,
    )


def uid_of(signup: Signup) -> str:
    """Return the name of an entry, the same in every file and feed for as long as the sign-up is kept."""
    return f"signup-{signup.id}@buurtbode"


async def _organiser(work: Work) -> Organiser | None:
    organisation = await town.organisation(work.session)
    contact = str(organisation.privacy.get("contact") or "")
    return Organiser(organisation.name, contact) if "@" in contact else None


async def file_message(reading: Reading, occurrence_id: int, person_id: int) -> int | None:
    """Return the message with somebody's calendar file of a meeting, for what changes about it to reply to."""
    session = reading.work.session
    own = await signup_queries.mine_at(session, occurrence_id, person_id)
    found = await queries.messages(session, [CalendarFile(row.id).key for row in own])
    return found[0] if found else None
