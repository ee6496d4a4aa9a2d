"""Who keeps the list of a Repair Café's day, its visitors, and the sums of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot import data
from bot.data import CategoryRow, ItemRow
from bot.domain.activities.attendance import KEPT, was_held
from bot.domain.activities.repairing import (
    STOPS_BEFORE,
    Came,
    RepairOutcome,
    Stage,
    Tally,
    list_is_open,
    stage_of,
    tally,
)
from bot.domain.enums import ActivityKind, RoleKey
from bot.services.activities import coordinating
from storage.models import Occurrence, RepairItem, Signup
from storage.queries import activities as activity_queries
from storage.queries import repair as queries
from storage.queries import signups as signup_queries
from storage.work import Work


class Done(StrEnum):
    """How a tap on the list went."""

    DONE = "done"
    CHANGED = "changed"
    CLOSED = "closed"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Visit:
    """A visitor with what they bring; `item` None when nobody told."""

    signup: Signup
    item: RepairItem | None

    @property
    def stage(self) -> Stage:
        """How far the visitor is."""
        return stage_of(self.signup.state, self.item.called_at if self.item else None)

    @property
    def number(self) -> int | None:
        """The number in the queue."""
        return self.item.queue_number if self.item else None

    @property
    def has_telegram(self) -> bool:
        """Whether the visitor can follow the number in a message."""
        return self.signup.person_id > 0 and not self.signup.for_name

    @property
    def told_name(self) -> str | None:
        """The name that was told for somebody without Telegram who was signed up by another."""
        return self.signup.for_name if self.signup.person_id > 0 and self.signup.for_name else None


@dataclass(frozen=True)
class Answer:
    """How a tap went, with the visitor and the meeting as they are now, where there are any."""

    done: Done
    visit: Visit | None = None
    occurrence: Occurrence | None = None


async def may_run(work: Work, occurrence: Occurrence, person_id: int) -> bool:
    """Return whether somebody keeps the list of this day now: its hosts, and who looks after the meeting.

    The hosts until a day later; who looks after it for as long as there is a list. What is called off while it goes
    on has repairs to write down.
    """
    if not keeps_list(occurrence) or not was_held(occurrence.starts_at, occurrence.called_off_at):
        return False
    if work.now >= occurrence.ends_at + KEPT:
        return False
    if await activity_queries.visible(work.session, occurrence.id, person_id) is None:
        return False
    if list_is_open(occurrence.starts_at, occurrence.ends_at, work.now):
        if person_id in await queries.hosts(work.session, occurrence.id):
            return True
    elif work.now < occurrence.starts_at:
        return False
    return person_id in await coordinating.coordinators(work, occurrence)


def keeps_list(occurrence: Occurrence) -> bool:
    """Return whether visitors of this meeting get numbers."""
    return occurrence.kind is ActivityKind.REPAIR_CAFE


def may_stop(work: Work, occurrence: Occurrence) -> bool:
    """Return whether hosts can send who still waits home now."""
    return work.now >= (occurrence.called_off_at or occurrence.ends_at - STOPS_BEFORE)


async def visits(work: Work, occurrence_id: int) -> list[Visit]:
    """Return the visitors of a meeting: by number, then by time slot and sign-up."""
    return [Visit(signup, item) for signup, item in await queries.visits(work.session, occurrence_id)]


async def look(work: Work, signup_id: int, person_id: int) -> Answer:
    """Return one visitor, for who keeps the list."""
    signup = await signup_queries.anew(work.session, signup_id)
    occurrence = None if signup is None else await work.session.get(Occurrence, signup.occurrence_id)
    if signup is None or occurrence is None or not await may_run(work, occurrence, person_id):
        return Answer(Done.NOT_THERE)
    if signup.role is not RoleKey.VISITOR:
        return Answer(Done.NOT_THERE, occurrence=occurrence)
    return Answer(Done.DONE, Visit(signup, await queries.item(work.session, signup.id)), occurrence)


async def tally_of(work: Work, occurrence_id: int) -> Tally:
    """Return the sums of a day, of all who came."""
    kinds, categories = {item.name: item for item in data.items()}, data.repair_categories()
    return tally(
        Came(
            RepairOutcome(visit.item.outcome) if visit.item.outcome else None,
            _weight(visit.item, kinds, categories),
            left=visit.stage is Stage.LEFT,
        )
        for visit in await visits(work, occurrence_id)
        if visit.item is not None and visit.number is not None and visit.signup.state in queries.CAME
    )


def _weight(item: RepairItem, kinds: Mapping[str, ItemRow], categories: Mapping[str, CategoryRow]) -> Decimal | None:
    if (known := kinds.get(item.item_type)) is not None:
        return known.kg
    category = categories.get(item.category or "")
    return category.kg if category else None
