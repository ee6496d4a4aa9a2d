"""Reminders arrive on time, ask what they should, and are kept through a restart."""

from bot.domain.enums import Attendance, ReminderChoice, RoleKey, SignupState
from bot.services.activities import rescheduling
from storage.models import Occurrence, Person
from tests.conversations.meetings import fill, jump, occurrence, signup_of, told, wait_until, wall
from tests.town import Town
from tests.town_people import Someone

CAFE, CAFE_ON = "rc-stedenwijk", "2026-12-05"


async def repairer(town: Town) -> tuple[Someone, Occurrence]:
    """Return Bilal, who repairs on 5 December, and the meeting."""
    (bilal,) = await told(town, "Bilal")
    meeting = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, meeting, RoleKey.REPAIRER, [bilal])
    return bilal, meeting


async def asleep_until(town: Town, moment: str) -> None:
    """Stop the bot, and start it again at a local wall time."""
    await town.stop()
    town.sleep(wall(moment))
    await town.restart()


def reminders(someone: Someone) -> list[str]:
    """Return the reminders in somebody's chat."""
    return [message.text for message in someone.messages if message.text.startswith("⏰")]


async def test_a_reminder_arrives_on_time_and_yes_is_noted(town: Town) -> None:
    bilal, meeting = await repairer(town)
    await jump(town, "2026-11-28T12:59")
    assert reminders(bilal) == []
    await wait_until(town, "2026-11-28T13:00")
    assert bilal.sees == (
        "⏰ Over 7 dagen: Repair Café Stedenwijk\n"
        "zaterdag 5 december, 13:00–16:00\n"
        "📍 Buurtcentrum Stedenwijk\n\n"
        "Kom je?"
    )
    await bilal.taps("Ik kom")
    assert bilal.toast == "Fijn, je komt. Tot dan!"
    assert bilal.sees.startswith("✅ Je komt.")
    assert (await signup_of(town, bilal, meeting.id)).attendance is Attendance.COMING
    await wait_until(town, "2026-12-04T13:00")
    assert bilal.sees.startswith("⏰ Morgen: Repair Café Stedenwijk")


async def test_no_gives_the_place_back_and_says_so_in_the_reminder(town: Town) -> None:
    bilal, meeting = await repairer(town)
    await wait_until(town, "2026-11-28T13:00")
    reminder = bilal.message
    await bilal.taps("Ik kan niet")
    assert "❌ Je komt niet." in reminder.text
    assert bilal.sees.startswith("Je bent afgemeld.")
    assert (await signup_of(town, bilal, meeting.id)).state is SignupState.CANCELLED
    await jump(town, "2026-12-04T13:01")
    assert reminders(bilal) == []


async def test_it_can_be_answered_by_typing(town: Town) -> None:
    bilal, meeting = await repairer(town)
    await wait_until(town, "2026-11-28T13:00")
    await bilal.says("Ik kom")
    assert "Fijn, je komt. Tot dan!" in bilal.sees
    assert (await signup_of(town, bilal, meeting.id)).attendance is Attendance.COMING
    await bilal.says("ik kan niet")
    assert bilal.sees.startswith("Je bent afgemeld.")
    await bilal.says("ja")
    assert "Je hebt hier geen plek (meer)." in bilal.sees
    assert (await signup_of(town, bilal, meeting.id)).state is SignupState.CANCELLED


async def test_yes_to_nothing_gets_a_helpful_answer(town: Town) -> None:
    (fatima,) = await told(town, "Fatima")
    await fatima.says("ja")
    assert "Kies hieronder" in fatima.sees


async def test_an_old_reminder_answers_for_what_is_now(town: Town) -> None:
    bilal, meeting = await repairer(town)
    await wait_until(town, "2026-11-28T13:00")
    reminder = bilal.message
    yes, no = (key["callback_data"] for key in reminder.buttons[0])
    await bilal.forges(no, on=reminder)
    await bilal.taps("Toch wel")
    await bilal.forges(no, on=reminder)
    assert "Er is iets veranderd." in bilal.sees
    assert (await signup_of(town, bilal, meeting.id)).state is SignupState.SIGNED_UP
    await jump(town, "2026-12-05T13:01")
    await bilal.forges(yes, on=reminder)
    assert "Het is al begonnen." in bilal.sees


async def test_reminders_are_kept_through_a_restart_and_come_late_rather_than_never(town: Town) -> None:
    bilal, _meeting = await repairer(town)
    await asleep_until(town, "2026-12-04T18:00")
    await bilal.says("/agenda")
    assert [text.partition("\n")[0] for text in reminders(bilal)] == ["⏰ Morgen: Repair Café Stedenwijk"]


async def test_what_was_missed_in_the_evening_wakes_nobody_at_night(town: Town) -> None:
    bilal, _meeting = await repairer(town)
    await asleep_until(town, "2026-12-04T23:30")
    await bilal.says("/agenda")
    assert reminders(bilal) == []
    await town.advance(wall("2026-12-05T07:59"))
    assert reminders(bilal) == []
    await town.advance(wall("2026-12-05T08:01"))
    assert [text.partition("\n")[0] for text in reminders(bilal)] == ["⏰ Over 5 uur: Repair Café Stedenwijk"]


async def test_the_choice_of_the_person_is_kept(town: Town) -> None:
    bilal, meeting = await repairer(town)
    (ann,) = await told(town, "Ann")
    await fill(town, meeting, RoleKey.HOST, [ann])
    async with town.writing() as work:
        for someone, choice in ((bilal, ReminderChoice.LAST), (ann, ReminderChoice.NONE)):
            person = await work.session.get(Person, someone.id)
            assert person is not None
            person.reminders = choice
    await wait_until(town, "2026-11-28T13:00")
    assert reminders(bilal) == reminders(ann) == []
    await wait_until(town, "2026-12-04T13:00")
    assert len(reminders(bilal)) == 1
    assert reminders(ann) == []


async def test_called_off_is_told_at_once_with_sound_and_nothing_follows(town: Town) -> None:
    bilal, meeting = await repairer(town)
    await jump(town, "2026-11-27T23:30")
    async with town.writing() as work:
        await rescheduling.call_off(work, meeting.id, "De zaal is <dicht>")
    await town.settle()
    assert bilal.sees == (
        "🚫 Dit gaat niet door.\nRepair Café Stedenwijk\nzaterdag 5 december, 13:00–16:00\nReden: De zaal is <dicht>"
    )
    assert not bilal.message.silent
    await wait_until(town, "2026-11-28T13:00")
    assert reminders(bilal) == []
    await bilal.says("/agenda")
    assert "🚫 Gaat niet door" in bilal.sees
    await bilal.says("1")
    assert "Stand: afgelast" in bilal.sees
    assert bilal.buttons == ["⬅️ Alle activiteiten"]


async def test_a_moved_meeting_asks_again_and_reminds_by_its_new_time(town: Town) -> None:
    bilal, meeting = await repairer(town)
    async with town.writing() as work:
        await rescheduling.move(work, meeting.id, wall("2026-12-06T10:00"), wall("2026-12-06T12:00"))
    await town.settle()
    assert bilal.sees.startswith("🕐 Er is een nieuwe tijd.\nRepair Café Stedenwijk\nzondag 6 december, 10:00–12:00")
    await bilal.taps("Ik kom")
    assert "Fijn, je komt." in bilal.sees
    await wait_until(town, "2026-12-05T10:00")
    assert bilal.sees.startswith("⏰ Morgen: Repair Café Stedenwijk\nzondag 6 december, 10:00–12:00")
