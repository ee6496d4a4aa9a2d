"""Which desk gets a report: ordered rules, the first that matches wins.

Source: Reporting, "Routing".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from bot.domain.enums import Kind, Theme


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report belongs: the code of its wijk and that wijk's region; both None if unknown."""

    area: str | None = None
    region: str | None = None


#: Outside the town, or nobody knows where.
NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at."""

    kind: Kind
    theme: Theme
    place: Place = NOWHERE


class Criterion(StrEnum):
    """What a rule can ask about a report."""

    KIND = "kind"
    THEME = "theme"
    AREA = "area"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Rule:
    """A routing rule: an empty set asks nothing, all others must hold together."""

    desk: str
    kinds: frozenset[Kind] = frozenset()
    themes: frozenset[Theme] = frozenset()
    areas: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    @property
    def asks(self) -> tuple[Criterion, ...]:
        """What this rule asks about; nothing means that it matches every report."""
        asked = (
            (Criterion.KIND, self.kinds),
            (Criterion.THEME, self.themes),
            (Criterion.AREA, self.areas),
            (Criterion.REGION, self.regions),
        )
        return tuple(criterion for criterion, wanted in asked if wanted)

    def matches(self, subject: Subject) -> bool:
        """Tell whether *subject* is one that this rule sends to its desk."""
        return (
            (not self.kinds or subject.kind in self.kinds)
            and (not self.themes or subject.theme in self.themes)
            and (not self.areas or subject.place.area in self.areas)
            and (not self.regions or subject.place.region in self.regions)
        )


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes and why: the rule that matched and its position (from 0).

    `because` are the criteria that the rule asked about; empty means the catch-all rule.
    """

    desk: str
    position: int
    rule: Rule
    because: tuple[Criterion, ...]


def route(rules: Sequence[Rule], subject: Subject) -> Route:
    """Return the desk of the first rule that matches, with the reason ("Waarom hier?").

    `LookupError` when none matches: rules without a catch-all at the end were let through.
    """
    for position, rule in enumerate(rules):
        if rule.matches(subject):
            return Route(rule.desk, position, rule, rule.asks)
    raise LookupError("no rule matches: the last one must match everything")


def catches_all(rules: Sequence[Rule]) -> bool:
    """Tell whether there are rules and the last one matches every report."""
    return bool(rules) and not rules[-1].asks


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A rule that can never match: its position, and the earlier rules that take all it would.

    An empty `taken_by` means that nothing could match it at all (a wijk outside its region).
    """

    position: int
    taken_by: tuple[int, ...]


def unreachable_rules(rules: Sequence[Rule], places: Iterable[Place]) -> list[Unreachable]:
    """Return the rules that no report can reach, exact over kind x theme x place.

    *places* are all wijken with their region; a report without a known place is always counted.
    """
    subjects = [Subject(kind, theme, place) for kind, theme, place in product(Kind, Theme, {*places, NOWHERE})]
    reached: set[int] = set()
    taken: dict[int, set[int]] = {position: set() for position in range(len(rules))}
    for subject in subjects:
        hits = [position for position, rule in enumerate(rules) if rule.matches(subject)]
        reached.update(hits[:1])
        for later in hits[1:]:
            taken[later].add(hits[0])
    return [
        Unreachable(position, tuple(sorted(taken[position])))
        for position in range(len(rules))
        if position not in reached
    ]
