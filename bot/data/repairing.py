"""What is brought to a Repair Café: types of item, the categories they count as, and brands."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from bot.data.files import read_rows

#: To be named wherever kilograms are told; the data file says how they were made.
WEIGHTS_SOURCE = "The Restart Project, Fixometer 2021"


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category of the Open Repair Data Standard; `id` None for things without a plug, which the standard leaves out.

    `kg` is the average weight of a product; None where nobody published one.
    """

    name: str
    id: int | None
    kg: Decimal | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A type of item to repair: its Dutch name, category, average weight, the skill it asks for, other words."""

    name: str
    category: str
    skill: str
    words: tuple[str, ...]
    kg: Decimal | None = None


@cache
def repair_categories() -> Mapping[str, CategoryRow]:
    """Return the categories by name, first those of the standard in the order of their id."""
    found = {
        row["category"]: CategoryRow(
            row["category"], int(row["id"]) if row["id"] else None, Decimal(row["kg"]) if row["kg"] else None
        )
        for row in read_rows("repair_categories.csv")
    }
    return MappingProxyType(found)


@cache
def items() -> tuple[ItemRow, ...]:
    """Return the types of item for a Repair Café, in the order of the file."""
    categories = repair_categories()
    return tuple(
        ItemRow(
            row["name"],
            row["category"],
            row["skill"],
            tuple(filter(None, row["words"].split("|"))),
            categories[row["category"]].kg,
        )
        for row in read_rows("items.csv")
    )


@cache
def brands() -> tuple[str, ...]:
    """Return the brands that we know, as they are written."""
    return tuple(row["brand"] for row in read_rows("brands.csv"))
