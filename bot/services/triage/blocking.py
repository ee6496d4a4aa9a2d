"""*Blokkeren* and *Deblokkeren* from a card, without seeing who it is.

A block belongs to the report from whose card it was given: other cards of the same resident do not tell of it, so
that nobody learns which reports are of one person. A resident is blocked as long as one of them says so.
"""

from bot.services.desk import cards
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import audit, step
from bot.services.triage.rights import Act
from storage.models import Person
from storage.queries import reports as queries
from storage.queries.locking import locked
from storage.work import Work


async def block(work: Work, report_id: int, person: Person, version: int, *, on: bool) -> Outcome:
    """Block the resident of a report, or lift the block that was given from its card.

    SAME: it is so already. IMPOSSIBLE: the report has no resident (any more).
    """
    found = await look(work, report_id, person.id, version, Act.BLOCK)
    report = found.report
    if not found.done or report is None:
        return found
    if (report.blocked_at is not None) == on:
        return Outcome(Verdict.SAME, report)
    resident = await locked(work.session, Person, report.resident_id) if report.resident_id else None
    if resident is None:
        return Outcome(Verdict.IMPOSSIBLE, report)
    report.blocked_at = work.now if on else None
    await work.session.flush()
    if on:
        resident.blocked_at = resident.blocked_at or work.now
    elif not await queries.blocks_of(work.session, resident.id):
        resident.blocked_at = None
    name = "blocked" if on else "unblocked"
    audit(work, person.id, name, report)
    await step(work, report, person.id, name)
    await cards.refresh(work, report)
    return found
