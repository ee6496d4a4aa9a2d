"""Whether somebody says to be under 16: no age is asked (Privacy and safety, "Children")."""

from bot.domain.phrases import tokens

ADULT_ENOUGH = 16
_YOUNGEST = 5
_I_AM = (("ik", "ben"), ("i", "am"), ("im",), ("ben", "pas"), ("ik", "word"))
_FILLERS = frozenset({"nog", "maar", "pas", "net", "only", "just", "nu", "now"})
_AGE_WORDS = frozenset({"jaar", "jr", "years", "year", "yo", "old"})
_COUNTED = {
    word: number
    for number, words in enumerate(
        (
            "vijf five", "zes six", "zeven seven", "acht eight", "negen nine", "tien ten", "elf eleven",
            "twaalf twelve", "dertien thirteen", "veertien fourteen", "vijftien fifteen",
        ),
        start=_YOUNGEST,
    )
    for word in words.split()
}  # fmt: skip


def says_under_16(text: str) -> bool:
    """Tell whether *text* says so of its writer: "ik ben 13", "ik ben nog maar twaalf", "I am 12 years old".

    "Ik ben 10 minuten weg" is none: a number counts at the end of what was said, or before a word for years.
    """
    words = tokens(text)
    return any(
        words[at : at + len(start)] == start and _young(words[at + len(start) :])
        for at in range(len(words))
        for start in _I_AM
    )


def _young(words: tuple[str, ...]) -> bool:
    left = [word for word in words[:3] if word not in _FILLERS]
    if not left:
        return False
    age = int(left[0]) if left[0].isdecimal() and len(left[0]) <= 2 else _COUNTED.get(left[0], ADULT_ENOUGH)
    after = words[words.index(left[0]) + 1 :][:1]
    return _YOUNGEST <= age < ADULT_ENOUGH and (not after or after[0] in _AGE_WORDS or after[0] in ("en", "and"))
