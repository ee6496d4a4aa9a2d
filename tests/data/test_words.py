"""Help lines digit by digit, and word lists that can be read."""

from datetime import date

import pytest

from bot import data

#: The lines of the field's own list, in its order: how they are written, and their digits.
LINES = {
    "emergency": ("112", "112"),
    "police": ("0900-8844", "09008844"),
    "crime_anonymous": ("0800-7000", "08007000"),
    "safe_home": ("0800-2000", "08002000"),
    "suicide_prevention": ("0800-0113", "08000113"),
    "worrying_behaviour": ("0800-1205", "08001205"),
    "money": ("0800-8115", "08008115"),
    "children": ("0800-0432", "08000432"),
    "listening": ("088 0767 000", "0880767000"),
    "municipality": ("14 036", "14036"),
}


def test_the_help_lines_are_exactly_those_of_the_field_digit_by_digit() -> None:
    assert {key: (line.number, line.dial) for key, line in data.help_lines().items()} == LINES
    assert list(data.help_lines()) == list(LINES)


@pytest.mark.parametrize("line", data.help_lines().values(), ids=lambda line: line.key)
def test_a_help_line_says_where_it_comes_from_and_nothing_uncertain(line: data.HelpLine) -> None:
    assert "".join(filter(str.isdigit, line.number)) == line.dial
    assert line.source.startswith("https://")
    assert line.date == date(2026, 11, 23)
    assert "nl" in line.languages
    for said in (line.name, line.what, line.hours, line.cost):
        assert said is None or (set(said) == {"nl", "en"} and all(said.values()))


def test_112_has_an_app_for_chat_and_other_languages() -> None:
    emergency = data.help_lines()["emergency"]
    assert emergency.app == "112NL"
    assert emergency.app_for == {"nl": "chat en andere talen", "en": "chat and other languages"}
    assert data.help_lines()["police"].app is None
    assert data.help_lines()["municipality"].link is not None


@pytest.mark.parametrize("line", ["emergency", "safe_home", "suicide_prevention", "children"])
def test_lines_for_people_in_need_cost_nothing(line: str) -> None:
    cost = data.help_lines()[line].cost
    assert cost is not None
    assert cost["nl"] == "gratis"


def test_no_word_list_says_a_phrase_twice() -> None:
    for row in data.danger_words():
        for language, phrases in row.phrases.items():
            assert len(set(phrases)) == len(phrases), (row.key, language)
    for rows in (
        data.danger_known(),
        data.danger_phrases(),
        data.danger_terms(),
        data.theme_phrases(),
        data.theme_terms(),
    ):
        said = [(row.label, row.text.casefold()) for row in rows]
        assert len(set(said)) == len(said)
    assert not {row.text.casefold() for row in data.danger_known()} & {
        row.text.casefold() for row in data.danger_phrases()
    }
