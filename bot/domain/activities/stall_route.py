"""Rommelroute: the order in which one walks along the stalls, their numbers, and the day on which they are shown.

Source: Rommelroute: "Numbers; a map and a list for visitors on the day … Addresses are hidden from all but the
organiser until the day starts".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.phrases import tokens
from bot.domain.time import at_wall, local_date

#: So long after the end addresses are kept (Privacy and safety: "stalls a week").
KEPT = timedelta(days=7)
_HOUSE = re.compile(r"(\d+)(.*)")
#: Behind every postcode: a street of which none is known comes last.
_NO_POSTCODE = "9999 ZZ"
FULL_POSTCODE = re.compile(r"[1-9]\d{3} [A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Door:
    """Where a stall is; without a street it stands on the shared field."""

    id: int
    street: str | None = None
    house_number: str = ""
    postcode: str | None = None

    @property
    def street_key(self) -> str:
        """The same for every way in which people write this street; empty on the shared field."""
        return "".join(tokens(self.street or ""))

    @property
    def house(self) -> tuple[int, str]:
        """The house number and what stands behind it: (12, "A")."""
        found = _HOUSE.match(self.house_number)
        return (int(found[1]), found[2].strip(" -").upper()) if found else (0, self.house_number.upper())


def walking_order(doors: Iterable[Door]) -> list[Door]:
    """Return the stalls as one walks: street by street, up along the odd side and back along the even one.

    Streets follow each other by postcode, which runs through a wijk from street to street; the shared field is last.
    """
    known = list(doors)
    codes: dict[str, str] = {}
    for door in known:
        if door.street and door.postcode:
            codes[door.street_key] = min(codes.get(door.street_key, _NO_POSTCODE), door.postcode)

    def by_street(door: Door) -> tuple[bool, str, str]:
        return (not door.street_key, codes.get(door.street_key, _NO_POSTCODE), door.street_key)

    odd = [door for door in known if door.house[0] % 2]
    even = [door for door in known if not door.house[0] % 2]
    sides = sorted(odd, key=lambda door: (*door.house, door.id))
    sides += sorted(even, key=lambda door: (*door.house, door.id), reverse=True)
    field = sorted((door for door in known if not door.street_key), key=lambda door: door.id)
    return [*(door for door in sorted(sides, key=by_street) if door.street_key), *field]


def street_names(doors: Iterable[Door]) -> dict[str, str]:
    """Return one way to write each street, by its key: the commonest, of as common ones the first by the alphabet."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for door in doors:
        if door.street and door.street_key:
            spellings[door.street_key][door.street] += 1
    return {key: min(found, key=lambda name: (-found[name], name)) for key, found in spellings.items()}


def new_numbers(doors: Sequence[Door], given: Mapping[int, int]) -> dict[int, int]:
    """Return the numbers of stalls that have none yet, by id.

    *given* holds every number that was ever given, also to who withdrew: these stay, what is new comes behind them.
    """
    first = max(given.values(), default=0) + 1
    fresh = [door for door in walking_order(doors) if door.id not in given]
    return {door.id: number for number, door in enumerate(fresh, start=first)}


@dataclass(frozen=True, slots=True)
class Day:
    """The local day (UTC moments, the end excluded) on which everybody may see the stalls."""

    begins: datetime
    ends: datetime

    def __contains__(self, at: datetime) -> bool:
        """Tell whether *at* is on the day."""
        return self.begins <= at < self.ends


def day_of(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Day:
    """Return the day of a route: from the midnight before it starts to the midnight after it ends."""
    last = local_date(ends_at, zone) + timedelta(days=1)
    return Day(at_wall(local_date(starts_at, zone), time(0), zone), at_wall(last, time(0), zone))


def numbered_at(starts_at: datetime, deadline_at: datetime | None, zone: ZoneInfo) -> datetime:
    """Return when the numbers are given (UTC): at the deadline; without one when the day begins.

    A route that was moved to before its deadline has them at its start.
    """
    return min(deadline_at, starts_at) if deadline_at else at_wall(local_date(starts_at, zone), time(0), zone)
