"""Who of the staff is there: absence, substitutes, and the beheerders when a desk has nobody.

Source: Reporting, "Absence".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.absence import stand_in
from bot.domain.enums import Reachable, RoleName
from bot.domain.time import local_date
from storage.models import Person
from storage.queries import absence as queries
from storage.queries import staff, town
from storage.work import Work


@dataclass(frozen=True)
class Presence:
    """Who is away now, with their substitutes."""

    away: Mapping[int, int | None]

    def stand_in(self, person_id: int) -> int | None:
        """Return who is there for a worker: that worker, else along the substitutes; None when nobody is."""
        return stand_in(person_id, self.away)

    def is_here(self, person_id: int) -> bool:
        """Tell whether a worker is there."""
        return person_id not in self.away


async def read(work: Work) -> Presence:
    """Return who is away at this moment."""
    zone = await town.zone(work.session)
    return Presence(await queries.away(work.session, local_date(work.now, zone), work.now))


async def workers_here(work: Work, desk_id: int, presence: Presence) -> list[Person]:
    """Return the workers of a desk who are there now."""
    return [person for person in await staff.workers_of(work.session, desk_id) if presence.is_here(person.id)]


async def admins_here(work: Work, presence: Presence) -> list[Person]:
    """Return the beheerders, or who is there for them, whom the bot can write to."""
    found: dict[int, Person] = {}
    for admin in await staff.with_role(work.session, RoleName.ADMIN):
        if person := await reachable(work, presence.stand_in(admin.id)):
            found[person.id] = person
    return list(found.values())


async def reachable(work: Work, person_id: int | None) -> Person | None:
    """Return this person when the bot can write to them in private."""
    person = None if person_id is None else await work.session.get(Person, person_id)
    return person if person is not None and person.reachable is Reachable.YES else None
