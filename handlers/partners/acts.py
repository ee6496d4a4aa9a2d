"""What a worker does with a mail that stands already: send it again, call it off, note that the partner answered."""

from telegram import Update

from bot.services import partners
from bot.services.triage import Act, Outcome, Verdict, look
from bot.texts import partners as texts
from bot.texts import triage_answers as staff_texts
from handlers.buttons import Key
from handlers.context import Ctx
from handlers.partners.buttons import AgainMail, AnsweredMail, CancelMail
from handlers.routes import OnButton, Route
from handlers.staff.private import private_t, refusal, show, tell
from handlers.views import letters
from storage.models import Partner, PartnerMail, Person, Report


async def again(_update: Update, context: Ctx, pressed: AgainMail) -> None:
    """Send a mail once more, after showing it."""
    if not _in_private(context):
        return
    if not context.scope.mail:
        tell(context, texts.no_mail(context.t))
        return
    mail = await context.work.session.get(PartnerMail, pressed.mail)
    if mail is None:
        context.refused()
        tell(context, staff_texts.gone(context.t))
        return
    t, partner = private_t(context), await context.work.session.get(Partner, mail.partner_id)
    name = partner.name if partner else "?"
    if not pressed.sure:
        await _ask(context, mail, partner)
        return
    outcome = await partners.resend(context.work, mail.id, pressed.attempt, context.person)
    show(context, texts.on_its_way(t, partner=name) if outcome.done else _why(context, outcome), [])


async def _ask(context: Ctx, mail: PartnerMail, partner: Partner | None) -> None:
    """Show what goes again, to who may send it."""
    outcome = await look(context.work, mail.report_id, context.person.id, None, Act.WRITE)
    report = await context.work.session.get(Report, mail.report_id)
    if not outcome.done or report is None or partner is None:
        show(context, refusal(context, outcome), [])
        return
    subject, body = await letters.words(
        context.work,
        context.scope.translators(None),
        report,
        partner,
        await context.work.session.get(Person, mail.worker_id) if mail.only_number else context.person,
        summary=mail.summary,
        photos=len(mail.photos),
        work_number=(mail.work_number or "") if mail.only_number else None,
    )
    t = private_t(context)
    send = Key(texts.labels_of(t)["send"], AgainMail(mail.id, mail.attempt, sure=True))
    show(context, texts.once_more(t, partner=partner.name, quote=texts.quoted(subject, body)), [[send]])


async def cancel(_update: Update, context: Ctx, pressed: CancelMail) -> None:
    """Call a mail off that still waits."""
    if _in_private(context):
        outcome = await partners.cancel(context.work, pressed.mail, pressed.attempt, context.person)
        show(context, texts.cancelled(private_t(context)) if outcome.done else _why(context, outcome), [])


async def answered(_update: Update, context: Ctx, pressed: AnsweredMail) -> None:
    """Note that the partner has answered."""
    if _in_private(context):
        outcome = await partners.answered(context.work, pressed.mail, pressed.attempt, context.person)
        show(context, texts.noted(private_t(context)) if outcome.done else _why(context, outcome), [])


def _in_private(context: Ctx) -> bool:
    if not context.is_private:
        context.refused()
        tell(context, staff_texts.impossible(context.t))
    return context.is_private


def _why(context: Ctx, outcome: Outcome) -> str:
    if outcome.verdict in (Verdict.STALE, Verdict.IMPOSSIBLE):
        return texts.changed(private_t(context))
    return refusal(context, outcome)


BUTTONS: list[Route] = [OnButton(AgainMail, again), OnButton(CancelMail, cancel), OnButton(AnsweredMail, answered)]
