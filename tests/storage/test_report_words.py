"""What a report is found by follows the report, whoever changes it, in the same transaction."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.enums import CloseReason, Kind, ReportStatus, Theme
from bot.domain.searching import words_of
from bot.domain.standing import standing
from bot.services import retention, triage
from storage.engine import Database
from storage.migrate import upgrade
from storage.models import Area, Desk, Report, ReportWord
from storage.work import Work
from tests.services.desks import FILMWIJK, NOW, SAMIRA, STEDENWIJK, WILMA, open_town, someone, told

TEXTS = ("De lantaarnpaal is kapot", "Een bank is stuk", "", "Te weinig licht bij de vijver")


async def words(work: Work, report: Report) -> set[str]:
    found = await work.session.scalars(select(ReportWord.word).where(ReportWord.report_id == report.id))
    return set(found.all())


async def check(work: Work, reports: Sequence[Report]) -> None:
    """Every report has exactly the rows that its state says."""
    await work.session.flush()
    names = {area.code: area.name for area in (await work.session.scalars(select(Area))).all()}
    for report in reports:
        ended = (report.closed_at or report.changed_at).date()
        stands = standing(status=report.status, danger=report.danger, promise_on=report.promise_on, ended_on=ended)
        assert report.standing == stands
        rows = (await work.session.scalars(select(ReportWord).where(ReportWord.report_id == report.id))).all()
        kept = "" if report.sealed or not report.text else f"{report.text} {names.get(report.area_code or '', '')}"
        assert {row.word for row in rows} == set(words_of(kept))
        assert {(row.desk_id, row.standing) for row in rows} <= {(report.desk_id, stands)}


async def test_whatever_changes_a_report_changes_what_it_is_found_by(database: Database) -> None:
    await open_town(database)
    chance = random.Random(11)
    async with database.write(NOW) as work:
        desks = [desk.id for desk in (await work.session.scalars(select(Desk))).all()]
        reports = [await told(work) for _ in range(6)]
        for _ in range(120):
            report = chance.choice(reports)
            for name, value in chance.sample(
                [
                    ("text", chance.choice(TEXTS)),
                    ("sealed", chance.random() < 0.3),
                    ("desk_id", chance.choice(desks)),
                    ("area_code", chance.choice((STEDENWIJK, FILMWIJK, None))),
                    ("status", chance.choice(list(ReportStatus))),
                    ("danger", chance.random() < 0.2),
                    ("promise_on", chance.choice((None, date(2026, 11, 26), date(2026, 12, 1)))),
                    ("holder_id", chance.choice((None, SAMIRA))),
                ],
                2,
            ):
                setattr(report, name, value)
            report.closed_at = work.now if report.status is ReportStatus.CLOSED else None
            await check(work, reports)


async def test_sealing_erases_the_words_at_once(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        assert await words(work, report) == {"lantarnpal", "kapot", "stedenwijk"}
        outcome = await triage.correct(work, report.id, await someone(work, SAMIRA), 1, kind=Kind.NUISANCE)
        assert outcome.done
        assert await words(work, report) == set()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_who_read_the_report_before_it_was_sealed_brings_no_word_back(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report_id = (await told(work)).id
    async with database.write(NOW) as slow:
        seen = await slow.session.get_one(Report, report_id)
        async with database.write(NOW) as work:
            samira = await someone(work, SAMIRA)
            assert (await triage.correct(work, report_id, samira, 1, kind=Kind.NUISANCE)).done
        assert not seen.sealed
        seen.text += ", nog steeds"
    async with database.read(NOW) as work:
        assert (await work.session.get_one(Report, report_id)).sealed
        assert (await work.session.scalars(select(ReportWord))).all() == []


async def test_an_own_file_erases_them_and_so_does_the_year(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        own, old = await told(work), await told(work)
        samira = await someone(work, SAMIRA)
        for report, reason in ((own, CloseReason.OWN_FILE), (old, CloseReason.SOLVED)):
            await triage.take(work, report.id, samira, report.version)
            assert (await triage.close(work, report.id, samira, report.version, reason=reason)).done
        assert await words(work, own) == set()
        assert await words(work, old) == {"lantarnpal", "kapot", "stedenwijk"}
    async with database.write(NOW + timedelta(days=366)) as work:
        while any((await retention.erase_some(work)).values()):
            pass
    async with database.write(NOW + timedelta(days=366)) as work:
        assert (await work.session.scalars(select(ReportWord))).all() == []


async def test_another_desk_takes_them_along(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        before = report.desk_id
        await triage.correct(work, report.id, await someone(work, WILMA), 1, theme=Theme.SAFETY)
        assert report.desk_id != before
        await check(work, [report])


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
async def test_an_older_database_is_filled_by_the_migration(migrated_url: str) -> None:
    database = Database(migrated_url)
    await open_town(database)
    async with database.write(NOW) as work:
        kept = [await told(work), await told(work, kind=Kind.PERSON), await told(work, danger=True)]
        kept[0].promise_on = date(2026, 11, 26)
        await work.session.flush()
        stood = {report.id: report.standing for report in kept}
        found = {report.id: await words(work, report) for report in kept}
    await database.close()
    await _back(migrated_url)
    await upgrade(migrated_url)
    database = Database(migrated_url)
    async with database.read(NOW) as work:
        reports = (await work.session.scalars(select(Report))).all()
        assert {report.id: report.standing for report in reports} == stood
        assert {report.id: await words(work, report) for report in reports} == found
    await database.close()


async def _back(url: str) -> None:
    """Bring the database back to the version before."""
    from alembic import command
    from sqlalchemy.ext.asyncio import create_async_engine

    from storage.migrate import _config

    engine = create_async_engine(url)
    async with engine.begin() as connection:

        def down(sync: object) -> None:
            config = _config()
            config.attributes["connection"] = sync
            command.downgrade(config, "0001")

        await connection.run_sync(down)
    await engine.dispose()
