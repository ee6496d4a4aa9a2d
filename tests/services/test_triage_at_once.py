"""Workers, a resident and a neighbour act at random at the same moment, each in a transaction of their own."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.domain.enums import CloseReason, Kind, MessageDirection, Theme
from bot.services import triage
from bot.services.reporting import following, me_too
from storage.engine import Database
from storage.ids import new_id
from storage.models import Person, Report, ReportEvent
from storage.queries import following as queries
from storage.work import Work
from tests.legality import wrong
from tests.services.desks import NOW, OMAR, SAMIRA, open_town, someone, told

REPORTS, ROUNDS, AT_ONCE = 8, 80, 3
#: What must have happened at least once: who wins is not for the dice to say, so it may take more rounds.
MUST_HAPPEN, MOST_ROUNDS = {"taken", "taken_over", "closed", "merged", "grouped", "reopened"}, 400
ELS = 503
Act = Callable[[Work], Awaitable[object]]


class Dice:
    """What is done next, to which reports; versions are those that were seen before the round, so some are old."""

    def __init__(self, seed: int, ids: list[int]) -> None:
        self.dice, self.ids, self.seen = random.Random(seed), ids, dict.fromkeys(ids, 1)
        self.hot = ids[:2]

    async def look(self, database: Database) -> None:
        """See the versions as they are now, and turn to two other reports."""
        async with database.read(NOW) as work:
            rows = await work.session.execute(select(Report.id, Report.version))
            self.seen = {row.id: row.version for row in rows}
        self.hot = self.dice.sample(self.ids, 2)

    def act(self) -> Act:
        """Return something that somebody does."""
        report_id, other = self.dice.choice((self.hot, self.hot[::-1]))
        who, colleague = self.dice.choice(((SAMIRA, OMAR), (OMAR, SAMIRA)))
        roll = self.dice.random()
        theme, kind = self.dice.choice(tuple(Theme)), self.dice.choice((Kind.PLACE, Kind.IDEA, Kind.NUISANCE))

        async def act(work: Work) -> object:
            version, person = self.seen[report_id], await someone(work, who)
            if roll < 0.2:
                return await triage.take(work, report_id, person, version)
            if roll < 0.3:
                return await triage.take_over(work, report_id, person, version)
            if roll < 0.35:
                return await triage.hand_over(work, report_id, person, colleague, version)
            if roll < 0.42:
                return await triage.close(work, report_id, person, version, reason=CloseReason.SOLVED)
            if roll < 0.57:
                return await triage.merge(work, report_id, person, version, other)
            if roll < 0.67:
                return await me_too.group(work, report_id, person, version, other)
            if roll < 0.72:
                return await me_too.ungroup(work, report_id, person, version)
            if roll < 0.75:
                return await triage.correct(work, report_id, person, version, theme=theme)
            if roll < 0.76:
                return await triage.correct(work, report_id, person, version, kind=kind)
            if roll < 0.82:
                way = MessageDirection.QUESTION if roll < 0.79 else MessageDirection.ANSWER
                return await triage.send(
                    work, report_id, person, draft_id=new_id(), direction=way, text="Wij komen kijken"
                )
            if roll < 0.92:
                row = await work.session.get_one(Report, report_id)
                return await triage.reopen(work, report_id, await someone(work, row.resident_id or 0))
            if roll < 0.96:
                return await me_too.join(work, report_id, await someone(work, ELS))
            return await following.leave(work, report_id, ELS)

        return act


@pytest.mark.slow
async def test_whatever_is_done_at_once_every_report_stays_legal_with_a_complete_history(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        work.session.add_all(Person(id=1000 + number, created_at=NOW) for number in range(REPORTS))
        work.session.add(Person(id=ELS, created_at=NOW))
        ids = []
        for number in range(REPORTS):
            report = await told(work)
            report.resident_id, report.lat, report.lon = 1000 + number // 2, 52.37, 5.21
            ids.append(report.id)
    dice = Dice(20261127, ids)

    async def run(act: Act) -> None:
        async with database.write(NOW) as work:
            await work.session.scalar(select(1))
            await act(work)

    async def done() -> set[str]:
        async with database.read(NOW) as work:
            return set((await work.session.scalars(select(ReportEvent.action))).all())

    for number in range(MOST_ROUNDS):
        if number >= ROUNDS and await done() >= MUST_HAPPEN:
            break
        await dice.look(database)
        await asyncio.gather(*(run(dice.act()) for _ in range(AT_ONCE)))

    assert await done() >= MUST_HAPPEN
    async with database.read(NOW) as work:
        rows = (await work.session.scalars(select(Report))).all()
        assert [f"{row.number}: {why}" for row in rows if (why := await wrong(work, row))] == []
        for row in rows:
            follow = {each.person_id for each in await queries.followers(work.session, row.id)}
            assert row.resident_id not in follow
            assert not follow or (row.merged_into is None and not row.sealed), row.number
