"""Photos that a resident sent along with a later message: they can be taken away as well.

They live in `ReportMessage.media` as [kind, file id, id of ours].
"""

from collections.abc import Sequence
from typing import Any

from bot.domain.enums import MessageDirection
from bot.domain.notices.conversation import ReplyPhotoNote
from bot.services.desk import cards
from storage.models import Person, Report, ReportMessage
from storage.queries import outbox
from storage.queries import triage as queries
from storage.queries.locking import locked
from storage.work import Work

_KIND, _ID, _WITH_ID = 0, 2, 3


def pictures(message: ReportMessage) -> list[int]:
    """Return our ids of the photos and videos of a message, in their order."""
    return [item[_ID] for item in message.media or () if _is_picture(item)]


def _is_picture(item: Sequence[Any]) -> bool:
    return len(item) >= _WITH_ID and item[_KIND] in cards.VISUAL


async def pictures_of(work: Work, report_id: int) -> list[int]:
    """Return our ids of all photos and videos of a report: its own, then those of later messages."""
    own = await queries.media_of(work.session, report_id, cards.VISUAL)
    later = await queries.messages_of(work.session, report_id, MessageDirection.RESIDENT)
    return [*(file.id for file in own), *(picture for message in later for picture in pictures(message))]


async def take_away(work: Work, person: Person, message_id: int, media_id: int) -> bool:
    """Take a photo out of one's own later message; False when it is not theirs or gone already."""
    message = await work.session.get(ReportMessage, message_id)
    report = await locked(work.session, Report, message.report_id) if message else None
    if report is None or report.resident_id != person.id:
        return False
    return await drop(work, report, media_id, by=person.id)


async def drop(work: Work, report: Report, media_id: int, *, by: int) -> bool:
    """Take a later photo out of a (locked) report and off every screen; False when it is not there."""
    for message in await queries.messages_of(work.session, report.id, MessageDirection.RESIDENT):
        if media_id not in pictures(message):
            continue
        await work.session.refresh(message, with_for_update=True)
        left = [item for item in message.media or () if not (_is_picture(item) and item[_ID] == media_id)]
        message.media = left or None
        await cards.words_changed(work, report, message, by=by)
        note = ReplyPhotoNote(message.id, 0)
        if report.resident_id is not None and await outbox.by_key(work.session, note.key):
            work.put(note, chat=report.resident_id)
        return True
    return False
