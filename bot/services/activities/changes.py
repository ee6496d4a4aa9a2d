"""Who hears that a meeting changed: its people at once and of all that changed, who read the news of it after them."""

from collections.abc import Collection, Sequence

from bot.domain.enums import WALKED_IN
from bot.domain.notices.activities import Moved, NewsChanged
from bot.services.activities import calendars
from storage.models import Occurrence
from storage.queries import news as news_queries
from storage.queries import signups as queries
from storage.work import Work


async def tell_people(
    work: Work,
    occurrence: Occurrence,
    *,
    time: bool = False,
    place: bool = False,
    name: bool = False,
    but: Collection[int] = (),
) -> None:
    """Tell the people of a meeting what changed, except who heard it already (*but*).

    What they were to hear of an earlier change and did not yet is said along with it: only the last message goes out.
    """
    await work.flush()
    unsaid = await queries.unsaid_changes(work.session, occurrence.id)
    rows = await queries.of_occurrence(work.session, occurrence.id)
    for person_id in sorted({row.person_id for row in rows} - {WALKED_IN}):
        earlier = unsaid.get(person_id)
        if earlier is None and person_id in but:
            continue
        told = Moved(
            occurrence.id,
            occurrence.sequence,
            person_id,
            place=place or (earlier is not None and earlier.place),
            name=name or (earlier is not None and earlier.name),
            time=time or (earlier is not None and earlier.tells_time),
        )
        work.put(told, chat=person_id, valid_until=occurrence.starts_at)


async def tell_renamed(work: Work, dates: Sequence[Occurrence]) -> None:
    """Tell everybody of these dates (locked by the caller) that the activity has another name, each person once."""
    told: set[int] = set()
    for occurrence in sorted(dates, key=lambda row: row.starts_at):
        occurrence.sequence += 1
        rows = await queries.of_occurrence(work.session, occurrence.id)
        await tell_people(work, occurrence, name=True, but=told)
        calendars.follow_all(work, rows)
        told |= {row.person_id for row in rows}


async def tell_readers(work: Work, occurrence: Occurrence, *, but: Collection[int] = ()) -> None:
    """Tell who read the news of a meeting that it was moved or called off, except who heard it already (*but*).

    Who signed up hears it anyway.
    """
    people = {row.person_id for row in await queries.of_occurrence(work.session, occurrence.id)}
    for reader in await news_queries.told(work.session, occurrence.id):
        if reader not in people and reader not in but:
            work.put(NewsChanged(occurrence.id, reader), chat=reader, valid_until=occurrence.ends_at)
