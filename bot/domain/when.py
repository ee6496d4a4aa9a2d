"""Days and times as people type them, for a meeting that somebody plans: Dutch and English.

Source: issue "Making them in the chat": "zaterdag 5 december 13:00-16:00", "5-12", "morgen".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import holidays

from bot.domain.absence import WEEKDAYS, parse_day
from bot.domain.enums import Language
from bot.domain.phrases import tokens
from bot.domain.spoken_times import spoken

#: Nothing is planned further ahead.
LONGEST_AHEAD = timedelta(days=731)
_CLOCK = r"(\d{1,2})(?:[:.uh](\d{2}))?(?:\s*(uur|u|h|am|pm)\b)?"
_BETWEEN = r"\s*(?:-|tot en met|tot|to|until|till|t/m|en|and)\s*"
_RANGE = re.compile(rf"(?<![\d:.,/-]){_CLOCK}{_BETWEEN}{_CLOCK}(?![\d:.]\d|\d)")
_SINGLE = re.compile(rf"(?<![\d:.,/-]){_CLOCK}(?![\d:.]\d|\d)")
_DATE = re.compile(
    r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)"
    r"|(?<![\d:.])\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)"
    r"|(?<![\d:.])\d{1,2}[-/]\d{1,2}(?![\d:.]|\s*(?:uur|u|h|am|pm)\b)"
)
_HOURS = re.compile(r"\d{1,2}(?:\s*[-\u2010-\u2015]\s*\d{1,2})?")
_SMALL = re.compile(
    r"\b(?:om|van|vanaf|tussen|komende|aanstaande|uur|at|from|between|coming|o'?clock)\b|\ba\.s\.(?=\s)"
)
#: What ends before it begins goes on past midnight, when it lasts no longer than this; else it was mistyped.
LONGEST_NIGHT = timedelta(hours=12)
_GONE = frozenset({"gisteren", "eergisteren", "yesterday"})
_LONG_AGO = date(2000, 1, 1)


class Wrong(StrEnum):
    """Why a typed day or time can't be used."""

    UNKNOWN = "unknown"
    NO_TIME = "no_time"
    BACKWARDS = "backwards"
    PAST = "past"
    FAR = "far"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class When:
    """What was typed, in local wall time; None for what was left out."""

    day: date | None = None
    begins: time | None = None
    ends: time | None = None


def parse_when(text: str, now: datetime) -> When | Wrong:
    """Return the day and times that somebody typed; *now* is a naive wall time, before which nothing is planned.

    A date without a year is the next one. Only a day, only times, or only a beginning are fine. What ends after
    midnight ends before it begins ("22:00-01:00"). WEEKDAY: the named day of the week is not that of the date.
    """
    said = spoken(" ".join(text.casefold().split()))
    plain = re.sub(r"\s*[-\u2010-\u2015]\s*", "-", said.text)
    dated = _DATE.search(plain)
    rest = plain if dated is None else f"{plain[: dated.start()]} | {plain[dated.end() :]}"
    times, rest = _times(rest, alone=dated is not None)
    if isinstance(times, Wrong):
        return times
    day = _day(dated.group() if dated else None, _SMALL.sub(" ", rest.replace("|", " ").replace(",", " ")), now.date())
    if isinstance(day, Wrong):
        return day
    begins, ends = (said.part.of(at) if said.part and at else at for at in times)
    if day is None and begins is None:
        return Wrong.UNKNOWN
    return _judged(When(day, begins, ends), now)


def parse_times(text: str, now: datetime) -> When | Wrong:
    """Return what was typed where only times are asked for: "13-16" and "13" are hours there, not a date."""
    plain = text.strip()
    return parse_when(f"{plain} uur" if _HOURS.fullmatch(plain) else plain, now)


def length(begins: time, ends: time) -> timedelta | None:
    """Return how long something lasts, past midnight if need be; None when it can't be meant like that."""
    day = date.min
    lasts = datetime.combine(day, ends) - datetime.combine(day, begins)
    if lasts > timedelta(0):
        return lasts
    night = lasts + timedelta(days=1)
    return night if night <= LONGEST_NIGHT else None


def ends_of(starts: datetime, ends: time) -> datetime:
    """Return when something ends that begins at *starts*: that day, or after midnight the next."""
    same_day = datetime.combine(starts.date(), ends)
    return same_day if same_day > starts else same_day + timedelta(days=1)


def _judged(when: When, now: datetime) -> When | Wrong:
    if when.ends is not None and when.begins is not None and length(when.begins, when.ends) is None:
        return Wrong.BACKWARDS
    if when.day is not None:
        if when.day < now.date() or (when.begins and datetime.combine(when.day, when.begins) <= now):
            return Wrong.PAST
        if when.day > now.date() + LONGEST_AHEAD:
            return Wrong.FAR
    return when


def _times(text: str, *, alone: bool) -> tuple[tuple[time | None, time | None] | Wrong, str]:
    """Return beginning and end, and what is left of *text*; *alone*: the date was taken out, "13-16" is times."""
    for found in _RANGE.finditer(text):
        first, second = found.group(1, 2, 3), found.group(4, 5, 6)
        is_clock = any((*first[1:], *second[1:])) or alone or not re.search(r"\d\s*-\s*\d", found.group())
        if is_clock:
            begins, ends = _clock(*first), time(0) if is_midnight(second) else _clock(*second)
            if begins is not None and ends is not None and second[2] == "pm" and first[2] is None:
                later = (datetime.combine(_LONG_AGO, begins) + timedelta(hours=12)).time()
                begins = later if begins < later < ends else begins
            rest = text[: found.start()] + " " + text[found.end() :]
            return ((begins, ends) if begins is not None and ends is not None else Wrong.NO_TIME), rest
    for found in _SINGLE.finditer(text):
        if found[2] or found[3]:
            begins = _clock(*found.groups())
            rest = text[: found.start()] + " " + text[found.end() :]
            return ((begins, None) if begins is not None else Wrong.NO_TIME), rest
    return (None, None), text


def is_midnight(typed: Sequence[str | None]) -> bool:
    """Tell whether an end was typed as 24:00."""
    return typed[0] == "24" and typed[1] in (None, "00") and typed[2] not in ("am", "pm")


def _clock(hours: str, minutes: str | None, unit: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    if unit in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if unit == "pm" else 0)
    return time(hour, minute) if hour <= 23 and minute <= 59 else None


def _day(dated: str | None, words: str, today: date) -> date | Wrong | None:
    """Return the day; None when none was typed."""
    said = tokens(words)
    if dated is None and not said:
        return None
    if _GONE.intersection(said):
        return Wrong.PAST
    named = [WEEKDAYS[word] for word in said if word in WEEKDAYS]
    if dated is not None and len(named) != len(said):
        return Wrong.UNKNOWN
    text = dated or words
    day = parse_day(text, today)
    if day is None:
        return Wrong.UNKNOWN if parse_day(text, _LONG_AGO) is None else Wrong.PAST
    if named and day.weekday() not in named:
        return Wrong.WEEKDAY
    return day


def holiday(day: date, language: Language) -> str | None:
    """Return the name of the Dutch public holiday that falls on *day*."""
    spoken = "nl" if language is Language.DUTCH else "en_US"
    return holidays.country_holidays("NL", years=day.year, language=spoken).get(day)
