"""The people of a test's town: what they do, and what they see. Every action waits until the bot is done with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from bot.demo.telegram.model import Chat, Message
from bot.demo.telegram.people import Person
from bot.demo.telegram.world import Tap

if TYPE_CHECKING:
    from tests.town import Town

T = TypeVar("T")


class Someone:
    """One person with a phone: a resident, a worker, a member of a team.

    Buttons are named by a part of their label and looked for on the newest message that has them, in private first;
    `on` names the message instead.
    """

    def __init__(self, town: Town, person: Person) -> None:
        self.town, self.person = town, person
        self.tap: Tap | None = None

    @property
    def id(self) -> int:
        """The Telegram id."""
        return self.person.id

    # -- seeing -------------------------------------------------------------------------------------------------

    @property
    def messages(self) -> list[Message]:
        """What the bot says in their private chat and is not deleted, oldest first; calendar files are no words."""
        ours = (m for m in self.person.chat.visible if m.sender is self.town.world.bot)
        return [m for m in ours if not self._is_calendar(m)]

    @property
    def calendar_files(self) -> list[Message]:
        """The messages of the bot with a calendar file, oldest first."""
        return [m for m in self.person.chat.visible if self._is_calendar(m)]

    @property
    def message(self) -> Message:
        """The newest message of the bot in their private chat."""
        assert self.messages, f"{self.person} was told nothing yet"
        return self.messages[-1]

    @property
    def sees(self) -> str:
        """The words of the newest message of the bot in their private chat."""
        return self.message.text

    @property
    def buttons(self) -> list[str]:
        """The labels on the newest message that has inline buttons."""
        return next((m.labels for m in reversed(self.messages) if m.labels), [])

    @property
    def menu(self) -> list[str]:
        """The labels of the keyboard under their text field."""
        keyboard = self.person.keyboard()
        return [label for row in keyboard.labels for label in row] if keyboard else []

    @property
    def toast(self) -> str:
        """The words that their last tap was answered with; empty for none."""
        return self.tap.toast if self.tap else ""

    def was_told(self, words: str) -> bool:
        """Whether any message of the bot in private, as it reads now, or any toast holds *words*."""
        toasts = (tap.toast for tap in self.town.world.taps.values() if tap.user is self.person.user)
        return any(words in text for text in [*(m.text for m in self.messages), *toasts])

    # -- doing --------------------------------------------------------------------------------------------------

    async def starts(self, payload: str = "") -> Message:
        """Press Start, or follow a deep link."""
        return await self._then(self.person.starts(payload))

    async def says(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Send a text in private."""
        return await self._then(self.person.writes(text, reply_to=reply_to))

    async def says_in(
        self, place: Chat | Desk, text: str, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """Send a text in a group."""
        chat = place.chat if isinstance(place, Desk) else place
        return await self._then(self.person.sends(chat, text, reply_to=reply_to, thread=thread))

    async def taps(self, label: str, *, on: Message | None = None) -> Tap | None:
        """Tap an inline button; one that opens the bot by a link is followed, and then there is no tap."""
        message, button = self._find(label, on)
        if "url" in button:
            payload = parse_qs(urlsplit(button["url"]).query).get("start")
            assert payload, f"{button} leads out of Telegram"
            await self.starts(payload[0])
            return None
        self.tap = await self._then(self.person.taps(message.chat, message, button["callback_data"]))
        link = self.tap.answer.url if self.tap.answer else None
        if link:
            await self.starts(parse_qs(urlsplit(link).query)["start"][0])
        return self.tap

    async def forges(self, data: str, *, on: Message | None = None) -> Tap:
        """Send a callback query with any data, as a changed app may."""
        message = on or self.message
        self.tap = await self._then(self.person.forges(message.chat, message, data))
        return self.tap

    async def presses(self, label: str) -> Message:
        """Press a key of the keyboard under the text field, named by a part of its label."""
        whole = next((key for key in self.menu if label in key), None)
        assert whole, f"no key {label!r}; there are {self.menu}"
        return await self._then(self.person.presses(whole))

    async def edits(self, message: Message, text: str) -> Message:
        """Change one's own message."""
        return await self._then(self.person.edits(message.chat, message, text))

    async def sends_photo(self, caption: str = "", *, reply_to: Message | None = None) -> Message:
        """Send a photo in private."""
        return await self._then(self.person.sends_photo(self.id, caption, reply_to=reply_to))

    async def sends_album(self, pictures: int = 2, caption: str = "") -> list[Message]:
        """Send several photos as one album in private."""
        return await self._then(self.person.sends_album(self.id, pictures, caption))

    async def sends_voice(self, *, reply_to: Message | None = None) -> Message:
        """Send a voice message in private."""
        return await self._then(self.person.sends_voice(self.id, reply_to=reply_to))

    async def sends_location(self, lat: float, lon: float) -> Message:
        """Share a point (degrees) in private."""
        return await self._then(self.person.sends_location(self.id, lat, lon))

    async def does(self, action: Callable[[Person], Awaitable[T]]) -> T:
        """Do anything else that `bot.demo.telegram.people.Person` can do."""
        return await self._then(action(self.person))

    async def blocks(self) -> None:
        """Block the bot."""
        await self._then(self.person.blocks())

    async def unblocks(self) -> None:
        """Let the bot write again."""
        await self._then(self.person.unblocks())

    # -- how ----------------------------------------------------------------------------------------------------

    def _is_calendar(self, message: Message) -> bool:
        return message.media == "document" and self.town.world.files.get(message.file_ids[0]).name.endswith(".ics")

    async def _then(self, action: Awaitable[T]) -> T:
        done = await action
        await self.town.settle()
        return done

    def _find(self, label: str, on: Message | None) -> tuple[Message, dict[str, Any]]:
        candidates = [on] if on is not None else list(self._newest_first())
        for message in candidates:
            found = [key for row in message.buttons for key in row if label in key["text"]]
            if found and not message.deleted:
                return message, next((key for key in found if key["text"] == label), found[0])
        raise AssertionError(f"no button {label!r} for {self.person}; there are {[m.labels for m in candidates]}")

    def _newest_first(self) -> Iterator[Message]:
        yield from reversed(self.messages)
        for chat in self.town.world.chats.values():
            if not chat.private and chat.member(self.id):
                yield from reversed(chat.visible)


class Desk:
    """A triage group, as its members see it."""

    def __init__(self, town: Town, chat: Chat, thread: int | None = None) -> None:
        self.town, self.chat, self.thread = town, chat, thread

    @property
    def messages(self) -> list[Message]:
        """What the bot says in the group and is not deleted, oldest first."""
        ours = (m for m in self.chat.visible if m.sender is self.town.world.bot)
        return [m for m in ours if self.thread is None or m.thread_id == self.thread]

    @property
    def texts(self) -> list[str]:
        """The words of these messages."""
        return [m.text for m in self.messages]

    @property
    def readable(self) -> list[str]:
        """All that can be read: words, and the buttons of a list message, one per report."""
        return [line for m in self.messages for line in (m.text, *m.labels)]

    def card(self, number: int | str) -> Message:
        """Return the newest message with buttons that names this report, as in "0042" or 42."""
        wanted = f"{number:04}" if isinstance(number, int) else number
        named = [m for m in self.messages if wanted in m.text]
        found = [m for m in named if wanted in m.text.splitlines()[0]] or named
        assert found, f"no card {wanted} in {self.chat}; there are {self.texts}"
        return next((m for m in reversed(found) if m.labels), found[-1])
