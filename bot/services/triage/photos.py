"""*Foto weg* by a worker: people, children or number plates are on it."""

from bot.services.desk import cards
from bot.services.reporting import reply_photos
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import audit, step
from bot.services.triage.rights import Act
from storage.models import Person, ReportMedia
from storage.work import Work


async def take_photo_away(work: Work, report_id: int, person: Person, media_id: int, version: int) -> Outcome:
    """Take a file out of a report for good, by whoever may open it. SAME: it is gone already, or of another report."""
    found = await look(work, report_id, person.id, version, Act.OPEN)
    media = await work.session.get(ReportMedia, media_id)
    if not found.done or found.report is None:
        return found
    if media is None and await reply_photos.drop(work, found.report, media_id, by=person.id):
        audit(work, person.id, "photo_removed", found.report)
        return found
    if media is None or media.report_id != report_id or media.removed_at is not None:
        return Outcome(Verdict.SAME, found.report)
    media.removed_at = work.now
    audit(work, person.id, "photo_removed", found.report)
    await step(work, found.report, person.id, "photo_removed")
    await cards.photo_gone(work, found.report)
    return found
