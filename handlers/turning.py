"""Lists of keys that may grow long: Telegram takes 100, and nobody reads as many. One page, and the keys to turn it.

A turning key carries a position; what stands on a page carries ids, so a list that changed makes no tap wrong.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.texts import Translator
from bot.texts import finding as texts
from handlers.buttons import Button, Key, Keyboard
from handlers.context import Ctx

#: Keys of a page.
PAGE = 20


@dataclass(frozen=True)
class Part:
    """A page: its keys, the row to turn it (none when it is all there is), and the keys of the other pages."""

    keys: list[Key]
    turning: Keyboard
    hidden: list[Key]

    @property
    def rows(self) -> Keyboard:
        """The page with one key to a row."""
        return [*([key] for key in self.keys), *self.turning]


def part(t: Translator, keys: Sequence[Key], start: int, turn: Callable[[int], Button]) -> Part:
    """Return the page of *keys* on which position *start* is, the nearest one when there is none."""
    first = max(0, min(start, len(keys) - 1)) // PAGE * PAGE
    behind = first + PAGE
    row = [Key(texts.earlier(t), turn(first - PAGE))] if first else []
    row += [Key(texts.later(t), turn(behind))] if behind < len(keys) else []
    return Part(list(keys[first:behind]), [row] if row else [], [*keys[:first], *keys[behind:]])


def understand(context: Ctx, keys: Sequence[Key]) -> None:
    """Let the keys of other pages be typed as well, after the page was shown in private."""
    typed = [[key.label, key.button.encode()] for key in keys if key.button]
    context.person.prompt = [*(context.person.prompt or []), *typed]
