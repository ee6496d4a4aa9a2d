"""Calendar files (RFC 5545): what somebody goes to, in local time, as their own calendar reads it.

Source: Activities: "Times are local wall time in Europe/Amsterdam", and RFC 5546 for what a later file means: the same
UID with a higher SEQUENCE updates the entry, METHOD:CANCEL takes it out.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from bot.domain.activities.clock_rules import clock_rules
from bot.domain.enums import SignupState

_MAKER = "-//Buurtbode//Agenda//NL"
#: How often a phone may look whether anything changed.
_LOOK_EVERY = timedelta(hours=6)
#: Time zone rules are written for so many years after the last entry.
_RULES_AHEAD = 2
_SLUG = 40


class Status(StrEnum):
    """How sure an entry is."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Method(StrEnum):
    """What a file that is opened once does to the calendar; a feed has none."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar; times are UTC. `changed_at` and `sequence` never go back for the same `uid`."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    changed_at: datetime
    status: Status = Status.CONFIRMED
    place: str | None = None
    notes: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who publishes a calendar: a name and an e-mail address."""

    name: str
    email: str


def status_of(state: SignupState, *, placed: bool, called_off: bool) -> Status | None:
    """Return how a sign-up stands in its person's calendar; None: it never was a place, so it stands nowhere."""
    if not placed:
        return None
    if called_off or state in _GIVEN_BACK:
        return Status.CANCELLED
    return Status.TENTATIVE if state is SignupState.SEEKS_STAND_IN else Status.CONFIRMED


_GIVEN_BACK = frozenset({SignupState.CANCELLED, SignupState.REPLACED, SignupState.WAITING, SignupState.OFFERED})


def sequence_of(*, meeting: int, signup_version: int) -> int:
    """Return the SEQUENCE of an entry: it grows when the meeting changes and when its person comes or goes."""
    return meeting + max(0, signup_version - 1)


def file_of(entry: Entry, zone: ZoneInfo, *, made_at: datetime, organiser: Organiser | None = None) -> bytes:
    """Return a file, made at a moment (UTC), that puts one entry into a calendar, updates it there, or takes it out.

    Its DTSTAMP is that moment; in a feed, which has no method, it is when the entry changed (RFC 5545, 3.8.7.2).
    """
    cancels = entry.status is Status.CANCELLED
    calendar = _calendar(Method.CANCEL if cancels else Method.PUBLISH)
    _fill(calendar, [replace(entry, changed_at=made_at)], (), zone, organiser)
    return bytes(calendar.to_ical())


def feed_of(entries: Sequence[Entry], zone: ZoneInfo, *, name: str, year: int) -> bytes:
    """Return a whole calendar that a phone looks at again and again; the same entries give the same bytes in a *year*.

    It is somebody's own, so that no entry has an organiser (RFC 5545, 3.8.4.3). One without entries has the rules of
    the time zone, since a calendar may not hold nothing (RFC 5545, 3.6).
    """
    calendar = _calendar(None)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", _LOOK_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    _fill(calendar, sorted(entries, key=lambda entry: (entry.starts_at, entry.uid)), (year,), zone, None)
    return bytes(calendar.to_ical())


def _calendar(method: Method | None) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method.value)
    return calendar


def _fill(
    calendar: Calendar, entries: Sequence[Entry], years: Collection[int], zone: ZoneInfo, organiser: Organiser | None
) -> None:
    """Put entries into a calendar, under the clock changes of their years (and of *years*)."""
    years = {*years, *(entry.starts_at.year for entry in entries), *(entry.ends_at.year for entry in entries)}
    # An entry in the first hour of a year is in the year before elsewhere, and the other way round.
    calendar.add_component(clock_rules(zone, min(years) - 1, max(years) + _RULES_AHEAD))
    for entry in entries:
        calendar.add_component(_event(entry, zone, organiser))


def _event(entry: Entry, zone: ZoneInfo, organiser: Organiser | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", _local(entry.starts_at, zone))
    event.add("dtend", _local(entry.ends_at, zone))
    event.add("summary", _plain(entry.title))
    event.add("status", entry.status.value)
    if entry.place:
        event.add("location", _plain(entry.place))
    if entry.notes:
        event.add("description", _plain(entry.notes))
    if entry.private:
        event.add("class", "PRIVATE")
    if organiser is not None:
        address = vCalAddress(f"mailto:{organiser.email}")
        address.params["CN"] = vText(_plain(organiser.name).replace('"', "'"))
        event["organizer"] = address
    return event


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant in *zone*; in UTC in the hour that comes twice, of which a local time means the first."""
    local = at.astimezone(zone)
    return at if local.fold else local


def _plain(text: str) -> str:
    """Return *text* without what a calendar file may not hold: control characters."""
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text).strip()


def filename(title: str, on: date) -> str:
    """Return what a file about *title* on a local date is saved as: plain letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:_SLUG].strip("-")
    return f"{words or 'afspraak'}-{on:%Y-%m-%d}.ics"
