"""News of activities: who wants which, and announcing one date to them. Never of a round."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from bot.domain.enums import ActivityKind
from bot.domain.notices.activities import Announced
from bot.domain.time import after_quiet
from bot.services.activities import one_date
from storage.ids import new_id
from storage.models import Announcement, Area, AuditEntry, NewsWish, Occurrence, Person
from storage.queries import news as queries
from storage.queries import town
from storage.queries.locking import locked
from storage.work import Work

#: Kinds that there is news of.
KINDS = (ActivityKind.REPAIR_CAFE, ActivityKind.ROMMELROUTE, ActivityKind.OTHER)
#: So many choices fit on a page.
MOST = 30


class Told(StrEnum):
    """What became of an announcement."""

    SENT = "sent"
    NOBODY = "nobody"
    TOO_LATE = "too_late"
    STRANGER = "stranger"


async def wishes(work: Work, person: Person) -> Sequence[tuple[NewsWish, Area]]:
    """Return what news somebody wants, oldest first."""
    return await queries.wishes(work.session, person.id)


async def choose(work: Work, person: Person, area_code: str, kind: ActivityKind, *, wanted: bool) -> bool:
    """Note, with its date, that somebody wants news, or withdraw that; False when there are too many already."""
    known = await work.session.get(NewsWish, (person.id, area_code, kind))
    if not wanted:
        if known is not None:
            await work.session.delete(known)
            await work.session.flush()
        return True
    if known is not None or kind not in KINDS or await town.area(work.session, area_code) is None:
        return True
    if await queries.count(work.session, person.id) >= MOST:
        return False
    work.session.add(NewsWish(person_id=person.id, area_code=area_code, kind=kind, given_at=work.now))
    await work.session.flush()
    return True


async def withdraw(work: Work, person: Person) -> None:
    """Forget all news that somebody wanted."""
    await queries.withdraw(work.session, person.id)


def can_be_announced(work: Work, occurrence: Occurrence) -> bool:
    """Tell whether there can be news of a date: public, to come, not called off."""
    public = occurrence.kind in KINDS and occurrence.team_id is None
    return public and occurrence.called_off_at is None and occurrence.starts_at > work.now


async def count_readers(work: Work, occurrence: Occurrence, areas: Collection[str]) -> int:
    """Return how many people would read an announcement now."""
    return len(await queries.readers(work.session, occurrence, areas)) if areas else 0


async def announce(
    work: Work, person: Person, occurrence_id: int, areas: Collection[str], *, line: str | None = None
) -> tuple[Told, int]:
    """Send news of a date to who asked for it in these wijken, each person once; at night it waits for the morning.

    *line* is what its sender adds.
    """
    found = await one_date.date_of(work, occurrence_id, person.id)
    occurrence = None if found is None else await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None:
        return Told.STRANGER, 0
    if not can_be_announced(work, occurrence):
        return Told.TOO_LATE, 0
    readers = await queries.readers(work.session, occurrence, areas)
    if not readers:
        return Told.NOBODY, 0
    words = None
    if line:
        words = Announcement(id=new_id(), occurrence_id=occurrence.id, line=line)
        work.session.add(words)
    due_at = after_quiet(work.now, await town.zone(work.session))
    for reader in readers:
        notice = Announced(occurrence.id, reader, words.id if words else None)
        work.put(notice, chat=reader, due_at=due_at, valid_until=occurrence.starts_at)
    detail = {"areas": sorted(areas), "readers": len(readers)}
    work.session.add(
        AuditEntry(at=work.now, actor_id=person.id, action="announced", about=occurrence.id, detail=detail)
    )
    return Told.SENT, len(readers)
