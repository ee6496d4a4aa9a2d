"""News of a team: from coordinator or worker to all its members, those without a VOG too."""

from datetime import timedelta

from bot.domain.notices.patrol import TeamNewsTold
from bot.domain.time import after_quiet
from bot.services.patrol.members import of_team, seen
from storage.models import Person, TeamNews
from storage.queries import town
from storage.work import Work

MOST = 1000
#: News that could not be brought for so long is old.
_STALE = timedelta(days=7)


async def may_write(work: Work, team_id: int, person: Person) -> bool:
    """Return whether somebody may write to all members of a team: its coordinator and its worker."""
    team = await seen(work, team_id, person)
    return team is not None and team.sees_members


async def tell(work: Work, team_id: int, person: Person, text: str) -> int | None:
    """Send *text* to all members but the writer, not at night; return to how many, None for who may not."""
    if not await may_write(work, team_id, person) or not 0 < len(text) <= MOST:
        return None
    news = TeamNews(team_id=team_id, by=person.id, at=work.now, text=text)
    work.session.add(news)
    await work.session.flush()
    due_at = after_quiet(work.now, await town.zone(work.session))
    readers = [reader.id for _member, reader in await of_team(work, team_id) if reader.id != person.id]
    for reader in readers:
        work.put(TeamNewsTold(news.id, reader), chat=reader, due_at=due_at, valid_until=due_at + _STALE)
    return len(readers)
