"""Sentences as people type them, with and without danger, to measure the danger words on.

Each line of the file beside this one is a sort of danger, a tab and a sentence. `any` were written
apart from the word list and measured on it (three of four were found at once), and then used to
improve it; in `safe` ones nobody is in danger.
"""

from pathlib import Path

_LINES = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
_PAIRS = [(sort, text) for sort, _, text in (line.partition("\t") for line in _LINES)]

#: Sentence -> a sort of danger that must be found in it.
DANGER = {text: sort for sort, text in _PAIRS if sort not in {"any", "safe"}}
#: Sentences with danger of any sort.
DANGER_OF_ANY_SORT = tuple(text for sort, text in _PAIRS if sort == "any")
#: Sentences in which nobody is in danger.
SAFE = tuple(text for sort, text in _PAIRS if sort == "safe")
