"""What the bot itself tells a resident about their report: the receipt, the note under a photo, the wipe."""

from bot.domain.draft_offers import SOON, may_be_offered
from bot.domain.drafts import ReportDraft
from bot.domain.notices.reports import DraftOffer, PhotoNote, ReportReceipt, WipeChat
from bot.domain.reports import format_number
from bot.texts import my_reports as mine_texts
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from bot.texts import report_later as later_texts
from bot.texts import report_sent as sent_texts
from handlers.buttons import Key
from handlers.my_reports import OpenMine
from handlers.my_reports.naming import promise_of
from handlers.report.leaving import GoOn, ThrowAway
from handlers.report.media import RemovePhoto
from handlers.report.wiping import ABOUT, Wipe
from handlers.views.drawing import Drawing, Drawn, NotAnyMore, Remove
from handlers.views.registry import Reading, view
from storage.models import Dialogue, Report
from storage.queries import town


@view(ReportReceipt)
async def report_receipt(notice: ReportReceipt, reading: Reading) -> Drawn:
    """Draw number, promise and reader."""
    t = reading.t
    report = await reading.work.session.get(Report, notice.report)
    if report is None or report.resident_id != reading.chat_id:
        return NotAnyMore("report gone")
    organisation = await town.organisation(reading.work.session)
    text = sent_texts.receipt(
        t,
        number=format_number(report.year, report.number),
        reader=sent_texts.who_reads(t, organisation=organisation.name, sealed=report.sealed),
        promise=promise_of(t, report),
    )
    rows = [[Key(mine_texts.mine(t), OpenMine(None))]]
    if report.sealed:
        rows.append([Key(labels.wipe(t), Wipe())])
    return Drawing(text=text, keyboard=rows)


@view(PhotoNote)
async def photo_note(notice: PhotoNote, reading: Reading) -> Drawn:
    """Draw the note under a photo or album, with a button for each picture of it that is still there.

    Under the photo that began the report it is the first message, which ends with the danger line.
    """
    t = reading.t
    row = await reading.work.session.get(Dialogue, (reading.chat_id, reading.chat_id, ABOUT))
    if row is None or row.draft_id != notice.draft:
        return NotAnyMore("draft gone")
    draft = ReportDraft.model_validate(row.draft)
    pictures = [item for item in draft.media if item.note == notice.message]
    if not pictures:
        return Drawing(text=texts.photo_gone(t))
    rows = [
        [Key(labels.photo_away(t, number=at, of=len(pictures)), RemovePhoto(notice.draft, item.id))]
        for at, item in enumerate(pictures, start=1)
    ]
    begins = bool(draft.heard) and draft.heard[0][0] == notice.message
    text = f"{texts.photo_note(t)}\n\n{texts.danger_line(t)}" if begins else texts.photo_note(t)
    return Drawing(text=text, keyboard=rows, reply_to=notice.message)


@view(DraftOffer)
async def draft_offer(notice: DraftOffer, reading: Reading) -> Drawn:
    """Draw the offer of an unfinished draft, unless it was taken up, left or sent, or falls under discretion by now."""
    t = reading.t
    row = await reading.work.session.get(Dialogue, (reading.chat_id, reading.chat_id, ABOUT))
    if row is None or row.draft_id != notice.draft or not row.active or reading.now - row.changed_at < SOON:
        return NotAnyMore("draft not left open")
    draft = ReportDraft.model_validate(row.draft)
    if not may_be_offered(draft):
        return NotAnyMore("discretion")
    rows = [[Key(labels.resume(t), GoOn(row.draft_id))], [Key(labels.throw_away(t), ThrowAway(row.draft_id))]]
    return Drawing(text=later_texts.offer(t, text=draft.text), keyboard=rows)


@view(WipeChat)
async def wipe_chat(notice: WipeChat, _reading: Reading) -> Drawn:
    """Take the messages away."""
    return Remove(notice.ids)
