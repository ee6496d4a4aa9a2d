"""Who may walk: a VOG is ticked by the team's worker, and withdrawing it frees shifts without a word of why."""

from bot.domain.enums import ActivityKind, RoleKey, SignupState
from bot.services import patrol
from bot.services.activities import meetings, signups
from bot.services.activities.signups import Joined
from bot.services.patrol import Ticked
from storage.engine import Database
from storage.models import Occurrence, RoleGrant, Team
from storage.queries import signups as queries
from storage.work import Work
from tests.services.meetings import COORDINATOR, NOW, WORKER, make_town, meeting, messages, person, states, team, wall

WALKER = RoleKey.WALKER


async def shift(work: Work, squad: Team, starts: str = "2026-12-01T20:00", maximum: int = 4) -> Occurrence:
    return await meeting(
        work, starts, {WALKER: (2, maximum)}, kind=ActivityKind.PATROL, team=squad, title=f"Ronde {squad.key}", hours=1
    )


async def test_only_the_team_s_worker_ticks_a_vog_and_never_the_own_one(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: False, WORKER: False})
        attempts = [(11, COORDINATOR), (11, 11), (WORKER, WORKER), (99, WORKER), (11, WORKER), (11, WORKER)]
        outcomes = [await patrol.tick_vog(work, squad.id, who, by=by) for who, by in attempts]
        assert outcomes == [Ticked.NOT_YOURS] * 3 + [Ticked.NO_MEMBER, Ticked.DONE, Ticked.ALREADY]
        joined = await signups.join(work, (await shift(work, squad)).id, await person(work, 11), WALKER)
        assert joined.outcome is Joined.SIGNED_UP


async def test_withdrawing_a_vog_frees_future_shifts_and_passes_them_on(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True, 12: True, 13: True})
        first = await shift(work, squad, maximum=2)
        second = await shift(work, squad, "2026-12-03T20:00")
        for number in (11, 12, 13):
            await signups.join(work, first.id, await person(work, number), WALKER)
        await signups.join(work, second.id, await person(work, 11), WALKER)
        assert await patrol.withdraw_vog(work, squad.id, 11, by=COORDINATOR) is Ticked.NOT_YOURS
        assert await patrol.withdraw_vog(work, squad.id, 11, by=WORKER) is Ticked.DONE
        assert await patrol.withdraw_vog(work, squad.id, 11, by=WORKER) is Ticked.ALREADY
        assert await patrol.withdraw_vog(work, squad.id, 99, by=WORKER) is Ticked.NO_MEMBER
        assert await states(work, first.id) == {
            11: SignupState.CANCELLED,
            12: SignupState.SIGNED_UP,
            13: SignupState.OFFERED,
        }
        assert await states(work, second.id) == {11: SignupState.CANCELLED}
        assert await messages(work, "signup_reminder", 11) == []
        assert await messages(work, "stand_in_wanted") == []


async def test_an_offer_to_who_lost_the_vog_goes_to_the_next(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True, 12: True, 13: True})
        only = await shift(work, squad, maximum=1)
        for number in (11, 12, 13):
            joined = await signups.join(work, only.id, await person(work, number), WALKER)
            assert joined.signup is not None
        row = await queries.of_person(work.session, only.id, 11, WALKER)
        assert row is not None
        await signups.leave(work, row.id, 11, version=row.version)
        await patrol.withdraw_vog(work, squad.id, 12, by=WORKER)
        assert await states(work, only.id) == {
            11: SignupState.CANCELLED,
            12: SignupState.CANCELLED,
            13: SignupState.OFFERED,
        }


async def test_a_team_sees_its_own_shifts_only(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        film = await team(work, {11: True})
        other = await team(work, {21: True}, key="stedenwijk")
        await shift(work, film)
        await shift(work, other, "2026-12-02T20:00")
        for who, expected in ((11, ["Ronde filmwijk"]), (21, ["Ronde stedenwijk"]), (31, [])):
            page = await meetings.shifts(work, who)
            assert [shown.activity.title for shown in page.meetings] == expected
        both = await meetings.shifts(work, WORKER)
        assert len(both.meetings) == 2
        assert (await meetings.upcoming(work, area_code=None)).meetings == []


async def test_a_worker_whose_role_was_taken_sees_nothing_any_more(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        only = await shift(work, await team(work, {11: True}))
        assert await meetings.detail(work, only.id, WORKER) is not None
        grant = await work.session.get(RoleGrant, (WORKER, "worker"))
        assert grant is not None
        grant.taken_at = work.now
        await work.session.flush()
        assert await meetings.detail(work, only.id, WORKER) is None
        assert (await meetings.shifts(work, WORKER)).meetings == []


async def test_members_under_16_walk_no_shift(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True})
        child = await person(work, 11)
        child.under_16 = True
        only = await shift(work, squad)
        assert (await signups.join(work, only.id, child, WALKER)).outcome is Joined.NOT_THERE


async def test_shifts_that_began_are_left_alone(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True})
        only = await shift(work, squad)
        await signups.join(work, only.id, await person(work, 11), WALKER)
    async with database.write(wall("2026-12-01T20:30")) as work:
        await patrol.withdraw_vog(work, squad.id, 11, by=WORKER)
        assert await states(work, only.id) == {11: SignupState.SIGNED_UP}
