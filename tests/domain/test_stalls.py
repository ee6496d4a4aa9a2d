"""The address of a stall."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.stalls import Address, AddressProblem, looks_like_flat, parse_address

TOWN = {"1324", "1325"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Filmstraat 12", Address("Filmstraat", 12)),
        ("filmstraat 12a", Address("Filmstraat", 12, "A")),
        ("FILMSTRAAT 12 A", Address("Filmstraat", 12, "A")),
        ("Filmstraat 12-3", Address("Filmstraat", 12, "3")),
        ("Filmstraat 12 / 3", Address("Filmstraat", 12, "3")),
        ("Filmstraat 12 bis", Address("Filmstraat", 12, "BIS")),
        ("Filmstraat 12, 1325 AB", Address("Filmstraat", 12, "", "1325 AB")),
        ("Filmstraat 12\n1325ab Almere", Address("Filmstraat", 12, "", "1325 AB")),
        ("1325 AB filmstraat 12", Address("Filmstraat", 12, "", "1325 AB")),
        ("Filmstraat 12 1325", Address("Filmstraat", 12, "", "1325")),
        ("Filmstraat 12a 1325 Almere", Address("Filmstraat", 12, "A", "1325")),
        ("Filmstraat 12 Almere Stad", Address("Filmstraat", 12)),
        ("laan van de vrede 7", Address("Laan van de Vrede", 7)),
        ("plein 1945 12", Address("Plein 1945", 12)),
        ("Marlene Dietrichstraat 5", Address("Marlene Dietrichstraat", 5)),
        ("McDonaldstraat 5", Address("McDonaldstraat", 5)),
        ("Sas van Gentlaan 12-3", Address("Sas van Gentlaan", 12, "3")),
        ("1e Dwarsstraat 4 bis", Address("1e Dwarsstraat", 4, "BIS")),
        ("Filmstraat nr. 12 a", Address("Filmstraat", 12, "A")),
        ("Ik woon in de filmstraat op nummer 12", Address("Filmstraat", 12)),
        ("mijn adres is: Filmstraat 12", Address("Filmstraat", 12)),
        ("Ik woon aan De Steiger 12", Address("De Steiger", 12)),
        ("p/a De Schoor, Filmstraat 12", Address("Filmstraat", 12)),
        ("12 Filmstraat, 1325 AB", Address("Filmstraat", 12, "", "1325 AB")),
        ("filmstraat12a", Address("Filmstraat", 12, "A")),
        ("Filmstraat, 12", Address("Filmstraat", 12)),
        ("Plein 1945, 12", Address("Plein 1945", 12)),
        ("Laan 1940-1945 12", Address("Laan 1940-1945", 12)),
        ("Filmstr. 12.", Address("Filmstraat", 12)),
        ("🏠 Filmstraat #12!", Address("Filmstraat", 12)),
        ("Filmstraat 12 II", Address("Filmstraat", 12, "II")),
        ("Filmstraat 12A-3", Address("Filmstraat", 12, "A-3")),
        ("Filmstraat 12-1-a", Address("Filmstraat", 12, "1-A")),
        ("Filmstraat 12, 3 hoog", Address("Filmstraat", 12)),
        ("Filmstraat 12 en 14", Address("Filmstraat", 12)),
        ("Filmstraat 12 t/m 16", Address("Filmstraat", 12)),
        ("Filmstraat 12 tel. 06-12345678", Address("Filmstraat", 12)),
        ("Filmstraat 12 1325. AB", Address("Filmstraat", 12, "", "1325 AB")),
        ("1325 a b, Filmstraat 12", Address("Filmstraat", 12, "", "1325 AB")),
        ("Filmstraat \u0661\u0662, \u0661\u0663\u0662\u0665AB", Address("Filmstraat", 12, "", "1325 AB")),
        ("ijsselmeerlaan 7", Address("IJsselmeerlaan", 7)),
        ("J.F. Kennedylaan 7", Address("J.F. Kennedylaan", 7)),
        ("jan v.d. heydenstraat 7", Address("Jan v.d. Heydenstraat", 7)),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, expected: Address) -> None:
    assert parse_address(text, TOWN) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", AddressProblem.NO_STREET),
        ("12", AddressProblem.NO_STREET),
        ("🏠", AddressProblem.NO_STREET),
        ("Filmstraat", AddressProblem.NO_NUMBER),
        ("Filmstraat 0", AddressProblem.NO_NUMBER),
        ("Filmstraat twaalf", AddressProblem.NO_NUMBER),
        ("Filmstraat 06-12345678", AddressProblem.NO_NUMBER),
        ("nr 12 a", AddressProblem.NO_STREET),
        ("1325 AB 12", AddressProblem.NO_STREET),
        ("postbus 12, 1325 AB", AddressProblem.NO_STREET),
        ("2 dozen kleding", AddressProblem.NO_NUMBER),
        ("1325 AB", AddressProblem.NO_STREET),
        ("Damrak 1, 1012 JS Amsterdam", AddressProblem.NOT_IN_TOWN),
        ("F" * 121 + " 12", AddressProblem.TOO_LONG),
    ],
)
def test_what_is_missing_is_named(text: str, problem: AddressProblem) -> None:
    assert parse_address(text, TOWN) is problem


def test_a_postcode_may_be_wanted_and_any_is_good_without_a_list() -> None:
    assert parse_address("Filmstraat 12", needs_postcode=True) is AddressProblem.NO_POSTCODE
    assert parse_address("Damrak 1, 1012 JS", needs_postcode=True) == Address("Damrak", 1, "", "1012 JS")


def test_one_door_has_one_key() -> None:
    written = [parse_address(text) for text in ("Filmstraat 12a", "film straat 12 A, 1325 AB", "FILMSTRAAT 12-a")]
    assert len({address.key for address in written if isinstance(address, Address)}) == 1
    assert all(isinstance(address, Address) for address in written)


@given(
    st.sampled_from(["Filmstraat", "Laan van de Vrede", "Plein 1945"]),
    st.integers(1, 9999),
    st.sampled_from(["", "A", "3", "BIS", "II", "A-3", "1-A"]),
    st.sampled_from([None, "1325 AB"]),
)
def test_what_is_written_is_read_the_same(street: str, number: int, addition: str, postcode: str | None) -> None:
    address = Address(street, number, addition, postcode)
    if street == "Plein 1945" and number > 999:
        return  # a street that ends in a number, a house of four digits: read as a postcode
    assert parse_address(str(address)) == address


@given(st.text(max_size=200))
def test_any_text_is_an_address_or_a_problem(text: str) -> None:
    assert isinstance(parse_address(text, TOWN), Address | AddressProblem)


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("Filmstraat 12, 3 hoog", True),
        ("Filmstraat 12, 3hoog", True),
        ("een flatje bij het station", True),
        ("appartement 4", True),
        ("second floor", True),
        ("galerijflat", True),
        ("Filmstraat 12", False),
        ("Hooglandstraat 3", False),
    ],
)
def test_a_flat_is_recognised(text: str, flat: bool) -> None:
    assert looks_like_flat(text) is flat
