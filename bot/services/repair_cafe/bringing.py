"""Repair Café: what somebody brings, and which time slots are left."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import data
from bot.data import ItemRow
from bot.domain.activities.repair import Slot, find_items, one_item_each, slots
from bot.domain.enums import RoleKey
from storage.models import ActivityRole, Occurrence
from storage.queries import signups as queries
from storage.work import Work

_MOST_FOUND = 6


@dataclass(frozen=True)
class ItemDraft:
    """What a visitor brings: a type of item from the table or as typed, and what they told of it."""

    item_type: str
    category: str | None = None
    skill: str | None = None
    brand: str | None = None
    fault: str | None = None
    photo: str | None = None


def search(typed: str) -> list[ItemRow]:
    """Return the types of item that *typed* may mean, or begin, likeliest first, at most six."""
    return find_items(typed, data.items(), most=_MOST_FOUND)


def known(name: str) -> ItemRow | None:
    """Return the type of item with exactly this Dutch name."""
    return next((item for item in data.items() if item.name == name), None)


async def free_slots(work: Work, occurrence: Occurrence, role: ActivityRole) -> Sequence[Slot]:
    """Return the time slots that still have a place and have not begun; none when the meeting has no slots."""
    if role.slot_minutes is None:
        return []
    held = await queries.held_by_slot(work.session, occurrence.id, role.role)
    return [
        slot
        for slot in slots(occurrence.starts_at, occurrence.ends_at, role.slot_minutes, role.maximum)
        if slot.starts_at > work.now and (slot.capacity is None or held.get(slot.starts_at, 0) < slot.capacity)
    ]


async def is_busy(work: Work, occurrence: Occurrence, role: ActivityRole) -> bool:
    """Return whether each visitor may bring only one item: at least half of the places in the slots went."""
    held = await queries.held_by_slot(work.session, occurrence.id, RoleKey.VISITOR)
    return one_item_each(sum(held.values()), role.maximum)
