"""What Telegram refuses, and what it never hears: nothing is lost, and only who must wait waits."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from bot.demo.telegram.faults import Fault
from bot.domain.enums import Kind, Language, OutboxState, Reachable, Theme
from bot.runtime.sending import pauses
from bot.runtime.sending.pauses import Floods, back_off
from bot.runtime.telegram_errors import Trouble
from bot.services import delivery
from bot.services.delivery import Undeliverable
from storage.engine import Database
from storage.ids import new_id
from storage.models import Desk, Outbox, Person, Report
from storage.work import Work
from tests.patience import PATIENCE_S
from tests.runtime.office import Note, NoteCard, Office, opened, texts, words


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a twentieth of the usual back-off."""
    monkeypatch.setattr(pauses, "_FIRST_S", 0.02)


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """As everywhere, but that Telegram may refuse what we send."""
    async with opened(database) as running:
        yield running


@pytest.fixture
def heard() -> Iterator[list[Undeliverable]]:
    """What somebody who wants to know hears of chats that can't be reached."""
    found: list[Undeliverable] = []

    async def hear(_work: Work, failed: Undeliverable) -> None:
        found.append(failed)

    delivery.UNDELIVERABLE.append(hear)
    yield found
    delivery.UNDELIVERABLE.remove(hear)


async def test_too_many_pauses_that_chat_only(office: Office) -> None:
    slow, quick = (office.world.add_person(name, started=True) for name in ("Slow", "Quick"))
    office.world.faults.flood("sendMessage", retry_after=2, chat_id=slow.id)
    async with office.writing() as work:
        for chat_id, text in ((slow.id, "een"), (slow.id, "twee"), (quick.id, "hallo")):
            work.say({"text": text}, chat=chat_id)
    await office.idle()
    calls = office.world.calls.of("sendMessage")
    assert {(call.chat_id, call.status) for call in calls[:2]} == {(slow.id, 429), (quick.id, 200)}
    assert [call.params["text"] for call in calls[2:]] == texts(slow.chat) == ["een", "twee"]
    (refused,) = (call for call in calls if call.status == 429)
    assert calls[2].monotonic - refused.monotonic >= 2.0


async def test_three_chats_that_hear_too_many_at_a_time_pause_everything(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "_WITHIN_S", PATIENCE_S)
    people = [office.world.add_person(f"P{number}", started=True) for number in range(4)]
    for person in people[:3]:
        office.world.faults.flood("sendMessage", retry_after=1, chat_id=person.id)
    async with office.writing() as work:
        for person in people[:3]:
            work.say({"text": "hallo"}, chat=person.id)
    await _put_off(office, 3)
    await office.say("hallo", chat=people[3].id)
    await office.idle()
    calls = office.world.calls.of("sendMessage")
    refused = [call.monotonic for call in calls if call.status == 429]
    (other,) = (call for call in calls if call.chat_id == people[3].id)
    assert len(refused) == 3
    assert other.monotonic - max(refused) >= 1.0
    assert [texts(person.chat) for person in people] == [["hallo"]] * 4


def test_two_chats_or_three_slowly_stop_nobody_else() -> None:
    floods = Floods()
    for now, chat_id in ((0.0, 1), (0.1, 2), (0.2, 2), (2.15, 3)):
        floods.hear(chat_id, 5.0, now)
    assert floods.until < 0
    floods.hear(1, 5.0, 2.19)
    assert floods.until == pytest.approx(7.19)


