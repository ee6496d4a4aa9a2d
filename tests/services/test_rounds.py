"""Rounds that are walked, on both databases: one opening, one closing, messages for nobody but who may read them."""

import asyncio
import random
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.enums import ActivityKind, Attendance, RoleKey, RoundOutcome, SignupState
from bot.domain.notices.rounds import RoundUnclosed
from bot.services import patrol, retention, rounds
from bot.services.activities import rescheduling, signups, walking
from bot.services.activities.signups import Left
from bot.services.patrol import chain
from bot.services.patrol.chain import StepIn
from bot.services.rounds import Arrived, Closed
from storage.engine import Database
from storage.models import Occurrence, Outbox, Round, RoundArrival, Signup, TeamMember
from storage.queries import rounds as queries
from storage.queries import signups as signup_queries
from storage.work import Work
from tests.services.meetings import COORDINATOR, NOW, WORKER, deliver, make_town, meeting, messages, person, team, wall

#: How the kinds of what is said about a walked round begin.
ROUND_KINDS = "walk_"
STARTS = "2026-12-01T20:00"
START = wall(STARTS)
AT = int(START.timestamp())
DAY = timedelta(days=1)
LATER = START + timedelta(minutes=5)


async def shift(database: Database, *people: int) -> int:
    """Return a round of a team with these walkers, who said yes."""
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, dict.fromkeys((11, 12, 13, 14), True))
        row = await meeting(
            work, STARTS, {RoleKey.WALKER: (2, 4)}, kind=ActivityKind.PATROL, team=squad, title="Ronde", hours=1
        )
        for number in people:
            await signups.join(work, row.id, await person(work, number), RoleKey.WALKER)
        for signup in await signup_queries.of_occurrence(work.session, row.id):
            signup.attendance = Attendance.COMING
        return row.id


async def test_two_who_tap_at_once_open_one_round(database: Database) -> None:
    row = await shift(database, 11, 12, 13)

    async def tap(person_id: int) -> Arrived:
        async with database.write(LATER) as work:
            return await rounds.arrive(work, row, person_id, at=AT)

    outcomes = Counter(await asyncio.gather(*(tap(who) for who in (11, 12, 13, 11, 12))))
    assert outcomes[Arrived.THERE] + outcomes[Arrived.OPEN] == 5
    assert outcomes[Arrived.OPEN] >= 3
    async with database.read(LATER) as work:
        (walked,) = (await work.session.scalars(select(Round))).all()
        assert sorted(walked.walkers) == [11, 12, 13]


