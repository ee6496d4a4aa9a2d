"""The demo's town fits the day on which it is opened, whatever day that is."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.demo.run import town_text
from bot.demo.today import CAFE, ROUND, ROUTE
from bot.domain.activities.series import Series
from bot.services import setup


@pytest.mark.parametrize("later", range(7))
def test_its_series_begin_after_today_on_a_date_of_their_rule(later: int) -> None:
    today = date(2026, 3, 2) + timedelta(days=later)
    file, _ = setup.parse(town_text(datetime.combine(today, time(14))))
    for activity in file.activities:
        starts, ends = datetime.fromisoformat(activity.starts), datetime.fromisoformat(activity.ends)
        Series(starts, ends, activity.repeats)
        assert (starts.date() > today) is (activity.key not in (CAFE, ROUTE, ROUND))


@pytest.mark.parametrize("hour", range(24))
def test_what_goes_on_has_begun_today_and_is_not_over_whatever_the_hour(hour: int) -> None:
    wall = datetime(2026, 3, 2, hour, 3)  # noqa: DTZ001 local wall time, as the file has it
    file, _ = setup.parse(town_text(wall))
    for activity in file.activities:
        if activity.key in (CAFE, ROUTE, ROUND):
            starts, ends = datetime.fromisoformat(activity.starts), datetime.fromisoformat(activity.ends)
            assert starts.date() == wall.date()
            assert starts <= wall < ends
