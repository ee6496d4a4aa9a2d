"""*Soort, thema, wijk*: a worker corrects them, the report is routed again, the resident retypes nothing."""

from bot.domain.enums import Kind, Theme
from bot.domain.reports import is_sealed
from bot.services.desk import cards
from bot.services.reporting import sealing
from bot.services.town import routing
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import step
from bot.services.triage.moving import give_to_desk
from bot.services.triage.rights import Act
from storage.models import Person, Report
from storage.queries import town
from storage.work import Work

#: The area of a report from outside the town, or from nobody knows where.
NOWHERE = "-"


async def correct(
    work: Work,
    report_id: int,
    person: Person,
    version: int,
    *,
    kind: Kind | None = None,
    theme: Theme | None = None,
    area: str | None = None,
) -> Outcome:
    """Correct what is given; *area* is a code, or `NOWHERE`.

    A kind that is sealed seals the report at once. It is never unsealed: the resident was told who reads it. SAME
    when nothing changes, IMPOSSIBLE for an area that does not exist.
    """
    found = await look(work, report_id, person.id, version, Act.CORRECT)
    report = found.report
    if not found.done or report is None:
        return found
    if area not in (None, NOWHERE) and await town.area(work.session, area) is None:
        return Outcome(Verdict.IMPOSSIBLE, report)
    changes = _changes(report, kind, theme, area)
    if not changes:
        return Outcome(Verdict.SAME, report)
    for action, (before, after) in changes.items():
        await step(work, report, person.id, action, before=before, after=after)
    await _seal(work, report, person)
    await _route(work, report, person)
    await cards.close_private(work, report)
    return Outcome(Verdict.DONE, report)


def _changes(
    report: Report, kind: Kind | None, theme: Theme | None, area: str | None
) -> dict[str, tuple[str | None, str | None]]:
    """Write the new values to *report* and return what changed, by the name of the step."""
    changes: dict[str, tuple[str | None, str | None]] = {}
    if kind is not None and kind is not report.kind:
        changes["kind"] = (report.kind, kind)
        report.kind = kind
    if theme is not None and theme is not report.theme:
        changes["theme"] = (report.theme, theme)
        report.theme = theme
    code = None if area == NOWHERE else area
    if area is not None and code != report.area_code:
        changes["area"] = (report.area_code, code)
        report.area_code = code
    return changes


async def _seal(work: Work, report: Report, person: Person) -> None:
    """Seal the report when its new kind is, and take its words and photos out of the group."""
    if report.sealed or not is_sealed(report.kind, danger=report.danger, under_16=report.under_16):
        return
    await sealing.seal(work, report, person.id)


async def _route(work: Work, report: Report, person: Person) -> None:
    """Bring the report to the desk that the rules name now."""
    old = report.desk_id
    routed = await routing.desk_for(work, kind=report.kind, theme=report.theme, area_code=report.area_code)
    if routed.desk.id == old:
        report.rule_position = routed.rule_position
        await cards.refresh(work, report)
        return
    await give_to_desk(work, report, routed, person.id)
    await cards.moved(work, report, old)
