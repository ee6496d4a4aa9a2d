"""Where the dots of a map go."""

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.stall_map import Spot, frame_around, spots, spread
from bot.domain.activities.stall_route import Door
from bot.domain.geo import Point, metres_between

HERE, THERE = Point(52.3660, 5.2200), Point(52.3690, 5.2240)


def test_a_shared_point_is_taken_neighbours_stand_beside_it_and_of_other_streets_nothing_is_guessed() -> None:
    doors = [
        Door(1, "Filmstraat", "1", "1325 AB"),
        Door(2, "film straat", "9A", "1325 AB"),
        Door(3, "Filmstraat", "3", "1325 AB"),
        Door(4, "Filmstraat", "10", "1325 AB"),
        Door(5, "Aapweg", "10", "1324 AA"),
        Door(6),
    ]
    found = spots(doors, {1: HERE, 2: THERE})
    assert found == {
        1: Spot(HERE, about=False),
        2: Spot(THERE, about=False),
        3: Spot(HERE, about=True),
        4: Spot(THERE, about=True),
    }


def test_a_frame_holds_all_points_with_north_up() -> None:
    frame = frame_around([HERE, THERE], 1000)
    assert frame.span >= 1.2 * metres_between(HERE, Point(THERE.lat, HERE.lon))
    (x, y), (other_x, other_y) = frame.pixel(HERE), frame.pixel(THERE)
    assert 0 < x < other_x < 1000
    assert 0 < other_y < y < 1000
    assert frame_around([HERE], 1000).pixel(HERE) == (500.0, 500.0)


places = st.tuples(st.floats(-50, 1130), st.floats(-50, 1130))


@given(st.lists(places, max_size=60))
def test_dots_never_touch_nor_leave_the_picture(wanted: list[tuple[float, float]]) -> None:
    found = spread(wanted, 50, 1080)
    assert len(found) == len(wanted)
    assert all(0 <= x <= 1080 and 0 <= y <= 1080 for x, y in found)
    assert all(hypot(x - u, y - v) >= 50 - 1e-3 for (x, y), (u, v) in combinations(found, 2))


def test_two_hundred_dots_at_one_point_stand_apart() -> None:
    found = spread([(540.0, 540.0)] * 200, 42, 1080)
    assert all(hypot(x - u, y - v) >= 42 - 1e-3 for (x, y), (u, v) in combinations(found, 2))


def test_where_there_is_no_room_dots_lie_on_each_other() -> None:
    assert len(spread([(10, 10)] * 30, 40, 60)) == 30
