"""Did a name or a sentence reach the log? Asked at the end of every town, of all that was logged in it.

The log is written as on a live machine (JSON), at the most talkative level.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from bot.demo.telegram import World
from bot.runtime import logs

#: So many words in a row are somebody's own; fewer may be ours.
_IN_A_ROW = 3
_SHORTEST = 4
_OURS = ("bot", "handlers", "storage")


@contextmanager
def written_down() -> Iterator[StringIO]:
    """Collect what is logged inside."""
    stream = StringIO()
    handler = logs.handler("json", stream)
    loggers = [logging.getLogger(name) for name in _OURS]
    before = [logger.level for logger in loggers]
    logging.root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        logging.root.removeHandler(handler)
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def leaks(log: str, world: World) -> list[str]:
    """Return a line for each name, and each row of somebody's words, that stands in *log*."""
    known = set(re.findall(r"\w+", log))
    ids = {str(number) for number in [*world.users, *world.chats]}
    return [
        f"the log holds {secret!r}: {_line_with(secret, log)}"
        for secret in sorted(set(_secrets(world)) - ids)
        if known.issuperset(re.findall(r"\w+", secret)) and _line_with(secret, log)
    ]


def _line_with(secret: str, log: str) -> str:
    """Return the first line that holds *secret* by itself, not as a part of a longer word."""
    found = re.search(rf"(?<!\w){re.escape(json.dumps(secret, ensure_ascii=False)[1:-1])}(?!\w)", log)
    return "" if found is None else log[log.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]


def _secrets(world: World) -> Iterator[str]:
    for user in world.users.values():
        if user is not world.bot:
            yield from filter(None, (user.first_name, user.last_name, user.username))
    for chat in world.chats.values():
        for message in chat.messages:
            if message.sender is not None and message.sender is not world.bot:
                for text in (message.text, *(version.text for version in message.history)):
                    yield from _rows_of_words(text)


def _rows_of_words(text: str) -> Iterator[str]:
    words = text.split()
    if len(words) <= _IN_A_ROW:
        # A short number is a count or a year, which a log may hold as well.
        if len(text) >= _SHORTEST and not (text.isdecimal() and len(text) < 2 * _SHORTEST):
            yield " ".join(words)
        return
    for start in range(len(words) - _IN_A_ROW + 1):
        yield " ".join(words[start : start + _IN_A_ROW])
