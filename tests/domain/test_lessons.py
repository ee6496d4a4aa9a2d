"""What corrections teach, and that nobody's own words stand in it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bayes import pieces
from bot.domain.enums import Theme
from bot.domain.lessons import SHARED_BY, Correction, learned


def test_what_three_people_wrote_is_learned_and_what_one_wrote_is_not() -> None:
    lessons = learned(
        [
            Correction(Theme.SAFETY, "fatbikes bij Zwaanshoek", 1),
            Correction(Theme.SAFETY, "weer fatbikes", 2),
            Correction(Theme.LIVABILITY, "fatbikes liggen overal", 3),
        ]
    )
    assert lessons["veiligheid"]["=fatbikes"] == 2
    assert lessons["leefbaarheid"]["=fatbikes"] == 1
    assert not any("zwaan" in piece for counts in lessons.values() for piece in counts)


def test_who_writes_the_same_often_is_one_person() -> None:
    assert learned([Correction(Theme.SAFETY, "fatbikes", 1)] * 10) == {}


def test_all_whose_teller_is_forgotten_are_one_person_together() -> None:
    forgotten = [Correction(Theme.SAFETY, "fatbikes", None)] * 10
    assert learned(forgotten) == {}
    assert learned([*forgotten, Correction(Theme.SAFETY, "fatbikes", 1)]) == {}
    assert (
        "=fatbikes"
        in learned([*forgotten, *(Correction(Theme.SAFETY, "fatbikes", who) for who in (1, 2))])["veiligheid"]
    )


def test_nothing_teaches_nothing() -> None:
    assert learned([]) == {}


corrections = st.builds(
    Correction,
    st.sampled_from(Theme),
    st.lists(st.sampled_from(["lamp", "lampen", "jan", "vijver", "straat"]), max_size=4).map(" ".join),
    st.none() | st.integers(1, 5),
)


@given(st.lists(corrections, max_size=30))
def test_every_piece_that_is_kept_was_written_by_several_people(told: list[Correction]) -> None:
    for theme, counts in learned(told).items():
        for piece, people in counts.items():
            writers = {one.teller for one in told if piece in pieces(one.text)}
            assert len(writers) >= SHARED_BY
            assert people == len({one.teller for one in told if piece in pieces(one.text) and one.theme == theme})
