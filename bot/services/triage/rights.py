"""Who may do what with a report. Read from the database at each tap; a role that was taken away counts at once.

Source: "Who may tap", "Sealed reports" and "Absence".
"""

from enum import StrEnum

from bot.domain.enums import RoleName
from bot.domain.time import local_date
from storage.models import Desk, Report
from storage.queries import staff, town
from storage.queries import triage as queries
from storage.work import Work


class Act(StrEnum):
    """What somebody wants to do with a report."""

    LOOK = "look"
    TAKE = "take"
    TAKE_OVER = "take_over"
    HAND_OVER = "hand_over"
    WRITE = "write"
    CLOSE = "close"
    OPEN = "open"
    CORRECT = "correct"
    NOTE = "note"
    BLOCK = "block"


#: What workers of other desks may do as well.
_ANY_WORKER = frozenset({Act.LOOK, Act.CORRECT, Act.NOTE})
#: What every worker of the desk may do, whoever has the report.
_WHOLE_DESK = frozenset({Act.TAKE, Act.TAKE_OVER})


async def permits(work: Work, report: Report, person_id: int, act: Act) -> bool:
    """Tell whether this person may do this with *report* now.

    Talking to the resident and closing are for who has the report (holder, substitute, the desk's contact); an
    admin may do it on an open report, and takes a sealed one first.
    """
    roles = await staff.roles(work.session, person_id)
    admin = RoleName.ADMIN in roles
    if not admin and RoleName.WORKER not in roles:
        return False
    if act in _ANY_WORKER:
        return True
    here = admin or await staff.works_at(work.session, person_id, report.desk_id)
    if act in _WHOLE_DESK:
        return here
    if act is Act.OPEN and not report.sealed and here:
        return True
    if admin and not report.sealed:
        return True
    return await _in_charge(work, report, person_id, here=here)


async def may_open(work: Work, report: Report, person_id: int) -> bool:
    """Tell whether this person may read *report* in private now.

    A sealed one: only its holder, the holder's substitute and the desk's contact.
    """
    return await permits(work, report, person_id, Act.OPEN)


async def may_be_worried(work: Work, report: Report, person_id: int) -> bool:
    """Tell whether the meldcode is for this person: who has a sealed or ⚠ report, or replaces who has it."""
    if not (report.sealed or report.danger) or report.holder_id is None:
        return False
    return person_id in (report.holder_id, await substitute_of(work, report.holder_id))


async def substitute_of(work: Work, person_id: int) -> int | None:
    """Return who replaces this worker today; None for a worker who is there, or whom nobody replaces."""
    zone = await town.zone(work.session)
    absence = await queries.absence_of(work.session, person_id, local_date(work.now, zone))
    return absence.substitute_id if absence and absence.since <= work.now else None


async def _in_charge(work: Work, report: Report, person_id: int, *, here: bool) -> bool:
    if report.holder_id == person_id:
        return here
    desk = await work.session.get(Desk, report.desk_id)
    if desk is not None and desk.contact_id == person_id:
        return True
    return report.holder_id is not None and await substitute_of(work, report.holder_id) == person_id
