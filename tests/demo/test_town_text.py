"""The demo's town fits the day on which it is opened, whatever day that is."""

from datetime import date, datetime, timedelta

import pytest

from bot.demo.run import town_text
from bot.domain.activities.series import Series
from bot.services import setup


@pytest.mark.parametrize("later", range(7))
def test_its_series_begin_after_today_on_a_date_of_their_rule(later: int) -> None:
    today = date(2026, 3, 2) + timedelta(days=later)
    file, _ = setup.parse(town_text(today))
    for activity in file.activities:
        starts, ends = datetime.fromisoformat(activity.starts), datetime.fromisoformat(activity.ends)
        Series(starts, ends, activity.repeats)
        assert starts.date() > today
