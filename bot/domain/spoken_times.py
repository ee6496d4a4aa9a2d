"""Times as people say them: "half acht", "kwart voor negen", "zaterdagavond", "8 uur 's avonds". Dutch.

They become figures, which `bot.domain.when` reads.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from types import MappingProxyType


class Part(StrEnum):
    """A part of the day, which tells 8 in the morning from 8 in the evening."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    def of(self, at: time) -> time:
        """Return the time that *at* means in this part of the day: "8 uur" in the evening is 20:00."""
        later = {Part.AFTERNOON: range(1, 7), Part.EVENING: range(5, 12)}.get(self, range(0))
        return at.replace(hour=at.hour + 12) if at.hour in later else at


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said, with figures for its times, and the part of the day that was named."""

    text: str
    part: Part | None


_HOURS: Mapping[str, int] = MappingProxyType(
    {
        name: hour
        for hour, name in enumerate(
            ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"), start=1
        )
    }
    | {"één": 1}
)
_HOUR = rf"(?P<hour>{'|'.join(_HOURS)}|1[0-2]|[1-9])"
_HALF = re.compile(rf"\bhalf {_HOUR}\b(?!:)(?: uur\b)?")
_QUARTER = re.compile(rf"\bkwart (?P<side>over|voor) {_HOUR}\b(?!:)(?: uur\b)?")
_WHOLE = re.compile(rf"\b(?P<hour>{'|'.join(_HOURS)}) uur\b")
_PARTS: Mapping[Part, str] = MappingProxyType(
    {Part.MORNING: "ochtend|morgen", Part.AFTERNOON: "middag", Part.EVENING: "avond"}
)
_IN_THE = re.compile(r"(?:\bin de |(?:'s|’s|‘s|\bs)? ?\b)(?P<part>ochtend|morgen|middag|avond)s\b")
_TODAY = re.compile(r"\bvan(?P<part>ochtend|morgen|middag|avond)\b")
_DAY_AND = re.compile(r"\b(?P<day>(?:over)?morgen|[a-z]+dag)(?P<part>ochtend|middag|avond)\b")


def spoken(text: str) -> Spoken:
    """Return what *text* (small letters) says with figures: "half acht" is 7:30, "vanavond" is vandaag, evening."""
    part: Part | None = None
    for pattern, instead in ((_TODAY, "vandaag "), (_DAY_AND, r"\g<day> "), (_IN_THE, " ")):
        if found := pattern.search(text):
            part = next(one for one, names in _PARTS.items() if found["part"] in names.split("|"))
            text = pattern.sub(instead, text)
    text = _HALF.sub(lambda found: _clock(_hour(found) - 1, 30), text)
    text = _QUARTER.sub(_quarter, text)
    text = _WHOLE.sub(lambda found: f"{_hour(found)} uur", text)
    return Spoken(" ".join(text.split()), part)


def _hour(found: re.Match[str]) -> int:
    return _HOURS.get(found["hour"]) or int(found["hour"])


def _quarter(found: re.Match[str]) -> str:
    hour = _hour(found)
    return _clock(hour, 15) if found["side"] == "over" else _clock(hour - 1, 45)


def _clock(hour: int, minute: int) -> str:
    return f"{hour or 12}:{minute}"
