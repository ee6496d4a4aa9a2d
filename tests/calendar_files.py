"""Reading back what the bot puts into calendars, with a library and not with our own code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    return Read(str(calendar["method"]) if "method" in calendar else None, entries, zones, calendar)


def _entry(event: Any) -> Seen:  # noqa: ANN401 the library is untyped
    assert not event.errors
    assert "attendee" not in event
    start, end = event["dtstart"], event["dtend"]
    assert event["dtstamp"].dt.tzinfo is not None
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