async def test_who_may_not_send_any_more_begins_nothing(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.may_send = lambda: False
    await office.say("hallo", chat=fatima.id)
    await asyncio.sleep(0.6)
    assert not office.world.calls.sends
    office.may_send = lambda: True
    await office.idle()
    assert texts(fatima.chat) == ["hallo"]


def test_back_off_grows_to_as_long_as_somebody_keeps_waiting() -> None:
    waits = [back_off(attempts) for attempts in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[-1] == 10.0


@pytest.mark.parametrize(
    ("description", "why"),
    [
        ("Forbidden: bot was blocked by the user", Reachable.BLOCKED),
        ("Forbidden: bot can't initiate conversation with a user", Reachable.NEVER_STARTED),
        ("Forbidden: user is deactivated", Reachable.GONE),
    ],
)
async def test_who_cant_be_reached_is_noted_and_told(
    office: Office, heard: list[Undeliverable], description: str, why: Reachable, caplog: pytest.LogCaptureFixture
) -> None:
    async with office.writing() as work:
        work.session.add(Person(id=5, created_at=work.now, reachable=Reachable.YES))
    office.world.add_person("Fatima", id=5, started=True)
    office.world.faults.fail("sendMessage", status=403, description=description)
    await office.put(Note(1), chat=5)
    await office.idle()
    async with office.database.read(office.clock.now()) as work:
        person = await work.session.get(Person, 5)
        assert person is not None
        assert person.reachable is why
    row = (await office.rows())[0]
    assert (row.state, row.payload) == (OutboxState.FAILED, None)
    assert heard == [Undeliverable(5, why, Note(1))]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING], "it is their own choice"


async def test_a_lost_group_fails_its_rows_and_is_told_in_one_line_a_minute(
    office: Office, heard: list[Undeliverable], caplog: pytest.LogCaptureFixture
) -> None:
    group = office.world.add_group("Desk", bot="absent")
    await office.put(NoteCard(1), NoteCard(2), NoteCard(3), chat=group.id)
    await office.idle()
    assert {(row.state, row.reason) for row in await office.rows()} == {(OutboxState.FAILED, "chat_gone")}
    assert heard == [Undeliverable(group.id, None, NoteCard(number)) for number in (1, 2, 3)]
    told = [(record.message, vars(record)["chat"]) for record in caplog.records if record.levelno >= logging.WARNING]
    assert told == [("a group can't be reached: `buurtbode doctor` tells why", group.id)]


async def a_report(work: Work, resident_id: int, chat_id: int) -> int:
    """Write a report of this resident at a desk in this chat; return its id."""
    work.session.add(Person(id=1, created_at=work.now))
    await work.session.flush()
    desk = Desk(id=new_id(), key="desk", name="Desk", chat_id=chat_id, contact_id=1)
    work.session.add(desk)
    await work.session.flush()
    report = Report(
        draft_id=new_id(), year=2026, number=42, resident_id=resident_id, language=Language.DUTCH, kind=Kind.PLACE,
        theme=Theme.OTHER, sealed=False, desk_id=desk.id, rule_position=1, created_at=work.now, changed_at=work.now,
    )  # fmt: skip
    work.session.add(report)
    await work.session.flush()
    return report.id


async def test_the_card_of_somebody_who_cant_be_reached_is_drawn_again(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    group = office.world.add_group("Desk")
    async with office.writing() as work:
        report_id = await a_report(work, fatima.id, group.id)
        work.put(NoteCard(report_id), chat=group.id)
    await office.idle()
    words[report_id] = "bewoner 0042 is niet bereikbaar"
    await fatima.blocks()
    await office.say("antwoord", chat=fatima.id)
    await office.idle()
    assert texts(group) == ["bewoner 0042 is niet bereikbaar"]
    assert group.last.edited


async def test_away_for_a_while_loses_nothing_and_keeps_the_order(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.fail("sendMessage", status=502, description="Bad Gateway")
    office.world.faults.cut("sendMessage")
    office.world.faults.fail("sendMessage", status=500)
    await office.say("een", "twee", "drie", chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["een", "twee", "drie"]
    assert [row.attempts for row in await office.rows()] == [0, 0, 0]


async def test_a_message_that_never_passes_holds_nobody_up_for_ever(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.waiting.append(Fault("sendMessage", "error", count=8, status=500))
    await office.say("een", chat=fatima.id)
    await office.world.until(lambda: len(office.world.calls.of("sendMessage")) >= 4)
    office.world.faults.clear()
    await office.idle()
    assert texts(fatima.chat) == ["een"]


async def test_what_is_put_off_is_in_the_table_for_who_comes_after_a_restart(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.flood("sendMessage", retry_after=3_600)
    await office.say("een", chat=fatima.id)
    await _put_off(office, 1)
    assert (await office.rows())[0].reason == "flood"
    await office.crash()
    await office.open()
    await asyncio.sleep(0.3)
    assert len(office.world.calls.of("sendMessage")) == 1
    await office.crash()
    office.clock.leap(office.clock.now() + timedelta(hours=1))
    await office.open()
    await office.idle()
    assert texts(fatima.chat) == ["een"]


async def _put_off(office: Office, count: int) -> None:
    """Wait until so many rows are put off, or were and are sent by now, as the table says."""
    async with asyncio.timeout(PATIENCE_S):
        while sum(bool(row.not_before or row.sent_at) for row in await office.rows()) < count:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_a_group_that_is_gone_is_one_line_however_much_waits_for_it(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    gone, another = (office.world.add_group(name) for name in ("Desk", "Another"))
    text = "Forbidden: bot was kicked from the group chat"
    office.world.faults.fail("sendMessage", status=403, description=text, count=4)
    with caplog.at_level(logging.WARNING, logger="bot"):
        for group in (gone, another):
            await office.say("een", "twee", chat=group.id)
            await office.idle()
    assert {row.reason for row in await office.rows()} == {"chat_gone"}
    told = [(record.__dict__["chat"], record.levelno) for record in caplog.records]
    assert told == [(gone.id, logging.WARNING), (another.id, logging.WARNING)]
    with caplog.at_level(logging.INFO, logger="bot"):
        await office.say("drie", chat=gone.id)
        await office.idle()
    assert [record.message for record in caplog.records[2:]] == ["a group can be reached again"]


async def test_a_message_that_telegram_refuses_fails_alone_and_without_its_words(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    await office.say("een", "<i>geheim", "drie", chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["een", "drie"]
    failed = (await office.rows())[1]
    assert (failed.state, failed.payload) == (OutboxState.FAILED, None)
    assert "entities" in (failed.reason or "")
    assert "geheim" not in str([record.__dict__ for record in caplog.records if record.name.startswith("bot.runtime")])


async def test_our_own_mistake_fails_one_row_and_is_not_repeated(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    async with office.writing() as work:
        work.say({"text": "een", "media": [["hologram", "x"]]}, chat=fatima.id)
        work.say({"text": "twee"}, chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["twee"]
    assert (await office.rows())[0].reason == "ValueError of our own"


@pytest.mark.chaos
@pytest.mark.parametrize("seed", range(4))
async def test_under_random_faults_everything_arrives_and_reads_as_it_should(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    people = [office.world.add_person(f"P{number}", started=True) for number in range(6)]
    for number in range(60):
        words[number] = f"note {number}"
        if chance.random() < 0.3:
            trouble = chance.choice(["fail", "cut", "flood", "lost answer"])
            method = chance.choice(["sendMessage", "editMessageText"])
            match trouble:
                case "fail":
                    office.world.faults.fail(method, status=chance.choice([500, 502, 504]))
                case "cut":
                    office.world.faults.cut(method)
                case "flood":
                    office.world.faults.flood(method, retry_after=1, chat_id=people[0].id)
                case _:
                    office.world.faults.cut(method, done=True)
        await office.put(Note(number), chat=people[number % 6].id)
        if chance.random() < 0.3:
            again = chance.randrange(number + 1)
            words[again] = f"note {again}, nieuwer"
            await office.put(Note(again), chat=people[again % 6].id)
    office.world.faults.waiting = [fault for fault in office.world.faults.waiting if fault.status != 429]
    await office.idle()
    shown = {text for person in people for text in texts(person.chat)}
    assert set(map(str, words.values())) <= shown
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}


async def test_who_hears_of_deliveries_hears_once_and_may_fail(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    arrived: list[tuple[int, int]] = []

    async def hear(work: Work, notice: Note, message_id: int) -> None:
        arrived.append((notice.number, message_id))
        if notice.number == 2:
            raise RuntimeError("somebody's mistake")
        work.put(Note(notice.number + 100), chat=fatima.id)

    delivery.delivered(Note)(hear)
    try:
        with pytest.raises(TypeError, match="already"):
            delivery.delivered(Note)(hear)
        await office.put(Note(1), chat=fatima.id)
        await office.put(Note(2), chat=fatima.id)
        await office.world.until(lambda: "note 301" in texts(fatima.chat))
    finally:
        del delivery.DELIVERED[Note.kind]
    await office.idle()
    first, second = fatima.chat.messages[:2]
    assert (1, first.message_id) in arrived
    assert (await office.row("test_note:2")).state is OutboxState.SENT
    assert (await office.row("test_note:2")).message_id == second.message_id
    assert texts(fatima.chat)[:3] == ["note 1", "note 2", "note 101"]
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert [number for number, _ in arrived].count(1) == 1


async def test_the_reasons_of_the_table_fit_their_column() -> None:
    length = Outbox.__table__.c.reason.type.length  # type: ignore[attr-defined]
    assert all(len(trouble.name) <= length for trouble in Trouble)
