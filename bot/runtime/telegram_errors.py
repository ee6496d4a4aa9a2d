"""What went wrong at Telegram, as a value. The only place that reads Telegram's descriptions.

Telegram tells many outcomes apart only by a sentence; the sentences are those of the real server.
"""

from dataclasses import dataclass
from enum import Enum, auto

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError


class Trouble(Enum):
    """The outcomes that the sender tells apart."""

    NOT_MODIFIED = auto()  #: the message reads like this already
    MESSAGE_GONE = auto()  #: the message to edit is gone, or may not be edited any more
    OTHER_CONTENT = auto()  #: a text can't replace a photo, nor a caption a text
    ALREADY_DELETED = auto()  #: the message to delete is gone
    UNDELETABLE = auto()  #: the message is too old to delete, or not ours
    THREAD_GONE = auto()  #: the topic was deleted or closed
    NEVER_STARTED = auto()  #: this person never wrote to the bot
    BLOCKED = auto()  #: this person blocked the bot
    DEACTIVATED = auto()  #: this account is gone
    CHAT_GONE = auto()  #: the bot is not in the group any more, or the group is gone
    NO_MEMBER = auto()  #: this person is not in the group, or nobody Telegram lets the bot know
    MIGRATED = auto()  #: the group lives on as `new_chat`
    FLOOD = auto()  #: wait `seconds`
    AWAY = auto()  #: server or network failed; whether the call took effect is unknown
    REFUSED = auto()  #: anything else with 400: this message can't be sent like this


@dataclass(frozen=True)
class Refusal:
    """A trouble with what belongs to it: the new chat of MIGRATED, the seconds to wait of FLOOD."""

    trouble: Trouble
    new_chat: int | None = None
    seconds: float = 0.0


_BAD_REQUEST = (
    ("message is not modified", Trouble.NOT_MODIFIED),
    ("message to edit not found", Trouble.MESSAGE_GONE),
    ("message can't be edited", Trouble.MESSAGE_GONE),
    ("message_id_invalid", Trouble.MESSAGE_GONE),
    ("there is no text in the message to edit", Trouble.OTHER_CONTENT),
    ("there is no caption in the message to edit", Trouble.OTHER_CONTENT),
    ("message to delete not found", Trouble.ALREADY_DELETED),
    ("message can't be deleted", Trouble.UNDELETABLE),
    ("message thread not found", Trouble.THREAD_GONE),
    ("topic_deleted", Trouble.THREAD_GONE),
    ("topic_closed", Trouble.THREAD_GONE),
    ("peer_id_invalid", Trouble.CHAT_GONE),
    ("chat not found", Trouble.CHAT_GONE),
    ("group chat was deactivated", Trouble.CHAT_GONE),
    ("participant_id_invalid", Trouble.NO_MEMBER),
    ("user_not_participant", Trouble.NO_MEMBER),
    ("user_id_invalid", Trouble.NO_MEMBER),
    ("user not found", Trouble.NO_MEMBER),
    ("member not found", Trouble.NO_MEMBER),
    ("invalid user_id specified", Trouble.NO_MEMBER),
)
_FORBIDDEN = (
    ("can't initiate conversation", Trouble.NEVER_STARTED),
    ("user is deactivated", Trouble.DEACTIVATED),
    ("bot was blocked by the user", Trouble.BLOCKED),
)


def refusal_of(error: TelegramError, *, private: bool) -> Refusal:
    """Return what *error* means for a call to a private chat or to a group."""
    if isinstance(error, ChatMigrated):
        return Refusal(Trouble.MIGRATED, new_chat=error.new_chat_id)
    if isinstance(error, RetryAfter):
        return Refusal(Trouble.FLOOD, seconds=_seconds(error))
    words = error.message.lower()
    if isinstance(error, Forbidden):
        known = (trouble for part, trouble in _FORBIDDEN if part in words)
        return Refusal(next(known, Trouble.BLOCKED if private else Trouble.CHAT_GONE))
    if isinstance(error, BadRequest):
        trouble = next((trouble for part, trouble in _BAD_REQUEST if part in words), Trouble.REFUSED)
        unknown_person = private and trouble is Trouble.CHAT_GONE
        return Refusal(Trouble.NEVER_STARTED if unknown_person else trouble)
    return Refusal(Trouble.AWAY)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def reason_of(error: TelegramError) -> str:
    """Return a short reason for the row and the log: Telegram's description, which never holds what we sent.

    Descriptions of parse errors may quote a tag of the text, so these are cut to their first words.
    """
    words = error.message.removeprefix("Bad Request: ").removeprefix("Forbidden: ")
    return words.partition(":")[0][:120]
