"""How a report, its promise and a worker are named to a resident."""

from bot.domain.reports import format_number
from bot.services.reporting import reports
from bot.texts import Translator
from bot.texts import report_sent as sent_texts
from bot.texts import resident as resident_texts
from handlers.context import Ctx
from handlers.report import numbers
from storage.models import Person, Report
from storage.queries import town


def number_of(report: Report) -> str:
    """Return the number as it is shown."""
    return format_number(report.year, report.number)


def promise_of(t: Translator, report: Report) -> str:
    """Return by when the resident hears something; of danger, when it is read and whom to call."""
    if report.promise_on is None:
        return sent_texts.danger_hours(t, lines=numbers.listed(t, numbers.for_danger(report.danger_words)))
    say = sent_texts.promised if report.may_write_back else sent_texts.comes_back
    return say(t, before=reports.told_before(report.promise_on))


async def first_name_of(context: Ctx, person_id: int | None) -> str:
    """Return a worker's first name, or the organisation when there is none."""
    worker = await context.work.session.get(Person, person_id) if person_id else None
    organisation = await town.organisation(context.work.session)
    return worker.name if worker and worker.name else organisation.name


async def signed(context: Ctx, person_id: int | None) -> str | None:
    """Return a worker as residents see one: first name and organisation."""
    worker = await context.work.session.get(Person, person_id) if person_id else None
    if worker is None or not worker.name:
        return None
    organisation = await town.organisation(context.work.session)
    return resident_texts.signed(context.t, name=worker.name, organisation=organisation.name)
