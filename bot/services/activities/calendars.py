"""Somebody's own calendar: a file with each confirmed place, and a private feed behind a secret link.

A file is a message that is edited when something changes, without a sound: who put it in a calendar finds the update
at the same spot. Who follows the feed gets no files, since the feed says it already. See docs/adr/0010-calendars.md.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.notices.calendar import CalendarFile
from storage.models import CalendarFeed, Person, Signup
from storage.queries import calendars as queries
from storage.queries.calendars import Going
from storage.queries.locking import locked
from storage.work import Work

#: 192 bits.
_SECRET_BYTES = 24
#: A phone that looked this lately, and not for the first time just now, follows the feed.
_FOLLOWS_WITHIN = timedelta(days=14)
_NOT_JUST_A_LOOK = timedelta(hours=1)
#: Fetches are noted this exactly, so that not each of them writes.
_NOTED_AGAIN = timedelta(hours=1)


def follow(work: Work, signup: Signup) -> None:
    """Have the calendar file of *signup* say what is true now; called whenever a place, or its meeting, changes.

    A spot on the waiting list has none, and who signed up somebody else gets none of it.
    """
    if signup.placed_at is not None and signup.person_id > 0 and not signup.for_name:
        work.put(CalendarFile(signup.id), chat=signup.person_id, silent=True)


def follow_all(work: Work, signups: Iterable[Signup]) -> None:
    """Do the same for all sign-ups of a meeting that was moved, called off or changed."""
    for signup in signups:
        follow(work, signup)


# -- the feed -------------------------------------------------------------------------------------------------------


class Link(StrEnum):
    """What became of asking for a link, a new one, or none."""

    MADE = "made"
    RENEWED = "renewed"
    REMOVED = "removed"
    CHANGED = "changed"


def stamp(feed: CalendarFeed | None) -> int:
    """Return what tells one link of a person from the next (seconds since 1970), for buttons; 0 for none."""
    return 0 if feed is None else int(feed.made_at.timestamp())


async def make_link(work: Work, person: Person, *, seen: int) -> tuple[Link, str]:
    """Make a (new) secret for the feed of *person* and return it: it can't be read back later.

    The old link is dead from now on. *seen* is the `stamp` of what the person saw; after another tap nothing changes.
    """
    feed = await _locked_feed(work, person)
    if stamp(feed) != seen:
        return Link.CHANGED, ""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = feed or CalendarFeed(person_id=person.id)
    row.secret_hash, row.made_at = hash_of(secret), _later(work, feed)
    row.seen_at, row.first_fetched_at, row.changed_at, row.etag = row.made_at, None, None, None
    work.session.add(row)
    await work.session.flush()
    return (Link.MADE if feed is None else Link.RENEWED), secret


async def remove_link(work: Work, person: Person, *, seen: int) -> Link:
    """Take the feed of *person* away: its link is dead from now on."""
    feed = await _locked_feed(work, person)
    if feed is None or stamp(feed) != seen:
        return Link.CHANGED
    await work.session.delete(feed)
    await work.session.flush()
    return Link.REMOVED


async def feed_of(work: Work, person: Person) -> CalendarFeed | None:
    """Return the feed of *person*, if there is one."""
    return await queries.feed(work.session, person.id)


async def _locked_feed(work: Work, person: Person) -> CalendarFeed | None:
    await locked(work.session, Person, person.id)
    return await queries.feed(work.session, person.id)


def _later(work: Work, feed: CalendarFeed | None) -> datetime:
    """Return now, or a second after the last link was made: two links never have the same stamp."""
    return work.now if feed is None else max(work.now, feed.made_at + timedelta(seconds=1))


def hash_of(secret: str) -> str:
    """Return what is kept of a secret; it is random and long, so that a plain hash can't be turned around."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def whose(work: Work, secret: str) -> tuple[CalendarFeed, Person] | None:
    """Return the feed that a secret opens, and its person; None for every other secret, after the same work."""
    wanted = hash_of(secret)
    found = await queries.by_secret(work.session, wanted)
    known = found[0].secret_hash if found is not None else hash_of("")
    return found if secrets.compare_digest(known, wanted) else None


async def note_fetch(work: Work, feed: CalendarFeed, *, etag: str) -> datetime:
    """Note that a phone looked at the feed, and return since when it has read like *etag* (UTC)."""
    if feed.changed_at is None:
        changed_at = work.now
    else:
        # At least a second later: phones know no less.
        later = max(work.now, feed.changed_at + timedelta(seconds=1))
        changed_at = feed.changed_at if feed.etag == etag else later
    await queries.note_fetch(work.session, feed, etag=etag, changed_at=changed_at, now=work.now)
    return changed_at


def is_noted(feed: CalendarFeed, *, etag: str, now: datetime) -> bool:
    """Return whether a fetch that found *etag* needs no writing down."""
    return feed.etag == etag and now - feed.seen_at < _NOTED_AGAIN


async def follows_feed(work: Work, person_id: int) -> bool:
    """Return whether a phone of this person looks at the feed again and again; one look with a browser is none."""
    feed = await queries.feed(work.session, person_id)
    if feed is None or feed.first_fetched_at is None:
        return False
    again = feed.seen_at - feed.first_fetched_at >= _NOT_JUST_A_LOOK
    return again and work.now - feed.seen_at <= _FOLLOWS_WITHIN


async def goings(work: Work, person: Person) -> Sequence[Going]:
    """Return what belongs into the feed of *person*, by the rights of this moment."""
    return await queries.of_person(work.session, person.id, now=work.now)
