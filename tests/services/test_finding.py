"""Pages of lists and searches on both databases: each report once, in order, whatever changes while somebody turns."""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.enums import Kind, ReportStatus, RoleName
from bot.services.desk import finding
from bot.services.desk.finding import At, Page, Reader, Refused, Unfindable
from storage.engine import Database
from storage.models import Desk, Report, RoleGrant
from storage.queries import finding as queries
from storage.work import Work
from tests.services.desks import FILMWIJK, NOW, OMAR, SAMIRA, STEDENWIJK, WILMA, open_town, told

Look = Callable[[At | None], Awaitable[Page]]


async def busy(work: Work, count: int, *, seed: int = 1) -> list[Report]:
    """Return reports at Samira's desk that differ in all that orders them."""
    chance, made = random.Random(seed), []
    for _ in range(count):
        report = await told(work, danger=chance.random() < 0.1, kind=chance.choice((Kind.PLACE, Kind.NUISANCE)))
        report.promise_on = None if report.danger else NOW.date() + timedelta(days=chance.randint(-5, 5))
        if chance.random() < 0.3:
            report.status, report.closed_at = ReportStatus.CLOSED, NOW
        made.append(report)
    await work.session.flush()
    return made


async def own(work: Work, person: int = SAMIRA) -> Reader:
    who = await finding.reader(work, person, chat=None)
    assert isinstance(who, Reader)
    return who


def numbers(page: Page) -> list[int]:
    return [line.report.id for line in page.lines]


async def walk(look: Look) -> list[int]:
    """Return what is seen from the first page to the last, and check that the way back shows the same."""
    page = await look(None)
    pages = [page]
    while page.later is not None:
        page = await look(page.later)
        pages.append(page)
        assert len(pages) < 200
    back = [page]
    while page.earlier is not None:
        page = await look(page.earlier)
        back.append(page)
    there = [number for page in pages for number in numbers(page)]
    assert there == [number for page in reversed(back) for number in numbers(page)]
    assert len(set(there)) == len(there)
    return there


async def test_every_list_shows_each_report_once_in_order(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        made = await busy(work, 40)
        for report in made[:9]:
            report.holder_id = SAMIRA
        await work.session.flush()
        ordered = sorted(made, key=lambda report: (report.standing, report.id))
        running = [report for report in ordered if report.status is not ReportStatus.CLOSED]
        who = await own(work)
        assert await walk(lambda at: finding.open_at(work, who, at)) == [report.id for report in running]
        mine = [report.id for report in running if report.holder_id == SAMIRA]
        assert await walk(lambda at: finding.mine(work, who, SAMIRA, at)) == mine
        assert await walk(lambda at: finding.mine(work, who, OMAR, at)) == []
        assert await walk(_search(work, who, "Stedenwijk")) == [report.id for report in ordered]
        unsealed = [report.id for report in ordered if not report.sealed]
        assert await walk(_search(work, who, "kapotte lantaarn")) == unsealed


@pytest.mark.parametrize("scan", [3, 10])
async def test_a_search_that_looks_through_a_few_at_a_time_still_finds_all(
    database: Database, monkeypatch: pytest.MonkeyPatch, scan: int
) -> None:
    monkeypatch.setattr(queries, "SCAN", scan)
    await open_town(database)
    async with database.write(NOW) as work:
        made = [await told(work) for _ in range(25)]
        for report in made[::6]:
            report.text = "De lantaarnpaal bij de vijver"
        for report in made[1::2]:
            report.text = "Vuilnis bij de vijver"
        await work.session.flush()
        who = await own(work)
        found = await walk(_search(work, who, "vijver lantaarnpalen"))
        assert sorted(found) == sorted(report.id for report in made[::6])


async def test_turning_pages_while_reports_are_closed_loses_none_that_stays(database: Database) -> None:
    await open_town(database)
    chance = random.Random(7)
    async with database.write(NOW) as work:
        made = [report for report in await busy(work, 60) if report.status is not ReportStatus.CLOSED]
        who, seen, at = await own(work), [], None
        while True:
            page = await finding.open_at(work, who, at)
            seen += numbers(page)
            for report in chance.sample(made, 3):
                report.status, report.closed_at = ReportStatus.CLOSED, NOW
            await work.session.flush()
            if page.later is None:
                break
            at = page.later
        stays = {report.id for report in made if report.status is not ReportStatus.CLOSED}
        assert stays <= set(seen)
        assert len(seen) == len(set(seen))


async def test_who_may_look_and_where(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        desks = {desk.key: desk for desk in (await work.session.scalars(select(Desk))).all()}
        assert [desk.key for desk in (await own(work)).desks] == ["stad-west"]
        assert [desk.key for desk in (await own(work, WILMA)).desks] == ["stad", "veilig"]
        group = await finding.reader(work, WILMA, chat=desks["stad-west"].chat_id)
        assert isinstance(group, Reader), "an admin anywhere"
        assert await finding.reader(work, SAMIRA, chat=desks["stad"].chat_id) is Refused.NOT_YOURS
        assert await finding.reader(work, SAMIRA, chat=-2001) is Refused.NO_DESK
        assert await finding.reader(work, 9101, chat=None) is Refused.NO_WORKER
        (await work.session.get_one(RoleGrant, (SAMIRA, RoleName.WORKER))).taken_at = NOW
        await work.session.flush()
        assert await finding.reader(work, SAMIRA, chat=None) is Refused.NO_WORKER
        assert await finding.reader(work, SAMIRA, chat=desks["stad-west"].chat_id) is Refused.NOT_YOURS


async def test_numbers_names_and_words_that_say_nothing(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        here, there = await told(work, area=STEDENWIJK), await told(work, area=FILMWIJK)
        here.number, here.year, there.number = 42, 2025, 43
        await work.session.flush()
        who = await own(work)
        for typed in ("42", "0042", "#42", "M-2025-0042", "m 2025-0042", "melding 42"):
            assert numbers(await _search(work, who, typed)(None)) == [here.id], typed
        for typed in (
            "43",
            "M-2026-0042",
            "9999999",
            "Filmwijk",
            "42000000000000000000000",
            "' OR 1=1",
            "%",
            "lant_arn",
        ):
            found = await finding.search(work, who, typed)
            assert found is Unfindable.TOO_COMMON or (isinstance(found, Page) and not found.lines), typed
        for typed in ("", "😀", "de en het", "<b>"):
            found = await finding.search(work, who, typed)
            assert found is Unfindable.TOO_COMMON or (isinstance(found, Page) and not found.lines), typed
        assert await _search(work, who, "x" * 5000)(None) == Page([])


def _search(work: Work, who: Reader, typed: str) -> Look:
    async def look(at: At | None) -> Page:
        found = await finding.search(work, who, typed, at)
        assert isinstance(found, Page)
        return found

    return look
