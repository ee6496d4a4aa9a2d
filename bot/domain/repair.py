"""Repair Cafe: time slots, and what somebody brings.

Source: Repair Cafe: "item (Dutch item type -> category -> skill)", "a time slot or 'ik loop binnen'".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from itertools import pairwise
from typing import Protocol, TypeVar

from bot.domain.phrases import tokens

_CLOSE_SPELLING = 0.82
#: Only so many words are compared by their spelling: a long story takes no longer than a short one.
_SPELLED_WORDS = 12
#: Diminutives and plurals that people type: "lampje", "lampen", "scheerapparaten".
_ENDINGS = ("jes", "tje", "je", "en", "s")


@dataclass(frozen=True, slots=True)
class Slot:
    """A time slot (UTC) and how many visitors it takes (None: any number)."""

    starts_at: datetime
    ends_at: datetime
    capacity: int | None


def slots(starts_at: datetime, ends_at: datetime, slot_minutes: int, visitors: int | None) -> list[Slot]:
    """Return the whole slots of a meeting; all times UTC.

    *visitors* fit the meeting as a whole and are spread evenly, the first slots taking what is
    left over. A rest shorter than a slot is no slot. `ValueError` for a slot of no minutes.
    """
    if slot_minutes < 1:
        raise ValueError("a slot lasts at least a minute")
    length = timedelta(minutes=slot_minutes)
    count = max(0, int((ends_at - starts_at) / length))
    return [
        Slot(starts_at + step * length, starts_at + (step + 1) * length, _capacity(visitors, count, step))
        for step in range(count)
    ]


def _capacity(visitors: int | None, count: int, step: int) -> int | None:
    if visitors is None:
        return None
    each, over = divmod(visitors, count)
    return each + (step < over)


def one_item_each(taken: int, visitors: int | None) -> bool:
    """Tell whether a visitor may bring only one item: when at least half of the slots' places went.

    "One item per person when busy" (Repair Cafe).
    """
    return visitors is not None and taken * 2 >= visitors


class Item(Protocol):
    """A type of item with its Dutch name and what else people call it."""

    @property
    def name(self) -> str:
        """The Dutch name of the type of item."""

    @property
    def words(self) -> tuple[str, ...]:
        """Other words for it, in Dutch and English."""


AnItem = TypeVar("AnItem", bound=Item)


def find_items(text: str, items: Iterable[AnItem], *, most: int = 4) -> list[AnItem]:
    """Return the types of item that *text* may mean, likeliest first, at most *most*.

    "mijn koffiezetapparaat doet het niet" is found by its word, "koffi zet apparaat" by its
    spelling; nothing is guessed for what is like none of them.
    """
    typed = tokens(text)
    names: dict[str, list[AnItem]] = {}
    for item in items:
        for name in (item.name, *item.words):
            names.setdefault(" ".join(tokens(name)), []).append(item)
    sentence = f" {' '.join(_plain(typed))} "
    whole = sorted((name for name in names if f" {' '.join(_plain(name.split()))} " in sentence), key=len, reverse=True)
    close = [] if whole else _close(typed, names)
    found = [item for name in (*whole, *close) for item in names[name]]
    return list(dict.fromkeys(found))[:most]


def _close(typed: Sequence[str], names: Iterable[str]) -> list[str]:
    known, typed = list(names), typed[:_SPELLED_WORDS]
    pieces = ["".join(typed), *typed, *("".join(pair) for pair in pairwise(typed))]
    found = [get_close_matches(piece, known, n=2, cutoff=_CLOSE_SPELLING) for piece in pieces if len(piece) > 4]
    return [name for names_found in found for name in names_found]


def _plain(words: Sequence[str]) -> list[str]:
    """Return the words without their endings, the same way for what is typed and what is known."""
    return [
        next((word.removesuffix(end) for end in _ENDINGS if word.endswith(end) and len(word) > 5), word)
        for word in words
    ]