async def test_naming_and_denying_at_once_leave_nobody_walking_alone(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(LATER) as work:
        await rounds.arrive(work, row, 11, at=AT)

    async def name() -> Arrived:
        async with database.write(LATER) as work:
            return await rounds.name(work, row, 11, 12, at=AT)

    async def deny() -> Arrived:
        async with database.write(LATER) as work:
            return await rounds.deny(work, row, 12, at=AT)

    await asyncio.gather(name(), deny(), name())
    async with database.read(LATER) as work:
        assert await work.session.scalar(select(func.count()).select_from(Round)) == 0


async def test_two_who_close_at_once_make_one_closing(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(LATER) as work:
        for who in (11, 12):
            await rounds.arrive(work, row, who, at=AT)

    async def tap(person_id: int, outcome: RoundOutcome) -> Closed:
        async with database.write(LATER) as work:
            return await rounds.close(work, row, person_id, outcome, at=AT)

    taps = [tap(11, RoundOutcome.NOTHING), tap(12, RoundOutcome.SOMETHING), tap(12, RoundOutcome.NOTHING)]
    outcomes = Counter(await asyncio.gather(*taps))
    assert outcomes == {Closed.DONE: 1, Closed.ALREADY: 2}
    async with database.read(LATER) as work:
        (walked,) = (await work.session.scalars(select(Round))).all()
        assert walked.closed_at == LATER
        assert walked.outcome in (RoundOutcome.NOTHING, RoundOutcome.SOMETHING)


async def test_a_round_that_is_over_before_its_time_asks_nobody_to_walk(database: Database) -> None:
    row = await shift(database, 11, 12)
    planned_late, early = START - timedelta(minutes=20), START - timedelta(minutes=5)
    for moment in (planned_late, planned_late + timedelta(minutes=5)):
        async with database.write(moment) as work:
            await chain.run(work)
            if moment > planned_late:
                for who in (11, 12):
                    await rounds.arrive(work, row, who, at=AT)
    async with database.write(early) as work:
        assert await rounds.close(work, row, 11, RoundOutcome.NOTHING, at=AT) is Closed.DONE
    async with database.write(early) as work:
        await chain.run(work)
        for kind in ("walkers_wanted", "round_short", "called_off"):
            assert await messages(work, kind) == []
        assert await chain.step_in(work, row, await person(work, 13)) is StepIn.STARTED
        assert await chain.next_due(work) is None
        occurrence = await work.session.get_one(Occurrence, row)
        occurrence.starts_at, occurrence.ends_at = occurrence.starts_at + DAY, occurrence.ends_at + DAY
        await walking.planned_anew(work, occurrence)
    async with database.write(START + DAY - timedelta(minutes=60)) as work:
        await chain.run(work)
        assert {notice.chat_id for notice in await messages(work, "called_off")} >= {COORDINATOR, WORKER}


async def test_who_is_left_alone_in_a_round_that_was_moved_hears_it(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(LATER) as work:
        for who in (11, 12):
            await rounds.arrive(work, row, who, at=AT)
        await rounds.close(work, row, 11, RoundOutcome.NOTHING, at=AT)
        occurrence = await work.session.get_one(Occurrence, row)
        occurrence.starts_at, occurrence.ends_at = occurrence.starts_at + DAY, occurrence.ends_at + DAY
        await walking.planned_anew(work, occurrence)
        for signup in (await work.session.scalars(select(Signup).where(Signup.occurrence_id == row))).all():
            signup.state, signup.attendance = SignupState.SIGNED_UP, Attendance.COMING
    async with database.write(START + DAY - timedelta(minutes=30)) as work:
        own = next(one for one in await signup_queries.of_occurrence(work.session, row) if one.person_id == 11)
        left, _mine = await signups.leave(work, own.id, 11, version=own.version)
        assert left is Left.SEEKS_STAND_IN
        assert [notice.chat_id for notice in await messages(work, "now_alone")] == [12]


async def test_who_lost_the_vog_or_looks_for_a_stand_in(database: Database) -> None:
    row = await shift(database, 11, 12, 13)
    async with database.write(START - timedelta(hours=1)) as work:
        own = await signup_queries.of_person(work.session, row, 12, RoleKey.WALKER)
        assert own is not None
        await signups.leave(work, own.id, 12, version=own.version)
        squad = (await work.session.get_one(Occurrence, row)).team_id
        assert squad is not None
        member = await work.session.get_one(TeamMember, (squad, 13))
        member.vog_withdrawn_at = work.now
    async with database.write(START - timedelta(minutes=10)) as work:
        await rounds.run(work)
        await work.flush()
        called = await work.session.scalars(select(Outbox.chat_id).where(Outbox.kind.startswith(ROUND_KINDS)))
        assert list(called) == [11]
        assert await rounds.arrive(work, row, 13, at=AT) is Arrived.NOT_THERE
        assert await rounds.arrive(work, row, 11, at=AT) is Arrived.THERE
        assert await rounds.name(work, row, 11, 12, at=AT) is Arrived.THERE  # nobody is named who can't come
        assert await rounds.arrive(work, row, 12, at=AT) is Arrived.OPEN  # but may come after all


async def test_who_was_there_and_gave_the_place_back_opens_no_round(database: Database) -> None:
    row = await shift(database, 11, 12)
    for minutes, who in ((10, 12), (5, 11)):
        async with database.write(START - timedelta(minutes=minutes)) as work:
            assert await rounds.arrive(work, row, who, at=AT) is Arrived.THERE
            own = await signup_queries.of_person(work.session, row, 12, RoleKey.WALKER)
            assert own is not None
            if who == 12:
                left, _mine = await signups.leave(work, own.id, 12, version=own.version)
                assert left is Left.SEEKS_STAND_IN
    async with database.write(START - timedelta(minutes=4)) as work:
        assert await rounds.arrive(work, row, 12, at=AT) is Arrived.OPEN
        own = await signup_queries.of_person(work.session, row, 12, RoleKey.WALKER)
        assert own is not None
        left, _mine = await signups.leave(work, own.id, 12, version=own.version)
        assert left is Left.STARTED  # who walks closes the round


async def test_each_look_is_done_once_however_often_the_job_runs(database: Database) -> None:
    row = await shift(database, 11, 12)
    assert await due_after(database, NOW) == START - timedelta(minutes=15)
    for minutes in range(-20, 150, 5):
        async with database.write(START + timedelta(minutes=minutes)) as work:
            if minutes == 0:
                for who in (11, 12):
                    await rounds.arrive(work, row, who, at=AT)
            for _ in range(2):
                await rounds.run(work)
            await deliver(work)
    async with database.read(LATER) as work:
        kinds = Counter((await work.session.scalars(select(Outbox.kind).where(Outbox.kind.startswith("walk")))).all())
        assert kinds == {"walk_card": 1, "walk_card_below": 1, RoundUnclosed.kind: 2, "walk_not_home": 1}
    assert await due_after(database, START + timedelta(hours=4)) is None


async def due_after(database: Database, now: datetime) -> datetime | None:
    async with database.read(now) as work:
        return await rounds.upcoming(work)


async def test_90_days_later_nothing_tells_who_walked(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(LATER) as work:
        for who in (11, 12):
            await rounds.arrive(work, row, who, at=AT)
        await rounds.close(work, row, 11, RoundOutcome.INCIDENT, at=AT)
        await rounds.add_line(work, row, 12, "Ruzie op het plein", at=AT)
        await deliver(work)
    for days, left in ((89, True), (91, False)):
        async with database.write(LATER + timedelta(days=days)) as work:
            while any((await retention.erase_some(work)).values()):
                pass
        async with database.read(LATER) as work:
            (walked,) = (await work.session.scalars(select(Round))).all()
            assert bool(walked.walkers) is bool(walked.line) is (walked.opened_by is not None) is left
            assert bool((await work.session.scalars(select(RoundArrival))).all()) is left
            told = select(Outbox).where(Outbox.kind.startswith(ROUND_KINDS))
            assert bool((await work.session.scalars(told)).all()) is left
            assert walked.outcome == RoundOutcome.INCIDENT


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_happens_only_walkers_coordinator_and_worker_are_told(database: Database, seed: int) -> None:
    """Random days of a team and a neighbouring one: who joins, arrives, names, denies, closes, moves, loses the VOG."""
    dice = random.Random(seed)
    days = await _Days.begin(database, dice)
    for _ in range(150):
        await days.step()
    async with database.read(days.now) as work:
        told = (await work.session.scalars(select(Outbox).where(Outbox.kind.startswith(ROUND_KINDS)))).all()
        opened = await work.session.scalar(select(func.count()).select_from(Round))
    assert opened, "no round was opened: the dice prove nothing"
    assert {row.kind for row in told} >= {"walk_card_below", "walk_missing", "walk_unclosed"}


_HOUR = timedelta(hours=1)


class _Days:
    """Two teams with a worker and a coordinator each, and everybody who might be told something by mistake."""

    def __init__(self, database: Database, dice: random.Random) -> None:
        self.database, self.dice, self.now = database, dice, NOW
        self.shifts, self.starts = list[int](), list[datetime]()
        self.people = [11, 12, 13, 21, 22, 31, COORDINATOR, WORKER, 9003]
        self.ever: dict[int, set[int]] = {}

    @classmethod
    async def begin(cls, database: Database, dice: random.Random) -> "_Days":
        days = cls(database, dice)
        async with database.write(NOW) as work:
            await make_town(work)
            await person(work, 31, "Fatima")
            film = await team(work, {11: True, 12: True, 13: True, COORDINATOR: True})
            other = await team(work, {21: True, 22: True, 13: True}, key="stedenwijk")
            for squad, hours in ((film, 1), (other, 2)):
                for day in range(24, 28):
                    row = await meeting(
                        work,
                        f"2026-11-{day}T{18 + day % 4}:00",
                        {RoleKey.WALKER: (2, 3)},
                        kind=ActivityKind.PATROL,
                        team=squad,
                        title=squad.key,
                        hours=hours,
                    )
                    days.shifts.append(row.id)
                    for number in (11, 12, 13) if squad is film else (21, 22, 13):
                        if dice.random() < 0.7:
                            await signups.join(work, row.id, await person(work, number), RoleKey.WALKER)
        return days

    async def step(self) -> None:
        dice, who = self.dice, self.dice.choice(self.people)
        async with self.database.write(self.now) as work:
            rows = [await work.session.get_one(Occurrence, row) for row in self.shifts]
            self.starts = [row.starts_at for row in rows]
            row = dice.choice(sorted(rows, key=lambda row: abs(row.starts_at - self.now))[:2])
            if dice.random() < 0.7:
                signed = await signup_queries.of_occurrence(work.session, row.id)
                who = dice.choice([signup.person_id for signup in signed] or [who])
            at = int(row.starts_at.timestamp()) - 3600 * (dice.random() < 0.05)
            match dice.randrange(16):
                case 0 | 1 | 2:
                    await signups.join(work, row.id, await person(work, who), RoleKey.WALKER)
                case 3 | 4 | 5 | 12 | 13:
                    await rounds.arrive(work, row.id, who, at=at)
                case 6:
                    await rounds.name(work, row.id, who, dice.choice(self.people), at=at)
                case 7:
                    await rounds.deny(work, row.id, who, at=at)
                case 8:
                    await rounds.close(work, row.id, who, dice.choice(list(RoundOutcome)), at=at)
                    await rounds.add_line(work, row.id, who, "Hek open", at=at)
                case 9:
                    moved = timedelta(minutes=dice.choice((-30, 30, 1440)))
                    if dice.random() < 0.3:
                        await rescheduling.move(work, row.id, row.starts_at + moved, row.ends_at + moved)
                case 10:
                    if dice.random() < 0.1:
                        await patrol.withdraw_vog(work, row.team_id or 0, who, by=WORKER)
                case _:
                    await rounds.run(work)
            await self._check(work)
        self.now += timedelta(minutes=dice.choice((0, 0, 1, 5, 20)))
        if not any(start - _HOUR < self.now < start + 3 * _HOUR for start in self.starts):
            ahead = [start for start in self.starts if start > self.now]
            self.now = min(ahead, default=self.now + _HOUR) - _HOUR / 4
        async with self.database.write(self.now) as work:
            await rounds.run(work)
            await self._check(work)
            await deliver(work)

    async def _check(self, work: Work) -> None:
        """Every message of this moment is to who walks or leads that round."""
        await work.flush()
        told = select(Outbox).where(Outbox.kind.startswith(ROUND_KINDS), Outbox.state == "waiting")
        for message in (await work.session.scalars(told)).all():
            row = await work.session.get_one(Occurrence, message.about)
            allowed = self.ever.setdefault(row.id, set())
            signed = await signup_queries.of_occurrence(work.session, row.id)
            allowed |= {signup.person_id for signup in signed}
            walked = await queries.of_occurrence(work.session, row.id)
            allowed |= set(walked.walkers) if walked else set()
            allowed |= set(await rounds.leading(work, row))
            assert message.chat_id in allowed, (message.kind, message.chat_id, allowed)
            assert message.chat_id in {11, 12, 13, 21, 22, COORDINATOR, WORKER}
