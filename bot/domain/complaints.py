"""Clear complaints about the organisation, its workers or its volunteers in what people type.

Source: Privacy and safety: such a complaint never enters a desk. Words only decide whether somebody is asked.
"""

import re
from collections.abc import Iterable

from bot.domain.phrases import PhraseBook, tokens

#: Stands in the phrases for the organisation.
US = "{us}"
_SENTENCE = re.compile(r"[.!?\n\r]+")


def complaint_book(phrases: Iterable[str], never: Iterable[str], organisation: str) -> PhraseBook:
    """Return the phrases for an organisation of this name; one without letters is known by none of them."""
    ours = (tokens(organisation) or ("buurtbode",))[-1]
    return PhraseBook.of({"complaint": [phrase.replace(US, ours) for phrase in phrases]}, never)


def is_complaint(text: str, book: PhraseBook) -> bool:
    """Tell whether a sentence of *text* clearly complains about the organisation or somebody of it."""
    return any(book.find(tokens(sentence)) for sentence in _SENTENCE.split(text))
