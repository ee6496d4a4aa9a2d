"""Many new cards at once become list messages; every report is visible in its group soon after any burst."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from bot.demo.telegram.limits import Window as TheirWindow
from bot.demo.telegram.model import Chat
from bot.domain.enums import OutboxState, Priority, RoleName
from bot.domain.notices.system import CardList, StrayCard
from bot.runtime.limits import Limits, Window
from bot.services.desk import lists
from bot.services.desk.lists import Showing
from handlers.desk.lists import ShowListed
from handlers.views.drawing import NotAnyMore
from storage.engine import Database
from storage.ids import new_id
from storage.models import Desk, DeskWorker, Outbox, Person, RoleGrant
from storage.queries.listing import MOST_ON_A_LIST
from tests.runtime.office import PLENTY, Note, NoteCard, Office, opened, texts, words

#: The real limits of a group, five times as fast: what is promised within ten seconds is seen within two.
#: `test_sender_queue` shows the same for every burst and to the second, with a time of its own.
FASTER = 5
WITHIN_S = 10 / FASTER
#: What a machine that stands still now and then may add; less than who waits for a whole window of the group's limit.
BUSY_S = 8.0


def limits() -> Limits:
    return Limits(PLENTY, PLENTY, Window(20, 60 / FASTER))


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with opened(database, limits=limits) as running:
        running.world.limits.on = True
        running.world.limits.overall = running.world.limits.private = TheirWindow(PLENTY.count, PLENTY.seconds)
        running.world.limits.group = TheirWindow(20, 60 / FASTER)
        yield running
        assert [call for call in running.world.calls if call.status == 429] == []


def visible(group: Chat) -> set[str]:
    """Return which cards can be seen in a group: as messages, or as buttons of a list."""
    return {message.text for message in group.visible} | {label for one in group.visible for label in one.labels}


async def test_five_new_cards_come_one_by_one(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(5)), chat=group.id)
    await office.idle()
    assert sorted(texts(group)) == [f"note {number}" for number in range(5)]


async def test_fourteen_new_cards_come_as_one_list_with_a_button_each(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(14)), chat=group.id)
    await office.idle()
    (message,) = group.visible
    assert message.text == "14 nieuwe meldingen. Tik op een melding om de kaart te zien."
    assert message.labels == [f"note {number}" for number in range(14)]
    rows = await office.rows()
    listed = [row for row in rows if row.kind == NoteCard.kind]
    own = next(row for row in rows if row.kind == CardList.kind)
    assert {(row.state, row.listed_in, row.message_id, row.payload) for row in listed} == {
        (OutboxState.SENT, own.id, None, None)
    }


async def test_the_list_is_edited_as_more_arrive(office: Office) -> None:
    group = office.world.add_group("Desk")
    for start in (0, 8, 16):
        await office.put(*(NoteCard(number) for number in range(start, start + 8)), chat=group.id)
        await office.idle()
    (message,) = group.visible
    assert message.text.startswith("24 nieuwe meldingen")
    assert len(message.labels) == 24


async def test_the_list_follows_when_many_of_its_reports_change_at_once(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(8)), chat=group.id)
    await office.idle()
    words.update({number: f"closed {number}" for number in range(8)})
    await office.put(*(NoteCard(number) for number in range(8)), chat=group.id)
    await office.idle()
    assert len(office.world.calls.of("editMessageText")) < 8, "one edit shows many changes"
    (message,) = group.visible
    assert message.labels == [f"closed {number}" for number in range(8)]
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}


async def test_two_hundred_reports_are_three_lists(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(200)), chat=group.id)
    await office.idle()
    assert [len(message.labels) for message in group.visible] == [75, 75, 50]


async def test_the_lines_of_a_long_list_lose_their_end_so_that_telegram_takes_them(office: Office) -> None:
    group = office.world.add_group("Desk")
    line = "2026-01{:02} · 💶 Geld en armoede · Tussen de Vaarten Noord · nog van niemand"
    lines = [line.format(number) for number in range(MOST_ON_A_LIST)]
    words.update(enumerate(lines))
    for count in (40, MOST_ON_A_LIST):
        await office.put(*(NoteCard(number) for number in range(count)), chat=group.id)
        await office.idle()
        end = len(" · nog van niemand") if count == MOST_ON_A_LIST else 0
        assert group.last.labels == [whole[: len(whole) - end] for whole in lines[:count]]


async def test_each_topic_gets_its_own_list(office: Office) -> None:
    group = office.world.add_group("Desk", forum=True, bot="administrator")
    async with office.writing() as work:
        for number in range(12):
            work.put(NoteCard(number), chat=group.id, thread=7 if number % 2 else None)
    await office.idle()
    assert sorted(len(message.labels) for message in group.visible) == [6, 6]


async def test_a_dangerous_report_is_never_hidden_in_a_list(office: Office) -> None:
    group = office.world.add_group("Desk")
    words[3] = "⚠ 0003"
    async with office.writing() as work:
        for number in range(10):
            work.put(NoteCard(number), chat=group.id, priority=Priority.ANSWER if number == 3 else None)
    await office.idle()
    assert "⚠ 0003" in texts(group)
    assert len(group.visible) == 2


async def test_dangerous_lines_stand_first_and_empty_ones_nowhere(office: Office) -> None:
    group = office.world.add_group("Desk")
    words[5], words[2] = "⚠ 0005", NotAnyMore("closed")
    await office.put(*(NoteCard(number) for number in range(8)), chat=group.id)
    await office.idle()
    assert group.last.labels == ["⚠ 0005", *(f"note {number}" for number in (0, 1, 3, 4, 6, 7))]


async def test_a_listed_card_that_changes_changes_its_list(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(8)), chat=group.id)
    await office.idle()
    words[4] = "note 4, opgepakt"
    await office.put(NoteCard(4), chat=group.id)
    await office.idle()
    (message,) = group.visible
    assert "note 4, opgepakt" in message.labels


async def test_a_card_taken_off_its_list_stands_by_itself_and_is_edited_there(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(8)), chat=group.id)
    await office.idle()
    async with office.writing() as work:
        assert await lists.unlist(work, NoteCard(4).key)
        assert not await lists.unlist(work, NoteCard(99).key)
    await office.idle()
    assert texts(group)[1] == "note 4"
    assert "note 4" not in group.visible[0].labels
    assert group.visible[0].text.startswith("7 nieuwe")
    words[4] = "note 4, opgepakt"
    await office.put(NoteCard(4), chat=group.id)
    await office.idle()
    assert texts(group)[1] == "note 4, opgepakt"


async def test_a_list_whose_cards_all_stand_by_themselves_says_so(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(6)), chat=group.id)
    await office.idle()
    async with office.writing() as work:
        for number in range(6):
            await lists.unlist(work, NoteCard(number).key)
    await office.idle()
    assert group.visible[0].text == "Op deze lijst staat niets meer. Wat nog open is, staat hieronder."
    assert group.visible[0].labels == []
    assert len(group.visible) == 7


@pytest.mark.parametrize(
    ("start", "pause", "count"), [(0, 0.0, 200), (40, 0.0, 200), (15, 0.0, 12), (0, 0.05, 60), (9, 0.2, 20)]
)
async def test_every_report_is_visible_soon_after_any_burst(
    office: Office, start: int, pause: float, count: int
) -> None:
    """Whatever the group heard before: *start* other messages, then *count* reports, one every *pause* seconds."""
    group = office.world.add_group("Desk")
    await office.put(NoteCard(10_000), chat=group.id)
    await office.idle()
    await office.put(*(Note(1_000 + number) for number in range(start)), chat=group.id)
    due: dict[str, float] = {}
    seen: dict[str, float] = {}

    def look(_change: object) -> None:
        for text in visible(group) - set(seen):
            seen[text] = time.monotonic()

    stop_looking = office.world.on_change(look)
    for number in range(count):
        due[f"note {number}"] = time.monotonic() + WITHIN_S
        await office.put(NoteCard(number), chat=group.id)
        await asyncio.sleep(pause)
    await office.world.until(lambda: set(due) <= set(seen))
    stop_looking()
    late = {text: seen[text] - at for text, at in due.items() if seen[text] > at}
    assert max(late.values(), default=0.0) < BUSY_S


async def test_only_workers_of_the_desk_and_admins_can_show_a_listed_card(office: Office) -> None:
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(8)), chat=group.id)
    await office.idle()
    row_id = (await office.row(NoteCard(3).key)).id
    async with office.writing() as work:
        for person_id in (1, 2, 3):
            work.session.add(Person(id=person_id, created_at=work.now))
        await work.session.flush()
        desk = Desk(id=new_id(), key="desk", name="Desk", chat_id=group.id, contact_id=1)
        work.session.add(desk)
        await work.session.flush()
        work.session.add(DeskWorker(desk_id=desk.id, person_id=1))
        work.session.add(RoleGrant(person_id=1, role=RoleName.WORKER, given_at=work.now))
        work.session.add(RoleGrant(person_id=3, role=RoleName.ADMIN, given_at=work.now))
    async with office.writing() as work:
        _read_before = await work.session.get(Outbox, row_id)  # as a tap on it has: what it knows grows old
        stranger = await lists.show(work, row_id, person_id=2, chat_id=group.id)
        elsewhere = await lists.show(work, row_id, person_id=1, chat_id=group.id - 1)
        worker = await lists.show(work, row_id, person_id=1, chat_id=group.id)
        again = await lists.show(work, row_id, person_id=1, chat_id=group.id)
        admin = await lists.show(work, row_id, person_id=3, chat_id=group.id)
    assert (stranger, elsewhere) == (Showing.NOT_YOURS, Showing.NOT_YOURS)
    assert (worker, again, admin) == (Showing.SHOWN, Showing.SHOWN_ALREADY, Showing.SHOWN_ALREADY)
    await office.idle()
    assert texts(group)[1:] == ["note 3"]


async def test_a_stray_double_says_where_the_card_stands(office: Office) -> None:
    group = office.world.add_group("Desk")
    stray = office.world.posted(office.world.new_message(group, office.world.bot, text="note 1"))
    async with office.writing() as work:
        await lists.mark_stray(work, group.id, stray.message_id)
        await lists.mark_stray(work, group.id, stray.message_id)
    await office.idle()
    assert texts(group) == ["Deze kaart staat hierboven."]
    assert (await office.row(StrayCard(group.id, stray.message_id).key)).version == 1


def test_a_lists_button_fits() -> None:
    assert ShowListed.decode(ShowListed(new_id()).encode()) is not None
