"""No number plate and no phone number stands in the line about a round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.round_lines import MAX_LINE, SIDECODES, Unfit, tidy, unfit

#: The letters of plates since 1978; older ones had some vowels too.
LETTERS = "BDFGHJKLNPRSTVXZ"


@st.composite
def plates(draw: st.DrawFn, between: st.SearchStrategy[str]) -> str:
    """A plate of any sidecode; *between* stands between its parts."""
    code = draw(st.sampled_from(SIDECODES))
    signs = (
        draw(st.sampled_from(LETTERS if sign == "L" else "0123456789")) if sign in "LD" else draw(between)
        for sign in code
    )
    plate = "".join(signs)
    return draw(st.sampled_from([plate, plate.lower()]))


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A Dutch phone number as people write it, with blanks wherever they put them."""
    digits = draw(
        st.from_regex(r"(?:06[1-9]\d{7}|0[1-57]\d[1-9]\d{6}|\+316[1-9]\d{7}|00316[1-9]\d{7})", fullmatch=True)
    )
    return "".join(sign + draw(st.sampled_from(["", "", " ", "-", ". "])) for sign in digits)


@given(plates(st.sampled_from(["-", "", " ", "–", " - "])), st.sampled_from(["", "Auto ", "bij de flat: ", "("]))
def test_a_plate_of_any_sidecode_is_refused_with_and_without_dashes(plate: str, before: str) -> None:
    assert unfit(f"{before}{plate}, reed hard.") is Unfit.PLATE


@given(phones(), st.sampled_from(["", "Bel ", "tel:"]))
def test_a_phone_number_is_refused_however_it_is_spaced(phone: str, before: str) -> None:
    assert unfit(f"{before}{phone} over de container") is Unfit.PHONE


@pytest.mark.parametrize(
    "line",
    [
        "Rustig. Twee lampen kapot bij het winkelcentrum.",
        "Om 20 uur 5 fietsen omgegooid, om 20.30 weg.",
        "Politie gebeld, 0900-8844, en daarna 112.",
        "Op 1 december 2026 en op 27-11-2026 was het rustig.",
        "Lantaarn 12, 13 en 14 in de Chaplinstraat.",
        "20:30-21:15 gelopen met 2 man.",
        "Container vol, postcode 1325 AB.",
        "M-2026-0042 is nog niet gemaakt.",
        "A6 dicht, bus 2 reed niet.",
    ],
)
def test_ordinary_lines_are_taken(line: str) -> None:
    assert unfit(line) is None


@pytest.mark.parametrize(
    "line", ["Afval bij 1325BD.", "Afval bij 1325 BD 12, en 1326bd", "(1325bd-12) hek open", "1325 ZZ"]
)
def test_a_postcode_of_the_town_is_no_plate(line: str) -> None:
    assert unfit(line, postcodes={"1325", "1326"}) is None


@pytest.mark.parametrize("plate", ["13-25-BD", "1325-BD", "13 25 BD", "9925BD", "1325SD", "0325BD", "ab-1325bd"])
def test_what_only_looks_like_a_postcode_of_the_town_is_a_plate(plate: str) -> None:
    assert unfit(f"{plate} stond er", postcodes={"1325", "0325"}) is Unfit.PLATE


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", Unfit.EMPTY),
        (" \n ", Unfit.EMPTY),
        ("x" * (MAX_LINE + 1), Unfit.LONG),
        ("".join(chr(ord(sign) + 0xFEE0) for sign in "12ABC3") + " stond er", Unfit.PLATE),
        ("12\u2011abc\u20113 stond er", Unfit.PLATE),
        ("1\u200b2-ABC-3", Unfit.PLATE),
        ("5312345 gebeld", Unfit.PHONE),
        ("531 23 45", Unfit.PHONE),
        ("(036) 531-2345", Unfit.PHONE),
        ("٠٦١٢٣٤٥٦٧٨", Unfit.PHONE),
    ],
)
def test_what_is_not_taken_and_why(line: str, why: Unfit) -> None:
    assert unfit(line) is why


def test_a_line_is_one_line() -> None:
    assert tidy(" Lamp\n kapot  ") == "Lamp kapot"
