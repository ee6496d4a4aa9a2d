"""Updates as Telegram never sends them, made from those that it does: one or a few things are wrong with each.

`Mutator` makes them at random from a seed; `each_wrong` makes every update in which one field is missing, null or of
another type.
"""

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Json = Any
#: Where in an update: keys and positions from the outside in.
Path = tuple[str | int, ...]

_HUGE = (2**31, 2**52, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 2**70, 10**30)
_SMALL = (0, -1, -(2**31), -(2**52), -(2**63), -(2**63) - 1, -(10**30))
_FLOATS = (1e308, -1e308, 1e-308, 0.5, 90.0000001, -180.5, float("nan"), float("inf"))
#: Half a surrogate pair, the end of a string in C, marks that turn the line round, widths of nothing, signs on signs.
_MARKS = (
    "\ud83d", "\udc00", "\ud83d \udc00", "\x00", "a\x00b", "\u202e", "\u200f\u202b", "\u2066\u2069", "\u200b", "\u200d",
    "\ufeff", "\u2028", "\x1b[2J", "\x08", "\x7f", "e" + "\u0301" * 60, "👩‍👩‍👧‍👦" * 20, "\U000e0041", "<b>",
    "</a>&amp;&lt;", "{0}", "%s%n", "' OR 1=1 --", "{{x}}", "../../etc", "://", ":",
)  # fmt: skip
_OTHERS: tuple[Json, ...] = (
    None, True, False, 0, -1, 7, 1.5, "", "x", "12", [], [None], [[]], {}, {"id": 1}, [{"id": "x"}], "null",
)  # fmt: skip
_SIMPLY_WRONG: tuple[Json, ...] = (None, True, 0, "x", [], {}, -(2**63) - 1, 2**63, "\ud83d\x00")
_DEEP = 60
#: So often somebody else does what was recorded.
_BY_ANOTHER = 0.6


def paths(value: Json, at: Path = ()) -> Iterator[Path]:
    """Yield where anything stands in *value*, from the outside in."""
    inside: Sequence[tuple[str | int, Json]] = ()
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    for key, one in inside:
        yield (*at, key)
        yield from paths(one, (*at, key))


def each_wrong(raws: Sequence[Json]) -> Iterator[Json]:
    """Yield each update with each of its fields missing, and each of them null, and of each other type."""
    for raw in raws:
        for path in paths(raw):
            yield _without(copy.deepcopy(raw), path)
            for other in _SIMPLY_WRONG:
                yield _with(copy.deepcopy(raw), path, other)


def by_another(raw: Json, who: int) -> Json:
    """Return *raw* as if *who* did it: in a group the same, in private in their own chat."""
    for body in raw.values():
        if isinstance(body, dict) and isinstance(body.get("from"), dict):
            body["from"]["id"] = who
            place = body if "chat" in body else body.get("message", {})
            if place.get("chat", {}).get("type") == "private":
                place["chat"]["id"] = who
    return raw


