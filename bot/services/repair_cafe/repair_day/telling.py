"""What is said on the day of a Repair Café: the list for hosts, the numbers of visitors, the sums after closing."""

from datetime import datetime, timedelta

from bot.domain.activities.repairing import LIST_SHOWN, TOLD_AFTER, Stage
from bot.domain.enums import Kind, Theme
from bot.domain.notices.repair import RepairCall, RepairCallPast, RepairDay, RepairList, RepairNumber, RepairPhoto
from bot.domain.notices.triage import ForgetPrivate
from bot.services.activities import coordinating
from bot.services.desk.openings import MEDIA_STAYS
from bot.services.repair_cafe.repair_day.looking import Visit, look, visits
from bot.services.town import routing
from storage.models import Occurrence
from storage.queries import repair as queries
from storage.work import Work

#: Messages about the day make sense so long after its end.
_FOLLOWED = timedelta(hours=12)
_TOLD_UNTIL = timedelta(days=7)


async def tell(work: Work, occurrence: Occurrence, changed: Visit, *, before: Stage) -> None:
    """Let the visitor's one message follow, those of who waits when the queue moved, and the post of the day."""
    await plan_post(work, occurrence)
    until = occurrence.ends_at + _FOLLOWED
    if work.now >= until:
        return
    for visit in [changed, *(await _behind(work, occurrence, changed, before))]:
        if visit.has_telegram and (visit.number is not None or before is Stage.WAITING):
            work.put(RepairNumber(visit.signup.id), chat=visit.signup.person_id, valid_until=until)
    if not changed.has_telegram:
        return
    if changed.stage is Stage.TURN and before is not Stage.TURN:
        work.put(RepairCall(changed.signup.id), chat=changed.signup.person_id, valid_until=until)
    elif before in (Stage.TURN, Stage.DONE):
        work.put(RepairCallPast(changed.signup.id), chat=changed.signup.person_id, valid_until=until)


async def _behind(work: Work, occurrence: Occurrence, changed: Visit, before: Stage) -> list[Visit]:
    """Return who else waits, if it reads otherwise for them now; a new last number changes nothing for others."""
    last = changed.stage is Stage.WAITING and before in (Stage.EXPECTED, Stage.NO_SHOW)
    if before is changed.stage or last or not {before, changed.stage} & {Stage.WAITING, Stage.TURN}:
        return []
    return [
        visit
        for visit in await visits(work, occurrence.id)
        if visit.stage is Stage.WAITING and visit.signup.id != changed.signup.id
    ]


async def plan_post(work: Work, occurrence: Occurrence) -> None:
    """Plan what is told after closing: once, and again where it stands when a correction changes it."""
    until = occurrence.ends_at + _TOLD_UNTIL
    if work.now >= until:
        return
    due = max(work.now, occurrence.ends_at + TOLD_AFTER)
    for person_id in await coordinating.coordinators(work, occurrence):
        work.put(RepairDay(occurrence.id, person_id, desk=False), chat=person_id, due_at=due, valid_until=until)
    if occurrence.area_code is None or occurrence.team_id is not None:
        return
    found = await routing.desk_for(work, kind=Kind.PLACE, theme=Theme.SUSTAINABILITY, area_code=occurrence.area_code)
    work.put(
        RepairDay(occurrence.id, found.desk.id, desk=True),
        chat=found.desk.chat_id,
        thread=found.desk.thread_id,
        due_at=due,
        valid_until=until,
        silent=True,
    )


async def run(work: Work) -> None:
    """Put the list of the day into the chats of its hosts and of who looks after it, an hour before."""
    for occurrence in await queries.beginning(work.session, after=work.now, before=work.now + LIST_SHOWN):
        hosts = set(await queries.hosts(work.session, occurrence.id))
        for person_id in sorted(hosts | set(await coordinating.coordinators(work, occurrence))):
            work.put(RepairList(occurrence.id, person_id), chat=person_id, valid_until=occurrence.ends_at)


async def next_due(work: Work) -> datetime | None:
    """Return when the next list is due (UTC)."""
    found = await queries.beginning(work.session, after=work.now + LIST_SHOWN)
    return found[0].starts_at - LIST_SHOWN if found else None


async def show_photo(work: Work, signup_id: int, person_id: int) -> bool:
    """Send the photo of what a visitor brings to a host, for a day; False when there is none for this person."""
    answer = await look(work, signup_id, person_id)
    if answer.visit is None or answer.visit.item is None or not answer.visit.item.photo:
        return False
    shown = RepairPhoto(signup_id, person_id)
    work.put(shown, chat=person_id)
    work.put(ForgetPrivate(signup_id, shown.key), chat=person_id, due_at=work.now + MEDIA_STAYS)
    return True
