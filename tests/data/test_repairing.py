"""The types of item for a Repair Café and what they count as."""

from collections import Counter
from decimal import Decimal

from bot import data

#: The codelist "ORDS product category values" of the Open Repair Data Standard v0.3, in the order of its ids.
STANDARD = [
    "Aircon/dehumidifier",
    "Battery/charger/adapter",
    "Decorative or safety lights",
    "Desktop computer",
    "Digital compact camera",
    "DSLR/video camera",
    "Fan",
    "Flat screen",
    "Hair & beauty item",
    "Handheld entertainment device",
    "Headphones",
    "Hi-Fi integrated",
    "Hi-Fi separates",
    "Kettle",
    "Lamp",
    "Laptop",
    "Large home electrical",
    "Misc",
    "Mobile",
    "Musical instrument",
    "Paper shredder",
    "PC accessory",
    "Portable radio",
    "Power tool",
    "Printer/scanner",
    "Projector",
    "Sewing machine",
    "Small home electrical",
    "Small kitchen item",
    "Tablet",
    "Toaster",
    "Toy",
    "TV and gaming-related accessories",
    "Vacuum",
    "Watch/clock",
    "Coffee maker",
    "Food processor",
    "Games console",
    "Hair dryer",
    "Iron",
]


def test_the_categories_are_those_of_the_standard_and_those_without_a_plug() -> None:
    rows = data.repair_categories()
    assert [row.name for row in rows.values() if row.id] == STANDARD
    assert [row.id for row in rows.values() if row.id] == list(range(1, 41))
    assert [name.split(" - ")[0] for name, row in rows.items() if row.id is None] == ["Unpowered"] * 6


def test_weights_are_those_that_were_published() -> None:
    rows = data.repair_categories()
    assert (rows["Vacuum"].kg, rows["Kettle"].kg, rows["Laptop"].kg) == (
        Decimal("6.80"),
        Decimal("1.25"),
        Decimal("1.83"),
    )
    assert [name for name, row in rows.items() if row.kg is None] == ["Misc"]
    assert all(Decimal("0.05") < row.kg < 30 for row in rows.values() if row.kg)


def test_things_that_the_standard_names_as_examples_stand_in_its_categories() -> None:
    """The examples beside the codelist "ORDS product category values"."""
    examples = {
        "Large home electrical": ("Grasmaaier", "Hometrainer"),
        "Fan": ("Elektrische kachel",),
        "Hi-Fi integrated": ("Boombox", "Geluidsinstallatie"),
        "Hi-Fi separates": ("Audioversterker", "Luidspreker", "Platenspeler"),
        "Power tool": ("Bladblazer", "Boormachine"),
        "Small home electrical": ("Babyfoon", "Deurbel"),
        "Small kitchen item": ("Broodbakmachine", "Rijstkoker", "Popcornmachine"),
        "Tablet": ("E-reader", "Navigatiesysteem"),
        "TV and gaming-related accessories": ("Tv-kastje", "Dvd-speler", "Game controller"),
        "Decorative or safety lights": ("Fietslamp", "Kerstverlichting"),
        "Food processor": ("Blender", "Sapcentrifuge", "Koffiemolen", "Staafmixer", "Handmixer"),
        "Portable radio": ("Wekkerradio", "Radio"),
        "Projector": ("Beamer",),
    }
    known = {item.name: item.category for item in data.items()}
    assert {name: known[name] for names in examples.values() for name in names} == {
        name: category for category, names in examples.items() for name in names
    }


def test_only_whole_bicycles_weigh_as_much_as_one() -> None:
    whole = [item.name for item in data.items() if item.category == "Unpowered - Bicycle"]
    assert whole == ["Bakfiets", "Fiets", "Kinderfiets"]


def test_there_are_at_least_a_hundred_and_fifty_types_of_item_with_category_skill_and_weight() -> None:
    items = data.items()
    assert len(items) >= 150
    assert len({item.name.casefold() for item in items}) == len(items)
    assert all(item.category in data.repair_categories() and item.skill and item.kg for item in items)
    assert all(len(item.name) <= 40 and len(item.category) <= 80 for item in items)


def test_a_word_leads_to_one_type_of_item_only() -> None:
    words = Counter(word.casefold() for item in data.items() for word in {item.name, *item.words})
    assert [word for word, count in words.items() if count > 1] == []


def test_no_brand_stands_there_twice() -> None:
    brands = [brand.casefold() for brand in data.brands()]
    assert len(brands) == len(set(brands)) >= 100