class Mutator:
    """Takes recorded updates apart: *ids* are numbers that mean something in the town, *buttons* data of taps.

    *people* may have done it.
    """

    def __init__(
        self, dice: random.Random, *, ids: Sequence[int], buttons: Sequence[str], people: Sequence[int]
    ) -> None:
        self._dice, self._ids, self._buttons, self._people = dice, list(ids), list(buttons), list(people)
        self._recorded: list[Json] = []
        self._ways: tuple[Callable[[Json, Path], Json], ...] = (
            _without, self._null, self._other, self._number, self._foreign, self._foreign, self._marked, self._marked,
            self._long, self._deep, self._more, self._graft, self._button, self._button,
        )  # fmt: skip

    def mutated(self, recorded: Sequence[Json], base: Json) -> Json:
        """Return *base* with up to three things wrong, often done by somebody else; parts of *recorded* may come in."""
        self._recorded = list(recorded)
        raw = copy.deepcopy(base)
        if self._dice.random() < _BY_ANOTHER:
            raw = by_another(raw, self._dice.choice(self._people))
            if self._dice.random() < _BY_ANOTHER:
                raw = self._button(raw, ())
        for _ in range(self._dice.choice((0, 0, 1, 1, 1, 1, 2, 3))):
            found = list(paths(raw))
            if not found:
                break
            raw = self._dice.choice(self._ways)(raw, self._dice.choice(found))
        return raw

    def _null(self, raw: Json, path: Path) -> Json:
        return _with(raw, path, None)

    def _other(self, raw: Json, path: Path) -> Json:
        return _with(raw, path, copy.deepcopy(self._dice.choice(_OTHERS)))

    def _number(self, raw: Json, path: Path) -> Json:
        path = self._one_of(raw, int | float, path)
        return _with(raw, path, self._dice.choice((*_HUGE, *_SMALL, *_FLOATS)))

    def _foreign(self, raw: Json, path: Path) -> Json:
        """Put somebody else's id where an id stands."""
        return _with(raw, self._one_of(raw, int, path), self._dice.choice(self._ids))

    def _marked(self, raw: Json, path: Path) -> Json:
        path = self._one_of(raw, str, path)
        text, mark = str(_at(raw, path)), self._dice.choice(_MARKS)
        at = self._dice.randint(0, len(text))
        return _with(raw, path, text[:at] + mark + text[at:])

    def _long(self, raw: Json, path: Path) -> Json:
        value = _at(raw, path)
        if isinstance(value, list):
            return _with(raw, path, value * 300)
        return _with(raw, path, self._dice.choice(("a", "é ", "👩‍👦", "<", "\n", "x" * 63 + " ")) * 5000)

    def _deep(self, raw: Json, path: Path) -> Json:
        value = copy.deepcopy(_at(raw, path))
        for _ in range(self._dice.choice((1, 2, _DEEP))):
            value = [value] if self._dice.random() < 0.5 else {"message": value}
        return _with(raw, path, value)

    def _more(self, raw: Json, path: Path) -> Json:
        """Put in a field that does not belong there, or not yet."""
        value = _at(raw, path)
        name = self._dice.choice(("message", "text", "chat", "from", "id", "type", "photo", "onbekend", "caption"))
        if isinstance(value, dict):
            value[name] = copy.deepcopy(self._dice.choice(_OTHERS))
        return raw

    def _graft(self, raw: Json, path: Path) -> Json:
        """Put a part of another update in, under its own name."""
        other = self._dice.choice(self._recorded)
        places = [place for place in paths(other) if isinstance(place[-1], str)]
        if not places:
            return raw
        place = self._dice.choice(places)
        holder = _at(raw, path[:-1])
        if isinstance(holder, dict):
            holder[str(place[-1])] = copy.deepcopy(_at(other, place))
        return raw

    def _button(self, raw: Json, path: Path) -> Json:
        """Put the data of another button on a tap, as it is or spoilt, often 64 bytes long."""
        query = raw.get("callback_query") if isinstance(raw, dict) else None
        if not isinstance(query, dict):
            return self._foreign(raw, path) if path else raw
        data = self._dice.choice(self._buttons)
        way = self._dice.randrange(8)
        if way == 0:
            data = (data + ":" + "z" * 64)[:64]
        elif way == 1:
            data = (
                data.partition(":")[0] + ":" + self._dice.choice(("-1", "0", "zzzzzzzzzzzzz", "1y2p0ij32e8e8", "é", ""))
            )
        elif way == 2:
            parts = data.split(":")
            parts[self._dice.randrange(len(parts))] = self._dice.choice(("", "0", "1", "-1", *_MARKS[:6], "z" * 40))
            data = ":".join(parts)
        query["data"] = data
        return raw

    def _one_of(self, raw: Json, kind: Any, otherwise: Path) -> Path:  # noqa: ANN401 a type or a union of them
        """Return the place of a value of *kind*; *otherwise* when there is none."""
        found = [path for path in paths(raw) if isinstance(_at(raw, path), kind)]
        return self._dice.choice(found) if found else otherwise


def _at(raw: Json, path: Path) -> Json:
    for key in path:
        raw = raw[key]
    return raw


def _with(raw: Json, path: Path, value: Json) -> Json:
    if not path:
        return value
    _at(raw, path[:-1])[path[-1]] = value
    return raw


def _without(raw: Json, path: Path) -> Json:
    if path:
        del _at(raw, path[:-1])[path[-1]]
    return raw
