"""Whatever members do, however often the bot is away: a round of fewer than two is called off, others are not."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.activities.rounds import Chain, settles_at
from bot.domain.activities.rounds import chain as times_of
from bot.domain.enums import ActivityKind, OutboxState, RoleKey, SignupState
from bot.services import patrol
from bot.services.activities import signups, walking
from bot.services.patrol import chain
from storage.engine import Database
from storage.models import Occurrence, Outbox, RoundChain
from storage.queries import activities as activity_queries
from storage.queries import signups as queries
from storage.work import Work
from tests.services.meetings import COORDINATOR, WORKER, ZONE, make_town, meeting, person, team, wall

WALKER = RoleKey.WALKER
#: In the evening, early, at 11:00, at night, and on both mornings after the clock changed.
STARTS = (
    "2026-12-05T20:00", "2026-12-05T09:30", "2026-12-05T11:00", "2026-12-05T23:30", "2026-12-06T00:30",
    "2027-03-28T10:00", "2027-03-28T12:00", "2026-10-25T10:59", "2026-10-25T13:00",
)  # fmt: skip
MOMENTS = 9


class Walk:
    """One round of a team of five, its members, and what is checked after each of their acts."""

    def __init__(self, dice: random.Random, occurrence: int, team_id: int, people: list[int], times: Chain) -> None:
        self.dice, self.id, self.team, self.people, self.times = dice, occurrence, team_id, people, times
        self.settled_once = False

    async def occurrence(self, work: Work) -> Occurrence:
        found = await work.session.get(Occurrence, self.id)
        assert found is not None
        return found

    async def yes(self, work: Work) -> set[int]:
        return {row.person_id for row in (await walking.of_round(work, await self.occurrence(work))).yes}

    async def act(self, work: Work) -> None:
        """Let a member do something; who is left alone after the moment of calling off must hear it at once."""
        who = await person(work, self.dice.choice(self.people))
        before = await self.yes(work)
        row = await queries.of_person(work.session, self.id, who.id, WALKER)
        doing = self.dice.choice(("join", "leave", "confirm", "confirm", "step_in", "vog"))
        if doing == "join":
            await signups.join(work, self.id, who, WALKER)
        elif doing == "step_in":
            await chain.step_in(work, self.id, who)
        elif doing == "leave" and row is not None:
            await signups.leave(work, row.id, who.id, version=row.version)
        elif doing == "confirm" and row is not None:
            await signups.confirm(work, row.id, who.id, version=row.version)
        elif doing == "vog" and self.dice.random() < 0.4:
            await patrol.withdraw_vog(work, self.team, who.id, by=WORKER)
        occurrence, after = await self.occurrence(work), await self.yes(work)
        coming = occurrence.called_off_at is None and work.now < occurrence.starts_at
        if coming and work.now >= self.times.call_off and len(before) > len(after) == 1:
            (left,) = after
            await work.flush()
            key = f"now_alone:{self.id}:{int(work.now.timestamp())}:{left}"
            assert (await work.session.scalars(select(Outbox.id).where(Outbox.key == key))).one_or_none(), doing

    async def tick(self, work: Work) -> None:
        """Let the bot look: it settles the round by who says yes in this moment.

        One that was settled and got short after that is asked about again, and settled anew when it starts.
        """
        before = await self.yes(work)
        occurrence = await self.occurrence(work)
        was_off, ended = occurrence.called_off_at is not None, occurrence.ends_at <= work.now
        mark = await work.session.get(RoundChain, self.id)
        settled = mark is not None and mark.settled_at is not None
        await chain.run(work)
        await work.flush()
        mark = await work.session.get(RoundChain, self.id)
        if was_off or ended or settled or mark is None:
            return
        again = self.settled_once and mark.planned_at > self.times.call_off
        settling = occurrence.starts_at if again else self.times.call_off
        assert settling == settles_at(self.times, occurrence.starts_at, mark.planned_at)
        assert (mark.settled_at is not None) is (work.now >= settling)
        assert (occurrence.called_off_at is not None) is (work.now >= settling and len(before) < 2)
        self.settled_once = self.settled_once or mark.settled_at is not None
        assert (mark.others_at is None) or work.now >= self.times.ask_others
        assert (mark.staff_at is None) or work.now >= self.times.warn_staff

    async def check(self, work: Work) -> None:
        """Nobody was told twice, and nobody who may not walk was asked."""
        allowed = {*self.people, WORKER, COORDINATOR}
        rows = (await work.session.scalars(select(Outbox).where(Outbox.about == self.id))).all()
        assert {row.chat_id for row in rows} <= allowed
        for kind in ("walkers_wanted", "round_short", "called_off"):
            told = [row.chat_id for row in rows if row.kind == kind and row.state is not OutboxState.DROPPED]
            assert len(told) == len(set(told))
        cleared = set(await activity_queries.cleared_members(work.session, self.team))
        held = await queries.of_occurrence(work.session, self.id)
        assert {row.person_id for row in held if row.state is SignupState.SIGNED_UP} <= cleared


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_rounds_are_called_off_exactly_when_fewer_than_two_walk(database: Database, seed: int) -> None:
    dice = random.Random(seed)
    first = wall("2026-10-20T12:00")
    async with database.write(first) as work:
        await make_town(work)
    for number, starts in enumerate(STARTS[seed::3]):
        people = [1000 + 10 * number + each for each in range(5)]
        async with database.write(first) as work:
            squad = await team(work, dict.fromkeys(people, True), key=f"team-{number}")
            made = await meeting(
                work, starts, {WALKER: (2, 3)}, kind=ActivityKind.PATROL, team=squad, title=f"Ronde {number}", hours=1
            )
            walk = Walk(dice, made.id, squad.id, people, times_of(made.starts_at, ZONE))
            await chain.run(work)
        for moment in _moments(dice, walk.times, wall(starts)):
            async with database.write(moment) as work:
                if dice.random() < 0.6:
                    await walk.tick(work)
                await walk.act(work)
        async with database.write(wall(starts) + timedelta(minutes=5)) as work:
            await walk.tick(work)
            await walk.check(work)


def _moments(dice: random.Random, times: Chain, starts: datetime) -> list[datetime]:
    """Return random moments from before the first question up to the start, and those of the steps themselves."""
    begin = times.ask - timedelta(hours=6)
    span = int((starts - begin).total_seconds())
    found = [begin + timedelta(seconds=dice.randrange(span)) for _each in range(MOMENTS)]
    close = int((starts - times.ask_others).total_seconds())
    found += [times.ask_others + timedelta(seconds=dice.randrange(close)) for _each in range(MOMENTS)]
    return sorted([*found, times.ask_others, times.warn_staff, times.call_off])
