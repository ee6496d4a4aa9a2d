"""The resident's side: reading exactly what would go to whom, yes, no, and taking a yes back."""

from telegram import Update

from bot.domain.enums import PartnerMailState, ReportStatus
from bot.services import partners
from bot.services.partners import Answer
from bot.texts import partner_yes as texts
from bot.texts import resident as resident_texts
from handlers.context import Ctx, keys
from handlers.partners.asking import question, yes_or_no
from handlers.partners.buttons import ReadPass, SayNo, SayYes, TakeYesBack
from handlers.routes import OnOwnButton, Route
from storage.models import Partner, PartnerMail, Person
from storage.queries import town


async def read(_update: Update, context: Ctx, pressed: ReadPass) -> None:
    """Show the question, to the resident of this report only; or what became of it."""
    found = await partners.asked_of(context.work, pressed.mail, context.person)
    if found is None:
        context.show(resident_texts.not_there(context.t), new=True)
        return
    mail, report = found
    partner = await context.work.session.get(Partner, mail.partner_id)
    if partner is None or report.status is ReportStatus.CLOSED or mail.state is not PartnerMailState.ASKING:
        await _show_state(context, mail)
        return
    worker = await context.work.session.get(Person, mail.worker_id)
    organisation = await town.organisation(context.work.session)
    sender = resident_texts.signed(
        context.t, name=(worker.name if worker else None) or "?", organisation=organisation.name
    )
    mail_t = context.scope.translators(None)
    text = await question(context.work, context.t, mail_t, sender, mail, report, partner)
    context.show(text, yes_or_no(context.t, mail))


async def say_yes(_update: Update, context: Ctx, pressed: SayYes) -> None:
    """Let it go."""
    await _after(context, pressed.mail, await partners.agree(context.work, pressed.mail, context.person))


async def say_no(_update: Update, context: Ctx, pressed: SayNo) -> None:
    """Let nothing go."""
    await _after(context, pressed.mail, await partners.decline(context.work, pressed.mail, context.person))


async def take_yes_back(_update: Update, context: Ctx, pressed: TakeYesBack) -> None:
    """Take the yes back."""
    await _after(context, pressed.mail, await partners.take_back(context.work, pressed.mail, context.person))


async def _after(context: Ctx, mail_id: int, answer: Answer) -> None:
    found = await partners.asked_of(context.work, mail_id, context.person)
    if answer is Answer.GONE or found is None:
        context.show(texts.not_asked_any_more(context.t), new=found is None)
    else:
        await _show_state(context, found[0])


async def _show_state(context: Ctx, mail: PartnerMail) -> None:
    """Say what became of the question, the same at a second tap."""
    t = context.t
    partner = await context.work.session.get(Partner, mail.partner_id)
    name = partner.name if partner else "?"
    if mail.state in (PartnerMailState.WAITING, PartnerMailState.SENT, PartnerMailState.FAILED):
        context.show(texts.said_yes(t, partner=name), keys((texts.take_back(t), TakeYesBack(mail.id))))
    elif mail.state is PartnerMailState.DECLINED:
        context.show(texts.said_no(t, partner=name))
    elif mail.state is PartnerMailState.WITHDRAWN:
        context.show(texts.took_back(t, partner=name, gone=mail.sent_at is not None))
    else:
        context.show(texts.not_asked_any_more(t))


BUTTONS: list[Route] = [
    OnOwnButton(ReadPass, read),
    OnOwnButton(SayYes, say_yes),
    OnOwnButton(SayNo, say_no),
    OnOwnButton(TakeYesBack, take_yes_back),
]
