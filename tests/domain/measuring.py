"""What the tests with held-out sentences share: what is alike, and saying what was measured."""

from collections.abc import Iterable

from bot.domain.bayes import pieces


def too_alike(held: Iterable[str], trained: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs that share more than three in five of their pieces: such a sentence measures memory."""
    known = [(text, pieces(text)) for text in trained]
    return [
        (text, other)
        for text, found in ((text, pieces(text)) for text in held)
        for other, others in known
        if len(found & others) > 0.6 * len(found | others)
    ]
