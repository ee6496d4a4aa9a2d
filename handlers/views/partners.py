"""Drawing what is said about mails to partners: to the resident who is asked, and to who has the report."""

from bot.domain.enums import Language, MediaKind, PartnerMailState, ReportStatus
from bot.domain.notices.partners import PartnerAsk, PartnerNews, PartnerPhoto, PartnerSilent
from bot.domain.reports import format_number
from bot.services import triage
from bot.texts import partners as texts
from bot.texts import resident as resident_texts
from handlers.buttons import Key, Keyboard
from handlers.partners.asking import question, yes_or_no
from handlers.partners.buttons import AgainMail, AnsweredMail, ReadPass, TickPhoto
from handlers.partners.drafts import ABOUT, load
from handlers.staff.buttons import Open
from handlers.views import for_a_day
from handlers.views.drawing import Drawing, Drawn, Media, NotAnyMore, Remove
from handlers.views.registry import Reading, view
from handlers.views.resident import sender_of
from storage.models import Partner, PartnerMail, Report, ReportEvent
from storage.queries import town
from storage.queries import triage as queries


@view(PartnerAsk)
async def partner_ask(notice: PartnerAsk, reading: Reading) -> Drawn:
    """Ask the resident; of a sealed report the screen says only that there is a message."""
    found = await _of(reading, notice.mail)
    if found is None:
        return NotAnyMore("gone")
    mail, report, partner = found
    asked = mail.state is PartnerMailState.ASKING and report.status is not ReportStatus.CLOSED
    if not asked or report.resident_id != reading.chat_id or not report.may_write_back:
        return NotAnyMore("not_asked")
    t = reading.t
    organisation = await town.organisation(reading.work.session)
    if report.sealed:
        text = resident_texts.discreet(t, organisation=organisation.name)
        return Drawing(text=text, keyboard=[[Key(resident_texts.read_label(t), ReadPass(mail.id))]])
    sender = await sender_of(reading, mail.worker_id)
    mail_t = reading.translator(Language(organisation.languages[0]))
    text = await question(reading.work, t, mail_t, sender, mail, report, partner)
    return Drawing(text=text, keyboard=yes_or_no(t, mail))


@view(PartnerNews)
async def partner_news(notice: PartnerNews, reading: Reading) -> Drawn:
    """Tell the holder what the resident said, or that a mail did not arrive."""
    found = await _readable(reading, notice.mail, notice.person)
    event = await reading.work.session.get(ReportEvent, notice.event)
    if found is None or event is None:
        return NotAnyMore("not_theirs")
    mail, report, partner = found
    t = reading.t
    number = format_number(report.year, report.number)
    text = texts.news(t, action=event.action, number=number, partner=partner.name, reason=mail.reason)
    keyboard: Keyboard = [[Key(texts.labels_of(t)["open"], Open(report.id))]]
    if mail.state is PartnerMailState.FAILED and report.status is not ReportStatus.CLOSED:
        again = AgainMail(mail.id, mail.attempt, sure=False)
        keyboard.insert(0, [Key(texts.again_label(t, partner=partner.name), again)])
    return Drawing(text=text, keyboard=keyboard)


@view(PartnerSilent)
async def partner_silent(notice: PartnerSilent, reading: Reading) -> Drawn:
    """Nudge the holder about a silent partner."""
    found = await _readable(reading, notice.mail, notice.person)
    if found is None:
        return NotAnyMore("not_theirs")
    mail, report, partner = found
    silent = mail.state is PartnerMailState.SENT and mail.answered_at is None and mail.sent_at is not None
    if not silent or report.status is ReportStatus.CLOSED or mail.sent_at is None:
        return NotAnyMore("answered")
    t = reading.t
    number = format_number(report.year, report.number)
    text = texts.silent(t, number=number, partner=partner.name, day=t.day_of(mail.sent_at))
    again = Key(texts.again_label(t, partner=partner.name), AgainMail(mail.id, mail.attempt, sure=False))
    done = Key(texts.answered_label(t, partner=partner.name), AnsweredMail(mail.id, mail.attempt))
    return Drawing(text=text, keyboard=[[done], [again], [Key(texts.labels_of(t)["open"], Open(report.id))]])


@view(PartnerPhoto)
async def partner_photo(notice: PartnerPhoto, reading: Reading) -> Drawn:
    """Show one photo with its tick, as long as the draft is there and the worker may see it."""
    session = reading.work.session
    report = await session.get(Report, notice.report)
    draft = await queries.dialogue_of_draft(session, notice.person, notice.draft)
    photos = await queries.media_of(session, notice.report, (MediaKind.PHOTO,))
    position = next((at for at, photo in enumerate(photos, start=1) if photo.id == notice.media), None)
    may = report is not None and await triage.may_open(reading.work, report, notice.person)
    may = may and not await for_a_day.is_over(notice, reading)
    if report is None or draft is None or draft.about != ABOUT or position is None or not may:
        return NotAnyMore("gone") if reading.message_id is None else Remove([reading.message_id])
    t, names = reading.t, texts.labels_of(reading.t)
    ticked = notice.media in load(draft).photos
    number = format_number(report.year, report.number)
    text = texts.photo_caption(t, number=number, position=position, count=len(photos))
    label = names["stays_out"] if ticked else names["goes_along"]
    media = [Media(MediaKind.PHOTO, photos[position - 1].file_id)]
    keyboard = [[Key(label, TickPhoto(notice.draft, notice.media))]]
    return Drawing(text=text, media=media, keyboard=keyboard, protect=True)


async def _of(reading: Reading, mail_id: int) -> tuple[PartnerMail, Report, Partner] | None:
    session = reading.work.session
    mail = await session.get(PartnerMail, mail_id)
    report = await session.get(Report, mail.report_id) if mail else None
    partner = await session.get(Partner, mail.partner_id) if mail else None
    return (mail, report, partner) if mail and report and partner else None


async def _readable(reading: Reading, mail_id: int, person_id: int) -> tuple[PartnerMail, Report, Partner] | None:
    """Return a mail with its report and partner when this worker may read the report now."""
    found = await _of(reading, mail_id)
    return found if found and await triage.may_open(reading.work, found[1], person_id) else None
