"""The example town's desks and a report at one of them, for tests of triage without a bot."""

from datetime import UTC, datetime

from bot.domain.enums import Kind, Reachable, Theme
from bot.domain.reports import is_sealed
from bot.services import setup
from bot.services.town import areas, routing
from storage.engine import Database
from storage.ids import new_id
from storage.models import Person, Report
from storage.queries.reports import next_number
from storage.work import Work
from tests.town import TOWN_FILE

#: A Monday, 10:00 in Almere.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAMIRA, OMAR, WILMA, FATIMA = 9001, 9002, 9003, 501
STEDENWIJK, FILMWIJK = "WK003427", "WK003418"


async def open_town(database: Database) -> None:
    """Set the town up, with one resident who writes to the bot."""
    file, lines = setup.parse(TOWN_FILE.read_text())
    async with database.write(NOW) as work:
        await setup.load(work, file, lines, areas.builtin())
        work.session.add(Person(id=FATIMA, created_at=NOW, reachable=Reachable.YES))


async def told(
    work: Work,
    *,
    kind: Kind = Kind.PLACE,
    theme: Theme = Theme.LIVABILITY,
    area: str = STEDENWIJK,
    danger: bool = False,
) -> Report:
    """Return a new report of the resident at the desk that the rules name."""
    routed = await routing.desk_for(work, kind=kind, theme=theme, area_code=area)
    report_id = new_id()
    report = Report(
        id=report_id,
        draft_id=report_id,
        year=2026,
        number=await next_number(work.session, 2026),
        resident_id=FATIMA,
        kind=kind,
        theme=theme,
        area_code=area,
        text="De lantaarnpaal is kapot",
        danger=danger,
        sealed=is_sealed(kind, danger=danger),
        desk_id=routed.desk.id,
        rule_position=routed.rule_position,
        created_at=work.now,
        changed_at=work.now,
    )
    work.session.add(report)
    await work.session.flush()
    return report


async def someone(work: Work, person_id: int) -> Person:
    """Return a person who is there."""
    found = await work.session.get(Person, person_id)
    assert found is not None
    return found
