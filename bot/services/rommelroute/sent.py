"""What the bot sent of a Rommelroute and still stands in chats: it follows a route that is called off or moved.

Knows no use case, so that those of every activity may call it.
"""

from datetime import timedelta

from bot.domain.enums import ActivityKind
from bot.domain.notices.activities import CalledOff, Moved
from bot.domain.notices.stalls import RouteChanged, RouteSheet, StallMap, StallPanel
from bot.domain.time import after_quiet
from storage.models import Occurrence, StallDay
from storage.queries import stalls as queries
from storage.queries import town
from storage.work import Work

#: Changes within this time are told together.
_GATHER = timedelta(minutes=5)


async def redraw(work: Work, occurrence: Occurrence) -> list[int]:
    """Have the maps and sheets of a route drawn anew where they stand; return who has a map."""
    found = await queries.files_of(work.session, occurrence.id, [StallMap.kind, RouteSheet.kind])
    for kind, key, chat_id in found:
        sort = RouteSheet if kind == RouteSheet.kind else StallMap
        work.put(sort.from_key(key), chat=chat_id)
    return [chat_id for kind, _key, chat_id in found if kind == StallMap.kind]


async def changed(work: Work, occurrence: Occurrence) -> None:
    """After a stall moved, stopped or came when numbers were given: renew the sheets, and say that to who has one."""
    day = await work.session.get(StallDay, occurrence.id)
    if day is None or day.numbered_at is None or occurrence.ends_at <= work.now:
        return
    here = await town.zone(work.session)
    due_at = after_quiet(work.now + _GATHER, here)
    sheets = await queries.files_of(work.session, occurrence.id, [RouteSheet.kind])
    for _kind, key, chat_id in sheets:
        work.put(RouteSheet.from_key(key), chat=chat_id)
    for chat_id in sorted({chat_id for _kind, _key, chat_id in sheets}):
        notice = RouteChanged(occurrence.id, chat_id)
        work.put(notice, chat=chat_id, due_at=due_at, valid_until=occurrence.ends_at)


async def follow(work: Work, occurrence: Occurrence) -> set[int]:
    """After a route was called off or moved: take down what shows its stalls, tell who came to look; return them.

    Sellers hear it like everybody who signed up; a visitor is known by a map or a star.
    """
    if occurrence.kind is not ActivityKind.ROMMELROUTE:
        return set()
    visitors = {*await redraw(work, occurrence), *await queries.starred_by(work.session, occurrence.id)}
    rows = await queries.of_occurrence(work.session, occurrence.id)
    day = await work.session.get(StallDay, occurrence.id)
    if day is not None and day.opened_at is not None:
        for _stall, signup in rows:
            work.put(StallPanel(signup.id), chat=signup.person_id, valid_until=occurrence.ends_at)
    visitors -= {signup.person_id for _stall, signup in rows}
    for person_id in sorted(visitors):
        if occurrence.called_off_at is not None:
            work.put(CalledOff(occurrence.id, person_id), chat=person_id, valid_until=occurrence.ends_at)
        else:
            moved = Moved(occurrence.id, occurrence.sequence, person_id, place=False)
            work.put(moved, chat=person_id, valid_until=occurrence.starts_at)
    return visitors
