"""Logs: one event per line with fields, as `key=value` or JSON. Never names, message texts or tokens.

An event is logged with the standard library: `log.info("batch_done", extra={"updates": 12})`. Of an exception only
its type and the places in the code are written, since its words may hold what somebody typed or a token. What is
logged while an update is handled carries its number, whoever logs it.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
#: Everything else is a library, which may log addresses with a token or a secret in them, or what was sent.
_OURS = frozenset({"bot", "handlers", "storage"})
_update: ContextVar[int | None] = ContextVar("update", default=None)


@contextmanager
def about_update(update_id: int) -> Iterator[None]:
    """Let each event that is logged inside carry the number of this update."""
    token = _update.set(update_id)
    try:
        yield
    finally:
        _update.reset(token)


class EventFormatter(logging.Formatter):
    """Writes a record as one line: time (UTC), level, logger, event, fields, and where an exception came from."""

    def __init__(self, form: Literal["text", "json"] = "text") -> None:
        """Write `key=value` pairs ("text") or one JSON object ("json") per line."""
        super().__init__()
        self._json = form == "json"

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if library := _of_library(record):
            fields["event"] = f"{library} complained"
        else:
            fields |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if (update_id := _update.get()) is not None:
            fields.setdefault("update", update_id)
        if record.exc_info and record.exc_info[1] is not None:
            fields["error"] = without_values(record.exc_info[1])
        if self._json:
            return json.dumps(fields, ensure_ascii=False, default=str)
        head = f"{fields.pop('at')} {fields.pop('level'):<7} {fields.pop('logger')} {fields.pop('event')}"
        return " ".join([head, *(f"{name}={_quoted(value)}" for name, value in fields.items())])


class _OursOrSerious(logging.Filter):
    """Of libraries lets only complaints through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is written."""
        return record.levelno >= logging.WARNING or not _of_library(record)


def _of_library(record: logging.LogRecord) -> str:
    """Return the name of the library that wrote the record; empty for our own."""
    name = record.name.partition(".")[0]
    return "" if name in _OURS else name


def set_up(level: str = "INFO", form: Literal["text", "json"] = "text", stream: TextIO | None = None) -> None:
    """Send all logs of the process to *stream* (standard error)."""
    logging.root.handlers[:] = [handler(form, stream)]
    # A job that still runs at its next time skips it; what keeps it is told by our own lines, once a minute.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    logging.root.setLevel(level)


def handler(form: Literal["text", "json"] = "text", stream: TextIO | None = None) -> logging.Handler:
    """Return what writes events to *stream* (standard error), and nothing else."""
    made = logging.StreamHandler(stream or sys.stderr)
    made.setFormatter(EventFormatter(form))
    made.addFilter(_OursOrSerious())
    return made


def without_values(error: BaseException) -> str:
    """Return the types of an exception and its causes with the lines of code they passed, but not their words."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 5:
        frames = traceback.extract_tb(seen.__traceback__)
        places = " < ".join(
            f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[::-1]
        )
        parts.append(f"{type(seen).__module__}.{type(seen).__qualname__} at {places or 'nowhere'}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " | because of ".join(parts)


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or any(sign in text for sign in ' "=\n\r\t') else text
