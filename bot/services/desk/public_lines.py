"""The worker's own public line about a report: the only words of it that an export may hold."""

from bot.domain.traces import has_house_number, may_be_kept
from bot.services.desk import cards
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import step
from bot.services.triage.rights import Act
from storage.models import Person
from storage.work import Work

#: Characters of a public line.
MAX_LINE = 300
#: What takes the line away.
_NONE = "-"


def may_be_public(text: str) -> bool:
    """Tell whether *text* names no telephone, number plate, house or e-mail address."""
    return may_be_kept(text) and not has_house_number(text) and "@" not in text


async def begin(work: Work, report_id: int, person: Person) -> Outcome:
    """Judge whether *person* may write it: who may close the report, also once it is closed. Never of a sealed one."""
    found = await look(work, report_id, person.id, None, Act.CLOSE)
    if found.report is None or found.verdict not in (Verdict.DONE, Verdict.CLOSED):
        return found
    return Outcome(Verdict.IMPOSSIBLE if found.report.sealed else Verdict.DONE, found.report)


async def write(work: Work, report_id: int, person: Person, text: str) -> Outcome:
    """Keep the line, or take it away ("-"). IMPOSSIBLE: a sealed report, or words that may not stand there."""
    found = await begin(work, report_id, person)
    if not found.done or found.report is None:
        return found
    line = " ".join(text.split())
    if len(line) > MAX_LINE or not may_be_public(line):
        return Outcome(Verdict.IMPOSSIBLE, found.report)
    found.report.public_line = None if line == _NONE else line
    await step(work, found.report, person.id, "public_line")
    await cards.refresh(work, found.report)
    return found
