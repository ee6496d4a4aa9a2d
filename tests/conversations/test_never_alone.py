"""Nobody walks alone: the chain of questions at its times, down to the bot calling a round off by itself."""

from bot.domain.enums import RoleKey, SignupState
from bot.domain.time import to_wall
from bot.services.activities import rescheduling
from storage.models import TeamMember
from tests.conversations.meetings import ZONE, fill, jump, signup_of, wait_until, wall
from tests.conversations.patrolling import ALONE, OFF, SHORT, WANTED, Team, when_told
from tests.town import Town


async def move(team: Team, starts: str, ends: str) -> None:
    async with team.town.writing() as work:
        await rescheduling.move(work, team.meeting.id, wall(starts), wall(ends))
    await team.town.settle()


async def asleep_until(town: Town, team: Team, moment: str) -> None:
    """Stop the bot, start it again at a local wall time, and let it do what is due."""
    await town.stop()
    town.sleep(wall(moment))
    await town.restart()
    await team.samira.says("/hulp")
    await town.advance(seconds=30)


async def two_said_yes(town: Town, team: Team) -> None:
    """Let John and Mia have the places of the round, and say yes when they are asked the evening before."""
    await fill(town, team.meeting, RoleKey.WALKER, [team.john, team.mia])
    await wait_until(town, "2026-11-30T19:00")
    for someone in (team.john, team.mia):
        await someone.taps("Ik loop mee")


async def test_the_chain_at_its_times_down_to_calling_off(town: Town, team: Team) -> None:
    await fill(town, team.meeting, RoleKey.WALKER, [team.john])
    await jump(town, "2026-11-30T18:50")
    await town.advance(wall("2026-12-01T20:30"))
    assert when_told(team.john, "Loop je mee?") == ["30T19:00", "01T17:00"]
    assert when_told(team.john, WANTED) == []
    for someone in (team.jan, team.mia):
        assert when_told(someone, WANTED) == ["01T18:00"]
    for someone in (team.jan, team.samira):
        assert when_told(someone, SHORT) == ["01T18:30"]
    for someone in team.everybody:
        assert when_told(someone, OFF) == ["01T19:00"]
        assert not someone.message.silent
    assert (await team.now()).called_off_at is not None


async def test_an_early_round_does_it_all_the_evening_before(town: Town, team: Team) -> None:
    await fill(town, team.meeting, RoleKey.WALKER, [team.john])
    await move(team, "2026-12-01T09:30", "2026-12-01T10:30")
    await jump(town, "2026-11-30T18:50")
    await town.advance(wall("2026-12-01T09:00"))
    assert when_told(team.john, "Loop je mee?") == ["30T19:00", "30T20:00"]
    assert when_told(team.mia, WANTED) == ["30T20:30"]
    assert when_told(team.samira, SHORT) == ["30T21:00"]
    for someone in team.everybody:
        assert when_told(someone, OFF) == ["30T21:30"]


async def test_two_who_say_yes_are_left_in_peace(town: Town, team: Team) -> None:
    await two_said_yes(town, team)
    await jump(town, "2026-12-01T16:30")
    await town.advance(wall("2026-12-01T19:30"))
    assert (await team.now()).called_off_at is None
    for someone in team.everybody:
        assert not any(someone.was_told(words) for words in (WANTED, SHORT, OFF, "Over 3 uur"))


async def test_a_free_member_and_the_coordinator_save_the_round(town: Town, team: Team) -> None:
    await jump(town, "2026-12-01T17:30")
    await town.advance(wall("2026-12-01T18:01"))
    await team.mia.taps("Ik loop mee")
    assert team.mia.sees.startswith("✅ Fijn, je loopt mee.\nAvondronde")
    await town.advance(wall("2026-12-01T18:31"))
    assert "Er loopt 1 lid mee." in team.samira.sees
    assert "Zelf meelopen kan alleen als lid met een VOG." in team.samira.sees
    assert team.samira.buttons == ["🚫 Afblazen"]
    await team.jan.taps("Ik loop zelf mee")
    await town.advance(wall("2026-12-01T19:01"))
    assert (await team.now()).called_off_at is None
    assert not team.mia.was_told(OFF)


async def test_the_worker_calls_it_off(town: Town, team: Team) -> None:
    await fill(town, team.meeting, RoleKey.WALKER, [team.john])
    await jump(town, "2026-12-01T17:50")
    await town.advance(wall("2026-12-01T18:31"))
    await team.samira.taps("Afblazen")
    await team.samira.taps("Ja, afgelasten")
    for someone in (team.john, team.jan):
        assert when_told(someone, OFF) == ["01T18:31"]
    await town.advance(wall("2026-12-01T19:30"))
    assert when_told(team.john, OFF) == ["01T18:31"]
    await team.mia.taps("Ik loop mee")
    assert team.mia.sees.startswith("Deze activiteit gaat niet door.")


