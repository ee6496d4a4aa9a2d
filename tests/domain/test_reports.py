"""What is sealed, what may become of a report, and how its number is read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enums import CloseReason, Kind, ReportStatus, Theme
from bot.domain.reports import (
    ReportNumber,
    asks_for_no_names,
    asks_what_not_who,
    discretion,
    erases,
    format_number,
    is_sealed,
    may_be_joined,
    may_become,
    names_many,
    needs_danger_question,
    needs_help_line,
    parse_number,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "sealed"),
    [
        (Kind.PLACE, False),
        (Kind.IDEA, False),
        (Kind.OPPORTUNITY, False),
        (Kind.NUISANCE, True),
        (Kind.PERSON, True),
        (Kind.SELF, True),
    ],
)
def test_only_place_idea_and_opportunity_follow_the_open_rules(kind: Kind, sealed: bool) -> None:
    assert is_sealed(kind) is sealed


@pytest.mark.parametrize("kind", Kind)
def test_danger_and_children_seal_every_report(kind: Kind) -> None:
    assert is_sealed(kind, danger=True)
    assert is_sealed(kind, under_16=True)


@given(st.sampled_from(Kind), st.booleans(), st.booleans())
def test_discretion_follows_the_seal(kind: Kind, danger: bool, under_16: bool) -> None:
    sealed = is_sealed(kind, danger=danger, under_16=under_16)
    careful = discretion(kind, danger=danger, under_16=under_16)
    assert {careful.hides_content, careful.number_only, careful.asks_to_write_back} == {sealed}
    assert {careful.offers_draft, careful.may_be_asked_later, careful.may_be_shared} == {not sealed}


@pytest.mark.parametrize(
    ("now", "then", "allowed"),
    [
        (ReportStatus.RECEIVED, ReportStatus.TAKEN, True),
        (ReportStatus.TAKEN, ReportStatus.ASKED, True),
        (ReportStatus.TAKEN, ReportStatus.FORWARDED, True),
        (ReportStatus.ASKED, ReportStatus.TAKEN, True),
        (ReportStatus.FORWARDED, ReportStatus.CLOSED, True),
        (ReportStatus.TAKEN, ReportStatus.RECEIVED, True),
        (ReportStatus.CLOSED, ReportStatus.TAKEN, True),
        (ReportStatus.RECEIVED, ReportStatus.ASKED, False),
        (ReportStatus.CLOSED, ReportStatus.ASKED, False),
        (ReportStatus.TAKEN, ReportStatus.TAKEN, False),
    ],
)
def test_a_report_goes_only_where_its_status_allows(now: ReportStatus, then: ReportStatus, allowed: bool) -> None:
    assert may_become(now, then) is allowed


@pytest.mark.parametrize("status", [s for s in ReportStatus if s is not ReportStatus.CLOSED])
def test_every_open_report_can_be_closed(status: ReportStatus) -> None:
    assert may_become(status, ReportStatus.CLOSED)


def test_an_own_file_erases_here_at_once() -> None:
    assert erases(CloseReason.OWN_FILE)
    assert not erases(CloseReason.SOLVED)


@pytest.mark.parametrize(
    ("kind", "theme", "words", "asked"),
    [
        (Kind.PLACE, Theme.LIVABILITY, False, False),
        (Kind.PLACE, None, False, False),
        (Kind.NUISANCE, Theme.COHESION, False, False),
        (None, None, False, False),
        (Kind.PLACE, Theme.LIVABILITY, True, True),
        (Kind.PLACE, Theme.SAFETY, False, True),
        (Kind.PERSON, Theme.LONELINESS, False, True),
        (Kind.SELF, None, False, True),
    ],
)
def test_danger_is_asked_about_only_where_it_may_be(
    kind: Kind | None, theme: Theme | None, words: bool, asked: bool
) -> None:
    assert needs_danger_question(kind, theme, words_found=words) is asked


def test_what_cannot_be_searched_gets_the_help_line() -> None:
    listed = frozenset({"nl", "en"})
    assert needs_help_line(spoken=True, language="nl", listed=listed)
    assert needs_help_line(spoken=False, language="ar", listed=listed)
    assert not needs_help_line(spoken=False, language="en", listed=listed)


def test_names_are_not_wanted_where_people_are_meant() -> None:
    assert asks_what_not_who(Theme.SAFETY)
    assert not asks_what_not_who(None)
    assert asks_for_no_names(Kind.PERSON)
    assert asks_for_no_names(Kind.NUISANCE)
    assert not asks_for_no_names(Kind.SELF)


@pytest.mark.parametrize(
    ("kind", "theme", "sealed", "age", "metres", "joins"),
    [
        (Kind.PLACE, Theme.LIVABILITY, False, timedelta(weeks=12), 250.0, True),
        (Kind.PLACE, Theme.SUSTAINABILITY, False, timedelta(0), 0.0, True),
        (Kind.IDEA, Theme.LIVABILITY, False, timedelta(0), 0.0, False),
        (Kind.PLACE, Theme.SAFETY, False, timedelta(0), 0.0, False),
        (Kind.PLACE, Theme.LIVABILITY, True, timedelta(0), 0.0, False),
        (Kind.PLACE, Theme.LIVABILITY, False, timedelta(weeks=12, seconds=1), 0.0, False),
        (Kind.PLACE, Theme.LIVABILITY, False, timedelta(0), 250.1, False),
    ],
)
def test_me_too_is_for_open_places_nearby_and_not_long_ago(
    kind: Kind, theme: Theme, sealed: bool, age: timedelta, metres: float, joins: bool
) -> None:
    assert may_be_joined(kind, theme, sealed=sealed, sent=NOW - age, now=NOW, metres=metres) is joins


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("M-2026-0042", ReportNumber(42, 2026)),
        ("antwoord op m-2026-0042 graag", ReportNumber(42, 2026)),
        ("M 2026-0042", ReportNumber(42, 2026)),
        ("0042", ReportNumber(42)),
        (" #0042 ", ReportNumber(42)),
        ("bewoner 0042", ReportNumber(42)),
        ("Melding: 42", ReportNumber(42)),
        ("ik heb 1000 vragen", None),
        ("42", None),
        ("M-26-42", None),
        ("M" + " " * 4000 + "2026-0042", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_type_it(text: str, number: ReportNumber | None) -> None:
    assert parse_number(text) == number


def test_the_number_in_the_group_has_four_digits() -> None:
    assert ReportNumber(42, 2026).short == "0042"
    assert ReportNumber(12345).short == "12345"


@given(st.integers(2020, 2999), st.integers(1, 9_999_999))
def test_a_number_that_was_shown_is_understood(year: int, serial: int) -> None:
    number = format_number(year, serial)
    assert parse_number(number) == ReportNumber(serial, year)


def test_a_text_with_several_numbers_is_a_list() -> None:
    assert names_many("M-2026-0001 en M-2026-0002")
    assert not names_many("M-2026-0001, nog eens M-2026-0001")
    assert not names_many("geen nummer")
