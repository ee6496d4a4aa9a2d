"""Following along merges, and grouping, joining and leaving while others merge, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.domain.enums import Theme
from bot.services import triage
from bot.services.reporting import following, me_too
from bot.services.triage import Verdict
from storage.engine import Database
from storage.models import Person, Report
from storage.queries import following as queries
from storage.queries import me_too as me_too_queries
from storage.work import Work
from tests.patience import PATIENCE_S
from tests.services.desks import FATIMA, NOW, OMAR, SAMIRA, open_town, someone, told

PIET, ELS, BO = 502, 503, 504
Act = Callable[[Work], Awaitable[object]]


async def _row(work: Work, residents: tuple[int, ...]) -> list[int]:
    """Reports about one lamp, each of another resident, all held by Samira; return their ids, ascending."""
    work.session.add_all(Person(id=person, created_at=NOW) for person in (PIET, ELS, BO))
    reports = []
    for resident in residents:
        report = await told(work)
        report.resident_id, report.lat, report.lon = resident, 52.37, 5.21
        assert (await triage.take(work, report.id, await someone(work, SAMIRA), report.version)).done
        reports.append(report.id)
    return sorted(reports)


async def _merges(work: Work, one: int, into: int) -> Verdict:
    done = await triage.merge(work, one, await someone(work, SAMIRA), None, into)
    return done.outcome.verdict


async def _groups(work: Work, one: int, other: int, *, by: int = SAMIRA) -> Verdict:
    version = (await work.session.get_one(Report, one)).version
    await asyncio.sleep(0)
    return (await me_too.group(work, one, await someone(work, by), version, other)).verdict


async def _follow(work: Work, report_id: int) -> set[int]:
    return {row.person_id for row in await queries.followers(work.session, report_id)}


async def _at_once(database: Database, *acts: Act) -> list[object]:
    """Do all at the same time, each in its own transaction, which has begun before any of them acts."""
    ready = asyncio.Barrier(len(acts))

    async def run(act: Act) -> object:
        async with database.write(NOW) as work:
            await work.session.scalar(select(1))
            if not database.is_sqlite:
                await asyncio.wait_for(ready.wait(), PATIENCE_S)
            return await act(work)

    return list(await asyncio.gather(*map(run, acts)))


# -- a report that went on in one that went on in another ---------------------------------------------------------


async def test_who_opens_a_report_again_hears_no_more_of_where_it_went_in_the_end(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third = await _row(work, (FATIMA, PIET, ELS))
        assert [await _merges(work, first, second), await _merges(work, second, third)] == [Verdict.DONE] * 2
        assert await _follow(work, third) == {FATIMA, PIET}
        assert (await triage.reopen(work, first, await someone(work, FATIMA))).done
        assert await _follow(work, third) == {PIET}


async def test_who_told_it_twice_follows_on_after_opening_one_of_them_again(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third, again = await _row(work, (FATIMA, PIET, ELS, FATIMA))
        for one, into in ((first, second), (second, third), (again, third)):
            assert await _merges(work, one, into) is Verdict.DONE
        assert (await triage.reopen(work, again, await someone(work, FATIMA))).done
        assert await _follow(work, third) == {FATIMA, PIET}


async def test_what_had_gone_on_in_a_report_is_followed_there_when_it_is_opened_again(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third = await _row(work, (FATIMA, PIET, ELS))
        assert [await _merges(work, first, second), await _merges(work, second, third)] == [Verdict.DONE] * 2
        assert (await triage.reopen(work, second, await someone(work, PIET))).done
        assert (await _follow(work, second), await _follow(work, third)) == ({FATIMA}, set())
        assert (await triage.reopen(work, first, await someone(work, FATIMA))).done
        assert await _follow(work, second) == set()


async def test_who_left_does_not_follow_again_when_the_report_between_is_opened(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third = await _row(work, (FATIMA, PIET, ELS))
        assert [await _merges(work, first, second), await _merges(work, second, third)] == [Verdict.DONE] * 2
        assert await following.leave(work, third, FATIMA)
        assert (await triage.reopen(work, second, await someone(work, PIET))).done
        assert (await _follow(work, second), await _follow(work, third)) == (set(), set())


async def test_leaving_by_the_number_that_one_followed_first_works_wherever_it_went(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third = await _row(work, (FATIMA, PIET, ELS))
        assert await me_too.join(work, first, await someone(work, BO))
        assert [await _merges(work, first, second), await _merges(work, second, third)] == [Verdict.DONE] * 2
        assert BO in await _follow(work, third)
        assert await following.leave(work, first, BO)
        assert not await following.leave(work, first, BO)
        assert await _follow(work, third) == {FATIMA, PIET}


async def test_all_who_told_of_it_are_counted_and_find_their_own_report(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third = await _row(work, (FATIMA, PIET, ELS))
        assert [await _merges(work, first, second), await _merges(work, second, third)] == [Verdict.DONE] * 2
        for person in (FATIMA, PIET):
            assert await following.leave(work, third, person)
        assert await me_too_queries.people_of(work.session, {third}) == {FATIMA, PIET, ELS}
        for person, own in ((FATIMA, first), (PIET, second)):
            found = await queries.merged_of(work.session, third, person)
            assert found is not None
            assert found.id == own


# -- groups -------------------------------------------------------------------------------------------------------


async def test_grouping_from_the_same_card_again_lets_the_group_grow(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third = await _row(work, (FATIMA, PIET, ELS))
        for other in (second, third):
            assert await _groups(work, first, other) is Verdict.DONE
        groups = {(await work.session.get_one(Report, each)).group_id for each in (first, second, third)}
        assert len(groups) == 1
        assert await me_too.nearby(work, BO, theme=Theme.LIVABILITY, lat=52.37, lon=5.21) is not None


@pytest.mark.parametrize("attempt", range(3))
async def test_two_who_group_the_same_reports_at_once_make_one_group(database: Database, attempt: int) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third = await _row(work, (FATIMA, PIET, ELS))
        for report_id in (second, third):
            (await work.session.get_one(Report, report_id)).holder_id = OMAR if report_id == third else SAMIRA
    acts: list[Act] = [
        lambda work: _groups(work, first, second),
        lambda work: _groups(work, second, first),
        lambda work: _groups(work, third, first, by=OMAR),
    ]
    verdicts = await _at_once(database, *acts[attempt:], *acts[:attempt])
    done = verdicts.count(Verdict.DONE)
    assert done >= 2
    assert set(verdicts) <= {Verdict.DONE, Verdict.STALE, Verdict.SAME}
    async with database.read(NOW) as work:
        rows = [await work.session.get_one(Report, each) for each in (first, second, third)]
        assert len({row.group_id for row in rows}) == 1
        assert rows[0].group_id is not None


# -- at the same moment -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("attempt", range(3))
async def test_who_joins_while_it_is_merged_follows_where_it_goes_on_or_not_at_all(
    database: Database, attempt: int
) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _row(work, (FATIMA, PIET))

    async def join(work: Work) -> bool:
        return await me_too.join(work, first, await someone(work, BO))

    acts: list[Act] = [join, lambda work: _merges(work, first, second)]
    said = await _at_once(database, *(acts if attempt % 2 else acts[::-1]))
    joined = said[0 if attempt % 2 else 1]
    async with database.read(NOW) as work:
        assert await _follow(work, first) == set()
        assert await _follow(work, second) == ({FATIMA, BO} if joined else {FATIMA})


@pytest.mark.parametrize("attempt", range(3))
async def test_who_leaves_while_it_is_merged_hears_no_more(database: Database, attempt: int) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _row(work, (FATIMA, PIET))
        assert await me_too.join(work, first, await someone(work, BO))
    acts: list[Act] = [
        lambda work: following.leave(work, first, BO),
        lambda work: _merges(work, first, second),
    ]
    said = await _at_once(database, *(acts if attempt % 2 else acts[::-1]))
    assert set(said) == {True, Verdict.DONE}
    async with database.read(NOW) as work:
        assert (await _follow(work, first), await _follow(work, second)) == (set(), {FATIMA})


@pytest.mark.parametrize("attempt", range(4))
async def test_who_opens_one_again_while_another_of_theirs_is_merged_goes_on_following(
    database: Database, attempt: int
) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, again = await _row(work, (FATIMA, PIET, FATIMA))
        assert await _merges(work, first, second) is Verdict.DONE

    async def reopen(work: Work) -> Verdict:
        return (await triage.reopen(work, first, await someone(work, FATIMA))).verdict

    acts: list[Act] = [reopen, lambda work: _merges(work, again, second)]
    said = await _at_once(database, *(acts if attempt % 2 else acts[::-1]))
    assert said == [Verdict.DONE, Verdict.DONE]
    async with database.read(NOW) as work:
        assert await _follow(work, second) == {FATIMA}


@pytest.mark.parametrize("attempt", range(4))
async def test_opening_the_one_between_while_it_goes_on_elsewhere_loses_nobody(
    database: Database, attempt: int
) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second, third, fourth = await _row(work, (FATIMA, PIET, ELS, BO))
        assert await _merges(work, first, second) is Verdict.DONE
        assert await _merges(work, second, third) is Verdict.DONE

    async def reopen(work: Work) -> Verdict:
        return (await triage.reopen(work, second, await someone(work, PIET))).verdict

    acts: list[Act] = [reopen, lambda work: _merges(work, third, fourth)]
    said = await _at_once(database, *(acts if attempt % 2 else acts[::-1]))
    assert said == [Verdict.DONE, Verdict.DONE]
    async with database.read(NOW) as work:
        assert await _follow(work, second) == {FATIMA}
        assert await _follow(work, third) == set()
        assert await _follow(work, fourth) == {ELS}


async def test_one_report_is_read_by_whoever_follows_it_and_none_that_was_sealed(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _row(work, (FATIMA, PIET))
        for report_id in (first, second):
            await following.follow(work, await work.session.get_one(Report, report_id), BO)
        await work.session.flush()
        found = await queries.one_followed_by(work.session, first, BO)
        assert found is not None
        assert found.id == first
        assert await queries.one_followed_by(work.session, first, ELS) is None
        (await work.session.get_one(Report, second)).sealed = True
        await work.session.flush()
        assert await queries.one_followed_by(work.session, second, BO) is None


async def test_what_somebody_follows_is_read_by_the_page_in_both_directions(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        work.session.add(Person(id=BO, created_at=NOW))
        followed = []
        for number in range(9):
            report = await told(work)
            report.sealed = number == 4
            assert await following.follow(work, report, BO)
            followed.append(report.id)
        await work.session.flush()
        newest = [report_id for report_id in reversed(followed) if report_id != followed[4]]

        async def page(beside: int | None, *, back: bool = False) -> list[int]:
            found = await queries.followed_by(work.session, BO, limit=3, beside=beside, back=back)
            return [report.id for report in found]

        assert [await page(None), await page(newest[2]), await page(newest[5])] == [newest[:3], newest[3:6], newest[6:]]
        assert await page(newest[6], back=True) == newest[3:6]
        assert await page(newest[1], back=True) == newest[:1]
        assert await page(newest[-1]) == []
