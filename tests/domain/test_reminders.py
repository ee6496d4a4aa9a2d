"""When reminders are due, through nights and clock changes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.reminders import DEFAULT_LEADS, parse_lead, parse_leads, plan, put_off
from bot.domain.enums import ActivityKind, ReminderChoice, RoleKey
from bot.domain.time import is_quiet, to_utc, to_wall

ZONE = ZoneInfo("Europe/Amsterdam")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LEADS = st.sampled_from(["7d", "1d", "3h", "1h", "90m", "1d@19:00", "0d@08:00", "2d@23:30", "0d@07:00"])
STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def wall(text: str) -> datetime:
    return to_utc(datetime.fromisoformat(text), ZONE)


def sent(
    leads: str,
    starts: str,
    *,
    since: str = "2020-01-01T00:00",
    kind: ActivityKind = ActivityKind.OTHER,
    choice: ReminderChoice = ReminderChoice.ALL,
) -> list[str]:
    found = plan(
        [parse_lead(lead) for lead in leads.split()], wall(starts), wall(since), ZONE, kind=kind, choice=choice
    )
    return [f"{to_wall(due.due_at, ZONE):%Y-%m-%dT%H:%M}" for due in found]


@pytest.mark.parametrize("text", ["1d", "7d", "3h", "90m", "1d@19:00", "0d@08:00"])
def test_a_lead_is_read_and_written_the_same(text: str) -> None:
    assert str(parse_lead(text)) == text


@pytest.mark.parametrize("text", ["", "1", "d", "-1d", "0d", "0h", "3h@19:00", "1d@25:00", "1d@19", "1 d", "1w"])
def test_what_is_no_lead_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"lead|hour|time"):
        parse_lead(text)


def test_leads_differ_by_role_where_the_set_up_file_says_so() -> None:
    leads = parse_leads(["7d", "1d"], {RoleKey.VISITOR: ["1d"]})
    assert list(map(str, leads.of(RoleKey.VISITOR))) == ["1d"]
    assert list(map(str, leads.of(RoleKey.HOST))) == ["7d", "1d"]


def test_the_defaults_are_those_of_the_field() -> None:
    def written(kind: ActivityKind, role: RoleKey) -> list[str]:
        return list(map(str, DEFAULT_LEADS[kind].of(role)))

    assert written(ActivityKind.REPAIR_CAFE, RoleKey.VISITOR) == ["1d"]
    assert written(ActivityKind.REPAIR_CAFE, RoleKey.REPAIRER) == ["7d", "1d"]
    assert written(ActivityKind.ROMMELROUTE, RoleKey.STALL) == ["7d", "1d", "0d@08:00"]
    assert written(ActivityKind.PATROL, RoleKey.WALKER) == ["1d@19:00", "3h"]
    assert set(DEFAULT_LEADS) == set(ActivityKind)


@pytest.mark.parametrize(
    ("leads", "starts", "expected"),
    [
        ("7d 1d", "2026-12-05T13:00", ["2026-11-28T13:00", "2026-12-04T13:00"]),
        ("1d", "2026-10-25T13:00", ["2026-10-24T13:00"]),
        ("1d", "2027-03-28T13:00", ["2027-03-27T13:00"]),
        ("3h", "2027-03-28T12:00", ["2027-03-28T09:00"]),
        ("3h", "2026-12-05T11:30", ["2026-12-05T08:30"]),
        ("3h", "2026-12-05T10:30", ["2026-12-05T08:00"]),
        ("3h", "2026-12-05T09:00", ["2026-12-05T08:00"]),
        ("3h", "2026-12-05T08:59", ["2026-12-04T20:00"]),
        ("3h", "2026-12-05T02:00", ["2026-12-04T20:00"]),
        ("1h", "2026-12-05T23:30", ["2026-12-05T20:00"]),
        ("1d", "2026-12-05T22:30", ["2026-12-05T08:00"]),
        ("1d 3h 1h", "2026-12-05T08:30", ["2026-12-04T08:30", "2026-12-04T20:00"]),
        ("7d 1d 0d@08:00", "2026-12-12T10:00", ["2026-12-05T10:00", "2026-12-11T10:00", "2026-12-12T08:00"]),
        ("0d@15:00", "2026-12-12T10:00", []),
    ],
)
def test_reminders_come_by_wall_time_and_not_at_night(leads: str, starts: str, expected: list[str]) -> None:
    assert sent(leads, starts) == expected


def test_an_early_round_is_arranged_the_evening_before() -> None:
    leads = "1d@19:00 3h"
    assert sent(leads, "2026-12-05T10:59", kind=ActivityKind.PATROL) == ["2026-12-04T19:00", "2026-12-04T20:00"]
    assert sent(leads, "2026-12-05T11:00", kind=ActivityKind.PATROL) == ["2026-12-04T19:00", "2026-12-05T08:00"]
    assert sent(leads, "2026-12-05T20:00", kind=ActivityKind.PATROL) == ["2026-12-04T19:00", "2026-12-05T17:00"]


@pytest.mark.parametrize(
    ("now", "starts", "waits_until"),
    [
        ("2026-12-04T21:59", "2026-12-05T13:00", None),
        ("2026-12-04T22:00", "2026-12-05T13:00", "2026-12-05T08:00"),
        ("2026-12-05T07:59", "2026-12-05T09:00", "2026-12-05T08:00"),
        ("2026-12-05T07:59", "2026-12-05T08:59", None),
        ("2027-03-27T23:30", "2027-03-28T09:00", "2027-03-28T08:00"),
    ],
)
def test_one_that_comes_late_at_night_waits_for_eight_while_it_can(
    now: str, starts: str, waits_until: str | None
) -> None:
    assert put_off(wall(starts), wall(now), ZONE) == (wall(waits_until) if waits_until else None)


def test_who_signs_up_after_a_reminder_was_due_gets_only_the_next() -> None:
    assert sent("7d 1d", "2026-12-05T13:00", since="2026-11-28T13:00") == ["2026-12-04T13:00"]
    assert sent("7d 1d", "2026-12-05T13:00", since="2026-12-05T12:00") == []


def test_residents_choose_all_only_the_last_or_none() -> None:
    leads, starts = "7d 1d 0d@08:00", "2026-12-12T10:00"
    assert len(sent(leads, starts)) == 3
    assert sent(leads, starts, choice=ReminderChoice.LAST) == ["2026-12-12T08:00"]
    assert sent(leads, starts, choice=ReminderChoice.NONE) == []


@pytest.mark.parametrize("choice", ReminderChoice)
def test_nobody_can_leave_out_the_questions_before_a_round(choice: ReminderChoice) -> None:
    assert len(sent("1d@19:00 3h", "2026-12-05T20:00", kind=ActivityKind.PATROL, choice=choice)) == 2


@given(
    st.lists(LEADS, max_size=5),
    STARTS,
    st.timedeltas(timedelta(0), timedelta(days=10)),
    st.sampled_from(ActivityKind),
    st.sampled_from(ReminderChoice),
)
def test_every_reminder_is_by_day_before_the_start_and_holds_until_the_next(
    leads: list[str], starts: datetime, known: timedelta, kind: ActivityKind, choice: ReminderChoice
) -> None:
    since = starts - known
    found = plan([parse_lead(lead) for lead in leads], starts, since, ZONE, kind=kind, choice=choice)
    for due in found:
        assert since < due.due_at < due.valid_until <= starts
        assert not is_quiet(due.due_at, ZONE)
    for earlier, later in pairwise(found):
        assert earlier.valid_until == later.due_at
    assert not found or found[-1].valid_until == starts
    assert plan([], starts, LONG_AGO, ZONE) == []
