"""Who may not send any more makes no call any more, wherever it stood when it stood still."""

import asyncio
import sys

import pytest
from telegram import InputFile
from telegram.ext import ExtBot

from bot.demo.telegram import World, serve
from bot.demo.telegram.people_media import TINY_JPEG
from bot.domain.enums import MediaKind, OutboxState
from bot.runtime.request import AiohttpRequest, WithheldError, _Permission, only_while
from handlers.views.drawing import Drawing, Media
from tests.patience import PATIENCE_S
from tests.runtime.office import Note, Office, texts, words

CALLS = ("sendMessage", "sendMediaGroup", "editMessageText", "editMessageMedia", "deleteMessages")


class Turn:
    """The right to send: gone when it was asked for *times* times; `calls` were allowed, right before the wire."""

    def __init__(self, office: Office, times: int) -> None:
        self._office, self._left = office, times
        self.calls, self.lost = 0, False

    def __call__(self) -> bool:
        self._left -= 1
        self.lost = self._left < 0
        self.calls += not self.lost and sys._getframe(2).f_code is _Permission.ask.__code__
        return not self.lost

    @property
    def made(self) -> int:
        """How many calls the server has seen."""
        return len(self._office.world.calls.of(*CALLS))

    async def is_lost(self) -> None:
        """Wait until the sender was told no and what it may call is made; give it time to do what it should not."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.lost or self.made < self.calls:  # noqa: ASYNC110 it is asked at any moment
                await asyncio.sleep(0.002)
        await asyncio.sleep(0.05)

    def comes_back(self) -> None:
        self._left, self.calls = 1_000_000, self.made


@pytest.mark.chaos
@pytest.mark.parametrize("times", range(7))
async def test_nothing_is_called_after_the_no_and_all_is_said_once_when_it_is_ours_again(
    office: Office, times: int
) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(3)]
    turn = office.may_send = Turn(office, times)
    async with office.writing() as work:
        for person in people:
            work.say({"text": "hallo"}, chat=person.id)
    await turn.is_lost()
    assert turn.made == turn.calls <= times
    turn.comes_back()
    await office.idle()
    assert [texts(person.chat) for person in people] == [["hallo"]] * 3
    assert turn.made == turn.calls == 3
    assert {(row.state, row.attempts) for row in await office.rows()} == {(OutboxState.SENT, 0)}


async def test_the_second_of_two_calls_of_one_message_asks_again(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    old, new = (
        [
            Media(MediaKind.PHOTO, office.world.files.add("photo", TINY_JPEG + bytes([at, part])).file_id)
            for part in range(2)
        ]
        for at in range(2)
    )
    words[1] = Drawing(text="album", media=old)
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    answered, ours = asyncio.Event(), True
    office.may_send = lambda: ours
    office.world.faults.hold("editMessageMedia", until=answered)
    words[1] = Drawing(text="nieuw", media=new)
    await office.put(Note(1), chat=fatima.id)
    await office.world.until(lambda: office.world.calls.of("editMessageMedia"), timeout=PATIENCE_S)
    ours = False
    answered.set()
    await asyncio.sleep(0.3)
    assert len(office.world.calls.of("editMessageMedia")) == 1
    ours = True
    await office.idle()
    assert [message.file_ids for message in fatima.chat.visible] == [[one.file_id] for one in new]


async def test_a_call_that_waited_for_a_connection_asks_when_it_has_one() -> None:
    world = World()
    async with serve(world) as server:
        bot: ExtBot[None] = ExtBot(world.token, base_url=server.api_url, request=AiohttpRequest(connections=1))
        await bot.initialize()
        fatima, ours, answered = world.add_person("Fatima", started=True), True, asyncio.Event()
        world.faults.hold("sendMessage", until=answered)
        first = asyncio.create_task(bot.send_message(fatima.id, "een"))
        await world.until(lambda: world.calls.of("sendMessage"), timeout=PATIENCE_S)
        with only_while(lambda: ours):
            waiting = [
                asyncio.create_task(bot.send_message(fatima.id, "twee")),
                asyncio.create_task(bot.send_document(fatima.id, InputFile(b"%PDF-1.7" * 10_000, filename="a.pdf"))),
            ]
        await asyncio.sleep(0.05)
        ours = False
        answered.set()
        await first
        for one in waiting:
            with pytest.raises(WithheldError):
                await one
        await bot.send_message(fatima.id, "drie")
        await bot.shutdown()
    assert texts(fatima.chat) == ["een", "drie"]
    assert [call.method for call in world.calls if call.method != "getMe"] == ["sendMessage", "sendMessage"]


async def test_a_message_that_was_withheld_for_a_moment_is_not_overtaken(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    answers = iter([False])

    def once() -> bool:
        return sys._getframe(2).f_code is not _Permission.ask.__code__ or next(answers, True)

    office.may_send = once
    await office.say("een", "twee", chat=fatima.id)
    await office.idle()
    assert next(answers, None) is None
    assert texts(fatima.chat) == ["een", "twee"]
