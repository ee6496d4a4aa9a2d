"""The question to the resident, as it reads in a message and when it is opened: exactly what goes to whom."""

from bot.domain.reports import format_number
from bot.texts import Translator
from bot.texts import partner_yes as texts
from bot.texts import partners as partner_texts
from handlers.buttons import Key, Keyboard
from handlers.partners.buttons import SayNo, SayYes
from handlers.views import letters
from storage.models import Partner, PartnerMail, Person, Report
from storage.work import Work


async def question(
    work: Work, t: Translator, mail_t: Translator, sender: str, mail: PartnerMail, report: Report, partner: Partner
) -> str:
    """Return the question; *t* is the resident's language, *mail_t* that of the mail, *sender* ready for HTML."""
    subject, body = await letters.words(
        work,
        mail_t,
        report,
        partner,
        await work.session.get(Person, mail.worker_id),
        work_number=mail.work_number or "",
    )
    number = format_number(report.year, report.number)
    return texts.ask_yes(
        t, number=number, sender=sender, partner=partner.name, quote=partner_texts.quoted(subject, body)
    )


def yes_or_no(t: Translator, mail: PartnerMail) -> Keyboard:
    """Return the two buttons of the question."""
    return [[Key(texts.yes(t), SayYes(mail.id)), Key(texts.no(t), SayNo(mail.id))]]