async def test_who_drops_out_late_leaves_nobody_alone(town: Town, team: Team) -> None:
    await two_said_yes(town, team)
    await jump(town, "2026-12-01T18:50")
    await town.advance(wall("2026-12-01T19:15"))
    await team.mia.says("/agenda")
    await team.mia.says("1")
    await team.mia.taps("Ik kan niet")
    assert when_told(team.john, ALONE) == ["01T19:15"]
    assert not team.john.message.silent
    assert not team.jan.was_told(ALONE)
    assert (await team.now()).called_off_at is None
    await team.jan.taps("Ik neem het over")
    assert team.john.sees.startswith("✅ Je bent niet meer alleen. De ronde gaat door.")
    assert team.john.sees.endswith("Lopen mee: John, Jan")
    await town.advance(wall("2026-12-01T19:59"))
    assert (await team.now()).called_off_at is None


async def test_a_vog_that_is_withdrawn_late_is_a_drop_out_without_a_reason(town: Town, team: Team) -> None:
    await two_said_yes(town, team)
    await jump(town, "2026-12-01T18:50")
    await town.advance(wall("2026-12-01T19:15"))
    await team.samira.says("/buurtpreventie")
    await team.samira.taps("Filmwijk")
    await team.samira.taps("Leden")
    await team.samira.taps("VOG intrekken: Mia")
    await team.samira.taps("Ja, intrekken")
    assert when_told(team.john, ALONE) == ["01T19:15"]
    assert not team.john.was_told("VOG")


async def test_a_bot_that_was_away_does_what_still_makes_sense(town: Town, team: Team) -> None:
    await fill(town, team.meeting, RoleKey.WALKER, [team.john])
    await asleep_until(town, team, "2026-12-01T18:40")
    assert when_told(team.john, "Loop je mee?") == ["01T18:40"]
    assert len(when_told(team.mia, WANTED)) == 1
    assert len(when_told(team.samira, SHORT)) == 1
    await town.advance(wall("2026-12-01T19:01"))
    assert when_told(team.john, OFF) == ["01T19:00"]


async def test_a_bot_that_was_away_over_the_start_still_calls_off_and_asks_nobody(town: Town, team: Team) -> None:
    await fill(town, team.meeting, RoleKey.WALKER, [team.john])
    await asleep_until(town, team, "2026-12-01T20:10")
    assert len(when_told(team.john, OFF)) == 1
    for words in (WANTED, SHORT, "Loop je mee?"):
        assert not any(someone.was_told(words) for someone in team.everybody)


async def test_a_bot_that_was_away_over_the_whole_round_says_nothing(town: Town, team: Team) -> None:
    await fill(town, team.meeting, RoleKey.WALKER, [team.john])
    await asleep_until(town, team, "2026-12-01T22:10")
    assert not any(someone.was_told(OFF) for someone in team.everybody)


async def test_a_round_that_moves_is_asked_about_anew(town: Town, team: Team) -> None:
    await two_said_yes(town, team)
    await jump(town, "2026-12-01T12:00")
    await move(team, "2026-12-02T20:00", "2026-12-02T21:00")
    assert team.john.sees.startswith("🕐 Er is een nieuwe tijd.")
    await jump(town, "2026-12-01T18:50")
    await town.advance(wall("2026-12-02T19:30"))
    assert when_told(team.john, "Morgen: Avondronde") == ["01T19:00"]
    assert when_told(team.jan, WANTED) == ["02T18:00"]
    assert when_told(team.john, OFF) == ["02T19:00"]


async def test_a_round_that_moves_to_soon_is_judged_when_it_starts(town: Town, team: Team) -> None:
    await fill(town, team.meeting, RoleKey.WALKER, [team.john, team.mia])
    await jump(town, "2026-12-01T12:00")
    await town.advance(minutes=1)
    await move(team, "2026-12-01T12:40", "2026-12-01T13:40")
    await town.advance(minutes=1)
    assert len(when_told(team.jan, WANTED)) == 1
    await team.john.taps("Ik loop mee")
    await town.advance(wall("2026-12-01T12:39"))
    assert (await team.now()).called_off_at is None
    await town.advance(wall("2026-12-01T12:41"))
    assert when_told(team.john, OFF) == ["01T12:40"]


async def test_a_silent_walker_gives_way_when_the_round_is_full(town: Town, team: Team) -> None:
    others = [town.resident(f"Lid{number}") for number in range(3)]
    for someone in others:
        await someone.starts()
    async with town.writing() as work:
        work.session.add_all(
            TeamMember(
                team_id=team.meeting.team_id or 0,
                person_id=someone.id,
                asked_at=town.now,
                accepted_at=town.now,
                vog_on=to_wall(town.now, ZONE).date(),
            )
            for someone in others
        )
    await fill(town, team.meeting, RoleKey.WALKER, [team.john, *others])
    await jump(town, "2026-12-01T17:50")
    await town.advance(wall("2026-12-01T18:01"))
    await team.mia.taps("Ik loop mee")
    await team.jan.taps("Ik loop mee")
    assert (await signup_of(town, others[2], team.meeting.id)).state is SignupState.REPLACED
    assert (await signup_of(town, others[1], team.meeting.id)).state is SignupState.REPLACED
    assert others[2].was_told("Iemand anders neemt jouw plek over.")
    await town.advance(wall("2026-12-01T19:01"))
    assert (await team.now()).called_off_at is None
