"""Notes: for colleagues only."""

from bot.services.desk import cards
from bot.services.triage.gate import Outcome, look
from bot.services.triage.history import step
from bot.services.triage.rights import Act
from storage.models import Person, ReportNote
from storage.work import Work

#: Characters of one note.
MAX_NOTE = 1000


async def add_note(work: Work, report_id: int, person: Person, text: str) -> Outcome:
    """Keep a note of at most `MAX_NOTE` characters with the report."""
    found = await look(work, report_id, person.id, None, Act.NOTE)
    if found.done and found.report is not None:
        note = ReportNote(report_id=report_id, author_id=person.id, text=text[:MAX_NOTE], created_at=work.now)
        work.session.add(note)
        await step(work, found.report, person.id, "note")
        await cards.refresh(work, found.report)
    return found
