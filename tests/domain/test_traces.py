"""Traces of people in what is typed."""

import pytest

from bot import data
from bot.domain.phrases import PhraseBook
from bot.domain.traces import asks_about_people, has_house_number, has_phone_number, has_plate, may_be_kept

PEOPLE = PhraseBook.of({"people": data.people_words()}, never=data.people_exceptions())


@pytest.mark.parametrize(
    "text",
    [
        "AB-12-CD", "busje 12-abc-3 reed weg", "wit: 1-KLM-23", "kenteken GH123J", "gh 123 j", "12 ABC-3 of 12-ABC-3",
        "XX-99-99", "99-99-xx", "PR456T", "de auto 4-tfs-12.",
    ],
)  # fmt: skip
def test_a_number_plate_is_found(text: str) -> None:
    assert has_plate(text)
    assert not may_be_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "geen bijzonderheden", "om 20:30 uur 2 jongeren", "15 min 2 keer", "1325 BD Filmstraat", "op 12 dec 3 fietsen",
        "2026-11-23", "route 1-2-3", "lamp 12 kapot", "M-2026-0042", "20 uur 15", "bus M7 en A6",
    ],
)  # fmt: skip
def test_other_numbers_are_no_plates(text: str) -> None:
    assert not has_plate(text)
    assert may_be_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "06-12345678", "bel 06 12 34 56 78", "0612345678", "036-5123456", "036 512 34 56", "+31 6 12345678",
        "0031612345678", "612345678", "+49 151 23456789", "(036) 5123456",
    ],
)  # fmt: skip
def test_a_telephone_number_is_found(text: str) -> None:
    assert has_phone_number(text)
    assert not may_be_kept(text)


@pytest.mark.parametrize(
    "text", ["112", "0900-8844 gebeld", "0800-7000", "14 036", "M-2026-0042", "2026-11-23 20:15", "1325"]
)
def test_help_lines_and_dates_are_no_telephone_numbers_of_people(text: str) -> None:
    assert not has_phone_number(text)


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Filmstraat 12", True),
        ("bij nummer 7", True),
        ("nr. 12a", True),
        ("huisnummer weet ik niet", True),
        ("Cinemadreef 3b", True),
        ("de Filmstraat is donker", False),
        ("lijn 3 rijdt niet", False),
        ("2 lampen in de straat", False),
    ],
)
def test_a_house_number_is_found(text: str, house: bool) -> None:
    assert has_house_number(text) is house


@pytest.mark.parametrize(
    "text",
    [
        "mijn buurman gooit afval op straat", "de buurvrouw", "meneer van 3 hoog", "Fatima van hiernaast",
        "die jongens hangen daar",
        "mijn bovenburen", "een dakloze man slaapt in het portiek", "my neighbour throws trash",
        "hij heet Kevin",
        "familie Jansen", "Filmstraat 12 zet vuilnis buiten", "mevrouw de Vries", "de overburen",
        "bij Ahmed voor de deur",
    ],
)  # fmt: skip
def test_people_in_a_place_report_are_asked_about(text: str) -> None:
    assert asks_about_people(text, PEOPLE)


@pytest.mark.parametrize(
    "text",
    [
        "lantaarnpaal kapot", "de lamp bij de speeltuin doet het niet", "afval naast de container in de Filmwijk",
        "gat in het fietspad", "losse stoeptegel voor de school", "the bin is full", "hondenpoep op het gras",
        "kapotte schommel in het park", "Marlene Dietrichstraat is donker", "Audrey Hepburnstraat ligt vol blad",
        "boom omgewaaid", "buurthuis is vies", "de buurt is vies",
    ],
)  # fmt: skip
def test_a_lamp_is_not_about_people(text: str) -> None:
    assert not asks_about_people(text, PEOPLE)
