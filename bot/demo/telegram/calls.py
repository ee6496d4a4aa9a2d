"""The log of every API call, as tests read it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.demo.telegram.params import Upload

SENDING: Final = frozenset(
    {
        "sendMessage", "sendPhoto", "sendVideo", "sendAnimation", "sendAudio", "sendDocument", "sendVoice",
        "sendVideoNote", "sendSticker", "sendMediaGroup", "sendLocation", "sendVenue", "sendContact",
        "forwardMessage", "copyMessage",
    }
)  # fmt: skip
EDITING: Final = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"})


@dataclass(eq=False)
class Call:
    """One API call: what was asked with which parameters, when by the world's clock, and how it ended.

    *params* are typed as far as the table of methods goes (unknown names, and what a careful client would not write
    as text, as they came); *uploads* are its files, *as_json* is whether the call came as JSON.
    *status* is the HTTP status, 0 while under way or when the connection was cut; *error* the description of a refusal,
    *malformed* whether the call itself was wrong, whatever the state of the world;
    *fault* the trouble on demand it met.
    *seconds* is how long it took, on a monotonic clock; *via* the port that it came to, when one world has several.
    """

    id: int
    method: str
    at: datetime
    params: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    as_json: bool = False
    status: int = 0
    error: str | None = None
    malformed: bool = False
    fault: str | None = None
    result: Any = None
    monotonic: float = 0.0
    seconds: float = 0.0
    via: int = 0

    @property
    def ok(self) -> bool:
        """Whether it was answered with ``ok: true``."""
        return self.status == 200

    @property
    def chat_id(self) -> Any:  # noqa: ANN401 - an id, an @username, or what the caller wrongly sent
        """The chat it was for, None if it named none."""
        return self.params.get("chat_id")


class CallLog:
    """The calls, oldest first; beyond *keep* the oldest are forgotten (`total` still counts them)."""

    def __init__(self, keep: int = 200_000) -> None:
        """Begin empty."""
        self._calls: deque[Call] = deque(maxlen=keep)
        self.total: Counter[str] = Counter()

    def add(self, call: Call) -> None:
        """Append *call*."""
        self._calls.append(call)
        self.total[call.method] += 1

    def __iter__(self) -> Iterator[Call]:
        """Go through a copy: calls may come in meanwhile."""
        return iter(list(self._calls))

    def __len__(self) -> int:
        """Count the calls that are kept."""
        return len(self._calls)

    def __getitem__(self, index: int) -> Call:
        """Return a kept call by place."""
        return self._calls[index]

    def of(self, *methods: str) -> list[Call]:
        """Return the calls of these methods."""
        return [call for call in self._calls if call.method in methods]

    def to(self, chat_id: int) -> list[Call]:
        """Return the calls that named this chat."""
        return [call for call in self._calls if call.chat_id == chat_id]

    @property
    def sends(self) -> list[Call]:
        """The calls that send a message."""
        return self.of(*SENDING)

    @property
    def refused(self) -> list[Call]:
        """The calls that were answered with an error, the faults on demand among them."""
        return [call for call in self._calls if call.error is not None]

    def clear(self) -> None:
        """Forget every call and count."""
        self._calls.clear()
        self.total.clear()
