"""Learning from workers' corrections, on SQLite and on PostgreSQL: from which reports, and what stays of them."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.enums import Kind, Theme
from bot.domain.lessons import learned
from bot.services import triage
from bot.services.town import themes
from storage.engine import Database
from storage.models import LearnedThemes, Report
from storage.work import Work
from tests.services.desks import NOW, SAMIRA, open_town, someone, told

SAID = "de kleine bieb bij de vijver is leeg"


async def _corrected(
    work: Work, teller: int, text: str = SAID, *, kind: Kind = Kind.PLACE, danger: bool = False
) -> int:
    """Return a report of *teller* that a worker brought under sustainability."""
    report = await told(work, kind=kind, theme=Theme.LIVABILITY, danger=danger)
    report.resident_id, report.text = teller, text
    done = await triage.correct(
        work, report.id, await someone(work, SAMIRA), report.version, theme=Theme.SUSTAINABILITY
    )
    assert done.done
    return report.id


async def _learns(database: Database) -> None:
    async with database.read(NOW) as work:
        found = await themes.gather(work)
    async with database.write(NOW) as work:
        await themes.keep(work, learned(found))


async def _guess(database: Database, text: str = SAID) -> list[Theme]:
    async with database.read(NOW) as work:
        return (await themes.guesser(work)).rank(text)[0]


async def _kept(database: Database) -> str:
    async with database.read(NOW) as work:
        return json.dumps([row.counts for row in await work.session.scalars(select(LearnedThemes))])


async def test_what_several_people_meant_is_guessed_from_the_next_night_on(database: Database) -> None:
    await open_town(database)
    before = await _guess(database)
    assert before[0] is not Theme.SUSTAINABILITY
    async with database.write(NOW) as work:
        for teller in range(601, 613):
            await _corrected(work, teller)
    assert await _guess(database) == before
    await _learns(database)
    assert (await _guess(database))[0] is Theme.SUSTAINABILITY


@pytest.mark.parametrize("excluded", [{"kind": Kind.NUISANCE}, {"kind": Kind.PERSON}, {"danger": True}])
async def test_sealed_and_danger_reports_teach_nothing(database: Database, excluded: dict[str, object]) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        for teller in range(601, 606):
            await _corrected(work, teller, **excluded)  # type: ignore[arg-type]  # one of the keywords above
        assert await themes.gather(work) == []


async def test_what_was_sealed_later_erased_or_sounded_like_danger_teaches_nothing(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        ids = [await _corrected(work, teller) for teller in range(601, 606)]
        assert len(await themes.gather(work)) == 5
        for report_id, change in zip(ids, _CHANGES, strict=False):
            await work.session.execute(update(Report).where(Report.id == report_id).values(**change))
        assert len(await themes.gather(work)) == 1


_CHANGES: list[dict[str, object]] = [{"sealed": True}, {"text": ""}, {"danger_words": "fire"}, {"under_16": True}]


async def test_a_report_that_nobody_corrected_teaches_nothing(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        await triage.correct(work, report.id, await someone(work, SAMIRA), report.version, area="WK003418")
        assert await themes.gather(work) == []


async def test_nobodys_own_words_are_kept_and_what_was_erased_is_gone_after_a_night(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        ids = [await _corrected(work, teller) for teller in (601, 602, 603)]
        await _corrected(work, 604, f"{SAID}, groeten van Xantippe")
    await _learns(database)
    kept = await _kept(database)
    assert "bieb" in kept
    assert "xant" not in kept
    assert SAID not in kept
    async with database.write(NOW + timedelta(days=1)) as work:
        await work.session.execute(update(Report).where(Report.id.in_(ids[:2])).values(text=""))
    await _learns(database)
    assert await _kept(database) == "[]"
    async with database.read(NOW) as work:
        assert await themes.guesser(work) is themes.shipped()


async def test_the_newest_corrections_come_first_and_in_pages(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.queries.themes.CHUNK", 2)
    monkeypatch.setattr(themes, "MOST_CORRECTIONS", 5)
    await open_town(database)
    async with database.write(NOW) as work:
        for teller in range(601, 608):
            await _corrected(work, teller)
        assert [found.teller for found in await themes.gather(work)] == [607, 606, 605, 604, 603]


async def test_the_same_lessons_are_put_together_once(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        for teller in range(601, 605):
            await _corrected(work, teller)
    await _learns(database)
    async with database.read(NOW) as work:
        assert await themes.guesser(work) is await themes.guesser(work)
