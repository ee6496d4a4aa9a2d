"""Words and files of residents for staff: below the card in the group, and in a worker's private chat.

What may not stand where it stands any more (sealed, elsewhere, erased, another holder) is removed.
"""

from bot.domain.enums import MediaKind
from bot.domain.notices.triage import (
    CardMedia,
    ForgetPrivate,
    PrivateMedia,
    PrivateText,
    PrivateWords,
    PromptGone,
    RemoveMessage,
    ReportCard,
    ResidentWords,
)
from bot.domain.reports import ReportNumber, format_number, is_long_closed
from bot.services import triage
from bot.services.desk import cards
from bot.texts import triage as texts
from bot.texts import triage_notices as notice_texts
from handlers.buttons import Key, Keyboard
from handlers.staff.buttons import Open
from handlers.views import for_a_day
from handlers.views.drawing import Drawing, Drawn, Media, NotAnyMore, Remove
from handlers.views.registry import Reading, view
from storage.models import Desk, Report, ReportMedia, ReportMessage
from storage.queries import outbox
from storage.queries import triage as queries

#: UTF-16 units of words below their headline, in a message and in a caption; and all that Telegram takes in these.
_WORDS, _CAPTION = 3500, 900
_MESSAGE_HOLDS, _CAPTION_HOLDS = 4096, 1024


@view(CardMedia)
async def card_media(notice: CardMedia, reading: Reading) -> Drawn:
    """Draw the photos and videos of an open report as a reply to its card."""
    report = await _visible_at(reading, notice.report, notice.desk)
    files = [] if report is None else await queries.media_of(reading.work.session, notice.report, cards.VISUAL)
    if report is None or not files:
        return _gone(reading)
    if _is_late(report, reading):
        return NotAnyMore("closed long ago")
    media = [Media(file.kind, file.file_id) for file in files]
    return Drawing(text=_number(report), media=media, reply_to=await _card(reading, notice.report, notice.desk))


@view(ResidentWords)
async def resident_words(notice: ResidentWords, reading: Reading) -> Drawn:
    """Draw what a resident said later as a reply to the card."""
    report = await _visible_at(reading, notice.report, notice.desk)
    message = await reading.work.session.get(ReportMessage, notice.message)
    if report is None or message is None or not (message.text or message.media):
        return _gone(reading)
    if _is_late(report, reading):
        return NotAnyMore("closed long ago")
    media = [item for item in _media(message) if item.kind in cards.VISUAL]
    units = _CAPTION if media else _WORDS
    more = len(media) < len(message.media or ()) or _is_cut(message, units)
    keyboard = [[_open_key(reading, report)]] if more else []
    text = _words(reading, report, message, units)
    return Drawing(text=text, media=media, keyboard=keyboard, reply_to=await _card(reading, report.id, notice.desk))


@view(PrivateWords)
async def private_words(notice: PrivateWords, reading: Reading) -> Drawn:
    """Draw what a resident said later for one worker, with its files."""
    report = await _allowed(reading, notice.report, notice.person)
    message = await reading.work.session.get(ReportMessage, notice.message)
    if report is None or message is None or not (message.text or message.media):
        return _gone(reading)
    if await for_a_day.is_over(notice, reading):
        return _gone(reading)
    if notice.asked == 0 and _is_late(report, reading):
        return NotAnyMore("closed long ago")
    media = _media(message)
    keyboard: Keyboard = [[_open_key(reading, report)]] if len(media) < 2 else []
    if _is_cut(message, _CAPTION if media else _WORDS):  # all of it, without a headline
        text = texts.whole(message.text, _CAPTION_HOLDS if media else _MESSAGE_HOLDS)
    else:
        text = _words(reading, report, message, _CAPTION if media else _WORDS)
    return Drawing(text=text, media=media, keyboard=keyboard, protect=True)


