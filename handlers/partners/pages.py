"""What a worker sees in private while passing a report on."""

from bot import data
from bot.domain.enums import MediaKind, PartnerMailState, ReportStatus
from bot.services import partners
from bot.texts import general
from bot.texts import partners as texts
from bot.texts import triage_answers as staff_texts
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx
from handlers.conversation import Back, Stop
from handlers.partners.buttons import (
    AgainMail,
    AnsweredMail,
    CancelMail,
    OtherNumber,
    PhotosDone,
    PickForward,
    RewriteForward,
    SendForward,
    TurnPartners,
)
from handlers.partners.drafts import NUMBER, PARTNER, PHOTOS, WORDS, Forwarding
from handlers.staff.pages import Page, about_report
from handlers.staff.private import private_t
from handlers.turning import part
from handlers.views import card_lines, letters
from storage.models import Dialogue, Partner, PartnerMail, Report
from storage.queries import triage as queries

#: Help lines that people call instead: nothing is mailed there.
_TO_CALL = ("police", "safe_home")


async def reachable_partners(context: Ctx) -> list[Partner]:
    """Return the partners that a mail can go to, by name."""
    return [partner for partner in await queries.partners(context.work.session) if partner.email]


async def page(context: Ctx, report: Report, draft: Forwarding, row: Dialogue) -> Page:
    """Return the open step."""
    about, protect = await about_report(context, report)
    t = private_t(context)
    if row.step == PARTNER:
        return await _choose(context, report, draft, row)
    partner = await context.work.session.get(Partner, draft.partner)
    name = partner.name if partner else "?"
    if row.step == WORDS:
        return Page(texts.write_summary(t, about=about, partner=name), last_row(context, row), protect)
    if row.step == NUMBER:
        return Page(texts.ask_number(t, about=about, partner=name), last_row(context, row), protect)
    if row.step == PHOTOS:
        count = len(await queries.media_of(context.work.session, report.id, (MediaKind.PHOTO,)))
        go_on = [Key(texts.labels_of(t)["go_on"], PhotosDone(row.draft_id))]
        return Page(texts.photos_question(t, count=count), [go_on, *last_row(context, row)])
    return await _preview(context, report, draft, row, partner)


def last_row(context: Ctx, row: Dialogue) -> Keyboard:
    """Return *Terug* and *Stoppen*."""
    t = private_t(context)
    return [[Key(general.back(t), Back(row.draft_id)), Key(general.stop(t), Stop(row.draft_id))]]


async def _choose(context: Ctx, report: Report, draft: Forwarding, row: Dialogue) -> Page:
    t = private_t(context)
    about, protect = await about_report(context, report)
    before = await partners.mails_of(context.work, report.id)
    phones = [texts.phone(name=_named(line, t.language.value), number=line.number) for line in _lines()]
    text = texts.choose(t, about=about, lines=card_lines.mails(t, before), only_number=draft.only_number, phones=phones)
    names = [Key(one.name, PickForward(row.draft_id, one.id)) for one in await reachable_partners(context)]
    shown = part(t, names, draft.start, lambda start: TurnPartners(row.draft_id, start))
    keyboard = shown.rows
    for mail, partner in before:
        keyboard += [[key] for key in _keys_of(context, mail, partner, report)]
    return Page(text, [*keyboard, *last_row(context, row)], protect, hidden=shown.hidden)


def _lines() -> list[data.HelpLine]:
    return [line for key, line in data.help_lines().items() if key in _TO_CALL]


def _named(line: data.HelpLine, language: str) -> str:
    return line.name[language]


def _keys_of(context: Ctx, mail: PartnerMail, partner: Partner, report: Report) -> list[Key]:
    """Return what can be done with a mail that stands already."""
    t, at = private_t(context), (mail.id, mail.attempt)
    if report.status is ReportStatus.CLOSED:
        return []
    if mail.state in (PartnerMailState.ASKING, PartnerMailState.WAITING):
        return [Key(texts.cancel_label(t, partner=partner.name), CancelMail(*at))]
    again = Key(texts.again_label(t, partner=partner.name), AgainMail(*at, sure=False))
    if mail.state is PartnerMailState.FAILED:
        return [again]
    if mail.state is PartnerMailState.SENT:
        answered = Key(texts.answered_label(t, partner=partner.name), AnsweredMail(*at))
        return [answered, again] if mail.answered_at is None else [again]
    return []


async def _preview(context: Ctx, report: Report, draft: Forwarding, row: Dialogue, partner: Partner | None) -> Page:
    """Return exactly what goes to whom."""
    t, names = private_t(context), texts.labels_of(private_t(context))
    about, protect = await about_report(context, report)
    if partner is None or not partner.email:
        return Page(staff_texts.impossible(t), last_row(context, row))
    subject, body = await mail_words(context, report, draft, partner)
    text = texts.preview(t, about=about, partner=partner.name, address=partner.email, subject=subject, body=body)
    send, change = SendForward(row.draft_id, draft.fingerprint()), RewriteForward(row.draft_id)
    if not draft.only_number:
        keys = [[Key(names["send"], send)], [Key(names["rewrite"], change)]]
        return Page(text, [*keys, *last_row(context, row)], protect)
    number = [Key(names["number"], OtherNumber(row.draft_id))]
    if report.resident_id is None:
        text += "\n" + texts.told_you_yes(t)
        return Page(text, [[Key(names["said_yes"], send)], number, *last_row(context, row)], protect)
    text += "\n" + texts.yes_first(t, comes_back=not report.may_write_back)
    return Page(text, [[Key(names["ask"], send)], number, *last_row(context, row)], protect)


async def mail_words(context: Ctx, report: Report, draft: Forwarding, partner: Partner) -> tuple[str, str]:
    """Return subject and body of the mail that a draft will be, in the organisation's language."""
    return await letters.words(
        context.work,
        context.scope.translators(None),
        report,
        partner,
        context.person,
        summary=draft.summary,
        photos=len(draft.photos),
        work_number=(draft.work_number or "") if draft.only_number else None,
    )
