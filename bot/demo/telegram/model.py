"""The things in the world: users, chats with members and topics, messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from bot.demo.telegram.entities import Entity, to_html

Json = dict[str, Any]
ChatType = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ANONYMOUS_ADMIN: Final = 1087968824
"""Telegram's @GroupAnonymousBot, the sender of what an anonymous administrator writes."""

ALL_RIGHTS: Final = frozenset(
    {
        "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
        "can_promote_members", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
        "can_post_stories", "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
    }
)  # fmt: skip
PRESENT: Final = frozenset({"creator", "administrator", "member", "restricted"})


@dataclass(slots=True)
class User:
    """Somebody with an account; *deactivated* means that Telegram closed it."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    @property
    def name(self) -> str:
        """The name as apps show it."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(slots=True)
class Member:
    """One user's place in a group; *rights* count for administrators only."""

    user: User
    status: Status = "member"
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False
    can_send: bool = True

    @property
    def present(self) -> bool:
        """Whether the user is in the group now."""
        return self.status in PRESENT

    @property
    def admin(self) -> bool:
        """Whether the user is owner or administrator."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether the user holds the administrator's right *right*."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the service message that opened it."""

    thread_id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class ReplyKeyboard:
    """The keyboard that stands under a person's text field."""

    rows: list[list[Json]]
    one_time: bool = False
    message_id: int = 0

    @property
    def labels(self) -> list[list[str]]:
        """The words on the keys, row by row."""
        return [[key["text"] for key in row] for row in self.rows]


@dataclass(slots=True)
class Version:
    """What a message said before an edit."""

    text: str
    markup: Json | None
    until: datetime


@dataclass(eq=False)
class Message:
    """One message as everybody in the chat sees it now, with what it said before.

    *text* is the text or the caption without markup; *media* is one of photo, voice, … with its Bot API object in
    *content*; service messages have their Bot API fields in *service*. *deleted* ones stay in the list.
    """

    chat: Chat
    message_id: int
    sender: User | None
    date: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    media: str | None = None
    content: Any = None
    sender_chat: Chat | None = None
    reply_to: Message | None = None
    reply_markup: Json | None = None
    thread_id: int | None = None
    media_group_id: str | None = None
    caption_above: bool = False
    protect_content: bool = False
    silent: bool = False
    forward_origin: Json | None = None
    service: Json = field(default_factory=dict)
    link_preview: Json | None = None
    edited_at: datetime | None = None
    deleted: bool = False
    deleted_at: datetime | None = None
    deleted_by: int | None = None
    pinned: bool = False
    history: list[Version] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    asked: Json | None = None

    @property
    def html(self) -> str:
        """The text as safe HTML."""
        return to_html(self.text, self.entities)

    @property
    def edited(self) -> bool:
        """Whether its text, caption or media changed after it was sent."""
        return self.edited_at is not None

    @property
    def texts(self) -> list[str]:
        """Everything it ever said, first to last."""
        return [*(old.text for old in self.history), self.text]

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of inline buttons, as Bot API objects."""
        rows: list[list[Json]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """The words on all inline buttons, in reading order."""
        return [button["text"] for row in self.buttons for button in row]

    def button(self, wanted: str) -> Json | None:
        """Return the inline button with this data or, failing that, these words; None if there is none."""
        every = [button for row in self.buttons for button in row]
        by_data = [b for b in every if b.get("callback_data") == wanted]
        return next(iter(by_data or [b for b in every if b["text"] == wanted]), None)

    @property
    def file_ids(self) -> list[str]:
        """The file ids it carries (a photo: its largest size)."""
        if self.media == "photo":
            return [self.content[-1]["file_id"]]
        has_one = isinstance(self.content, dict) and "file_id" in self.content
        return [self.content["file_id"]] if has_one else []

    def __repr__(self) -> str:
        """Show where it stands and what it says."""
        gone = " deleted" if self.deleted else ""
        return f"<Message {self.chat.id}/{self.message_id}{gone} {self.media or ''} {self.text!r}>"


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the person's) or a group, with all its messages, oldest first."""

    id: int
    type: ChatType
    title: str = ""
    username: str | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    topics: dict[int, Topic] = field(default_factory=dict)
    keyboards: dict[int, ReplyKeyboard] = field(default_factory=dict)
    prompts: dict[int, Message] = field(default_factory=dict)
    pinned: list[Message] = field(default_factory=list)
    migrated_to: int | None = None
    last_id: int = 0
    description: str | None = None
    by_id: dict[int, Message] = field(default_factory=dict, repr=False)

    @property
    def private(self) -> bool:
        """Whether this is one person's chat with the bot."""
        return self.type == "private"

    def message(self, message_id: int) -> Message:
        """Return the message with this id, deleted or not; raise KeyError if there never was one."""
        return self.by_id[message_id]

    def present(self, message_id: int) -> Message | None:
        """Return the message with this id unless it is deleted or never was."""
        found = self.by_id.get(message_id)
        return None if found is None or found.deleted else found

    @property
    def visible(self) -> list[Message]:
        """The messages that are not deleted."""
        return [message for message in self.messages if not message.deleted]

    @property
    def last(self) -> Message:
        """The newest message that is not deleted; raise IndexError in an empty chat."""
        for message in reversed(self.messages):
            if not message.deleted:
                return message
        raise IndexError(f"chat {self.id} is empty")

    @property
    def texts(self) -> list[str]:
        """What the messages that are not deleted say."""
        return [message.text for message in self.visible]

    def member(self, user_id: int) -> Member | None:
        """Return the user's place in this group if the user is in it now."""
        found = self.members.get(user_id)
        return found if found and found.present else None

    def __repr__(self) -> str:
        """Show where it stands and what it says."""
        return f"<Chat {self.id} {self.type} {self.title!r}>"
