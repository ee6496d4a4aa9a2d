"""Who is there for a worker who is away, and until when somebody is away.

Source: Reporting, "Absence": pings go to the substitute.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from bot.domain.phrases import tokens

#: Longer than this nobody is away; a role is taken away then.
LONGEST = timedelta(days=366)

_MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "januari jan january",
                "februari feb february",
                "maart mrt mar march",
                "april apr",
                "mei may",
                "juni jun june",
                "juli jul july",
                "augustus aug august",
                "september sep sept",
                "oktober okt october oct",
                "november nov",
                "december dec",
            ),
            start=1,
        )
        for name in names.split()
    }
)
WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "maandag ma monday mon",
                "dinsdag di tuesday tue",
                "woensdag wo wednesday wed",
                "donderdag do thursday thu",
                "vrijdag vr friday fri",
                "zaterdag za saturday sat",
                "zondag zo sunday sun",
            )
        )
        for name in names.split()
    }
)
_NEAR: Mapping[str, int] = MappingProxyType({"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2})
_FILLERS = frozenset(tokens("tot en met tm t m until till through to and including op on t/m de het the of"))
_ORDINAL = re.compile(r"(\d{1,4})(?:e|de|ste|st|nd|rd|th)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?")


def stand_in(person: int, away: Mapping[int, int | None]) -> int | None:
    """Return who is there for *person*: that person, or the first along the substitutes who is not away.

    *away* names the substitute of everybody who is away now, None for nobody. None: nobody is there.
    """
    seen: set[int] = set()
    current: int | None = person
    while current is not None and current in away:
        if current in seen:
            return None
        seen.add(current)
        current = away[current]
    return current


def parse_day(text: str, today: date) -> date | None:
    """Return the local date that somebody typed, from *today* on; None when it is none, or in the past.

    "18 december", "18-12", "18/12/2026", "2026-12-18", "vrijdag", "morgen"; Dutch and English. A date without a
    year is the next one.
    """
    found = _numeric(text.strip(), today) or _named([word for word in tokens(text) if word not in _FILLERS], today)
    return found if found is not None and found >= today else None


def parse_past_day(text: str, today: date) -> date | None:
    """Return the local date that somebody typed, up to *today*; one without a year is the last one.

    The same forms as `parse_day`; None when it is none, or in the future.
    """
    words = [word for word in tokens(text) if word not in _FILLERS]
    found = _numeric(text.strip(), today) or _named(words, today)
    if found is None or found <= today:
        return found
    return _date(found.year - 1, found.month, found.day) if str(found.year) not in text else None


def is_possible(until: date, today: date) -> bool:
    """Tell whether somebody may be away until and including *until*."""
    return today <= until <= today + LONGEST


def _numeric(text: str, today: date) -> date | None:
    if found := _ISO.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.search(text):
        year = None if found[3] is None else int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _in_year(int(found[1]), int(found[2]), year, today)
    return None


def _named(words: list[str], today: date) -> date | None:
    """Return the date of words such as "vrijdag 18 december 2026", or of one word that names a day."""
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [int(found[1]) for word in words if (found := _ORDINAL.fullmatch(word))]
    if len(months) == 1 and numbers:
        return _in_year(numbers[0], months[0], numbers[1] if len(numbers) > 1 else None, today)
    if len(words) != 1:
        return None
    if words[0] in _NEAR:
        return today + timedelta(days=_NEAR[words[0]])
    if words[0] in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS[words[0]] - today.weekday()) % 7)
    return None


def _in_year(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _date(year, month, day)
    candidates = (_date(today.year + more, month, day) for more in range(9))
    return next((found for found in candidates if found is not None and found >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
