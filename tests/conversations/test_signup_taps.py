"""Taps on older pages, forged ones and those of others, while people sign up."""

from bot.domain.enums import RoleKey, SignupState
from handlers.activities.buttons import Again, Coming, Join, NotComing, TakeFree, TakeOver
from handlers.buttons import Button
from handlers.signups.draft import FormAnswer, Step
from storage.models import Occurrence
from storage.queries import signups as queries
from tests.conversations.joining import CAFE, CAFE_ON, begin_visit, full_of_hosts, open_first
from tests.conversations.meetings import jump, occurrence, signup_of
from tests.town import Town


async def test_a_tap_on_an_older_page_changes_nothing_and_shows_how_it_is_now(town: Town) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima)
    async with town.writing() as work:
        meeting = await work.session.get(Occurrence, (await occurrence(town, CAFE, CAFE_ON)).id)
        assert meeting is not None
        meeting.version += 1
    await fatima.taps("Ik help met repareren")
    assert fatima.sees.startswith("Er is iets veranderd. Zo is het nu:")
    await fatima.taps("Ik breng iets mee")
    assert "Wat neem je mee?" in fatima.sees


async def test_a_tap_on_an_older_question_shows_the_open_one(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    old = FormAnswer(1, Step.BRAND, "skip").encode()
    await fatima.forges(old)
    assert fatima.toast == "Dat had je al beantwoord."
    assert "Welk merk is het?" in fatima.sees


async def test_a_forged_answer_to_the_open_question_changes_nothing(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    await fatima.taps("Overslaan")
    await fatima.taps("Overslaan")
    data = fatima.message.buttons[0][0]["callback_data"]
    for value in ("1", "x", "99999999999"):
        await fatima.forges(data.rpartition(":")[0] + ":" + value)
        assert "Hoe laat kom je?" in fatima.sees
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.reading() as work:
        assert await queries.of_occurrence(work.session, meeting.id) == []


async def test_buttons_of_somebody_else_s_sign_up_do_nothing(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    signup = await signup_of(town, ann, meeting.id)
    forged: list[Button] = [
        NotComing(signup.id, signup.version),
        Coming(signup.id, signup.version),
        Again(signup.id, signup.version),
        TakeFree(signup.id, signup.version),
    ]
    for button in forged:
        await fatima.forges(button.encode())
        assert "Deze activiteit bestaat niet meer." in fatima.sees
    await fatima.forges(TakeOver(signup.id, signup.version).encode())
    assert "Deze plek is al gevuld." in fatima.sees
    assert (await signup_of(town, ann, meeting.id)).state is SignupState.SIGNED_UP


async def test_signing_up_twice_says_so(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    join = Join(meeting.id, meeting.version, RoleKey.VISITOR).encode()
    for answer in ("sla over", "sla over", "14:00", "ja"):
        await fatima.says(answer)
    await fatima.forges(join)
    assert fatima.sees.startswith("Je bent al aangemeld.")
    await jump(town, "2026-12-05T13:01")
    await fatima.forges(join)
    assert fatima.sees.startswith("Je bent al aangemeld.")
    signup = await signup_of(town, fatima, meeting.id)
    await fatima.forges(NotComing(signup.id, signup.version).encode())
    assert fatima.sees.startswith("Je bent afgemeld.")  # who walks in may say so until the end
    await fatima.forges(Coming(signup.id, signup.version).encode())
    assert fatima.sees.startswith("Het is al begonnen.")
    await fatima.forges(Join(meeting.id, meeting.version, RoleKey.HOST).encode())
    assert fatima.sees.startswith("Het is al begonnen.")
