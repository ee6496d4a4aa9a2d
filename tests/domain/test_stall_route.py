"""The order in which one walks along stalls, and their numbers."""

from datetime import UTC, datetime
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.stall_route import Day, Door, day_of, new_numbers, numbered_at, street_names, walking_order

ZONE = ZoneInfo("Europe/Amsterdam")

doors = st.lists(
    st.builds(
        Door,
        id=st.integers(1, 10_000),
        street=st.sampled_from([None, "Filmstraat", "film straat", "Chaplinpad", "Laan van de Vrede"]),
        house_number=st.sampled_from(["1", "3", "3A", "12", "12-3", "14", ""]),
        postcode=st.sampled_from([None, "1325 AB", "1325 CD", "1324 ZZ"]),
    ),
    unique_by=lambda door: door.id,
    max_size=30,
)


def test_one_walks_up_along_the_odd_side_and_back_along_the_even_one() -> None:
    houses = ["2", "11", "12A", "1", "12", "3"]
    walked = walking_order(Door(at, "Filmstraat", house, "1325 AB") for at, house in enumerate(houses))
    assert [door.house_number for door in walked] == ["1", "3", "11", "12A", "12", "2"]


def test_streets_follow_by_postcode_and_the_field_comes_last() -> None:
    stalls = [
        Door(1),
        Door(2, "Zebrapad", "1", "1325 AA"),
        Door(3, "Aapweg", "5", "1325 ZZ"),
        Door(4, "Beerlaan", "7"),
        Door(5, "zebra pad", "2", "1325 XX"),
    ]
    assert [door.id for door in walking_order(stalls)] == [2, 5, 3, 4, 1]


@given(doors)
def test_every_stall_is_passed_once_and_no_street_is_left_and_come_back_to(stalls: list[Door]) -> None:
    walked = walking_order(stalls)
    assert sorted(door.id for door in walked) == sorted(door.id for door in stalls)
    streets = [door.street_key for door in walked]
    changes = sum(one != other for one, other in pairwise(streets))
    assert changes == max(0, len(set(streets)) - 1)


@given(doors, st.randoms(use_true_random=False))
def test_the_order_does_not_hang_on_who_came_first(stalls: list[Door], random: Random) -> None:
    mixed = list(stalls)
    random.shuffle(mixed)
    assert walking_order(mixed) == walking_order(stalls)


@given(doors, doors)
def test_numbers_that_were_given_stay_and_nobody_has_two_or_another_s(first: list[Door], later: list[Door]) -> None:
    given_first = new_numbers(first, {})
    assert sorted(given_first.values()) == list(range(1, len(first) + 1))
    given_later = new_numbers(later, given_first)
    assert not given_first.keys() & given_later.keys()
    everybody = [*given_first.values(), *given_later.values()]
    assert len(set(everybody)) == len(everybody)
    assert all(number > len(first) for number in given_later.values())


@given(doors)
def test_a_street_has_one_name_that_one_of_its_sellers_wrote(stalls: list[Door]) -> None:
    names = street_names(stalls)
    assert names.keys() == {door.street_key for door in stalls if door.street}
    assert set(names.values()) <= {door.street for door in stalls}


def test_the_commonest_way_to_write_a_street_is_its_name() -> None:
    written = ["Film Straat", "Filmstraat", "Filmstraat", "filmstraat"]
    doors = [Door(at, name, "1") for at, name in enumerate(written)]
    assert street_names(doors) == {"filmstraat": "Filmstraat"}


def test_the_day_is_the_local_one_also_when_the_clock_changes() -> None:
    starts, ends = datetime(2026, 10, 25, 9, tzinfo=UTC), datetime(2026, 10, 25, 14, tzinfo=UTC)
    day = day_of(starts, ends, ZONE)
    assert day == Day(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
    assert starts in day
    assert datetime(2026, 10, 25, 23, tzinfo=UTC) not in day


def test_numbers_come_with_the_deadline_or_with_the_day() -> None:
    starts, deadline = datetime(2026, 12, 12, 9, tzinfo=UTC), datetime(2026, 12, 9, 19, tzinfo=UTC)
    assert numbered_at(starts, deadline, ZONE) == deadline
    assert numbered_at(deadline, starts, ZONE) == deadline
    assert numbered_at(starts, None, ZONE) == datetime(2026, 12, 11, 23, tzinfo=UTC)
