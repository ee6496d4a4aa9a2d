"""What Telegram's refusals mean; the sentences are the real server's."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.runtime import request
from bot.runtime.telegram_errors import Refusal, Trouble, reason_of, refusal_of

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


@pytest.mark.parametrize(
    ("error", "private", "group"),
    [
        (BadRequest(NOT_MODIFIED), Trouble.NOT_MODIFIED, Trouble.NOT_MODIFIED),
        (BadRequest("Message to edit not found"), Trouble.MESSAGE_GONE, Trouble.MESSAGE_GONE),
        (BadRequest("Message can't be edited"), Trouble.MESSAGE_GONE, Trouble.MESSAGE_GONE),
        (BadRequest("There is no text in the message to edit"), Trouble.OTHER_CONTENT, Trouble.OTHER_CONTENT),
        (BadRequest("There is no caption in the message to edit"), Trouble.OTHER_CONTENT, Trouble.OTHER_CONTENT),
        (BadRequest("Message to delete not found"), Trouble.ALREADY_DELETED, Trouble.ALREADY_DELETED),
        (BadRequest("Message can't be deleted for everyone"), Trouble.UNDELETABLE, Trouble.UNDELETABLE),
        (BadRequest("Message thread not found"), Trouble.THREAD_GONE, Trouble.THREAD_GONE),
        (BadRequest("TOPIC_CLOSED"), Trouble.THREAD_GONE, Trouble.THREAD_GONE),
        (BadRequest("Chat not found"), Trouble.NEVER_STARTED, Trouble.CHAT_GONE),
        (BadRequest("Can't parse entities: unexpected end tag"), Trouble.REFUSED, Trouble.REFUSED),
        (BadRequest("PARTICIPANT_ID_INVALID"), Trouble.NO_MEMBER, Trouble.NO_MEMBER),
        (BadRequest("USER_NOT_PARTICIPANT"), Trouble.NO_MEMBER, Trouble.NO_MEMBER),
        (BadRequest("User not found"), Trouble.NO_MEMBER, Trouble.NO_MEMBER),
        (BadRequest("Invalid user_id specified"), Trouble.NO_MEMBER, Trouble.NO_MEMBER),
        (BadRequest("Member list is inaccessible"), Trouble.REFUSED, Trouble.REFUSED),
        (BadRequest("BUTTON_DATA_INVALID"), Trouble.REFUSED, Trouble.REFUSED),
        (Forbidden("Forbidden: bot was blocked by the user"), Trouble.BLOCKED, Trouble.BLOCKED),
        (
            Forbidden("Forbidden: bot can't initiate conversation with a user"),
            Trouble.NEVER_STARTED,
            Trouble.NEVER_STARTED,
        ),
        (Forbidden("Forbidden: user is deactivated"), Trouble.DEACTIVATED, Trouble.DEACTIVATED),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Trouble.BLOCKED, Trouble.CHAT_GONE),
        (NetworkError("Bad Gateway"), Trouble.AWAY, Trouble.AWAY),
        (TimedOut(), Trouble.AWAY, Trouble.AWAY),
        (InvalidToken("Unauthorized"), Trouble.AWAY, Trouble.AWAY),
        (TelegramError("Invalid server response"), Trouble.AWAY, Trouble.AWAY),
    ],
)
def test_every_refusal_is_known_by_its_words(error: TelegramError, private: Trouble, group: Trouble) -> None:
    assert refusal_of(error, private=True).trouble is private
    assert refusal_of(error, private=False).trouble is group


def test_a_refusal_brings_what_belongs_to_it() -> None:
    assert refusal_of(ChatMigrated(-1005), private=False) == Refusal(Trouble.MIGRATED, new_chat=-1005)
    assert request.AiohttpRequest is not None, "it asks python-telegram-bot for durations as timedelta"
    assert refusal_of(RetryAfter(timedelta(seconds=7)), private=True) == Refusal(Trouble.FLOOD, seconds=7.0)


def test_a_reason_holds_nothing_of_what_was_sent() -> None:
    error = BadRequest('Can\'t parse entities: unsupported start tag "Fatima" at byte offset 3')
    assert reason_of(error) == "Can't parse entities"
