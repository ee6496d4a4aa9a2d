"""What the server answers when it refuses, word by word."""

from __future__ import annotations

from typing import Final

NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_TOOK_OVER: Final = "terminated by setWebhook request"

_PREFIX: Final = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}


class ApiError(Exception):
    """An answer with ``ok: false``; its HTTP status equals *code*."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        """Keep what the answer will say."""
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


class MalformedError(ApiError):
    """A 400 for what the call itself says, whatever the state of the world: a bot never earns one."""


class NotPossible(Exception):  # noqa: N818 - it reads as a sentence in a test: a person tried what the app does not offer
    """A person in the world tried something that Telegram's app does not let them do."""


class BotBlocked(NotPossible):
    """They blocked the bot: there is nothing to write in."""


class NotThere(NotPossible):
    """The message is deleted or its button gone, since the moment they looked."""


class TooLong(NotPossible):
    """More words than a message or a caption holds."""


def _refusal(code: int, text: str, parameters: dict[str, int] | None = None) -> ApiError:
    return ApiError(code, _PREFIX[code] + text, parameters)


def bad_request(text: str) -> ApiError:
    """Return a 400 with the usual words before *text*."""
    return _refusal(400, text)


def malformed(text: str) -> MalformedError:
    """Return a 400 for a call that could not have been right at any time."""
    return MalformedError(400, _PREFIX[400] + text)


def forbidden(text: str) -> ApiError:
    """Return a 403 with the usual word before *text*."""
    return _refusal(403, text)


def conflict(text: str) -> ApiError:
    """Return a 409 with the usual word before *text*."""
    return _refusal(409, text)


def migrated(to_chat: int) -> ApiError:
    """Return the answer of a group that lives on as supergroup *to_chat*."""
    return _refusal(400, "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": to_chat})


def too_many(seconds: int) -> ApiError:
    """Return a 429 that asks to wait *seconds*."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def not_found() -> ApiError:
    """Return the answer to an unknown method."""
    return ApiError(404, "Not Found")


def unauthorized() -> ApiError:
    """Return the answer to a token that is not accepted."""
    return ApiError(401, "Unauthorized")
