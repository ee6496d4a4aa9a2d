""" "Ik ga om 20:30, wie loopt mee?" becomes a round at the second yes, and expires otherwise."""

import pytest
from sqlalchemy import select

from bot.domain.enums import Attendance
from handlers.patrol.buttons import WalkBack, WalkYes
from storage.models import Occurrence, Signup, WalkCall
from tests.conversations.meetings import jump, told, wall
from tests.conversations.patrolling import ALONE, OFF, Team
from tests.town import Town

QUESTION = "🚶 John gaat lopen: maandag 23 november 20:30. Wie loopt mee?\nBuurtpreventie Filmwijk"


async def extra(town: Town) -> list[Occurrence]:
    async with town.reading() as work:
        made = select(WalkCall.occurrence_id).where(WalkCall.occurrence_id.is_not(None))
        return list((await work.session.scalars(select(Occurrence).where(Occurrence.id.in_(made)))).all())


async def the_call(town: Town) -> WalkCall:
    async with town.reading() as work:
        return (await work.session.scalars(select(WalkCall))).one()


async def test_the_second_yes_makes_a_round_and_the_third_joins_it(town: Town, team: Team) -> None:
    await jump(town, "2026-11-23T18:00")
    await team.john.says("Ik ga om 20:30, wie loopt mee?")
    assert team.john.sees.startswith("Ik vraag het aan de leden met een VOG: wie loopt mee om 20:30? Ga niet alleen.")
    assert team.jan.sees == team.mia.sees == QUESTION
    assert not team.samira.was_told("20:30")
    asked = team.jan.message
    assert await extra(town) == []
    await team.mia.taps("Ik loop mee", on=team.mia.message)
    assert "Lopen mee: John, Mia" in team.mia.sees
    (meeting,) = await extra(town)
    assert meeting.starts_at == wall("2026-11-23T20:30")
    assert team.john.sees == "✅ Dit is nu een ronde: maandag 23 november 20:30.\nLopen mee: John, Mia"
    assert team.samira.sees == team.john.sees
    assert asked.text == team.john.sees
    await team.jan.taps("Ik loop mee", on=asked)
    assert "Lopen mee: John, Mia, Jan" in team.jan.sees
    async with town.reading() as work:
        rows = (await work.session.scalars(select(Signup).where(Signup.occurrence_id == meeting.id))).all()
    assert [row.attendance for row in rows] == [Attendance.COMING] * 3
    await town.advance(wall("2026-11-23T20:29"))
    assert not team.john.was_told(OFF)


async def test_without_a_second_yes_it_expires(town: Town, team: Team) -> None:
    await jump(town, "2026-11-23T18:00")
    await team.john.says("/buurtpreventie")
    await team.john.taps("Filmwijk")
    await team.john.taps("Ik ga lopen. Wie loopt mee?")
    await team.john.says("20.30")
    question = team.mia.message
    await team.john.forges(WalkYes((await the_call(town)).id).encode())
    assert team.john.sees.startswith("Dit is je eigen vraag.")
    await town.advance(wall("2026-11-23T20:31"))
    assert team.john.sees == (
        "🚫 Niemand loopt mee: maandag 23 november 20:30. De ronde gaat niet door. Ga niet alleen."
    )
    assert not team.john.message.silent
    assert question.text == "Deze ronde gaat niet door: maandag 23 november 20:30. Ga niet alleen."
    await team.mia.forges(WalkYes((await the_call(town)).id).encode())
    assert team.mia.sees == "Dit gaat niet meer. Ga niet alleen."
    assert await extra(town) == []


async def test_who_drops_out_of_it_leaves_the_other_warned(town: Town, team: Team) -> None:
    await jump(town, "2026-11-23T20:00")
    await team.john.says("/buurtpreventie")
    await team.john.taps("Filmwijk")
    await team.john.taps("Ik ga lopen. Wie loopt mee?")
    assert team.john.buttons[:4] == ["20:30", "21:00", "21:30", "22:00"]
    await team.john.taps("20:30")
    question = team.mia.message
    asked = team.jan.message
    await team.mia.taps("Ik loop mee", on=question)
    assert asked.text == "✅ Dit is nu een ronde: maandag 23 november 20:30.\nLopen mee: John, Mia"
    await team.mia.taps("Ik kan niet")
    assert team.john.sees.startswith(ALONE)
    assert asked.text.startswith("⚠️ Deze ronde heeft te weinig mensen: maandag 23 november 20:30. Ga niet alleen.")
    assert asked.text.endswith("\nLopen mee: John")


async def test_a_question_is_taken_back_and_there_is_one_at_a_time(town: Town, team: Team) -> None:
    await jump(town, "2026-11-23T18:00")
    await team.john.says("Ik ga om 20:30, wie loopt mee?")
    question = team.mia.message
    await team.john.says("ik ga om 21.00 wie gaat er mee")
    assert team.john.sees.startswith("Je vraag voor 20:30 loopt nog.")
    await team.mia.forges(WalkBack((await the_call(town)).id).encode())
    assert team.mia.message is not question
    await team.john.taps("Ik ga toch niet")
    assert team.john.sees.startswith("Je vraag is weg.")
    assert question.text.startswith("Deze ronde gaat niet door")


@pytest.mark.parametrize(
    ("now", "said", "answer"),
    [
        ("2026-11-23T18:00", "Ik ga om 17:00, wie loopt mee?", "Schrijf een tijd in de komende 12 uur"),
        ("2026-11-23T22:30", "Ik ga om 23:30, wie loopt mee?", "Tussen 22:00 en 8:00 stuurt de bot dit niet."),
    ],
)
async def test_at_impossible_times_nobody_is_asked(town: Town, team: Team, now: str, said: str, answer: str) -> None:
    await jump(town, now)
    await team.john.says(said)
    assert team.john.sees.startswith(answer)
    assert not team.mia.was_told("Wie loopt mee?")


async def test_of_anybody_else_the_sentence_is_a_report_and_nobody_is_asked(town: Town, team: Team) -> None:
    (fatima,) = await told(town, "Fatima")
    for someone in (fatima, team.samira):
        await someone.says("Ik ga om 20:30, wie loopt mee?")
        assert "112" in someone.sees
    assert not team.mia.was_told("Wie loopt mee?")
