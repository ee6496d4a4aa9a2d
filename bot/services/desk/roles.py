"""Taking a role away: it counts at once, everywhere. Rights are read at each tap; this brings back what was given.

Source: "Eyes": buttons, rosters, links, feeds, group membership; open reports go back to the desk.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.enums import ReportStatus, RoleName
from bot.domain.notices.eyes import PutOutOfGroup
from bot.services.desk import cards
from bot.services.triage.history import move, step
from storage.models import AuditEntry, Person, Report
from storage.queries import eyes, making, staff
from storage.queries.locking import locked_all
from storage.work import Work

#: Roles that are taken away in the chat; the safety officer is named by the set-up file.
TAKEABLE = (RoleName.WORKER, RoleName.ADMIN)
#: Reports that are taken out of one private chat at once: the newest.
MOST = 500


class Taken(StrEnum):
    """What became of taking a role away."""

    DONE = "done"
    SAME = "same"
    STRANGER = "stranger"
    LAST = "last"
    OFFICER = "officer"


@dataclass(frozen=True)
class Holding:
    """A member of staff and one role that can be taken away."""

    person: Person
    role: RoleName


async def listed(work: Work, admin_id: int) -> Sequence[Holding] | None:
    """Return whose roles can be taken away; None for who is no beheerder."""
    if RoleName.ADMIN not in await staff.roles(work.session, admin_id):
        return None
    found = await staff.everybody(work.session)
    return [Holding(person, role) for person, role in found if role in TAKEABLE]


async def take_away(work: Work, admin_id: int, person_id: int, role: RoleName) -> Taken:
    """Take *role* from somebody, who loses all that came with it in the same moment.

    STRANGER: *admin_id* is no beheerder; SAME: they do not have it; LAST: the last beheerder stays; OFFICER: that
    is the set-up file's.
    """
    if admin_id not in await staff.lock_role(work.session, RoleName.ADMIN):
        return Taken.STRANGER
    if role not in TAKEABLE:
        return Taken.OFFICER
    held = await staff.lock_role(work.session, role)
    grant = held.get(person_id)
    if grant is None:
        return Taken.SAME
    if role is RoleName.ADMIN and len(held) < 2:
        return Taken.LAST
    grant.taken_at, grant.taken_by = work.now, admin_id
    detail = {"role": role.value}
    work.session.add(AuditEntry(at=work.now, actor_id=admin_id, action="role_taken", about=person_id, detail=detail))
    await work.session.flush()
    await _leave_desks(work, person_id, role, admin_id)
    await let_go(work, person_id)
    await making.hand_over(work.session)
    return Taken.DONE


async def let_go(work: Work, person_id: int) -> None:
    """Bring a person's open reports that they may not have (any more) back to the desk, and close what they opened."""
    held = await locked_all(work.session, Report, list(await staff.held_by(work.session, person_id)))
    admin = RoleName.ADMIN in await staff.roles(work.session, person_id)
    for report in held.values():
        if admin or await staff.works_at(work.session, person_id, report.desk_id):
            continue
        report.holder_id = report.opened_at = report.chased = None  # nobody who is left has read or heard of it
        move(report, ReportStatus.RECEIVED)
        await step(work, report, None, "released", before=str(person_id))
        await cards.refresh(work, report)
    await staff.use_up_links(work.session, person_id, now=work.now)
    await _close_opened(work, person_id)


async def _close_opened(work: Work, person_id: int) -> None:
    opened = await eyes.told_in(work.session, person_id, cards.IN_PRIVATE, limit=MOST)
    for report in (await locked_all(work.session, Report, sorted(opened))).values():
        await cards.close_private(work, report)


async def settle(work: Work, before: Mapping[int, Collection[tuple[str, str]]] | None = None) -> None:
    """Bring back what people have whose role or desk the set-up file took away.

    *before* is what everybody's rights came from (`staff.standing`): who lost any of it also loses what they opened.
    """
    await making.hand_over(work.session)
    for person_id in await staff.holders(work.session):
        if not await _keeps_all(work, person_id):
            await let_go(work, person_id)
    now = await staff.standing(work.session)
    for person_id, had in sorted((before or {}).items()):
        if set(had) - now.get(person_id, set()):
            await _close_opened(work, person_id)


async def _keeps_all(work: Work, person_id: int) -> bool:
    if RoleName.ADMIN in await staff.roles(work.session, person_id):
        return True
    held = [await work.session.get(Report, report_id) for report_id in await staff.held_by(work.session, person_id)]
    desks = {report.desk_id for report in held if report is not None}
    return all([await staff.works_at(work.session, person_id, desk_id) for desk_id in sorted(desks)])


async def _leave_desks(work: Work, person_id: int, role: RoleName, admin_id: int) -> None:
    """Take a former worker off every desk: another contact, and out of the groups."""
    for row, desk in await staff.desk_rows(work.session, person_id):
        if role is RoleName.WORKER:
            row.taken_at = work.now
            if desk.contact_id == person_id:
                desk.contact_id = admin_id
        await work.session.flush()
        if not await eyes.is_colleague(work.session, desk.chat_id, person_id):
            work.put(PutOutOfGroup(desk.id, person_id), chat=desk.chat_id)
