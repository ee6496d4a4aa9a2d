"""Where a report stands in every list."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enums import ReportStatus
from bot.domain.standing import CLOSED, DANGER, NO_PROMISE, is_late, promised_before, standing

DAY = date(2026, 11, 23)


def _of(status: ReportStatus = ReportStatus.TAKEN, *, danger: bool = False, promise: date | None = DAY) -> int:
    return standing(status=status, danger=danger, promise_on=promise, ended_on=DAY)


def test_danger_first_then_the_oldest_promise_then_none_then_what_is_closed() -> None:
    later = date(2026, 11, 24)
    order = [_of(danger=True), _of(), _of(promise=later), _of(promise=None), _of(ReportStatus.CLOSED, danger=True)]
    assert order == sorted(order)
    assert order[0] == DANGER
    assert order[3] == NO_PROMISE
    assert _of(ReportStatus.CLOSED, danger=True) == _of(ReportStatus.CLOSED)


@given(st.dates(), st.dates())
def test_what_was_closed_last_stands_before_what_was_closed_earlier(first: date, second: date) -> None:
    places = [
        standing(status=ReportStatus.CLOSED, danger=False, promise_on=None, ended_on=day) for day in (first, second)
    ]
    assert min(places) > CLOSED
    assert (places[0] < places[1]) == (first > second)


@given(st.dates(), st.dates())
def test_open_reports_stand_between_danger_and_no_promise(promise: date, today: date) -> None:
    place = _of(promise=promise)
    assert DANGER < place < NO_PROMISE < CLOSED
    assert (place in promised_before(today)) == (promise < today)


def test_late_is_what_was_promised_before_today_and_did_not_reach_the_resident() -> None:
    def late(status: ReportStatus = ReportStatus.TAKEN, *, on: date | None = DAY, kept: bool = False) -> bool:
        return is_late(status=status, promise_on=on, kept=kept, today=date(2026, 11, 24))

    assert late()
    assert not late(on=date(2026, 11, 24))
    assert not late(on=None)
    assert not late(kept=True)
    assert not late(ReportStatus.CLOSED)
