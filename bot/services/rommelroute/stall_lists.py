"""Who may see the stalls of a Rommelroute, and when: the organiser always, everybody else on the day."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.activities.stall_route import KEPT, day_of, street_names, walking_order
from bot.domain.enums import ActivityKind, StallState
from bot.services.activities import coordinating
from bot.services.rommelroute import stall_days
from storage.models import Activity, Occurrence, Stall, StallFavourite
from storage.queries import activities as activity_queries
from storage.queries import stalls as queries
from storage.queries import town
from storage.queries.locking import locked
from storage.work import Work


@dataclass(frozen=True)
class Shown:
    """A stall on a list: its number, or (*provisional*) the place in the walk that it has now.

    *street* is written as most of its sellers write it; None on the shared field.
    """

    stall: Stall
    street: str | None
    signup_id: int
    number: int
    provisional: bool

    @property
    def state(self) -> StallState:
        """What its person set on the day."""
        return StallState(self.stall.state)


@dataclass(frozen=True)
class Route:
    """The stalls of a day in walking order, for one person."""

    occurrence: Occurrence
    activity: Activity
    stalls: Sequence[Shown]
    organises: bool
    is_today: bool
    favourites: frozenset[int]

    def place_of(self, stall_id: int | None) -> int:
        """Return how many stalls come up to and with this one in the walk; 0 for none of them."""
        return next((at for at, shown in enumerate(self.stalls, start=1) if shown.stall.id == stall_id), 0)

    def find(self, stall_id: int) -> Shown | None:
        """Return one of the stalls."""
        return next((shown for shown in self.stalls if shown.stall.id == stall_id), None)


async def organises(work: Work, occurrence: Occurrence, person_id: int) -> bool:
    """Return whether somebody is the organiser of a day: its coordinator; the beheerders where none is named."""
    return person_id in await coordinating.coordinators(work, occurrence)


async def is_today(work: Work, occurrence: Occurrence) -> bool:
    """Return whether it is the day of a route that goes ahead."""
    day = day_of(occurrence.starts_at, occurrence.ends_at, await town.zone(work.session))
    return work.now in day and occurrence.called_off_at is None


async def is_cleared(work: Work, occurrence_id: int) -> bool:
    """Return whether it is a week after a route (or there is none any more): nothing of it is kept."""
    occurrence = await work.session.get(Occurrence, occurrence_id)
    return occurrence is None or occurrence.ends_at + KEPT <= work.now


async def seen_by(work: Work, occurrence_id: int, person_id: int) -> Route | None:
    """Return the stalls of a day; None when there is none, and for everybody but the organiser on any other day."""
    occurrence = await activity_queries.visible(work.session, occurrence_id, person_id)
    if occurrence is None or occurrence.kind is not ActivityKind.ROMMELROUTE:
        return None
    leads, today = await organises(work, occurrence, person_id), await is_today(work, occurrence)
    activity = await work.session.get(Activity, occurrence.activity_id)
    if activity is None or not (leads or today):
        return None
    rows = [found for found in await queries.of_occurrence(work.session, occurrence.id) if not _is_erased(found[0])]
    by_id = {stall.id: (stall, signup) for stall, signup in rows}
    doors = walking_order(stall_days.door(stall) for stall, _ in rows)
    streets = street_names(doors)
    shown = [
        Shown(stall, streets.get(door.street_key), signup.id, stall.number or at, stall.number is None)
        for at, (door, (stall, signup)) in enumerate(((door, by_id[door.id]) for door in doors), start=1)
    ]
    stars = await queries.favourites(work.session, person_id, occurrence.id)
    return Route(occurrence, activity, shown, leads, today, stars)


def _is_erased(stall: Stall) -> bool:
    """Return whether the address of a stall was erased: nothing is left to find it by."""
    return stall.street is None and not stall.shared_field


async def star(work: Work, stall_id: int, person_id: int, *, on: bool) -> tuple[Route, Shown] | None:
    """Mark a stall with a star, or take it away; None when this person may not see the stall (now)."""
    found = await queries.standing(work.session, stall_id)
    route = None if found is None else await seen_by(work, found[1].occurrence_id, person_id)
    shown = None if route is None else route.find(stall_id)
    if route is None or shown is None:
        return None
    if not on:
        await queries.drop_favourite(work.session, person_id, stall_id)
    elif stall_id not in route.favourites:
        await locked(work.session, Stall, stall_id)
        if stall_id not in await queries.favourites(work.session, person_id, route.occurrence.id):
            work.session.add(StallFavourite(person_id=person_id, stall_id=stall_id))
    await work.session.flush()
    stars = await queries.favourites(work.session, person_id, route.occurrence.id)
    route = Route(route.occurrence, route.activity, route.stalls, route.organises, route.is_today, stars)
    return route, shown
