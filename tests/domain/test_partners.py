"""What may go to a partner, and how long we are patient."""

from datetime import timedelta

import pytest

from bot.domain.enums import Kind
from bot.domain.partners import back_off, holds_only_number, is_no_partner, one_line, work_number


@pytest.mark.parametrize("kind", Kind)
def test_only_a_report_that_is_not_about_a_person_may_hold_words(kind: Kind) -> None:
    people = kind in (Kind.NUISANCE, Kind.PERSON, Kind.SELF)
    assert holds_only_number(kind, sealed=False, about_people=False) is people
    assert holds_only_number(kind, sealed=True, about_people=False)
    assert holds_only_number(kind, sealed=False, about_people=True)


def test_patience_grows_to_an_hour() -> None:
    assert [back_off(n) for n in (1, 2, 3)] == [timedelta(minutes=n) for n in (1, 2, 4)]
    assert back_off(50) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "email", "refused"),
    [
        ("Politie Almere", None, True),
        ("Wijkagent", "wijkagent@midden-nederland.politie.nl", True),
        ("Veilig Thuis Flevoland", None, True),
        ("Meldpunt", "info@veiligthuisflevoland.nl", True),
        ("Gemeente Almere", "meldingen@example.org", False),
        ("Thuiszorg Veilig Wonen", "info@example.org", False),
    ],
)
def test_police_and_veilig_thuis_are_no_partners(name: str, email: str | None, refused: bool) -> None:
    assert is_no_partner(name, email) is refused


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("036 123 45 67", "036 123 45 67"),
        (" 06-12345678 ", "06-12345678"),
        ("+31 6 12 34 56 78", "+31 6 12 34 56 78"),
        ("112", None),
        ("bel me maar", None),
        ("036 123 45 67\nBcc: x@y.nl", None),
        ("1" * 40, None),
    ],
)
def test_a_work_number_is_a_phone_number(typed: str, number: str | None) -> None:
    assert work_number(typed) == number


def test_a_header_is_one_line() -> None:
    assert one_line("Gemeente\r\nBcc: iedereen@example.org\0") == "Gemeente Bcc: iedereen@example.org"
