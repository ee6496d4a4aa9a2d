"""Who says to be under 16; nobody is asked."""

import pytest

from bot.domain.age import says_under_16


@pytest.mark.parametrize(
    "text",
    [
        "ik ben 13",
        "Ik ben 13 jaar en word gepest",
        "ik ben nog maar twaalf",
        "hoi, ik ben pas 9 jaar",
        "I am 12 years old",
        "I'm 15",
        "ik ben 14 en mijn vader slaat",
        "im only eleven",
    ],
)
def test_somebody_says_to_be_young(text: str) -> None:
    assert says_under_16(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik ben 16",
        "ik ben 43 jaar",
        "ik ben 10 minuten weg",
        "mijn zoon is 13",
        "ik ben boos",
        "ik ben",
        "ik ben 3 keer gevallen",
        "ik ben nummer 12",
        "ik ben 2013 verhuisd",
        "",
    ],
)
def test_others_do_not(text: str) -> None:
    assert not says_under_16(text)
