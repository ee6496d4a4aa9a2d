"""Workers' own signals: the same path as a resident's report, with nobody who hears back."""

from bot.domain.enums import Language, ReportStatus, RoleName
from bot.domain.signals import Ask, SignalDraft, next_ask
from bot.domain.time import local_date
from bot.services.desk import cards
from bot.services.reporting.attaching import attach
from bot.services.town import routing
from bot.services.triage.history import audit
from storage.ids import new_id
from storage.models import Person, Report, ReportEvent
from storage.queries import reports as queries
from storage.queries import staff, town
from storage.work import Work


async def may_record(work: Work, person_id: int) -> bool:
    """Tell whether this person is a worker or an admin now."""
    return bool({RoleName.WORKER, RoleName.ADMIN} & await staff.roles(work.session, person_id))


async def record(work: Work, person: Person, draft: SignalDraft, draft_id: int) -> Report | None:
    """Make the report of *draft*, exactly once, with its number and card; None when it is not finished.

    There is no resident: no receipt, no promise, no later message.
    """
    if earlier := await queries.of_draft(work.session, draft_id):
        return earlier
    if next_ask(draft) is not Ask.SEND or draft.kind is None or draft.theme is None or draft.source is None:
        return None
    organisation = await town.organisation(work.session)
    year = local_date(work.now, organisation.zone).year
    to = await routing.desk_for(work, kind=draft.kind, theme=draft.theme, area_code=draft.area)
    report = Report(
        id=new_id(),
        draft_id=draft_id,
        year=year,
        number=await queries.next_number(work.session, year),
        resident_id=None,
        recorded_by=person.id,
        source=draft.source,
        language=Language.DUTCH,
        kind=draft.kind,
        theme=draft.theme,
        area_code=draft.area,
        text=draft.text,
        about_people=bool(draft.about_people),
        danger=bool(draft.danger),
        danger_words=draft.signs.danger,
        under_16=draft.signs.under_16,
        sealed=draft.sealed,
        may_write_back=True,
        desk_id=to.desk.id,
        rule_position=to.rule_position,
        promise_on=None,
        created_at=work.now,
        changed_at=work.now,
    )
    work.session.add(report)
    await work.session.flush()
    attach(work, report, draft.media)
    event = ReportEvent(report_id=report.id, at=work.now, actor_id=person.id, action="sent")
    event.after = ReportStatus.RECEIVED
    work.session.add(event)
    audit(work, person.id, "recorded", report)
    await work.session.flush()
    await cards.refresh(work, report)
    return report
