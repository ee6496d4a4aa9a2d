"""Drawing e-mails: in the organisation's first language, from the state of the moment in which they go."""

from bot.domain.enums import PartnerMailState
from bot.domain.notices.partners import PartnerLetter
from bot.domain.reports import format_number
from bot.services.partners import mails
from bot.texts import Translator
from bot.texts import partner_mail as texts
from handlers.views.drawing import Letter, NotAnyMore
from handlers.views.registry import Reading, letter
from storage.models import Partner, PartnerMail, Person, Report, ReportMedia
from storage.queries import town
from storage.work import Work


@letter(PartnerLetter)
async def partner_letter(notice: PartnerLetter, reading: Reading) -> Letter | NotAnyMore:
    """Draw the mail to a partner, if it may (still) go."""
    session = reading.work.session
    mail, report = await session.get(PartnerMail, notice.mail), await session.get(Report, notice.report)
    if mail is None or report is None or mail.state is not PartnerMailState.WAITING or mail.attempt != notice.attempt:
        return NotAnyMore("called_off")
    partner = await session.get(Partner, mail.partner_id)
    if partner is None or not partner.email or not await mails.may_go(reading.work, mail, report):
        return NotAnyMore("may_not_go")
    media = [await session.get(ReportMedia, media_id) for media_id in mail.photos]
    photos = [file.file_id for file in media if file is not None and file.removed_at is None]
    subject, body = await words(
        reading.work,
        reading.t,
        report,
        partner,
        await session.get(Person, mail.worker_id),
        summary=mail.summary,
        photos=len(photos),
        work_number=mail.work_number if mail.only_number else None,
    )
    organisation = await town.organisation(session)
    return Letter(
        to_name=partner.name,
        to_address=partner.email,
        from_name=organisation.name,
        reply_name=format_number(report.year, report.number),
        subject=subject,
        body=body,
        photos=photos,
    )


async def words(
    work: Work,
    t: Translator,
    report: Report,
    partner: Partner,
    worker: Person | None,
    *,
    summary: str = "",
    photos: int = 0,
    work_number: str | None = None,
) -> tuple[str, str]:
    """Return subject and body; with a *work_number* the mail is about a person and holds nothing else."""
    number = format_number(report.year, report.number)
    organisation = (await town.organisation(work.session)).name
    name = (worker.name if worker else None) or organisation
    if work_number is not None:
        return texts.call_subject(t, number=number), texts.call_body(
            t, number=number, worker=name, work_number=work_number
        )
    area = await town.area(work.session, report.area_code)
    body = texts.body(
        t,
        partner=partner.name,
        summary=summary,
        number=number,
        area=area.name if area else None,
        photos=photos,
        worker=name,
        organisation=organisation,
    )
    return texts.subject(t, number=number, organisation=organisation), body
