"""Repairs as open data: the Open Repair Data Standard v0.3, and nothing that a visitor told in own words.

Source: standard.openrepair.org (field reference and codelists) and the table schema that the Open Repair Alliance
publishes with its data. The standard is about things with a plug or battery; for those without, the Alliance publishes
sums per category, which are made here too. Decided by us: `problem` stays empty, since it is a visitor's words; so do
year and age, which nobody asks; a brand is told when it is one that we know; the type of item when it is of our list.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot import data
from bot.domain.activities.repairing import RepairOutcome, RepairReason
from bot.domain.exports import cell
from bot.domain.phrases import tokens

#: The columns of the standard, in the order in which the Alliance publishes them.
COLUMNS = (
    "id",
    "data_provider",
    "country",
    "partner_product_category",
    "product_category",
    "product_category_id",
    "brand",
    "year_of_manufacture",
    "product_age",
    "repair_status",
    "repair_barrier_if_end_of_life",
    "group_identifier",
    "event_date",
    "problem",
)
#: The columns of the sums of things without a plug.
UNPOWERED_COLUMNS = ("data_provider", "product_category", "repair_status", "total")
FIXED, REPAIRABLE, END_OF_LIFE, UNKNOWN = "Fixed", "Repairable", "End of life", "Unknown"
#: The codelist "repair barrier values"; no other reason says that a thing came to its end.
BARRIERS = {
    RepairReason.NO_PARTS: "Spare parts not available",
    RepairReason.PARTS_DEAR: "Spare parts too expensive",
    RepairReason.NOT_OPENED: "No way to open product",
    RepairReason.NO_INFORMATION: "Repair information not available",
    RepairReason.NO_TOOL: "Lack of equipment",
    RepairReason.WORN_OUT: "Item too worn out",
}
COUNTRY = "NLD"
MISC = "Misc"
_OTHER = "Anders"


@dataclass(frozen=True, slots=True)
class ExportedRepair:
    """One thing that was brought; `id` ours, `on` the local date, `group` the title of the Repair Café."""

    id: int
    item_type: str
    category: str | None
    brand: str | None
    outcome: RepairOutcome | None
    reason: RepairReason | None
    group: str
    on: date


def status_of(outcome: RepairOutcome | None, reason: RepairReason | None) -> str:
    """Return the repair status; what only needs time or a professional is not at its end."""
    if outcome is None:
        return UNKNOWN
    if outcome is RepairOutcome.NOT_FIXED:
        return END_OF_LIFE if reason is None or reason in BARRIERS else REPAIRABLE
    return FIXED if outcome is RepairOutcome.FIXED else REPAIRABLE


def category_of(item_type: str, category: str | None) -> data.CategoryRow:
    """Return what a thing counts as: by our list, else by what was kept with it, else "Misc"."""
    known = next((item.category for item in data.items() if item.name == item_type), category)
    categories = data.repair_categories()
    return categories.get(known or MISC) or categories[MISC]


def known_brand(typed: str | None) -> str:
    """Return the brand as it is written, when it is one that we know; else nothing."""
    said = "".join(tokens(typed or ""))
    return next((brand for brand in data.brands() if "".join(tokens(brand)) == said), "")


def provider_key(provider: str) -> str:
    """Return the letters with which ids begin, made from the name of the organisation."""
    return "".join(char for word in tokens(provider) for char in word if char.isascii() and char.isalpha()) or "x"


def row(repair: ExportedRepair, provider: str) -> dict[str, str] | None:
    """Return one repair in the fields of the standard; None for a thing without a plug."""
    category = category_of(repair.item_type, repair.category)
    if category.id is None:
        return None
    status = status_of(repair.outcome, repair.reason)
    listed = any(item.name == repair.item_type for item in data.items())
    return {
        "id": f"{provider_key(provider)}-{_number(repair.id)}",
        "data_provider": provider,
        "country": COUNTRY,
        "partner_product_category": f"{category.name} ~ {repair.item_type if listed else _OTHER}",
        "product_category": category.name,
        "product_category_id": str(category.id),
        "brand": known_brand(repair.brand),
        "year_of_manufacture": "",
        "product_age": "",
        "repair_status": status,
        "repair_barrier_if_end_of_life": BARRIERS[repair.reason] if status == END_OF_LIFE and repair.reason else "",
        "group_identifier": repair.group,
        "event_date": repair.on.isoformat(),
        "problem": "",
    }


def _number(row_id: int) -> int:
    """Return a number that stays the same for a row, and does not tell when it was made, as our ids do."""
    return int.from_bytes(hashlib.sha256(str(row_id).encode()).digest()[:7])


def csv_line(cells: Iterable[str]) -> str:
    """Return a line of the file, which no spreadsheet takes for a formula."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([cell(text) for text in cells])
    return line.getvalue()


def unpowered(repairs: Iterable[ExportedRepair], provider: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the sums of things without a plug, by category and status."""
    counted = Counter(
        (category.name, status_of(repair.outcome, repair.reason))
        for repair in repairs
        if (category := category_of(repair.item_type, repair.category)).id is None
    )
    for (category_name, status), total in sorted(counted.items()):
        yield provider, category_name, status, str(total)
