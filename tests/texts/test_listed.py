"""Names on one line, of which a message has room for so many."""

from zoneinfo import ZoneInfo

from bot.domain.enums import Language
from bot.texts import Translator, general, repair_visit, signing

DUTCH = Translator(Language.DUTCH, ZoneInfo("Europe/Amsterdam"))
LONGEST = "🎉م" * 40


def test_a_few_names_are_all_named() -> None:
    assert general.listed(DUTCH, ["Ann", "Bob"]) == "Ann, Bob"
    assert general.listed(DUTCH, [str(number) for number in range(20)]).endswith("18, 19")


def test_three_hundred_of_the_longest_names_have_room_in_a_message() -> None:
    names = [LONGEST] * 300
    for line in (repair_visit.fits(DUTCH, names=names, nameless=3), signing.tell_them(DUTCH, names=names)):
        assert "en nog 280" in line
        assert len(line.encode("utf-16-le")) / 2 < 3500
