"""How fast and how good the guess of a theme is, beside the word list it took over from, in one run.

The peer is the first version's guesser: phrases in a word list, three points for a strong one, one for a weak one. Both
read their own files, guess the same held-out sentences, and are timed by processor time, the best of several runs,
so that the ratio says more than the milliseconds do. `make bench` runs it, apart from the tests.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml

from bot import data
from bot.domain.bayes import MOST_LETTERS, held_out
from bot.domain.enums import Theme
from bot.domain.lessons import Correction, learned
from bot.domain.phrases import PhraseBook, tokens
from bot.domain.themes import HELD_OUT, ThemeGuesser
from tests.benchmarks.figures import Figure, Table, Target

_RUNS = 9
_WEIGHTS = {"strong": 3, "weak": 1}
_THRESHOLD = 2


class WordList:
    """The peer: themes by the words of a list."""

    def __init__(self) -> None:
        """Read the list."""
        loaded = yaml.load(Path(__file__).with_name("word_list.yaml").read_text(), Loader=yaml.CSafeLoader)
        rows = loaded["themes"].items()
        self._book = PhraseBook.of({f"{key}:{sort}": row[sort] for key, row in rows for sort in _WEIGHTS})

    def guess(self, text: str) -> list[Theme]:
        """Return the themes over the threshold, the clearest first."""
        scores: defaultdict[Theme, int] = defaultdict(int)
        for hit in self._book.find(tokens(text)):
            theme, _, sort = hit.label.partition(":")
            scores[Theme(theme)] += _WEIGHTS[sort]
        return sorted(
            (theme for theme, score in scores.items() if score >= _THRESHOLD), key=lambda theme: -scores[theme]
        )


def _best(action: Callable[[], object]) -> float:
    """Return the processor time in milliseconds of the best of several runs."""

    def once() -> float:
        begun = time.process_time()
        action()
        return time.process_time() - begun

    return 1_000 * min(once() for _ in range(_RUNS))


def _load() -> ThemeGuesser:
    for read in (data.theme_phrases, data.theme_terms):
        read.cache_clear()
    return ThemeGuesser.of(data.theme_phrases(), data.theme_terms())


def _guess_all(guess: Callable[[str], list[Theme]], texts: list[str]) -> None:
    for text in texts:
        guess(text)


def _line(name: str, ours: float, peer: float, unit: str) -> str:
    return f"{name:<28}{ours:>10.3f} {unit:<4}{peer:>10.3f} {unit:<4}{ours / peer:>8.2f} x"


def test_a_guess_takes_less_than_a_millisecond_and_loading_less_than_a_hundred(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    guesser, words = _load(), WordList()
    held = [row for row in data.theme_phrases() if held_out(row.text, HELD_OUT) and row.label != Theme.OTHER]
    texts = [row.text for row in held]
    long = " ".join(texts)[: 4 * MOST_LETTERS]
    load = _best(_load)
    short = _best(partial(_guess_all, guesser.guess, texts)) / len(texts)
    longest = _best(partial(guesser.guess, long))
    lines = [
        f"{'':<28}{'ours':>15}{'word list':>15}{'ratio':>10}",
        _line("load", load, _best(WordList), "ms"),
        _line("a guess, short sentences", short, _best(partial(_guess_all, words.guess, texts)) / len(texts), "ms"),
        _line(f"a guess, {len(long)} letters", longest, _best(partial(words.guess, long)), "ms"),
    ]
    for name, first in (("right at once", 1), ("right among three", 3)):
        ranked = [[theme for theme in guesser.rank(row.text)[0] if theme is not Theme.OTHER][:first] for row in held]
        right = sum(row.label in themes for row, themes in zip(held, ranked, strict=True))
        peers = sum(row.label in words.guess(row.text)[:first] for row in held)
        lines.append(_line(name, 100 * right / len(held), 100 * peers / len(held), "%"))
    for name, guess in (("ours", guesser.guess), ("word list", words.guess)):
        guessed = [(row.label, found[0]) for row in held if (found := guess(row.text))]
        right = sum(label == theme for label, theme in guessed)
        lines.append(f"{name} guesses {len(guessed)} of {len(held)}, {100 * right / len(guessed):.1f} % of them right")
    told = [Correction(Theme(row.label), row.text, number) for number, row in enumerate(data.theme_phrases())] * 6
    lines.append(f"a night's lesson from {len(told)} corrections: {_best(lambda: learned(told)):.0f} ms in its thread")
    lessons = learned(told)
    lines.append(f"putting the lessons to use: {_best(lambda: guesser.plus(lessons)):.1f} ms")
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 the figures are the result
    missed = table.add(
        [
            Figure("themes: loading the guesser", "ms", load, target=Target("≤", 100)),
            Figure("themes: the guess for a long message", "ms", max(short, longest), target=Target("≤", 1)),
        ]
    )
    assert not missed, missed
