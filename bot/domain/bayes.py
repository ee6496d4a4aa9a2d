"""Telling sentences apart by their letters: naive Bayes over pieces of words, trained on labelled phrases.

Complement counts (Rennie and others, 2003): a label is as likely as the pieces are rare among all *other* labels, which
holds up when one label has many more phrases than another. Why this and no library: docs/adr/0008-themes-and-danger.md.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from bot.domain.phrases import tokens

#: Lengths of the pieces, in letters; a blank stands for the edge of a word.
_LENGTHS = (4, 5)
#: What a piece that was never seen counts for.
_UNSEEN = 0.3
#: Nobody tells more in so many letters than in the first of them, and reading on costs time.
MOST_LETTERS = 300


def pieces(text: str, *, pairs: bool = False) -> set[str]:
    """Return what *text* is compared by: its words, pieces of them and, with *pairs*, words that stand together."""
    words = tokens(text[:MOST_LETTERS])
    found: set[str] = set()
    for word in words:
        edged = f" {word} "
        for length in _LENGTHS:
            found.update([edged[at : at + length] for at in range(len(edged) - length + 1)])
        found.add(f"={word}")
    if pairs:
        found.update(f"{one}_{other}" for one, other in pairwise(words))
        found.update(f"{one}__{other}" for one, other in zip(words, words[2:], strict=False))
    return found


def held_out(text: str, one_in: int) -> bool:
    """Tell whether *text* is one of those (one in *one_in*) that are never trained on, only measured with.

    The words decide, so that no hand chooses, and another spelling of the same words falls on the same side.
    """
    return int(hashlib.sha256(" ".join(tokens(text)).encode()).hexdigest(), 16) % one_in == 0


def counts_of(labels: Iterable[str], said: Iterable[tuple[str, Set[str]]]) -> dict[str, Counter[str]]:
    """Return how many phrases of each label have each of their `pieces`; `KeyError` for one not in *labels*."""
    counts: dict[str, Counter[str]] = {label: Counter() for label in labels}
    for label, found in said:
        counts[label].update(found)
    return counts


#: How often a piece stood in the phrases of those labels that have it, by the position of the label.
_Counts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Bayes:
    """How often each piece stood in the phrases of each label."""

    labels: tuple[str, ...]
    _counts: tuple[Counter[str], ...] = field(repr=False)
    _all: Counter[str] = field(repr=False)
    _norms: tuple[float, ...] = field(repr=False)
    _logs: tuple[float, ...] = field(repr=False)
    _unseen: float = _UNSEEN
    #: What was worked out so far: by piece, and by how often it stood where.
    _weights: "dict[str, _Weight]" = field(default_factory=dict, init=False, repr=False, compare=False)
    _alike: "dict[_Counts, _Weight]" = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, labels: Iterable[str], said: Iterable[tuple[str, Set[str]]], *, unseen: float = _UNSEEN) -> "Bayes":
        """Return a model of *said*, labels with the `pieces` of a phrase; `KeyError` for one not in *labels*."""
        return cls.counted(counts_of(labels, said), unseen=unseen)

    def plus(self, learned: Mapping[str, Mapping[str, int]]) -> "Bayes":
        """Return this model with the counts of *learned* added, by label and piece; unknown labels are left out."""
        more = (Counter(counts) + Counter(learned.get(label, {})) for label, counts in self._by_label())
        return self.counted(dict(zip(self.labels, more, strict=True)), unseen=self._unseen)

    @classmethod
    def counted(cls, by_label: Mapping[str, Counter[str]], *, unseen: float = _UNSEEN) -> "Bayes":
        """Return a model of what was counted for each label (see `counts_of`), which it keeps."""
        everything: Counter[str] = Counter()
        for counts in by_label.values():
            everything.update(counts)
        total, room = everything.total(), unseen * len(everything)
        norms = [math.log(total - counts.total() + room) if everything else 0.0 for counts in by_label.values()]
        logs = [math.log(count + unseen) for count in range(max(everything.values(), default=0) + 1)]
        return cls(tuple(by_label), tuple(by_label.values()), everything, tuple(norms), tuple(logs), unseen)

    def _by_label(self) -> Iterable[tuple[str, Counter[str]]]:
        return zip(self.labels, self._counts, strict=True)

    def scores(self, found: Set[str]) -> tuple[list[float], int]:
        """Return how well the pieces fit each label (in the order of `labels`), and how many of them are known."""
        fits, if_nowhere_else, known = [0.0] * len(self.labels), 0.0, 0
        for piece in found:
            if (weight := self._weights.get(piece) or self._weigh(piece)) is None:
                continue
            known += 1
            if_nowhere_else += weight.if_nowhere_else
            for label, gain in weight.gains:
                fits[label] += gain
        return [norm * known - if_nowhere_else + fit for norm, fit in zip(self._norms, fits, strict=True)], known

    def _weigh(self, piece: str) -> "_Weight | None":
        """Return what a piece counts for, None for one never seen; kept, as people say the same again."""
        if not (everywhere := self._all.get(piece)):
            return None
        counts = tuple((label, own[piece]) for label, own in enumerate(self._counts) if piece in own)
        if (weight := self._alike.get(counts)) is None:  # most pieces are counted like many others
            logs = self._logs
            gains = [(label, logs[everywhere] - logs[everywhere - count]) for label, count in counts]
            self._alike[counts] = weight = _Weight(logs[everywhere], gains)
        self._weights[piece] = weight
        return weight


class _Weight(NamedTuple):
    """What a piece counts for: against every label, and for those that have it, by their position."""

    if_nowhere_else: float
    gains: list[tuple[int, float]]
