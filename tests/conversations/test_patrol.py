"""Buurtpreventie: shifts for members with a VOG; for everybody else there are none, in no list and by no button."""

import pytest

from bot.domain.enums import Attendance, RoleKey, SignupState
from handlers.activities.buttons import CallOff, Coming, Join, NotComing, OpenMeeting, Shifts, TakeOver
from handlers.buttons import Button
from storage.models import TeamMember
from tests.conversations.meetings import fill, jump, occurrence, signup_of, told, wait_until
from tests.town import Town
from tests.town_people import Someone

ROUND, ROUND_ON = "ronde-filmwijk", "2026-12-01"
NOTHING = "Deze activiteit bestaat niet meer. Kies een andere."


async def start_all(town: Town) -> tuple[Someone, Someone, Someone]:
    """Return Jan (coordinator), John (member with a VOG) and Mia (member without)."""
    people = town.person("Jan"), town.person("John"), town.person("Mia")
    for someone in people:
        await someone.starts()
    return people


async def open_round(someone: Someone) -> None:
    await someone.says("/activiteiten")
    await someone.taps("Rondes van mijn team")
    await someone.says("1")


async def test_a_member_with_vog_sees_the_shifts_and_takes_one(town: Town) -> None:
    jan, john, _mia = await start_all(town)
    await open_round(john)
    assert john.sees == (
        "Avondronde\n"
        "dinsdag 1 december, 20:00–21:00\n"
        "📍 Wijkcentrum Filmwijk, Filmwijk\n\n"
        "Stand: te weinig\n"
        "• Loper: 0 van de 4 plekken bezet, nog 2 nodig\n\n"
        "Er loopt nog niemand mee.\n"
        "Loop nooit alleen. Buurtbode let niet op jullie. Gevaar: 112.\n"
        "Deel deze tijden niet met anderen."
    )
    await john.taps("Ik loop mee")
    assert "Je bent aangemeld als loper." in john.sees
    assert "Je krijgt een herinnering op maandag 30 november 19:00." in john.sees
    await open_round(jan)
    assert "Lopen mee: John" in jan.sees
    await jan.taps("Ik loop mee")
    await jan.taps("Bekijk de activiteit")
    assert "Lopen mee: John, Jan" in jan.sees
    assert "Stand: gaat door" in jan.sees


async def test_for_everybody_else_there_are_no_shifts(town: Town) -> None:
    _jan, john, mia = await start_all(town)
    (fatima,) = await told(town, "Fatima")
    meeting = await occurrence(town, ROUND, ROUND_ON)
    await fill(town, meeting, RoleKey.WALKER, [john])
    johns = await signup_of(town, john, meeting.id)
    for someone in (mia, fatima, town.person("Omar")):
        await someone.starts()
        await someone.says("/activiteiten")
        assert "🦺 Rondes van mijn team" not in someone.buttons
        await someone.says("Filmwijk")
        assert "Avondronde" not in someone.sees
        await someone.taps("Heel Almere")
        assert "Avondronde" not in someone.sees
        assert not someone.was_told("Avondronde")
        real: list[Button] = [
            OpenMeeting(meeting.id),
            Join(meeting.id, meeting.version, RoleKey.WALKER),
            TakeOver(johns.id, johns.version),
            NotComing(johns.id, johns.version),
            Coming(johns.id, johns.version),
            Shifts(),
        ]
        made_up: list[Button] = [
            OpenMeeting(5),
            Join(5, 1, RoleKey.WALKER),
            TakeOver(5, 1),
            NotComing(5, 1),
            Coming(5, 1),
            Shifts(7, 7),
        ]
        for one, other in zip(real, made_up, strict=True):
            await someone.forges(one.encode())
            answer = (someone.sees, someone.buttons, someone.toast)
            await someone.forges(other.encode())
            assert (someone.sees, someone.buttons, someone.toast) == answer
            assert NOTHING in someone.sees


async def test_the_coordinator_and_the_team_s_worker_see_the_roster_but_only_a_vog_lets_walk(town: Town) -> None:
    samira = town.person("Samira")
    await samira.starts()
    await open_round(samira)
    assert "Er loopt nog niemand mee." in samira.sees
    assert "🦺 Ik loop mee" not in samira.buttons
    meeting = await occurrence(town, ROUND, ROUND_ON)
    await samira.forges(Join(meeting.id, meeting.version, RoleKey.WALKER).encode())
    assert NOTHING in samira.sees


