"""Words that only one person ever said, so that whoever reads one of them was told it by the bot."""

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram import Call

_WORD = re.compile(r"kanarie(\d{6})x", re.IGNORECASE)
#: Names that Telegram sends along; the bot has no use for them and may tell them to nobody.
_ALIAS = re.compile(r"schuilnaam\d{6}x", re.IGNORECASE)
_NAMES = frozenset({"first_name", "last_name", "username", "title"})


@dataclass
class Canaries:
    """Who said which word, and where."""

    said: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    count: int = 0

    def word(self, *places: int) -> str:
        """Return a new word of whoever speaks, in these chats."""
        self.count += 1
        self.said[self.count].update(places)
        return f"kanarie{self.count:06}x"

    def anew(self, raw: Any) -> Any:  # noqa: ANN401 an update, perhaps
        """Return *raw* with words of its own: who sends it says them, wherever they came from."""
        places = [place for place in speaker(raw) if place is not None]
        text = _WORD.sub(lambda _: self.word(*places), json.dumps(raw))
        return json.loads(text)

    def who_said(self, call: Call) -> Iterable[tuple[str, set[int]]]:
        """Yield the words in a call, each with the people and chats that know it already."""
        for found in _WORD.finditer(said_in(call)):
            yield found.group().lower(), self.said[int(found.group(1))]


def aliases(raw: Any) -> Any:  # noqa: ANN401 an update
    """Return *raw* with names that nobody may be told where Telegram's names of people and groups stand."""
    if isinstance(raw, list):
        return [aliases(one) for one in raw]
    if isinstance(raw, dict):
        return {
            key: f"schuilnaam{hash_of(value):06}x" if key in _NAMES and isinstance(value, str) else aliases(value)
            for key, value in raw.items()
        }
    return raw


def hash_of(text: str) -> int:
    """Return a number for a name, the same in every run."""
    return zlib.crc32(text.encode()) % 10**6


def alias_in(text: str) -> str | None:
    """Return the first of these names that *text* holds."""
    found = _ALIAS.search(text)
    return found.group() if found else None


def word_in(text: str) -> str | None:
    """Return the first word of anybody that *text* holds."""
    found = _WORD.search(text)
    return found.group() if found else None


def said_in(call: Call) -> str:
    """Return all that a call holds, as one text."""
    files = [upload.data.decode(errors="replace") for upload in call.uploads.values()]
    return json.dumps([call.params, files], default=str, ensure_ascii=False)


def speaker(raw: Any) -> tuple[int | None, int | None]:  # noqa: ANN401 an update, perhaps
    """Return who an update says it is from, and in which chat."""
    for body in raw.values() if isinstance(raw, dict) else ():
        if isinstance(body, dict):
            message = body if "chat" in body else body.get("message")
            chat = message.get("chat") if isinstance(message, dict) else None
            return _id(body.get("from")), _id(chat)
    return None, None


def _id(value: Any) -> int | None:  # noqa: ANN401 a user or a chat, perhaps
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None
