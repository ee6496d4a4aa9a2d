"""Buurtpreventie: who may walk, and the chain of questions that keeps anyone from walking alone.

Source: Buurtpreventie, "hard rules".
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.reminders import EARLY_ROUND
from bot.domain.time import at_wall, to_wall

MIN_WALKERS = 2
#: After its end a round that nobody closed is asked about; then the coordinator is.
CLOSE_AFTER = timedelta(minutes=30)
_ASK_AT = time(19)
_EARLY_TIMES = (time(20), time(20, 30), time(21), time(21, 30))
_BEFORE = (timedelta(hours=3), timedelta(hours=2), timedelta(minutes=90), timedelta(minutes=60))


def may_walk(*, member: bool, adult: bool, vog: bool) -> bool:
    """Tell whether somebody may take a shift, join a round or see a roster.

    Only members of 18 and over with a VOG; without it there is team news only.
    """
    return member and adult and vog


def may_see_roster(*, walker: bool, coordinator: bool, team_worker: bool) -> bool:
    """Tell whether times, names and rounds of a team may be shown ("Rosters are secret").

    *walker* is what `may_walk` says; nobody else but coordinator and the team's worker sees them.
    """
    return walker or coordinator or team_worker


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


def ad_hoc_starts(*, yes: int) -> bool:
    """Tell whether "Ik ga om 20:30, wie loopt mee?" becomes a round: at the second yes."""
    return yes >= MIN_WALKERS


class Unclosed(StrEnum):
    """Who is asked about a round that nobody closed, with sound."""

    NOBODY = "nobody"
    WALKERS = "walkers"
    COORDINATOR = "coordinator"


def unclosed(ends_at: datetime, now: datetime) -> Unclosed:
    """Return who is asked about a round that is still open at *now*.

    30 minutes after its end both walkers, as long again later the coordinator.
    """
    over = now - ends_at
    if over >= 2 * CLOSE_AFTER:
        return Unclosed.COORDINATOR
    return Unclosed.WALKERS if over >= CLOSE_AFTER else Unclosed.NOBODY
