"""Who can't be told to stay at home: a walker who blocked the bot is called by the coordinator, else by the worker."""

from bot.domain.enums import HOLDING, RoleKey
from bot.domain.notices.activities import CalledOff
from bot.domain.notices.patrol import NotReached, NowAlone
from bot.domain.notices.rounds import RoundAlone
from bot.services.delivery import Undeliverable, undeliverable
from storage.models import Occurrence
from storage.queries import activities as activity_queries
from storage.queries import signups as signup_queries
from storage.work import Work


@undeliverable
async def call_them(work: Work, failed: Undeliverable) -> None:
    """Have somebody call a walker whom a warning does not reach; the worker when the coordinator can't be reached."""
    match failed.notice:
        case NowAlone(occurrence=occurrence_id, person=person_id):
            pass
        case RoundAlone(occurrence=occurrence_id, person=person_id):
            pass
        case CalledOff(occurrence=occurrence_id, person=person_id):
            pass
        case NotReached(occurrence=occurrence_id, person=person_id):
            pass
        case _:
            return
    occurrence = await work.session.get(Occurrence, occurrence_id)
    team = None if occurrence is None else await activity_queries.team_of(work.session, occurrence)
    if occurrence is None or team is None:
        return
    own = await signup_queries.of_person(work.session, occurrence_id, person_id, RoleKey.WALKER)
    if own is None or own.state not in HOLDING:
        return
    reader = team.coordinator_id if team.coordinator_id not in (person_id, failed.chat_id) else team.worker_id
    if reader != failed.chat_id:
        work.put(NotReached(occurrence_id, person_id, reader), chat=reader, valid_until=occurrence.ends_at)
