"""What residents get from workers. Of a sealed report the screen says only that there is a message."""

from bot.domain.enums import MessageDirection
from bot.domain.notices.after import ClosingRated, LaterQuestion
from bot.domain.notices.triage import ClosingToResident, ToResident
from bot.domain.reports import format_number
from bot.services.triage import Later, after
from bot.texts import after as after_texts
from bot.texts import merging as merging_texts
from bot.texts import resident as texts
from handlers.buttons import Button, Key
from handlers.context import keys
from handlers.my_reports import ReadAnswer, ReplyTo
from handlers.my_reports.buttons import NotSolved
from handlers.triage.resident import thumbs_of
from handlers.triage.resident_buttons import AnswerLater, ReadClosing
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Person, Report, ReportEvent, ReportMessage
from storage.queries import town


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
    event = await reading.work.session.get(ReportEvent, notice.event)
    if report is None or event is None or not await after.stands(reading.work, report, event.id):
        return NotAnyMore("open again")
    if report.sealed:
        return await _discreet(reading, Key(texts.read_label(reading.t), ReadClosing(report.id, event.id)))
    text = await closing_text(reading, report, event)
    return Drawing(text=text, keyboard=keys(thumbs_of(reading.t, report.id, event.id), _not_solved(reading, report)))


@view(ClosingRated)
async def closing_rated(notice: ClosingRated, reading: Reading) -> Drawn:
    """Draw the closing with thanks for the thumb, where it stands."""
    report = await _of_resident(reading, notice.report)
    event = await reading.work.session.get(ReportEvent, notice.event)
    thumb = await after.thumb(reading.work, notice.report, notice.event)
    if report is None or event is None or thumb is None or report.close_reason is None or reading.message_id is None:
        return NotAnyMore("open again")
    lines = [await closing_text(reading, report, event), after_texts.thanks(reading.t, good=thumb == after.UP)]
    return Drawing(text="\n\n".join(lines), keyboard=keys(_not_solved(reading, report)))


@view(LaterQuestion)
async def later_question(notice: LaterQuestion, reading: Reading) -> Drawn:
    """Ask whether it is still all right, or say what was answered."""
    t, report = reading.t, await reading.work.session.get(Report, notice.report)
    if report is None or report.resident_id != reading.chat_id:
        return NotAnyMore("gone")
    number = format_number(report.year, report.number)
    if reading.message_id is not None:
        return await _later_answered(notice, reading, number)
    if not await after.may_ask(reading.work, report, notice.event, reading.chat_id):
        return NotAnyMore("not to be asked")
    yes, no, never = (AnswerLater(report.id, notice.event, said) for said in Later)
    return Drawing(
        text=after_texts.later_question(t, number=number),
        keyboard=keys(
            [(after_texts.later_good(t), yes), (after_texts.later_bad(t), no)], (after_texts.later_never(t), never)
        ),
    )


async def _later_answered(notice: LaterQuestion, reading: Reading, number: str) -> Drawn:
    said = await after.said_later(reading.work, notice.report, notice.event)
    if said is None:
        return Drawing(text=after_texts.later_stopped(reading.t))
    say = after_texts.later_answered_good if said is Later.GOOD else after_texts.later_answered_bad
    return Drawing(text=say(reading.t, number=number))


def _not_solved(reading: Reading, report: Report) -> tuple[str, Button]:
    return texts.not_solved_label(reading.t), NotSolved(report.id)


async def closing_text(reading: Reading, report: Report, event: ReportEvent) -> str:
    """Return what a closing says."""
    if report.close_reason is None:
        raise ValueError("a closed report has a reason")
    told = texts.closing(
        reading.t,
        number=format_number(report.year, report.number),
        reason=report.close_reason,
        detail=report.close_detail,
        sender=await sender_of(reading, event.actor_id),
    )
    into = await reading.work.session.get(Report, report.merged_into) if report.merged_into else None
    if into is None or into.sealed:
        return told
    return f"{told}\n{merging_texts.you_follow(reading.t, number=format_number(into.year, into.number))}"


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
