"""The world behind the stand-in: who is there, in which chats, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.demo.telegram import groups
from bot.demo.telegram.calls import CallLog
from bot.demo.telegram.faults import Faults
from bot.demo.telegram.files import FileStore
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.model import ALL_RIGHTS, Chat, Json, Member, Message, Topic, User
from bot.demo.telegram.observers import Change, Observers
from bot.demo.telegram.profile import BotProfile
from bot.demo.telegram.render import inaccessible_json, message_json, user_json
from bot.demo.telegram.updates import UpdateQueue
from bot.demo.telegram.webhook import Webhook

if TYPE_CHECKING:
    from bot.demo.telegram.people import Person

T = TypeVar("T")
Contact = Literal["never", "started", "blocked"]
BOT_ID = 7_000_000_001


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to a tap; a *text* is the toast, or a window when *show_alert*."""

    text: str
    show_alert: bool
    url: str | None
    at: datetime


@dataclass(eq=False)
class Tap:
    """One tap on an inline button; *answer* is None until the bot answered."""

    id: str
    user: User
    message: Message
    data: str
    at: datetime
    answer: Answer | None = None

    @property
    def toast(self) -> str:
        """The words of the answer, empty without one."""
        return self.answer.text if self.answer else ""


def machine_time() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


class World:
    """Everything the stand-in knows. *now* gives the time of every message (an aware UTC datetime).

    *tokens* are the tokens the server accepts; None accepts any. All of them are the one bot of this world.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = machine_time,
        *,
        bot_name: str = "Buurtbode",
        username: str = "buurtbode_bot",
        tokens: Collection[str] | None = None,
        privacy_mode: bool = True,
        limits: Limits | None = None,
    ) -> None:
        """Begin with the bot alone."""
        self.now = now
        self.bot = User(BOT_ID, bot_name, username=username, is_bot=True)
        self.token = f"{BOT_ID}:AAstand-in-token-of-35-characters-00"
        self.tokens = tokens
        self.privacy_mode = privacy_mode
        self.limits = limits or Limits()
        self.faults = Faults()
        self.calls = CallLog()
        self.files = FileStore()
        self.updates = UpdateQueue(now)
        self.webhook = Webhook(self.updates, now)
        self.profile = BotProfile()
        self.users: dict[int, User] = {BOT_ID: self.bot}
        self.chats: dict[int, Chat] = {}
        self.contact: dict[int, Contact] = {}
        self.taps: dict[str, Tap] = {}
        self._observers = Observers()
        self.updates.on_change = lambda: self.changed(Change("updates"))
        self._people: dict[int, Person] = {}
        self._shared_ids = 0
        self._numbers: dict[str, int] = {}

    # who is there

    def number(self, sort: str) -> int:
        """Return the next number of this sort, from 1: ids that come out the same in every run."""
        self._numbers[sort] = self._numbers.get(sort, 0) + 1
        return self._numbers[sort]

    def add_person(
        self,
        first_name: str,
        *,
        id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
        language: str | None = "nl",
        started: bool = False,
    ) -> Person:
        """Add somebody with a private chat to the bot; *started* as if /start was once sent, long ago."""
        from bot.demo.telegram.people import Person  # people act on the world: it can only be imported late

        user_id = id or 200_000_000 + self.number("person")
        if user_id in self.users:
            raise ValueError(f"user {user_id} is there already")
        user = User(user_id, first_name, last_name, username, language)
        self.users[user_id] = user
        chat = Chat(user_id, "private", members={user_id: Member(user), BOT_ID: Member(self.bot)})
        self.chats[user_id] = chat
        self.contact[user_id] = "started" if started else "never"
        person = self._people[user_id] = Person(self, user)
        return person

    def add_group(
        self,
        title: str,
        *,
        id: int | None = None,
        members: Iterable[Person] = (),
        admins: Iterable[Person] = (),
        bot: Literal["member", "administrator", "absent"] = "member",
        rights: Iterable[str] = ALL_RIGHTS,
        supergroup: bool = True,
        forum: bool = False,
    ) -> Chat:
        """Add a group that has long been there: no update tells of it. The first of *admins* owns it.

        *rights* are the bot's, when it is administrator.
        """
        base = -1_002_000_000_000 if supergroup else -4_000_000
        chat_id = id or base - self.number("supergroup" if supergroup else "group")
        if chat_id in self.chats:
            raise ValueError(f"chat {chat_id} is there already")
        chat = Chat(chat_id, "supergroup" if supergroup else "group", title, is_forum=forum)
        for index, person in enumerate(admins):
            status: Literal["creator", "administrator"] = "administrator" if index else "creator"
            chat.members[person.id] = Member(person.user, status, ALL_RIGHTS)
        for person in members:
            chat.members.setdefault(person.id, Member(person.user))
        if bot == "administrator":
            chat.members[BOT_ID] = Member(self.bot, "administrator", frozenset(rights))
        elif bot == "member":
            chat.members[BOT_ID] = Member(self.bot)
        self.chats[chat_id] = chat
        return chat

    def person(self, user_id: int) -> Person:
        """Return the person with this id; raise KeyError for nobody."""
        return self._people[user_id]

    @property
    def people(self) -> list[Person]:
        """Everybody but the bot, in the order they were added."""
        return list(self._people.values())

    def chat(self, chat_id: int) -> Chat:
        """Return the chat with this id (a private one has the person's); raise KeyError for none."""
        return self.chats[chat_id]

    # what happens

    def next_message_id(self, chat: Chat) -> int:
        """Return the id of the next message: supergroups count by themselves, all other chats together."""
        if chat.type == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._shared_ids += 1
        return self._shared_ids

    def new_message(self, chat: Chat, sender: User | None, **content: object) -> Message:
        """Make the next message of *chat*, dated now, and put it there; the caller tells of it with `posted`."""
        message = Message(chat, self.next_message_id(chat), sender, self.now(), **content)  # type: ignore[arg-type]
        chat.messages.append(message)
        chat.by_id[message.message_id] = message
        return message

    def posted(self, message: Message) -> Message:
        """Tell everybody who watches of a new message; return it."""
        self.changed(Change("message", message.chat, message))
        return message

    def changed(self, change: Change) -> None:
        """Tell everybody who watches."""
        self._observers.changed(change)

    def on_change(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call *callback* on every change, at once and in the loop; return a function that ends it."""
        return self._observers.on_change(callback)

    async def until(self, condition: Callable[[], T], *, timeout: float = 120.0, what: str = "") -> T:  # noqa: ASYNC109
        """Wait until *condition* is true and return what it gave; raise TimeoutError after *timeout* real seconds."""
        return await self._observers.until(condition, timeout=timeout, what=what)

    def set_member(self, chat: Chat, member: Member, *, by: User) -> None:
        """Give somebody another place in a group; the bot is told what the real one would be told."""
        groups.set_member(self, chat, member, by)

    def upgrade(self, chat: Chat, *, by: User) -> Chat:
        """Turn a basic group into a supergroup and return that."""
        return groups.upgrade(self, chat, by)

    def open_topic(self, chat: Chat, by: User, name: str) -> Topic:
        """Open a topic in a forum."""
        return groups.open_topic(self, chat, by, name)

    def delete_topic(self, chat: Chat, thread_id: int, *, by: int) -> None:
        """Delete a topic with everything in it."""
        groups.delete_topic(self, chat, thread_id, by)

    def remove(self, message: Message, *, by: int) -> None:
        """Delete a message for everybody; it stays in the list, marked."""
        groups.remove(self, message, by)

    def tap(self, user: User, message: Message, data: str) -> Tap:
        """Record a tap and queue its callback query; the door that `Person.taps` and forged taps share."""
        tap = Tap(str(8_000_000_000_000_000 + self.number("query")), user, message, data, self.now())
        self.taps[tap.id] = tap
        self.updates.put("callback_query", self._query_json(tap), lane=f"queries of {user.id}")
        return tap

    def _query_json(self, tap: Tap) -> Json:
        message = inaccessible_json(tap.message) if tap.message.deleted else message_json(tap.message)
        return {
            "id": tap.id,
            "from": user_json(tap.user),
            "message": message,
            "chat_instance": str(-tap.message.chat.id * 31),
            "data": tap.data,
        }
