"""The sender against the stand-in: what is in the outbox is said, once, as it should read now."""

from datetime import timedelta

from bot.domain.enums import Language, OutboxState, Priority
from bot.runtime.limits import Limits, Window
from handlers.buttons import Key
from handlers.desk.lists import ShowListed
from handlers.views.drawing import Drawing, Later, NotAnyMore, Remove
from storage.engine import Database
from storage.models import Person
from tests.runtime.office import PLENTY, START, Note, Office, opened, texts, words


async def test_what_is_said_arrives_in_its_order_and_is_marked(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    await office.say("een", "twee", "drie", chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["een", "twee", "drie"]
    for row, message in zip(await office.rows(), fatima.chat.visible, strict=True):
        assert (row.state, row.payload, row.message_id) == (OutboxState.SENT, None, message.message_id)
        assert row.sent_at is not None


async def test_everything_a_drawing_holds_arrives(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    await office.say("vraag", chat=fatima.id)
    await office.idle()
    first = fatima.chat.last
    words[1] = Drawing(
        text="<b>Ja</b> of nee?",
        keyboard=[[Key("Ja", ShowListed(1)), Key("Site", url="https://deschoor.nl")]],
        reply_to=first.message_id,
        protect=True,
    )
    await office.put(Note(1), chat=fatima.id, silent=True)
    await office.idle()
    last = fatima.chat.last
    assert (last.text, last.labels, last.reply_to) == ("Ja of nee?", ["Ja", "Site"], first)
    assert last.silent
    assert last.protect_content


async def test_menus_locations_and_forced_replies_come_as_reply_keyboards(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = Drawing(text="menu", menu=[["📣 Iets melden"], ["Een", "Twee"]])
    words[2] = Drawing(text="waar", menu=[["Terug"]], ask_location="📍 Deel je plek")
    words[3] = Drawing(text="weg", menu=[])
    words[4] = Drawing(text="antwoord", force_reply=True)
    seen = []
    for number in (1, 2, 3, 4):
        await office.put(Note(number), chat=fatima.id)
        await office.idle()
        keyboard = fatima.chat.keyboards.get(fatima.id)
        seen.append(keyboard.labels if keyboard else None)
    assert seen == [[["📣 Iets melden"], ["Een", "Twee"]], [["📍 Deel je plek"], ["Terug"]], None, None]
    markups = [call.params["reply_markup"] for call in office.world.calls.of("sendMessage")]
    assert markups[0]["resize_keyboard"]
    assert markups[0]["is_persistent"]
    assert markups[1]["keyboard"][0][0]["request_location"]
    assert markups[3]["force_reply"]


async def test_a_reply_to_what_is_gone_is_sent_without_it(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = Drawing(text="antwoord", reply_to=999)
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert fatima.chat.last.text == "antwoord"
    assert fatima.chat.last.reply_to is None


async def test_it_is_drawn_in_the_language_of_its_reader(office: Office) -> None:
    john = office.world.add_person("John", started=True)
    group = office.world.add_group("Desk")
    async with office.writing() as work:
        work.session.add(Person(id=john.id, created_at=work.now, language=Language.ENGLISH))
        work.put(Note(1), chat=john.id)
        work.put(Note(2), chat=group.id)
    await office.idle()
    assert (texts(john.chat), texts(group)) == (["EN note 1"], ["note 2"])


async def test_a_second_put_edits_the_message_and_an_unchanged_one_counts_as_sent(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = "eerst"
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = "daarna"
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["daarna"]
    row = (await office.rows())[0]
    assert (row.version, row.state, row.message_id) == (3, OutboxState.SENT, fatima.chat.last.message_id)


async def test_a_message_that_is_gone_is_sent_anew(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    old = fatima.chat.last
    old.deleted = True
    words[1] = "opnieuw"
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["opnieuw"]
    row = (await office.rows())[0]
    assert row.message_id == fatima.chat.last.message_id != old.message_id


async def test_a_prompt_without_a_tap_is_a_new_message_and_with_one_an_edit(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    key = f"prompt:{fatima.id}"
    await office.say("vraag 1", chat=fatima.id, key=key)
    await office.idle()
    await office.say("vraag 2", chat=fatima.id, key=key)
    await office.idle()
    second = fatima.chat.last
    await office.say("vraag 3", chat=fatima.id, key=key, message_id=second.message_id)
    await office.idle()
    assert texts(fatima.chat) == ["vraag 1", "vraag 3"]


async def test_what_is_not_due_waits_and_what_is_late_is_dropped(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    await office.put(Note(1), chat=fatima.id, due_at=START + timedelta(hours=2))
    await office.put(Note(2), chat=fatima.id, due_at=START + timedelta(hours=1), valid_until=START)
    await office.idle()
    assert texts(fatima.chat) == []
    assert await office.sender.next_due() == START + timedelta(hours=1)
    await office.advance(START + timedelta(hours=1, minutes=30))
    assert texts(fatima.chat) == []
    late = await office.row("test_note:2")
    assert (late.state, late.reason, late.payload) == (OutboxState.DROPPED, "late", None)
    await office.advance(START + timedelta(hours=3))
    assert texts(fatima.chat) == ["note 1"]
    assert abs(fatima.chat.last.date - (START + timedelta(hours=2))) < timedelta(minutes=1)
    assert await office.sender.next_due() is None


async def test_what_was_moved_to_later_is_not_said_now(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.slow("sendMessage", seconds=0.2)
    await office.say("bezet", chat=fatima.id)
    await office.put(Note(1), chat=fatima.id)
    await office.put(Note(1), chat=fatima.id, due_at=START + timedelta(hours=1))
    await office.idle()
    assert texts(fatima.chat) == ["bezet"]
    await office.advance(START + timedelta(hours=2))
    assert texts(fatima.chat) == ["bezet", "note 1"]


async def test_what_need_not_be_said_any_more_is_dropped_with_its_reason(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = NotAnyMore("gone")
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    row = (await office.rows())[0]
    assert (row.state, row.reason, row.payload) == (OutboxState.DROPPED, "gone", None)
    assert texts(fatima.chat) == []


async def test_what_is_put_off_waits_for_its_hour_also_through_a_restart(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[1] = Later(START + timedelta(hours=2))
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    row = (await office.rows())[0]
    assert (row.state, row.due_at) == (OutboxState.WAITING, START + timedelta(hours=2))
    words[1] = "goedemorgen"
    await office.crash()
    await office.open()
    await office.advance(START + timedelta(hours=1))
    assert texts(fatima.chat) == []
    await office.advance(START + timedelta(hours=3))
    assert texts(fatima.chat) == ["goedemorgen"]


async def test_what_is_unsaid_in_time_is_never_said(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.slow("sendMessage", seconds=0.2)
    await office.say("bezet", chat=fatima.id)
    async with office.writing() as work:
        work.put(Note(1), chat=fatima.id)
    async with office.writing() as work:
        await work.unsay([Note(1)], reason="withdrawn")
    await office.idle()
    assert texts(fatima.chat) == ["bezet"]


async def test_a_view_that_fails_harms_only_its_own_row(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    words[2] = ValueError("Fatima woont op nummer 5")
    await office.put(Note(1), Note(2), Note(3), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["note 1", "note 3"]
    failed = await office.row("test_note:2")
    assert (failed.state, failed.reason) == (OutboxState.FAILED, "view: ValueError")


async def test_messages_are_deleted_and_what_is_gone_counts_as_deleted(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    await office.say("een", "twee", "drie", "vier", chat=fatima.id)
    await office.idle()
    ids = [message.message_id for message in fatima.chat.visible]
    words[1], words[2], words[3] = Remove(ids[:2]), Remove([ids[2]]), Remove([ids[2]])
    await office.put(Note(1), Note(2), Note(3), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["vier"]
    states = {row.state for row in await office.rows()}
    assert states == {OutboxState.SENT}


async def test_a_row_whose_own_message_was_removed_is_sent_anew(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = Remove([fatima.chat.last.message_id])
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    words[1] = "terug"
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["terug"]


async def test_answers_go_before_cards_and_cards_before_reminders(database: Database) -> None:
    async with opened(database, limits=lambda: Limits(Window(1, 0.02), PLENTY, PLENTY)) as office:
        fatima = office.world.add_person("Fatima", started=True)
        async with office.writing() as work:
            for priority in (Priority.ANNOUNCEMENT, Priority.REMINDER, Priority.CARD, Priority.ANSWER):
                for number in range(2):
                    work.put(Note(10 * priority + number), chat=fatima.id, priority=priority)
        await office.idle()
        assert texts(fatima.chat) == [f"note {number}" for number in (0, 1, 10, 11, 20, 21, 30, 31)]


async def test_a_topic_that_is_gone_does_not_swallow_the_message(office: Office) -> None:
    group = office.world.add_group("Desk", forum=True, bot="administrator")
    await office.put(Note(1), chat=group.id, thread=77)
    await office.put(Note(2), chat=group.id, thread=77)
    await office.idle()
    assert texts(group) == ["note 1", "note 2"]
    assert [message.thread_id for message in group.visible] == [None, None]
