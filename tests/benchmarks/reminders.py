"""Very many reminders at once, while residents talk: how near to Telegram's limit, who waits, and what a group gets."""

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.demo.telegram import Call, Change
from bot.demo.telegram.calls import EDITING, SENDING
from bot.domain.enums import ActivityKind, Reachable, RoleKey, SignupState
from bot.services.activities import reminders
from storage.models import Activity, ActivityRole, Area, Occurrence, Person, Signup
from storage.queries import town
from storage.work import Work
from tests.benchmarks.running import PATIENCE_S, Stage
from tests.benchmarks.talking import Heard, Talk

TALK_RATE = 5.0
_CHUNK = 500
_FIRST_PERSON = 300_000_000
#: The stand-in's limits are Telegram's: so many messages a second, and so many a minute in one group.
OVERALL, GROUP_WINDOW_S = 30.0, 60.0


@dataclass(frozen=True)
class Sent:
    """What the server saw: its calls that count for the limit, the seconds they took, refusals, and most in a group."""

    calls: int
    seconds: float
    refused: int
    reminders: int
    group_most: int
    heard: Heard
    most_resident_mb: float

    @property
    def share(self) -> float:
        """How much of Telegram's limit was used (percent)."""
        return 100 * self.calls / (OVERALL * self.seconds)


async def plan(stage: Stage, count: int) -> None:
    """Sign *count* people up for one meeting, whose reminder, planned two hours ago, is due by now."""
    now = datetime.now(UTC)
    async with stage.database.write(now - timedelta(hours=2)) as work:
        occurrence_id = await _meeting(work, now)
    people = iter(range(_FIRST_PERSON, _FIRST_PERSON + count))
    while chunk := list(islice(people, _CHUNK)):
        for person_id in chunk:
            stage.world.add_person(f"Gast {person_id}", id=person_id, started=True)
        async with stage.database.write(now - timedelta(hours=2)) as work:
            await _sign_up(work, occurrence_id, chunk)


async def _meeting(work: Work, now: datetime) -> int:
    """Set up a meeting that begins in a day less two minutes, so that its reminder was due two minutes ago."""
    organisation = await town.organisation(work.session)
    starts = (now + timedelta(days=1, minutes=-2)).replace(second=0, microsecond=0)
    wall = starts.astimezone(ZoneInfo(organisation.timezone))
    area = (await work.session.scalars(select(Area.code).order_by(Area.code).limit(1))).one()
    times = {"starts": f"{wall:%Y-%m-%dT%H:%M}", "ends": f"{wall + timedelta(hours=2):%Y-%m-%dT%H:%M}"}
    activity = Activity(key="wijkfeest", kind=ActivityKind.OTHER, title="Wijkfeest", area_code=area, **times)
    activity.place = "Buurtcentrum Stedenwijk"
    work.session.add(activity)
    await work.session.flush()
    work.session.add(ActivityRole(activity_id=activity.id, role=RoleKey.VISITOR))
    occurrence = Occurrence(activity_id=activity.id, nominal_on=wall.date(), kind=activity.kind, area_code=area)
    occurrence.starts_at, occurrence.ends_at = starts, starts + timedelta(hours=2)
    work.session.add(occurrence)
    await work.session.flush()
    return occurrence.id


async def _sign_up(work: Work, occurrence_id: int, people: Iterable[int]) -> None:
    for person_id in people:
        work.session.add(Person(id=person_id, created_at=work.now, reachable=Reachable.YES))
        signup = Signup(
            occurrence_id=occurrence_id,
            person_id=person_id,
            role=RoleKey.VISITOR,
            state=SignupState.SIGNED_UP,
            queued_at=work.now,
            changed_at=work.now,
            placed_at=work.now,
        )
        work.session.add(signup)
        await work.session.flush()
        await reminders.replan(work, signup)


async def send(stage: Stage) -> Sent:
    """Start the bot, let residents talk until every reminder is out, and count what the server saw."""
    world = stage.world
    world.limits.on = True
    process = stage.bot()
    waiting = {person.id for person in world.people if person.id >= _FIRST_PERSON}
    count, begun, out = len(waiting), asyncio.Event(), asyncio.Event()

    def look(change: Change) -> None:
        if change.kind == "message" and change.chat is not None and change.chat.id in waiting:
            waiting.remove(change.chat.id)
            begun.set()
            if not waiting:
                out.set()

    world.on_change(look)
    async with process:
        await process.start()
        async with asyncio.timeout(PATIENCE_S):
            await begun.wait()
        talk = Talk.of(world, rate=TALK_RATE)
        heard = await talk.go_on(rate=TALK_RATE, seconds=PATIENCE_S + 1.5 * count / OVERALL, until=out)
        most = process.most_resident_mb
    calls = [call for call in world.calls.of(*SENDING, *EDITING) if call.chat_id is not None]
    to_people = [call for call in calls if call.chat_id >= _FIRST_PERSON]
    first, last = to_people[0].monotonic, to_people[-1].monotonic
    within = [call for call in calls if first <= call.monotonic <= last]
    refused = sum(call.status == 429 for call in world.calls)
    return Sent(len(within), last - first, refused, len(to_people), _most_in_a_group(calls), heard, most)


def _most_in_a_group(calls: Iterable[Call]) -> int:
    """Return the most calls that any group got within any minute."""
    times: defaultdict[int, list[float]] = defaultdict(list)
    for call in calls:
        if call.chat_id < 0:
            times[call.chat_id].append(call.monotonic)
    return max((_most_within(sorted(found), GROUP_WINDOW_S) for found in times.values()), default=0)


def _most_within(times: Sequence[float], seconds: float) -> int:
    return max(bisect_left(times, at + seconds) - place for place, at in enumerate(times))
