"""`/afwezig`: until when a worker is away, and who replaces that worker.

Set by oneself, by the contact of a desk where that worker is, or by a beheerder; read anew at each tap. It begins at
once and ends with the day that was named. Source: Reporting, "Absence".
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.absence import is_possible
from bot.domain.enums import RoleName
from bot.domain.notices.chasing import AbsenceTold
from bot.domain.time import at_wall, local_date
from bot.services.desk import cards, presence
from storage.models import Absence, AuditEntry, Person, Report
from storage.queries import absence as queries
from storage.queries import eyes, staff, town
from storage.queries.locking import locked
from storage.work import Work

#: Reports that are looked for in the private chat of a substitute: the newest.
_MOST = 500


class Verdict(StrEnum):
    """What became of a wish to be away, or to be back."""

    DONE = "done"
    NOT_YOURS = "not_yours"
    NO_DAY = "no_day"
    NO_SUBSTITUTE = "no_substitute"
    NOT_AWAY = "not_away"


async def may_set(work: Work, actor_id: int, person_id: int) -> bool:
    """Tell whether somebody may set the absence of a worker now."""
    if RoleName.WORKER not in await staff.roles(work.session, person_id):
        return False
    if actor_id == person_id:
        return True
    return any(person.id == person_id for person in await colleagues(work, actor_id))


async def colleagues(work: Work, actor_id: int) -> list[Person]:
    """Return the other workers whose absence this person may set, by name: a beheerder everybody's."""
    roles = await staff.roles(work.session, actor_id)
    if RoleName.ADMIN in roles:
        found = list(await staff.with_role(work.session, RoleName.WORKER))
    elif RoleName.WORKER in roles:
        mine = [desk for desk in await staff.desks_of(work.session, actor_id) if desk.contact_id == actor_id]
        found = [person for desk in mine for person in await staff.workers_of(work.session, desk.id)]
    else:
        found = []
    others = {person.id: person for person in found if person.id != actor_id}
    return sorted(others.values(), key=lambda person: (person.name or "", person.id))


async def substitutes(work: Work, person_id: int) -> list[Person]:
    """Return who can replace a worker: the workers of the same desks who are there now, by name."""
    here = await presence.read(work)
    desks = await staff.desks_of(work.session, person_id)
    found = {person.id: person for desk in desks for person in await staff.workers_of(work.session, desk.id)}
    there = [person for person in found.values() if person.id != person_id and here.is_here(person.id)]
    return sorted(there, key=lambda person: (person.name or "", person.id))


async def current(work: Work, person_id: int) -> Absence | None:
    """Return the absence of a worker that lasts now."""
    today = await today_of(work)
    lasting = [row for row in await queries.of_person(work.session, person_id) if row.until >= today]
    return lasting[-1] if lasting else None


async def today_of(work: Work) -> date:
    """Return the local date."""
    return local_date(work.now, await town.zone(work.session))


async def set_away(work: Work, actor: Person, person_id: int, until: date, substitute_id: int | None) -> Verdict:
    """Let a worker be away from now until and including a local date; it replaces an earlier absence.

    Whoever did not set it is told: the worker, and the substitute.
    """
    if await locked(work.session, Person, person_id) is None or not await may_set(work, actor.id, person_id):
        return Verdict.NOT_YOURS
    if not is_possible(until, await today_of(work)):
        return Verdict.NO_DAY
    if substitute_id is not None and substitute_id not in [each.id for each in await substitutes(work, person_id)]:
        return Verdict.NO_SUBSTITUTE
    await _end(work, await queries.of_person(work.session, person_id))
    absence = Absence(person_id=person_id, since=work.now, until=until, substitute_id=substitute_id)
    work.session.add(absence)
    _audit(work, actor.id, "away", person_id)
    await work.session.flush()
    for told in {person_id, substitute_id} - {actor.id, None}:
        if told is not None:
            work.put(AbsenceTold(absence.id, told, actor.id), chat=told)
    return Verdict.DONE


async def come_back(work: Work, actor: Person, absence_id: int) -> Verdict:
    """End an absence before its day. NOT_AWAY: it has ended, or another one has come in its place."""
    absence = await work.session.get(Absence, absence_id)
    if absence is None:
        return Verdict.NOT_AWAY
    if not await may_set(work, actor.id, absence.person_id):
        return Verdict.NOT_YOURS
    _audit(work, actor.id, "back", absence.person_id)
    await _end(work, [absence])
    return Verdict.DONE


async def end_over(work: Work) -> None:
    """End the absences whose last day has passed."""
    if await queries.first_end(work.session) is not None:
        await _end(work, await queries.over(work.session, await today_of(work)))


async def next_end(work: Work) -> datetime | None:
    """Return the midnight (UTC) after the last day of the absence that ends first."""
    last = await queries.first_end(work.session)
    return None if last is None else at_wall(last + timedelta(days=1), time(), await town.zone(work.session))


async def _end(work: Work, absences: Sequence[Absence]) -> None:
    """Forget absences; what a substitute could read only for that time closes."""
    for absence in absences:
        await work.session.delete(absence)
    await work.session.flush()
    for absence in absences:
        reports = {report.id: report for report in await queries.held_by(work.session, absence.person_id)}
        for report in await _read_by(work, absence.substitute_id):  # what was closed in that time is on the screen too
            if report.holder_id == absence.person_id:
                reports[report.id] = report
        for report in reports.values():
            await cards.close_private(work, report)


async def _read_by(work: Work, person_id: int | None) -> list[Report]:
    """Return what stands in somebody's private chat."""
    if person_id is None:
        return []
    opened = await eyes.told_in(work.session, person_id, cards.IN_PRIVATE, limit=_MOST)
    found = [await work.session.get(Report, report_id) for report_id in opened]
    return [report for report in found if report is not None]


def _audit(work: Work, actor_id: int, action: str, person_id: int) -> None:
    work.session.add(AuditEntry(at=work.now, actor_id=actor_id, action=action, about=person_id, detail=None))
