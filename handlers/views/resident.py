"""What residents get from workers. Of a sealed report the screen says only that there is a message."""

from bot.domain.enums import MessageDirection, ReportStatus
from bot.domain.notices.triage import ClosingToResident, ToResident
from bot.domain.reports import format_number
from bot.texts import resident as texts
from handlers.buttons import Key
from handlers.my_reports import ReadAnswer, ReplyTo
from handlers.triage.resident_buttons import NotSolved, ReadClosing
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Person, Report, ReportEvent, ReportMessage
from storage.queries import town
from storage.queries import triage as queries


@view(ToResident)
async def to_resident(notice: ToResident, reading: Reading) -> Drawn:
    """Draw an answer or a question."""
    report = await _of_resident(reading, notice.report)
    message = await reading.work.session.get(ReportMessage, notice.message)
    if report is None or message is None or not message.text:
        return NotAnyMore("erased")
    t = reading.t
    if report.sealed:
        return await _discreet(reading, Key(texts.read_label(t), ReadAnswer(message.id)))
    sender = await sender_of(reading, message.author_id)
    say = texts.question if message.direction is MessageDirection.QUESTION else texts.answer
    text = say(t, number=format_number(report.year, report.number), sender=sender, text=message.text)
    return Drawing(text=text, keyboard=[[Key(texts.reply_label(t), ReplyTo(report.id))]])


@view(ClosingToResident)
async def closing_to_resident(notice: ClosingToResident, reading: Reading) -> Drawn:
    """Draw a closing, unless the report was opened again in the meantime."""
    report = await _of_resident(reading, notice.report)
    last = await queries.last_event(reading.work.session, notice.report, "closed")
    if report is None or report.status is not ReportStatus.CLOSED or last is None or last.id != notice.event:
        return NotAnyMore("open again")
    if report.sealed:
        return await _discreet(reading, Key(texts.read_label(reading.t), ReadClosing(report.id, last.id)))
    text = await closing_text(reading, report, last)
    return Drawing(text=text, keyboard=[[Key(texts.not_solved_label(reading.t), NotSolved(report.id))]])


async def closing_text(reading: Reading, report: Report, event: ReportEvent) -> str:
    """Return what a closing says."""
    if report.close_reason is None:
        raise ValueError("a closed report has a reason")
    return texts.closing(
        reading.t,
        number=format_number(report.year, report.number),
        reason=report.close_reason,
        detail=report.close_detail,
        sender=await sender_of(reading, event.actor_id),
    )


async def sender_of(reading: Reading, person_id: int | None) -> str:
    """Return a worker as residents see one: first name and organisation."""
    organisation = await town.organisation(reading.work.session)
    worker = await reading.work.session.get(Person, person_id) if person_id else None
    if worker is None or not worker.name:
        return organisation.name
    return texts.signed(reading.t, name=worker.name, organisation=organisation.name)


async def _discreet(reading: Reading, key: Key) -> Drawing:
    organisation = await town.organisation(reading.work.session)
    return Drawing(text=texts.discreet(reading.t, organisation=organisation.name), keyboard=[[key]])


async def _of_resident(reading: Reading, report_id: int) -> Report | None:
    """Return the report when it is still of the person in this chat, who wants to hear of it."""
    report = await reading.work.session.get(Report, report_id)
    if report is None or report.resident_id != reading.chat_id or not report.may_write_back:
        return None
    return report
