"""Reading back what the bot puts into calendars, with a library and not with our own code."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.demo.telegram.model import Message
from tests.town import Town


@dataclass(frozen=True)
class Seen:
    """One entry as a calendar app reads it; times with their zone."""

    uid: str
    title: str
    starts: datetime
    ends: datetime
    zone: str
    sequence: int
    status: str
    place: str | None
    notes: str
    private: bool
    raw: Any

    @property
    def wall(self) -> str:
        """Local start, "2026-12-05 13:00"."""
        return f"{self.starts:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Read:
    """A whole file or feed."""

    method: str | None
    entries: list[Seen]
    zones: list[str]
    raw: Any

    @property
    def only(self) -> Seen:
        """The one entry."""
        (entry,) = self.entries
        return entry


def read(content: bytes) -> Read:
    """Return what stands in a calendar; fails on anything that is none, or that breaks the rules for lines."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(content)
    assert not calendar.errors
    assert (str(calendar["version"]), bool(calendar["prodid"])) == ("2.0", True)
    entries = [_entry(event) for event in calendar.walk("VEVENT")]
    zones = [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")]
    assert {entry.zone for entry in entries} <= {*zones, "UTC"}
    assert [part.name for part in calendar.subcomponents], "a calendar may not hold nothing (RFC 5545, 3.6)"
    for zone in calendar.walk("VTIMEZONE"):
        _check_rules(zone)
    return Read(str(calendar["method"]) if "method" in calendar else None, entries, zones, calendar)


def _check_rules(rules: Any) -> None:  # noqa: ANN401 the library is untyped
    """Fail when a clock is not set at its moment, told by the wall time until then (RFC 5545, 3.6.5)."""
    zone = ZoneInfo(str(rules["tzid"]))
    for part in rules.subcomponents:
        before, after = part["tzoffsetfrom"].td, part["tzoffsetto"].td
        more = part["rdate"].dts if "rdate" in part else []
        for wall in [part["dtstart"].dt, *(one.dt for one in more)]:
            at = wall.replace(tzinfo=UTC) - before
            around = [(at + by).astimezone(zone).utcoffset() for by in (timedelta(minutes=-1), timedelta(0))]
            assert around == [before, after], f"{rules['tzid']} is not set at {wall}"


def _entry(event: Any) -> Seen:  # noqa: ANN401 the library is untyped
    assert not event.errors
    assert "attendee" not in event
    start, end = event["dtstart"], event["dtend"]
    assert event["dtstamp"].dt.tzinfo is UTC or event["dtstamp"].dt.utcoffset() == timedelta(0)
    assert end.dt > start.dt, "an entry ends after it begins (RFC 5545, 3.8.2.2)"
    return Seen(
        uid=str(event["uid"]),
        title=str(event["summary"]),
        starts=start.dt,
        ends=end.dt,
        zone=str(start.params.get("tzid", "UTC")),
        sequence=int(event["sequence"]),
        status=str(event["status"]),
        place=str(event["location"]) if "location" in event else None,
        notes=str(event.get("description", "")),
        private=str(event.get("class", "")) == "PRIVATE",
        raw=event,
    )


def file_in(town: Town, message: Message) -> Read:
    """Return the calendar that a message holds."""
    return read(town.world.files.get(message.file_ids[0]).data)
