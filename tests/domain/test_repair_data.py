"""Repairs as open data: every row is of the Open Repair Data Standard v0.3, and tells nothing of anybody.

The fields, patterns and codelists below are typed over from the standard and from the table schema that the Open
Repair Alliance publishes with its data.
"""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.activities.repair_data import (
    BARRIERS,
    COLUMNS,
    ExportedRepair,
    csv_line,
    known_brand,
    provider_key,
    row,
    status_of,
    unpowered,
)
from bot.domain.activities.repairing import RepairOutcome, RepairReason

#: Field -> pattern (the whole value) of the published table schema, or the codelist of the standard.
SCHEMA = {
    "id": r"[a-z]+-[0-9]+",
    "data_provider": r".+",
    "country": r"[A-Z]{3}",
    "partner_product_category": r".+",
    "product_category": "|".join(map(re.escape, [name for name, each in data.repair_categories().items() if each.id])),
    "product_category_id": r"[0-9]{1,2}",
    "brand": r".*",
    "year_of_manufacture": r"([0-9]{4})?",
    "product_age": r"([0-9]+(\.[0-9]+)?)?",
    "repair_status": r"Fixed|Repairable|End of life|Unknown",
    "repair_barrier_if_end_of_life": (
        r"(Spare parts not available|Spare parts too expensive|No way to open product|"
        r"Repair information not available|Lack of equipment|Item too worn out)?"
    ),
    "group_identifier": r".+",
    "event_date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "problem": r".*",
}
LAMP = ExportedRepair(
    7,
    "Lamp",
    "Lamp",
    "philips",
    RepairOutcome.NOT_FIXED,
    RepairReason.WORN_OUT,
    "Repair Café Stedenwijk",
    date(2026, 12, 5),
)
words = st.text(max_size=80)
repairs = st.builds(
    ExportedRepair,
    id=st.integers(1, 2**63 - 1),
    item_type=st.one_of(words, st.sampled_from([item.name for item in data.items()])),
    category=st.none() | st.sampled_from(list(data.repair_categories())),
    brand=st.none() | words,
    outcome=st.none() | st.sampled_from(RepairOutcome),
    reason=st.none() | st.sampled_from(RepairReason),
    group=st.just("Repair Café Stedenwijk"),
    on=st.dates(),
)


def violations(cells: dict[str, str]) -> list[str]:
    """Return what of a row is not of the standard."""
    found = [name for name, pattern in SCHEMA.items() if not re.fullmatch(pattern, cells.get(name, "-"), re.DOTALL)]
    if list(cells) != list(SCHEMA):
        found.append("columns")
    if cells["product_category_id"] != str(data.repair_categories()[cells["product_category"]].id):
        found.append("category and its id")
    if cells["repair_barrier_if_end_of_life"] and cells["repair_status"] != "End of life":
        found.append("a barrier without an end")
    return found


def test_the_columns_are_those_of_the_standard_in_their_order() -> None:
    assert list(COLUMNS) == list(SCHEMA)


def test_a_repair_reads_in_the_words_of_the_standard() -> None:
    assert row(LAMP, "De Schoor") == {
        "id": "deschoor-34061124792233098",
        "data_provider": "De Schoor",
        "country": "NLD",
        "partner_product_category": "Lamp ~ Lamp",
        "product_category": "Lamp",
        "product_category_id": "15",
        "brand": "Philips",
        "year_of_manufacture": "",
        "product_age": "",
        "repair_status": "End of life",
        "repair_barrier_if_end_of_life": "Item too worn out",
        "group_identifier": "Repair Café Stedenwijk",
        "event_date": "2026-12-05",
        "problem": "",
    }


@given(repairs)
def test_every_row_is_of_the_standard_and_has_no_words_of_a_visitor(repair: ExportedRepair) -> None:
    cells = row(repair, "De Schoor")
    if cells is None:
        return
    assert violations(cells) == []
    listed = {item.name for item in data.items()}
    assert cells["partner_product_category"].split(" ~ ")[1] in {*listed, "Anders"}
    assert cells["brand"] in {"", *data.brands()}
    assert cells["problem"] == ""
    line = next(csv.reader(io.StringIO(csv_line(cells.values()), newline="")))
    assert line == list(cells.values())


@pytest.mark.parametrize(
    ("outcome", "reason", "status"),
    [
        (None, None, "Unknown"),
        (RepairOutcome.FIXED, None, "Fixed"),
        (RepairOutcome.PARTLY, None, "Repairable"),
        (RepairOutcome.PARTLY, RepairReason.NO_PARTS, "Repairable"),
        (RepairOutcome.NOT_FIXED, None, "End of life"),
        (RepairOutcome.NOT_FIXED, RepairReason.NO_PARTS, "End of life"),
        (RepairOutcome.NOT_FIXED, RepairReason.NO_TIME, "Repairable"),
        (RepairOutcome.NOT_FIXED, RepairReason.EXPERT, "Repairable"),
    ],
)
def test_outcomes_become_statuses(outcome: RepairOutcome | None, reason: RepairReason | None, status: str) -> None:
    assert status_of(outcome, reason) == status


def test_the_barriers_are_the_codelist() -> None:
    assert "|".join(BARRIERS.values()) in SCHEMA["repair_barrier_if_end_of_life"]


@pytest.mark.parametrize(
    ("typed", "brand"),
    [("bosch", "Bosch"), ("de longhi", "De'Longhi"), ("KARCHER", "Kärcher"), ("bel Jan 0612345678", ""), (None, "")],
)
def test_only_a_known_brand_is_told(typed: str | None, brand: str) -> None:
    assert known_brand(typed) == brand


def test_ids_begin_with_letters_whatever_the_organisation_is_called() -> None:
    assert [provider_key(name) for name in ("De Schoor", "Café 36", "123")] == ["deschoor", "cafe", "x"]


def test_things_without_a_plug_are_summed_apart() -> None:
    def bike(number: int, outcome: RepairOutcome) -> ExportedRepair:
        return ExportedRepair(number, "Fiets", None, None, outcome, None, "Repair Café", date(2026, 12, 5))

    many = [bike(1, RepairOutcome.FIXED), bike(2, RepairOutcome.FIXED), bike(3, RepairOutcome.PARTLY), LAMP]
    assert row(many[0], "De Schoor") is None
    assert list(unpowered(many, "De Schoor")) == [
        ("De Schoor", "Unpowered - Bicycle", "Fixed", "2"),
        ("De Schoor", "Unpowered - Bicycle", "Repairable", "1"),
    ]
