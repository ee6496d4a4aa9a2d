from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime
from sqlalchemy.engine import make_url

from bot.domain.enums import Language
from storage.types import EnumText, UtcDateTime

DIALECTS = [make_url(url).get_dialect()() for url in ("sqlite+aiosqlite://", "postgresql+asyncpg://")]
#: All moments that both databases take; SQLite's text of a year has four digits.
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.timezones())  # noqa: DTZ001


@given(MOMENTS)
def test_a_moment_comes_back_in_utc(moment: datetime) -> None:
    for dialect in DIALECTS:
        written = UtcDateTime().bind_processor(dialect)(moment)
        read = UtcDateTime().result_processor(dialect, None)(written)
        assert read == moment.astimezone(UTC)
        assert read.tzinfo is UTC


@given(MOMENTS)
def test_sqlite_keeps_the_text_that_sqlalchemys_own_type_keeps(moment: datetime) -> None:
    own = DateTime().dialect_impl(DIALECTS[0]).bind_processor(DIALECTS[0])
    assert own is not None
    assert UtcDateTime().bind_processor(DIALECTS[0])(moment) == own(moment.astimezone(UTC).replace(tzinfo=None))


def test_a_naive_time_is_refused() -> None:
    for dialect in DIALECTS:
        with pytest.raises(ValueError, match="naive"):
            UtcDateTime().bind_processor(dialect)(datetime(2026, 1, 1))  # noqa: DTZ001


def test_what_is_not_there_stays_so() -> None:
    for dialect in DIALECTS:
        for kind in (UtcDateTime(), EnumText(Language)):
            assert kind.bind_processor(dialect)(None) is None
            assert kind.result_processor(dialect, None)(None) is None


def test_another_zone_is_turned_into_utc() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert UtcDateTime().bind_processor(DIALECTS[0])(noon) == "2026-07-01 10:00:00.000000"
    assert UtcDateTime().bind_processor(DIALECTS[1])(noon) == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_an_enum_is_kept_as_its_value() -> None:
    for dialect in DIALECTS:
        write = EnumText(Language).bind_processor(dialect)
        assert [write(Language.DUTCH), write("en")] == ["nl", "en"]
        assert EnumText(Language).result_processor(dialect, None)("en") is Language.ENGLISH
        with pytest.raises(LookupError):
            write("fr")