@view(PrivateText)
async def private_text(notice: PrivateText, reading: Reading) -> Drawn:
    """Draw the whole text of a report, alone in its message, since it may fill one."""
    report = await _allowed(reading, notice.report, notice.person)
    if report is None or not report.text or await for_a_day.is_over(notice, reading):
        return _gone(reading)
    return Drawing(text=texts.whole(report.text, _MESSAGE_HOLDS), protect=True)


@view(PrivateMedia)
async def private_media(notice: PrivateMedia, reading: Reading) -> Drawn:
    """Draw one file of a report for one worker."""
    report = await _allowed(reading, notice.report, notice.person)
    file = await reading.work.session.get(ReportMedia, notice.media)
    if report is None or file is None or file.removed_at is not None or await for_a_day.is_over(notice, reading):
        return _gone(reading)
    text = notice_texts.goes_in_a_day(reading.t, number=_number(report))
    return Drawing(text=text, media=[Media(file.kind, file.file_id)], protect=True)


@view(ForgetPrivate)
async def forget_private(notice: ForgetPrivate, reading: Reading) -> Drawn:
    """Take away what a worker asked for a day ago."""
    row = await outbox.by_key(reading.work.session, notice.shown)
    if row is None or row.message_id is None:
        return NotAnyMore("never shown")
    return Remove([int(part) for part in row.parts or [row.message_id]], notice_texts.erased_here(reading.t))


@view(RemoveMessage)
async def remove_message(notice: RemoveMessage, _reading: Reading) -> Drawn:
    """Take away what a worker typed in the group as an answer."""
    return Remove([notice.message])


async def _visible_at(reading: Reading, report_id: int, desk_id: int) -> Report | None:
    """Return the report when the group of this desk may see its words now."""
    report = await reading.work.session.get(Report, report_id)
    desk = await reading.work.session.get(Desk, desk_id)
    if report is None or desk is None or report.desk_id != desk.id or cards.is_hidden(report, desk):
        return None
    return report


async def _allowed(reading: Reading, report_id: int, person_id: int) -> Report | None:
    """Return the report when this worker may open it now."""
    report = await reading.work.session.get(Report, report_id)
    return report if report is not None and await triage.may_open(reading.work, report, person_id) else None


@view(PromptGone)
async def prompt_gone(notice: PromptGone, reading: Reading) -> Drawn:
    """Take away what showed a report while somebody wrote about it."""
    return Remove([notice.message], notice_texts.erased_here(reading.t))


def _is_late(report: Report, reading: Reading) -> bool:
    """Tell whether this would be shown anew of a report that was closed long ago: somebody deleted the message."""
    return reading.message_id is None and is_long_closed(report.closed_at, reading.now)


def _gone(reading: Reading) -> Drawn:
    """Return the removal of the message that must not stand there any more; nothing when there is none."""
    if reading.message_id is None:
        return NotAnyMore("may not be shown")
    return Remove(list(reading.parts) or [reading.message_id], notice_texts.erased_here(reading.t))


async def _card(reading: Reading, report_id: int, desk_id: int) -> int | None:
    row = await outbox.by_key(reading.work.session, ReportCard(report_id, desk_id).key)
    return row.message_id if row is not None else None


def _media(message: ReportMessage) -> list[Media]:
    return [Media(MediaKind(kind), file_id) for kind, file_id, *_id in message.media or []]


def _words(reading: Reading, report: Report, message: ReportMessage, units: int) -> str:
    t = reading.t
    quote = texts.quoted(message.text, units) if message.text else notice_texts.resident_sent_files(t)
    resident = texts.resident(t, number=ReportNumber(report.number).short, name=report.resident_name)
    return notice_texts.resident_wrote(t, number=_number(report), resident=resident, quote=quote)


def _is_cut(message: ReportMessage, units: int) -> bool:
    return texts.shorten(message.text, units) != message.text


def _open_key(reading: Reading, report: Report) -> Key:
    return Key(notice_texts.open_report(reading.t), Open(report.id))


def _number(report: Report) -> str:
    return format_number(report.year, report.number)
