"""What the reader of the set-up file refuses: each with its line, on no database, and never with a traceback."""

import pytest

from bot.services.setup import SetupError, parse
from tests.town import TOWN_FILE

TOWN = TOWN_FILE.read_text(encoding="utf-8")
CAFE = "starts: 2026-12-05T13:00"
RULE = "FREQ=MONTHLY;BYDAY=1SA"


def _line_of(words: str) -> int:
    return TOWN[: TOWN.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (CAFE, "starts: 2026-02-30", "day is out of range for month"),
        (CAFE, "starts: 2026-12-05T25:00:00", "hour must be in 0..23"),
        ("name: Samira", "name: !secret Samira", "!secret"),
        ("telegram: 9001", "telegram: !!int abc", "`abc` is not a value"),
        ("vog: false", "vog: !!bool misschien", "`misschien` is not a value"),
        ("languages: [nl, en]", "languages: &all [*all]", "write it out, `*all` is not understood here"),
        ("organisation: De Schoor", "? [a, b]\n: 1", "the name of a field is one word"),
        ("name: Samira", 'name: "Sam\\0ira"', "can't be shown"),
        ("title: Repair Café Stedenwijk", 'title: "Repair\\nCafé"', "can't be shown"),
        ("title: Repair Café Stedenwijk", 'title: "  "', "at least 1 character"),
        ("telegram: 9102", "telegram: yes", "a valid integer"),
        ("chat: -1002,", "chat: -1002, thread: 99999999999999999999,", "thread"),
        ("email: wonen@example.org", f"email: {'w' * 200}@example.org", "at most 200 characters"),
        (RULE, f"{RULE};BYMONTH={','.join(['12'] * 100)}", "at most 300 characters"),
        (RULE, "FREQ=YEARLY;BYEASTER=9999999999", "not a repeat rule"),
        ("timezone: Europe/Amsterdam", "timezone: Europe", "not a time zone"),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_line(before: str, after: str, words: str) -> None:
    with pytest.raises(SetupError) as caught:
        parse(TOWN.replace(before, after, 1))
    (problem,) = caught.value.problems
    assert problem.startswith(f"line {_line_of(before)}: ")
    assert words in problem


@pytest.mark.parametrize("walkers", ["{min: 1, max: 4}", "{max: 4}"])
def test_a_patrol_for_one_walker_is_refused(walkers: str) -> None:
    with pytest.raises(SetupError, match="nobody walks alone"):
        parse(TOWN.replace("walker: {min: 2, max: 4}", f"walker: {walkers}"))


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("walker: {min: 2, max: 4, plus_one: true}", "nobody brings somebody as walker"),
        ("walker: {min: 2, max: 4, plus_one: 1}", "plus_one"),
    ],
)
def test_nobody_brings_somebody_to_a_round(role: str, words: str) -> None:
    with pytest.raises(SetupError, match=words):
        parse(TOWN.replace("walker: {min: 2, max: 4}", role))


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("visitor: {max: 1, plus_one: true}", "plus_one needs a max of 2 or more"),
        ("visitor: {max: 8, slot_minutes: 30, plus_one: true}", "a time slot is for one"),
        ("stall: {max: 8, plus_one: true}", "nobody brings somebody as stall"),
    ],
)
def test_who_may_bring_somebody_must_have_room_for_two(role: str, words: str) -> None:
    diner = (
        "  - {key: diner, kind: other, title: Diner, area: Filmwijk, starts: 2026-12-05T18:00, ends: 2026-12-05T20:00, "
    )
    before = TOWN.partition("reminders:")[0] + diner
    parse(before + "roles: {visitor: {max: 8, plus_one: true}}}\n")
    with pytest.raises(SetupError, match=words) as caught:
        parse(before + f"roles: {{{role}}}}}\n")
    assert f"line {len(before.splitlines())}: " in str(caught.value)


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(SetupError, match="too many brackets"):
        parse("organisation: " + "[" * 2_000 + "]" * 2_000)


def test_spaces_around_a_word_are_not_part_of_it() -> None:
    town, _ = parse(TOWN.replace("title: Repair Café Stedenwijk", 'title: " Repair Café Stedenwijk "'))
    assert town.activities[0].title == "Repair Café Stedenwijk"
