"""Buurtpreventie: who ticks a VOG, and the chain of questions that keeps anyone from walking alone.

Source: Buurtpreventie, "hard rules".
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.activities.reminders import EARLY_ROUND
from bot.domain.time import at_wall, to_utc, to_wall

MIN_WALKERS = 2
#: After its end a round that nobody closed is asked about (`bot.domain.activities.round_watch`).
CLOSE_AFTER = timedelta(minutes=30)
_ASK_AT = time(19)
_EARLY_TIMES = (time(20), time(20, 30), time(21), time(21, 30))
#: A walk that somebody proposes by a tap is at least this far away.
ANSWER_TIME = timedelta(minutes=15)
_HOURS, _MINUTES = 24, 60
_TIME = re.compile(r"(?:om |at )?(?P<hour>\d{1,2})(?:[:.u](?P<minute>\d{2}))?(?: ?(?:uur|u|h))?")
_ALONG = re.compile(
    r"\b(?:ik ga|ik loop|i go|i walk|i am going|i'm going)\b.*?"
    r"\b(?:om|at) (?P<hour>\d{1,2})(?:[:.u](?P<minute>\d{2}))?\b"
    r".*\b(?:wie (?:loopt|gaat|wil|komt)|who (?:walks|comes|joins|will|wants))\b"
)
#: A longer text tells something; it asks for no walk.
_LONGEST_QUESTION = 120
_BEFORE = (timedelta(hours=3), timedelta(hours=2), timedelta(minutes=90), timedelta(minutes=60))


def may_tick_vog(*, team_worker: bool, oneself: bool) -> bool:
    """Tell whether somebody may tick a VOG: the team's worker, never for oneself."""
    return team_worker and not oneself


@dataclass(frozen=True, slots=True)
class Chain:
    """The times (UTC) at which a round is made sure of, in this order ("Never alone")."""

    ask: datetime
    ask_again: datetime
    ask_others: datetime
    warn_staff: datetime
    call_off: datetime


def chain(starts_at: datetime, zone: ZoneInfo) -> Chain:
    """Return when a round that starts at *starts_at* is asked about, down to calling it off.

    The day before at 19:00, 3 h, 2 h, 90 and 60 minutes before; a round before 11:00 does it all
    the evening before at 19:00, 20:00, 20:30, 21:00 and 21:30.
    """
    start = to_wall(starts_at, zone)
    day_before = start.date() - timedelta(days=1)
    ask = at_wall(day_before, _ASK_AT, zone)
    if start.time() < EARLY_ROUND:
        return Chain(ask, *(at_wall(day_before, clock, zone) for clock in _EARLY_TIMES))
    return Chain(ask, *(starts_at - before for before in _BEFORE))


def settles_at(times: Chain, starts_at: datetime, planned_at: datetime) -> datetime:
    """Return when a round is called off unless two said yes (UTC).

    One that was made or moved after that moment is judged when it starts: nobody could answer before.
    """
    return times.call_off if planned_at <= times.call_off else starts_at


class Step(StrEnum):
    """What a round needs at some moment."""

    NOTHING = "nothing"
    ASK = "ask"
    ASK_AGAIN = "ask_again"
    ASK_OTHERS = "ask_others"
    WARN_STAFF = "warn_staff"
    CALL_OFF = "call_off"


def step(times: Chain, now: datetime, *, yes: int, silent: int) -> Step:
    """Return the step of the chain that *now* calls for; each is done once, by its name.

    *yes* counts who walks for certain, *silent* who signed up and has not answered. With two who
    said yes only silent people are still asked; below two, others, staff and calling off follow.
    """
    if now < times.ask:
        return Step.NOTHING
    alone = yes < MIN_WALKERS
    if alone and now >= times.call_off:
        return Step.CALL_OFF
    if alone and now >= times.warn_staff:
        return Step.WARN_STAFF
    if alone and now >= times.ask_others:
        return Step.ASK_OTHERS
    if not silent:
        return Step.NOTHING
    return Step.ASK_AGAIN if now >= times.ask_again else Step.ASK


def signing_up_is_yes(times: Chain, signed_up_at: datetime) -> bool:
    """Tell whether signing up already says yes: after the question of the evening before."""
    return signed_up_at >= times.ask


def drop_out_leaves_alone(times: Chain, now: datetime, *, left: int) -> bool:
    """Tell whether who is left must hear at once "Je bent nu alleen. Ga niet op pad."

    From the moment of calling off on; before it the chain looks for others.
    """
    return now >= times.call_off and 0 < left < MIN_WALKERS


def opens(*, arrived: int, named: int) -> bool:
    """Tell whether a round opens: two tapped "Ik ben er", or one did and named who is there too."""
    return arrived >= 1 and arrived + named >= MIN_WALKERS


def parse_time(text: str) -> time | None:
    """Return the time of the day that *text* is: "20:30", "20.30", "om 8 uur", "20 u"; None for anything else."""
    found = _TIME.fullmatch(text.strip().casefold())
    return None if found is None else _clock(found["hour"], found["minute"])


def asks_along(text: str) -> time | None:
    """Return the time of "Ik ga om 20:30, wie loopt mee?", in Dutch or English; None for any other sentence."""
    found = _ALONG.search(text.casefold()) if len(text) <= _LONGEST_QUESTION else None
    return None if found is None else _clock(found["hour"], found["minute"])


def _clock(hour: str, minute: str | None) -> time | None:
    in_day = int(hour) < _HOURS and int(minute or 0) < _MINUTES
    return time(int(hour), int(minute or 0)) if in_day else None


def next_at(clock: time, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next moment (UTC) after *now* at which the clock on the wall shows *clock*."""
    today = to_wall(now, zone).date()
    moments = (at_wall(today + timedelta(days=days), clock, zone) for days in range(3))
    return next(moment for moment in moments if moment > now)


def times_ahead(now: datetime, zone: ZoneInfo, *, count: int) -> list[datetime]:
    """Return the next half hours (UTC) by the clock on the wall that leave somebody time to answer."""
    wall = to_wall(now + ANSWER_TIME, zone)
    first = wall.replace(minute=wall.minute // 30 * 30, second=0, microsecond=0) + timedelta(minutes=30)
    return [to_utc(first, zone) + step * timedelta(minutes=30) for step in range(count)]
