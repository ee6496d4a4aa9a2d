"""Raw updates as Telegram sends them, for tests that put them into intake by hand."""

import itertools
from typing import Any

_ids = itertools.count(1)


def text(
    words: str,
    *,
    update_id: int,
    user: int = 501,
    chat: int | None = None,
    language: str | None = "nl",
    **message: object,
) -> dict[str, Any]:
    """A text message, in private or (a negative *chat*) in a group."""
    place = user if chat is None else chat
    kind = {"type": "private", "first_name": "F"} if place > 0 else {"type": "supergroup", "title": "G"}
    who = {"id": user, "is_bot": False, "first_name": "F"} | ({"language_code": language} if language else {})
    body = {"message_id": next(_ids), "date": 1_790_000_000, "chat": {"id": place} | kind, "from": who, "text": words}
    return {"update_id": update_id, "message": body | message}


def tap(data: str, *, update_id: int, message_id: int, user: int = 501, chat: int | None = None) -> dict[str, Any]:
    """A tap on a button of a message of the bot."""
    message = text("", update_id=0, user=user, chat=chat)["message"]
    message |= {"message_id": message_id, "text": "Kies", "from": {"id": 7, "is_bot": True, "first_name": "B"}}
    who = {"id": user, "is_bot": False, "first_name": "F"}
    query = {"id": f"q{update_id}", "from": who, "message": message, "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": query}
