"""One's own list of sign-ups, and leaving from it."""

from bot.domain.enums import RoleKey, SignupState
from bot.services.activities import meetings, recurrence
from handlers.activities.buttons import NotComing
from storage.models import Activity
from tests.conversations.joining import CAFE, CAFE_ON, full_of_hosts, open_first
from tests.conversations.meetings import fill, jump, occurrence, signup_of, told
from tests.town import Town


async def test_one_s_own_sign_ups_come_in_pages(town: Town) -> None:
    (fatima,) = await told(town, "Fatima")
    async with town.writing() as work:
        activity = await work.session.get(Activity, (await occurrence(town, CAFE, CAFE_ON)).activity_id)
        assert activity is not None
        activity.starts, activity.ends, activity.repeats = "2026-11-24T13:00", "2026-11-24T16:00", "FREQ=DAILY;COUNT=9"
    async with town.writing() as work:
        await recurrence.extend_series(work)
        page = await meetings.upcoming(work, area_code="WK003427")
        later = await meetings.upcoming(work, area_code="WK003427", after=page.following)
        found = [shown.occurrence for shown in [*page.meetings, *later.meetings]]
    for meeting in found:
        await fill(town, meeting, RoleKey.HOST, [fatima])
    await fatima.presses("Waar ik heen ga")
    assert fatima.sees.count("Aangemeld als") == 8
    await fatima.taps("Later")
    assert fatima.sees.count("Aangemeld als") == len(found) - 8
    await fatima.taps("Naar het begin")
    assert fatima.sees.count("Aangemeld als") == 8


async def test_one_s_own_list_says_how_each_stands(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    await fatima.presses("Waar ik heen ga")
    assert "⏳ Op de wachtlijst, nummer 1" in fatima.sees
    signup = await signup_of(town, ann, meeting.id)
    await ann.forges(NotComing(signup.id, signup.version).encode())
    await fatima.presses("Waar ik heen ga")
    assert "🎟 Er is een plek voor jou. Antwoord voor dinsdag 20:00." in fatima.sees
    await fatima.says("1")
    await fatima.taps("Ja, ik kom")
    assert "Je bent aangemeld als gastvrouw of gastheer." in fatima.sees
    await jump(town, "2026-12-05T09:00")
    await fatima.says("/agenda")
    await fatima.says("1")
    await fatima.taps("Ik kan niet")
    await fatima.presses("Waar ik heen ga")
    assert "🔁 Je kunt niet. Wij zoeken iemand anders." in fatima.sees
    await fatima.says("1")
    await fatima.taps("Toch wel")
    assert "Fijn, je komt." in fatima.sees


async def test_who_waits_can_stop_waiting(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    await fatima.taps("Ik kan niet")
    assert "Je staat niet meer op de wachtlijst van Repair Café Stedenwijk." in fatima.sees
    await fatima.taps("Toch wel")
    assert "Je bent de eerste op de wachtlijst." in fatima.sees
    signup = await signup_of(town, ann, meeting.id)
    await ann.forges(NotComing(signup.id, signup.version).encode())
    await fatima.says("/agenda")
    await fatima.says("1")
    await fatima.taps("❌ Nee")
    assert (await signup_of(town, fatima, meeting.id)).state is SignupState.CANCELLED


async def test_two_roles_are_two_places_and_each_is_left_by_itself(town: Town) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima)
    await fatima.taps("Ik help met repareren")
    await fatima.taps("Bekijk de activiteit")
    await fatima.taps("Ik help als gastvrouw of gastheer")
    await fatima.taps("Bekijk de activiteit")
    await fatima.taps("❌ Ik kan niet (reparateur)")
    await fatima.taps("Bekijk de activiteit")
    assert "Aangemeld als gastvrouw of gastheer" in fatima.sees
    assert "Aangemeld als reparateur" not in fatima.sees
