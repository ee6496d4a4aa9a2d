"""What goes on in the demo's town while somebody looks: a Repair Café, a Rommelroute and a round that is walked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.demo.filling import AISHA, JAN, JOHN, MIA, NOOR, somebody
from bot.domain.activities.repairing import RepairOutcome
from bot.domain.enums import RoleKey, StallState
from bot.domain.geo import Point
from bot.services import rounds
from bot.services.activities import meetings, signups
from bot.services.activities.signups import Extra
from bot.services.repair_cafe import repair_day
from bot.services.repair_cafe.repair_day import as_item
from bot.services.rommelroute import stall_days
from bot.services.rommelroute.stalls import StallDraft
from storage.engine import Database
from storage.models import Occurrence
from storage.queries import signups as signup_queries
from storage.work import Work

RIA, YUSUF, ELS, KOFI, LIN, BEA = 7005, 7006, 7007, 7008, 7009, 7010
#: Residents whom no phone shows at first.
NEIGHBOURS = {RIA: "Ria", YUSUF: "Yusuf", ELS: "Els", KOFI: "Kofi", LIN: "Lin", BEA: "Bea"}
CAFE, ROUTE, ROUND = "rc-vandaag", "rr-vandaag", "ronde-nu"
#: So long ago people signed up for today.
SIGNED_UP = timedelta(days=3)
_BEGAN, _GO_ON = timedelta(hours=1), timedelta(hours=3)
_QUARTER = timedelta(minutes=15)

#: Who sells what where; the third is the postcode, the last a point that was shared. Without a street: the field.
STALLS: Mapping[int, StallDraft] = {
    AISHA: StallDraft("Marilyn Monroestraat", "7", "1325 CB", sells="kinderkleding", point=Point(52.3649, 5.2362)),
    RIA: StallDraft("Marilyn Monroestraat", "12", "1325 CB", sells="boeken en puzzels", point=Point(52.3645, 5.2368)),
    YUSUF: StallDraft("Walt Disneyplantsoen", "31", "1325 SC", sells="gereedschap", point=Point(52.3671, 5.2341)),
    ELS: StallDraft("Walt Disneyplantsoen", "44", "1325 SC", sells="planten"),
    KOFI: StallDraft("Hollywoodlaan", "101", "1325 EK", sells="lego en speelgoed", point=Point(52.3684, 5.2407)),
    LIN: StallDraft("Hollywoodlaan", "115", "1325 EK", sells="servies", point=Point(52.3688, 5.2415)),
    BEA: StallDraft(shared_field=True, sells="taart en koffie"),
}
STATES = {RIA: StallState.SOLD_OUT, LIN: StallState.CLOSED}


def times(wall: datetime) -> dict[str, str]:
    """Return the times of today's meetings for the set-up file: begun by *wall* (local), over in some hours."""
    quarter = wall.replace(minute=wall.minute // 15 * 15, second=0, microsecond=0)
    begins = max(quarter - _BEGAN, datetime.combine(wall.date(), time()))
    return {
        "now_begins": begins.isoformat(timespec="minutes"),
        "now_ends": (quarter + _GO_ON).isoformat(timespec="minutes"),
        "round_begins": max(quarter - _QUARTER, begins).isoformat(timespec="minutes"),
        "round_ends": (quarter + 3 * _QUARTER).isoformat(timespec="minutes"),
        "now_deadline": datetime.combine(wall.date() - timedelta(days=1), time(20)).isoformat(timespec="minutes"),
    }


@dataclass(frozen=True)
class Today:
    """The meetings that go on."""

    cafe: Occurrence
    route: Occurrence
    round: Occurrence


async def begin(database: Database, now: datetime) -> None:
    """Let the day begin that people signed up for some days before *now* (UTC)."""
    async with database.write(now - SIGNED_UP) as work:
        today = await sign_up(work)
    async with database.write(now) as work:
        await live(work, today)


async def sign_up(work: Work) -> Today:
    """Sign people up for what goes on today; *work* is of some days ago."""
    for person_id in NEIGHBOURS:
        await somebody(work, person_id)
    found = {meeting.activity.key: meeting for meeting in (await meetings.upcoming(work, area_code=None)).meetings}
    found |= {meeting.activity.key: meeting for meeting in (await meetings.shifts(work, JOHN)).meetings}
    today = Today(found[CAFE].occurrence, found[ROUTE].occurrence, found[ROUND].occurrence)
    for person_id, role in ((NOOR, RoleKey.HOST), (YUSUF, RoleKey.REPAIRER)):
        await _join(work, today.cafe, person_id, role)
    for person_id, item in ((RIA, "Waterkoker"), (AISHA, "Stofzuiger"), (ELS, "Broodrooster")):
        await _join(work, today.cafe, person_id, RoleKey.VISITOR, Extra(item=as_item(item)))
    for person_id, stall in STALLS.items():
        await _join(work, today.route, person_id, RoleKey.STALL, Extra(stall=stall))
    for person_id in (JAN, MIA):
        await _join(work, today.round, person_id, RoleKey.WALKER)
    return today


async def _join(work: Work, meeting: Occurrence, person_id: int, role: RoleKey, extra: Extra | None = None) -> None:
    who = await somebody(work, person_id)
    await signups.join(work, meeting.id, who, role, extra=extra)


async def live(work: Work, today: Today) -> None:
    """Let the day be where it is by now: visitors have numbers, stalls say how they stand, the round is open."""
    await _keep_list(work, today.cafe)
    await stall_days.run(work)
    for person_id, state in STATES.items():
        for stall in await _stalls_of(work, today.route, person_id):
            await stall_days.set_state(work, stall, person_id, state)
    for person_id in (JAN, MIA):
        await rounds.arrive(work, today.round.id, person_id, at=rounds.stamp(today.round))


async def _keep_list(work: Work, cafe: Occurrence) -> None:
    """Let the host keep the list: one is done, one has its turn, one waits, one is not there yet."""
    for person_id in (RIA, AISHA):
        row = await signup_queries.of_person(work.session, cafe.id, person_id, RoleKey.VISITOR)
        if row is not None:
            await repair_day.arrive(work, row.id, NOOR, version=row.version)
            await repair_day.call(work, row.id, NOOR, version=row.version)
            if person_id == RIA:
                await repair_day.finish(work, row.id, NOOR, RepairOutcome.FIXED, version=row.version)
    await repair_day.walk_in(work, cafe.id, NOOR, as_item("Koffiezetapparaat"))


async def _stalls_of(work: Work, route: Occurrence, person_id: int) -> Sequence[int]:
    row = await signup_queries.of_person(work.session, route.id, person_id, RoleKey.STALL)
    stall = None if row is None else await signup_queries.stall(work.session, row.id)
    return [] if stall is None else [stall.id]
