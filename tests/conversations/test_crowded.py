"""Meetings of three hundred: page, list, roster and call-off stay under Telegram's lengths."""

from bot.domain.enums import RoleKey, SignupState
from storage.models import Activity, Occurrence, Person, Signup
from tests.conversations.dinners import COORDINATOR, dinner, opens
from tests.conversations.meetings import occurrence
from tests.town import Town


async def test_a_meeting_with_three_hundred_sign_ups_fits_into_its_messages(town: Town) -> None:
    meeting = await dinner(town, maximum=400)
    jan = town.person(COORDINATOR)
    async with town.writing() as work:
        activity = await work.session.get(Activity, meeting.activity_id)
        row = await work.session.get(Occurrence, meeting.id)
        assert activity is not None
        assert row is not None
        activity.title, row.place = "🎉<&م" * 30, "م🎉&>" * 50
        for number in range(300):
            work.session.add(
                Signup(
                    occurrence_id=meeting.id,
                    person_id=jan.id if number < 150 else 50_000 + number,
                    role=RoleKey.VISITOR,
                    for_name=f"{number:03}" + "&" * 27 if number < 150 else "",
                    state=SignupState.SIGNED_UP,
                    queued_at=town.now,
                    changed_at=town.now,
                    version=1,
                )
            )
    await opens(jan, meeting)
    assert "300 van de 400 plekken bezet" in jan.sees
    assert "En nog 142." in jan.sees
    assert len(jan.sees) <= 4096
    assert len([key for row in jan.message.buttons for key in row]) <= 100
    await jan.says("/agenda")
    await jan.says("8")
    assert "007&&&" in jan.sees
    assert "008&&&" not in jan.sees
    await opens(jan, meeting)
    await jan.taps("Afgelasten")
    await jan.taps("Ja, afgelasten")
    off = next(message for message in jan.messages if "Zeg het ook tegen:" in message.text)
    assert off.text.endswith("en nog 130.")
    assert len(off.text) <= 4096


async def test_a_roster_of_three_hundred_fits_into_its_message(town: Town) -> None:
    john = town.person("John")
    shift = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    async with town.writing() as work:
        for number in range(300):
            who = 60_000 + number
            work.session.add(Person(id=who, name="&" * 80, created_at=town.now))
            work.session.add(
                Signup(
                    occurrence_id=shift.id,
                    person_id=who,
                    role=RoleKey.WALKER,
                    state=SignupState.SIGNED_UP,
                    queued_at=town.now,
                    changed_at=town.now,
                    version=1,
                )
            )
    await opens(john, shift)
    assert "en nog 280" in john.sees
    assert len(john.sees) <= 4096