async def test_a_vog_that_is_withdrawn_hides_everything_at_once(town: Town) -> None:
    _jan, john, _mia = await start_all(town)
    meeting = await occurrence(town, ROUND, ROUND_ON)
    await fill(town, meeting, RoleKey.WALKER, [john])
    await open_round(john)
    async with town.writing() as work:
        member = await work.session.get(TeamMember, (meeting.team_id, john.id))
        assert member is not None
        member.vog_withdrawn_at = town.now
    await john.says("/agenda")
    assert "Avondronde" not in john.sees
    await john.forges(OpenMeeting(meeting.id).encode())
    assert NOTHING in john.sees
    await wait_until(town, "2026-11-30T19:00")
    assert not any(message.text.startswith("⏰") for message in john.messages)


async def test_the_evening_before_and_three_hours_before_only_who_is_silent_is_asked_again(town: Town) -> None:
    jan, john, _mia = await start_all(town)
    meeting = await occurrence(town, ROUND, ROUND_ON)
    await fill(town, meeting, RoleKey.WALKER, [jan, john])
    await wait_until(town, "2026-11-30T19:00")
    for someone in (jan, john):
        assert someone.sees.startswith("⏰ Morgen: Avondronde\ndinsdag 1 december, 20:00–21:00")
        assert someone.sees.endswith("Loop je mee?")
    await jan.taps("Ik loop mee")
    assert jan.sees.startswith("✅ Je loopt mee.")
    await wait_until(town, "2026-12-01T17:00")
    assert john.sees.startswith("⏰ Over 3 uur: Avondronde")
    assert not jan.sees.startswith("⏰")


async def test_late_the_others_with_a_vog_are_asked_and_nobody_else(town: Town) -> None:
    jan, john, mia = await start_all(town)
    meeting = await occurrence(town, ROUND, ROUND_ON)
    await fill(town, meeting, RoleKey.WALKER, [john])
    await jump(town, "2026-12-01T12:00")
    await john.says("/agenda")
    await john.says("1")
    await john.taps("Ik kan niet")
    assert "Neem jij de plek over?" in jan.sees
    assert not mia.was_told("Neem jij de plek over?")
    await jan.taps("Ik neem het over")
    assert "Jij neemt de plek over." in jan.sees
    assert "Lopen mee: Jan" in jan.sees
    assert john.was_told("Iemand anders neemt jouw plek over.")
    assert (await signup_of(town, john, meeting.id)).state is SignupState.REPLACED


@pytest.mark.parametrize(
    ("at", "answer"),
    [("2026-11-30T18:59", Attendance.UNKNOWN), ("2026-11-30T19:00", Attendance.COMING)],
)
async def test_signing_up_after_the_question_is_a_yes(town: Town, at: str, answer: Attendance) -> None:
    _jan, john, _mia = await start_all(town)
    meeting = await occurrence(town, ROUND, ROUND_ON)
    await jump(town, at)
    await open_round(john)
    await john.taps("Ik loop mee")
    assert (await signup_of(town, john, meeting.id)).attendance is answer


async def test_the_coordinator_calls_a_round_off_and_nobody_goes_alone(town: Town) -> None:
    jan, john, _mia = await start_all(town)
    meeting = await occurrence(town, ROUND, ROUND_ON)
    await fill(town, meeting, RoleKey.WALKER, [john])
    await open_round(john)
    assert "🚫 Afgelasten" not in john.buttons
    await john.forges(CallOff(meeting.id, meeting.version, sure=True).encode())
    assert "Stand: te weinig" in john.sees
    await open_round(jan)
    await jan.taps("Afgelasten")
    assert "Iedereen krijgt meteen bericht." in jan.sees
    await jan.taps("Nee, terug")
    await jan.taps("Afgelasten")
    await jan.taps("Ja, afgelasten")
    assert jan.sees.startswith("Afgelast. Iedereen krijgt bericht.")
    assert john.sees.startswith("🚫 De ronde gaat niet door. Ga niet alleen.\nAvondronde")
    await jan.forges(CallOff(meeting.id, meeting.version, sure=True).encode())
    assert "Stand: afgelast" in jan.sees


async def test_a_beheerder_calls_off_what_is_public_and_others_can_t(town: Town) -> None:
    wilma, omar = town.person("Wilma"), town.person("Omar")
    for someone in (wilma, omar):
        await someone.starts()
        await someone.says("/activiteiten")
        await someone.taps("Heel Almere")
        await someone.says("1")
    assert "🚫 Afgelasten" not in omar.buttons
    meeting = await occurrence(town, "rc-stedenwijk", "2026-12-05")
    await wilma.forges(CallOff(meeting.id, meeting.version + 1, sure=True).encode())
    assert wilma.sees.startswith("Er is iets veranderd.")
    await wilma.taps("Afgelasten")
    await wilma.taps("Ja, afgelasten")
    await omar.forges(CallOff(meeting.id, meeting.version, sure=True).encode())
    assert "Stand: afgelast" in omar.sees
