"""Ordered rules: first match wins, and a rule that can never match is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.enums import Kind, Theme
from bot.domain.routing import (
    NOWHERE,
    Criterion,
    Place,
    Rule,
    Subject,
    Unreachable,
    catches_all,
    route,
    unreachable_rules,
)

PLACES = [Place(row.code, row.region) for row in data.areas()]
WEST = Place("WK003427", "Almere Stad West")
HAVEN = Place("WK003401", "Almere Haven")
TOWN = [
    Rule("stad", kinds=frozenset({Kind.PERSON, Kind.SELF})),
    Rule("veilig", themes=frozenset({Theme.SAFETY})),
    Rule("stad-west", regions=frozenset({"Almere Stad West"})),
    Rule("stad"),
]


@pytest.mark.parametrize(
    ("subject", "desk", "because"),
    [
        (Subject(Kind.SELF, Theme.SAFETY, WEST), "stad", (Criterion.KIND,)),
        (Subject(Kind.PLACE, Theme.SAFETY, WEST), "veilig", (Criterion.THEME,)),
        (Subject(Kind.PLACE, Theme.LIVABILITY, WEST), "stad-west", (Criterion.REGION,)),
        (Subject(Kind.PLACE, Theme.LIVABILITY, HAVEN), "stad", ()),
        (Subject(Kind.PLACE, Theme.LIVABILITY, NOWHERE), "stad", ()),
    ],
)
def test_the_first_rule_that_matches_wins_and_says_why(
    subject: Subject, desk: str, because: tuple[Criterion, ...]
) -> None:
    found = route(TOWN, subject)
    assert (found.desk, found.because) == (desk, because)
    assert TOWN[found.position] is found.rule


def test_a_rule_for_a_wijk_matches_that_wijk_only() -> None:
    rule = Rule("filmwijk", areas=frozenset({"WK003418"}))
    assert rule.asks == (Criterion.AREA,)
    assert rule.matches(Subject(Kind.IDEA, Theme.OTHER, Place("WK003418", "Almere Stad Oost")))
    assert not rule.matches(Subject(Kind.IDEA, Theme.OTHER, WEST))


def test_without_a_rule_for_everything_a_report_may_find_no_desk() -> None:
    assert not catches_all(TOWN[:-1])
    assert not catches_all([])
    assert catches_all(TOWN)
    with pytest.raises(LookupError, match="everything"):
        route(TOWN[:-1], Subject(Kind.PLACE, Theme.LIVABILITY, HAVEN))


def test_the_rules_of_the_example_town_can_all_match() -> None:
    assert unreachable_rules(TOWN, PLACES) == []


def test_a_rule_behind_a_wider_one_can_never_match() -> None:
    rules = [*TOWN[:3], Rule("haven", areas=frozenset({"WK003427"})), Rule("stad"), Rule("veilig")]
    assert unreachable_rules(rules, PLACES) == [Unreachable(3, (0, 1, 2)), Unreachable(5, (0, 1, 2, 4))]


def test_a_rule_can_be_taken_by_several_narrower_ones_together() -> None:
    halves = [Rule("a", themes=frozenset(list(Theme)[:4])), Rule("b", themes=frozenset(list(Theme)[4:]))]
    assert unreachable_rules([*halves, Rule("c", kinds=frozenset({Kind.PLACE}))], PLACES) == [Unreachable(2, (0, 1))]


def test_a_wijk_outside_the_region_of_its_rule_can_never_match() -> None:
    impossible = Rule("x", areas=frozenset({"WK003427"}), regions=frozenset({"Almere Haven"}))
    assert unreachable_rules([impossible, Rule("stad")], PLACES) == [Unreachable(0, ())]


RULES = st.builds(
    Rule,
    desk=st.sampled_from(["a", "b"]),
    kinds=st.frozensets(st.sampled_from(Kind), max_size=3),
    themes=st.frozensets(st.sampled_from(Theme), max_size=3),
    areas=st.frozensets(st.sampled_from(["W1", "W2", "W3"]), max_size=2),
    regions=st.frozensets(st.sampled_from(["R1", "R2"]), max_size=1),
)
SMALL = [Place("W1", "R1"), Place("W2", "R1"), Place("W3", "R2")]
SUBJECTS = st.builds(Subject, st.sampled_from(Kind), st.sampled_from(Theme), st.sampled_from([*SMALL, NOWHERE]))


@given(st.lists(RULES, max_size=5), SUBJECTS)
def test_no_report_ever_reaches_an_unreachable_rule(rules: list[Rule], subject: Subject) -> None:
    rules = [*rules, Rule("last")]
    dead = {found.position for found in unreachable_rules(rules, SMALL)}
    assert route(rules, subject).position not in dead
