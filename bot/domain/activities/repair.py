"""Repair Cafe: time slots, and what somebody brings.

Source: Repair Cafe: "item (Dutch item type -> category -> skill)", "a time slot or 'ik loop binnen'".
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, TypeVar

from bot.domain.phrases import tokens

_CLOSE_SPELLING = 0.82
#: Only so many words are compared by their spelling: a long story takes no longer than a short one.
_SPELLED_WORDS = 12
#: Somebody who types so few words still looks for the word; a name is found by so many letters of its beginning, or
#: by so many somewhere in it.
_BEGUN_WORDS = 2
_BEGUN_LETTERS = 3
_INSIDE_LETTERS = 5
#: What a longer word ends with is what it is: a "damesfiets" is a fiets.
_HEAD_LETTERS = 4
#: Diminutives and plurals that people type ("lampje", "lampen", "scheerapparaten"), and what must be left of the word.
_STEM = {"jes": 3, "je": 3, "en": 3, "s": 5}
_ENDINGS = tuple(_STEM)
#: Diminutives that change the word: "kettinkje" is a ketting, "brilletje" a bril.
_SMALL_ING = re.compile(r"inkjes?$")
_SMALL_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1etjes?$")
_VOWELS = frozenset("aeiou")
_LONG_VOWEL = re.compile(r"([aeou])\1")
_VOICED = {"z": "s", "v": "f"}
#: Spellings that sound (about) the same.
_SOUNDS = {
    **dict.fromkeys(("sj", "sh", "ch"), "g"),
    **dict.fromkeys(("ij", "ei", "ie", "y"), "i"),
    **dict.fromkeys(("ou", "au"), "o"),
    **dict.fromkeys(("ck", "c", "q"), "k"),
    **dict.fromkeys(("ph", "v"), "f"),
    "oe": "u",
    "th": "t",
    "z": "s",
    "x": "ks",
}
_SPELLINGS = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_TWICE = re.compile(r"(.)\1")


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

    First what is named in it, then (one or two words only: somebody still types) what begins so or has it inside,
    else what a longer word ends or begins with, else what is spelled almost so, else what sounds almost so.
    "mijn koffiezetapparaat doet het niet" is found by its word, "stofz" by its beginning, "plafondlamp" by what it is,
    "stofzuigerslang" by what it is of, "koffi zet apparaat" by its spelling, "boormasjien" by its sound; nothing is
    guessed for what is like none of them.
    """
    typed, names, own = tokens(text), dict[str, list[AnItem]](), set[str]()
    for item in items:
        own.add(_bare(item.name))
        for name in (item.name, *item.words):
            names.setdefault(_bare(name), []).append(item)
    found = [*_named(typed, names), *_begun(typed, names, own)] or _compound(typed, names)
    found = found or _close(typed, names, _joined) or _close(typed, names, _sound)
    return list(dict.fromkeys(item for name in found for item in names[name]))[:most]


def _named(typed: Sequence[str], names: Iterable[str]) -> list[str]:
    """Return the names that stand in what was typed, longest first, one that is all of it before any other."""
    whole = " ".join(typed)
    sentence = f" {_stems(whole)} "
    found = [name for name in names if f" {_stems(name)} " in sentence]
    return sorted(found, key=lambda name: (name != whole, -len(name)))


def _begun(typed: Sequence[str], names: Iterable[str], own: Collection[str]) -> list[str]:
    """Return the names that are being typed: before others those that are no other word for something."""
    if not 1 <= len(typed) <= _BEGUN_WORDS or max(map(len, typed)) < _BEGUN_LETTERS:
        return []
    ranked = {name: rank for name in names if (rank := _rank(typed, name)) is not None}
    return sorted(ranked, key=lambda name: (ranked[name], name not in own, len(name), name))


def _rank(typed: Sequence[str], name: str) -> int | None:
    """Return how well a name fits its beginning: 0 it begins so, 1 its words do, 2 it is inside; None not at all."""
    words = name.split()
    if name.startswith(" ".join(typed)):
        return 0
    if all(any(word.startswith(part) for word in words) for part in typed):
        return 1
    inside = all(len(part) >= _INSIDE_LETTERS and any(part in word for word in words) for part in typed)
    return 2 if inside else None


def _compound(typed: Sequence[str], names: Collection[str]) -> list[str]:
    """Return the names with which a longer word ends, then those with which it begins, the longest of each first.

    "damesfiets" is a fiets, "fietsbel" is of a fiets. What ends so is looked at in few words only, as in `_begun`.
    """
    ends = [_stem(word) for word in typed] if len(typed) <= _BEGUN_WORDS else []
    heads = [name for name in names if len(name) >= _HEAD_LETTERS and any(word.endswith(_stem(name)) for word in ends)]
    of = [name for name in names if len(name) >= _INSIDE_LETTERS and any(word.startswith(name) for word in typed)]
    return [*sorted(heads, key=len, reverse=True), *sorted(of, key=len, reverse=True)]


def _close(typed: Sequence[str], names: Iterable[str], key: Callable[[str], str]) -> list[str]:
    """Return the names that are almost like a word that was typed, or two of them together, by their *key*."""
    known, typed = dict[str, list[str]](), typed[:_SPELLED_WORDS]
    for name in names:
        known.setdefault(key(name), []).append(name)
    pieces = dict.fromkeys(["".join(typed), *typed, *("".join(pair) for pair in pairwise(typed))])
    wanted = [key(piece) for piece in pieces if len(piece) > 4]
    found = [get_close_matches(piece, _as_long(piece, known), n=2, cutoff=_CLOSE_SPELLING) for piece in wanted]
    return [name for alike in found for like in alike for name in known[like]]


def _as_long(piece: str, known: Iterable[str]) -> list[str]:
    """Return the names whose length alone allows them to be spelled almost like *piece*."""
    share = _CLOSE_SPELLING / (2 - _CLOSE_SPELLING)
    return [name for name in known if len(piece) * share <= len(name) <= len(piece) / share]


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """Return a name as it is compared; kept, since all names are compared with each thing that is typed."""
    return " ".join(tokens(name))


def _joined(words: str) -> str:
    return words.replace(" ", "")


@lru_cache(maxsize=4096)
def _sound(words: str) -> str:
    """Return words about as they sound in Dutch, so that "machine" and "masjien" are alike."""
    heard = _SPELLINGS.sub(lambda found: _SOUNDS[found[0]], _joined(words))
    return _TWICE.sub(r"\1", heard)


@lru_cache(maxsize=4096)
def _stems(words: str) -> str:
    return " ".join(map(_stem, words.split()))


def _stem(word: str) -> str:
    """Return a word without its ending and spelling of one or many: "scharen" and "schaar" become the same.

    A last t goes too: nobody can tell whether that of "tabletje" is of the tablet or of the ending, as in "schaartje".
    """
    word = _SMALL_TWICE.sub(r"\1", _SMALL_ING.sub("ing", word))
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _STEM[end]), "")
    bare = word.removesuffix(ending)
    if len(bare) > 3 and bare[-1] == "t":
        bare = bare[:-1]
    if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in _VOWELS:
        bare = bare[:-1]
    single = _LONG_VOWEL.sub(r"\1", bare)
    return single[:-1] + _VOICED.get(single[-1], single[-1]) if len(single) > 2 else single
