"""Time slots of a Repair Café and the items people bring."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.activities.repair import find_items, one_item_each, slots

START = datetime(2026, 12, 5, 12, tzinfo=UTC)


def test_an_afternoon_of_half_hours_takes_two_visitors_each() -> None:
    found = slots(START, START + timedelta(hours=3), 30, 12)
    assert [slot.capacity for slot in found] == [2] * 6
    assert found[0].starts_at == START
    assert found[-1].ends_at == START + timedelta(hours=3)


def test_what_is_left_over_goes_to_the_first_slots_and_a_rest_is_no_slot() -> None:
    assert [slot.capacity for slot in slots(START, START + timedelta(minutes=100), 30, 7)] == [3, 2, 2]
    assert [slot.capacity for slot in slots(START, START + timedelta(minutes=60), 30, None)] == [None, None]
    assert slots(START, START + timedelta(minutes=20), 30, 7) == []
    assert slots(START, START - timedelta(minutes=90), 30, 7) == []


def test_a_slot_of_no_minutes_is_refused() -> None:
    with pytest.raises(ValueError, match="minute"):
        slots(START, START, 0, 1)


@given(st.integers(1, 600), st.integers(1, 120), st.integers(0, 200))
def test_slots_follow_each_other_and_take_everyone(minutes: int, length: int, visitors: int) -> None:
    found = slots(START, START + timedelta(minutes=minutes), length, visitors)
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=length) for slot in found)
    assert [slot.starts_at for slot in found[1:]] == [slot.ends_at for slot in found[:-1]]
    assert not found or sum(slot.capacity or 0 for slot in found) == visitors


@pytest.mark.parametrize(("taken", "visitors", "one"), [(5, 12, False), (6, 12, True), (99, None, False)])
def test_one_item_each_when_it_is_busy(taken: int, visitors: int | None, one: bool) -> None:
    assert one_item_each(taken, visitors) is one


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Koffiezetapparaat", "Koffiezetapparaat"),
        ("mijn senseo doet het niet meer", "Koffiezetapparaat"),
        ("koffizet aparaat", "Koffiezetapparaat"),
        ("een lampje", "Lamp"),
        ("lampen", "Lamp"),
        ("fiets met lekke band", "Fiets"),
        ("naaimachien", "Naaimachine"),
        ("vacuum cleaner", "Stofzuiger"),
        ("my coffee machine", "Koffiezetapparaat"),
        ("gat in spijkerbroek", "Broek"),
        ("mobieltje", "Mobiele telefoon"),
        ("stof", "Stofzuiger"),
        ("stofz", "Stofzuiger"),
        ("zuiger", "Stofzuiger"),
        ("elek fie", "Elektrische fiets"),
        ("kof", "Koffiezetapparaat"),
        ("broodr", "Broodrooster"),
        ("sch", "Scharen"),
        ("schaar", "Scharen"),
        ("messen slijpen", "Messen"),
        ("twee stoelen", "Stoel"),
        ("jassen", "Jas"),
        ("radio's", "Radio"),
        ("mijn tassen", "Handtas"),
        ("vazen", "Beeldje"),
        ("stofsuiger", "Stofzuiger"),
        ("televisje", "Televisie"),
        ("strijkeizer", "Strijkijzer"),
        ("broot rooster", "Broodrooster"),
        ("kapotte föhn", "Föhn"),
        ("boormasjien", "Boormachine"),
        ("naaimasjine", "Naaimachine"),
        ("kompjoeter", "Computer"),
        ("televizie", "Televisie"),
        ("stofzuigerslang", "Stofzuiger"),
        ("fietsbel", "Fiets"),
        ("my vacuum", "Stofzuiger"),
        ("stofzuigertje", "Stofzuiger"),
        ("koffie aparaat", "Koffiezetapparaat"),
        ("grammofoon", "Platenspeler"),
        ("kettinkje", "Ketting"),
        ("brilletjes", "Bril"),
        ("poppetje", "Pop of knuffel"),
        ("tabletje", "Tablet"),
        ("damesfietsen", "Fiets"),
        ("plafondlamp", "Lamp"),
        ("bedlampje", "Lamp"),
        ("schommelstoel", "Stoel"),
        ("draaischijftelefoon", "Huistelefoon"),
        ("cassettedeck", "Bandrecorder of cassettedeck"),
        ("tomtom", "Navigatiesysteem"),
        ("ijskast", "Koelkast"),
    ],
)
def test_an_item_is_found_by_what_people_call_it(text: str, name: str) -> None:
    assert name in [item.name for item in find_items(text, data.items())]


@pytest.mark.parametrize("text", ["", "👍", "olifant", "iets", "x", "de", "iets anders", "!!"])
def test_nothing_is_guessed_for_what_is_like_no_item(text: str) -> None:
    assert find_items(text, data.items()) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wasmachine", "Wasmachine of droger"),
        ("snijmachine", "Snijmachine"),
        ("kookwekker", "Wekker"),
        ("gehoorapparaat", "Gehoorapparaat"),
        ("tabletje", "Tablet"),
        ("bank", "Stoel"),
        ("das", "Muts of sjaal"),
        ("trein", "Treintje"),
        ("damesfiets", "Fiets"),
        ("koffie", "Koffiezetapparaat"),
    ],
)
def test_a_common_thing_stands_before_what_only_looks_like_its_word(text: str, name: str) -> None:
    assert find_items(text, data.items())[0].name == name


def test_what_a_long_story_ends_its_words_with_is_not_guessed() -> None:
    assert find_items("schommelstoel", data.items())
    assert find_items("mijn oude schommelstoel", data.items()) == []


@pytest.mark.parametrize("item", data.items(), ids=lambda item: item.name)
def test_every_item_is_found_by_its_own_name_first(item: data.ItemRow) -> None:
    assert find_items(item.name.upper(), data.items())[0] == item


def test_spelling_is_compared_in_the_first_words_only_so_that_a_story_takes_no_longer() -> None:
    assert find_items("zo zo " * 5 + "naaimachien", data.items())
    assert find_items("zo zo " * 50 + "naaimachien", data.items()) == []
    assert find_items("zo zo " * 50 + "naaimachine", data.items())


@dataclass(frozen=True)
class Thing:
    """A type of item for the tests."""

    name: str
    words: tuple[str, ...] = ()


def test_the_longest_name_wins_and_at_most_some_are_offered() -> None:
    things = [Thing("Lamp"), Thing("Staande lamp"), *(Thing(f"Ding {number}", ("ding",)) for number in range(9))]
    assert [thing.name for thing in find_items("een staande lamp", things)] == ["Staande lamp", "Lamp"]
    assert len(find_items("ding", things)) == 4
    assert len(find_items("ding", things, most=2)) == 2


def test_what_begins_so_stands_before_what_has_it_inside() -> None:
    things = [Thing("Naaimachine"), Thing("Machineolie"), Thing("Grote machine"), Thing("Olie", ("machinevet",))]
    found = [thing.name for thing in find_items("machine", things)]
    assert found == ["Machineolie", "Olie", "Grote machine", "Naaimachine"]
    assert [thing.name for thing in find_items("ma", things)] == []


@given(st.text(max_size=60))
def test_any_text_is_searched_without_harm_and_nothing_is_found_twice(text: str) -> None:
    found = find_items(text, data.items(), most=6)
    assert len(found) == len(set(found)) <= 6
