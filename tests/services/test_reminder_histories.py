"""Whatever happens to meetings and sign-ups: no reminder of a cancelled, moved or started meeting is ever sent.

The histories are random; the sender is imitated at random moments, late ones too, with the real views. What it would
send is judged here from the rows alone, not with the rules that planned it.
"""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.domain.enums import ActivityKind, Attendance, Language, OutboxState, ReminderChoice, RoleKey, SignupState
from bot.domain.notices import REGISTRY
from bot.services.activities import rescheduling, signups
from bot.texts import Translator
from handlers.views import VIEWS
from handlers.views.drawing import Drawing, Later
from handlers.views.registry import Reading
from storage.engine import Database
from storage.models import Occurrence, Outbox, Person, Signup
from storage.work import Work
from tests.services.meetings import ZONE, make_town, meeting, person, team

#: A Thursday, before the night in October on which the clock goes back.
START = datetime(2026, 10, 15, 8, tzinfo=UTC)
PEOPLE = (1, 2, 3)
_ROLES = {ActivityKind.ROMMELROUTE: RoleKey.STALL, ActivityKind.PATROL: RoleKey.WALKER}
_ACTS = ["join", "join", "leave", "come", "move", "move", "off", "choose", *["wait"] * 7]
_STEPS = 25
#: Sign-up, lead, and when the meeting then was.
Said = tuple[int, str, datetime]
#: How long before the start each lead may go out, the rules about the night counted in.
_LONGEST = {"7d": timedelta(days=7, hours=13), "1d": timedelta(days=1, hours=13), "0d@08:00": timedelta(hours=24)}
_ROUND = {"1d@19:00": timedelta(hours=30), "3h": timedelta(hours=24)}


def dutch(language: Language = Language.DUTCH) -> Translator:
    return Translator(language, ZONE)


@pytest.mark.slow
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_no_reminder_is_sent_that_does_not_hold(migrated_url: str, seed: int) -> None:
    asyncio.run(_live(migrated_url, random.Random(seed)))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_histories_are_worth_something(migrated_url: str) -> None:
    """Enough reminders are really sent, and really called back, for the test above to mean anything."""
    lives = [asyncio.run(_live(migrated_url, random.Random(seed))) for seed in range(2)]
    assert sum(sent for sent, _back in lives) >= 6
    assert sum(back for _sent, back in lives) >= 6


class _UndoError(Exception):
    """Leaves the database as it was."""


async def _live(url: str, dice: random.Random) -> tuple[int, int]:
    """Live through one history; return how many reminders were sent, and how many were called back."""
    database, sent, back = Database(url), set[Said](), 0
    try:
        async with database.write(START) as work:
            await begin(work)
            for _ in range(_STEPS):
                await something(work, dice)
                if dice.random() < 0.8:
                    await _send(work, sent)
            dropped = select(func.count()).where(Outbox.kind == "signup_reminder", Outbox.state == OutboxState.DROPPED)
            back = await work.session.scalar(dropped) or 0
            raise _UndoError
    except _UndoError:
        return len(sent), back
    finally:
        await database.close()


async def begin(work: Work) -> None:
    """Six meetings, one of them a patrol, and three people who want to go to all of them."""
    await make_town(work)
    squad = await team(work, dict.fromkeys(PEOPLE, True))
    walker, host = {RoleKey.WALKER: (2, 3)}, {RoleKey.HOST: (1, 2)}
    found = [await meeting(work, f"2026-10-{day}T10:00", host, title=f"Café {day}") for day in (17, 24, 25, 31)]
    stalls = {RoleKey.STALL: (0, None)}
    found.append(await meeting(work, "2026-10-25T09:00", stalls, kind=ActivityKind.ROMMELROUTE, title="Route"))
    found.append(await meeting(work, "2026-10-20T20:00", walker, kind=ActivityKind.PATROL, team=squad, title="Ronde"))
    for one in found:
        for person_id in PEOPLE:
            await signups.join(work, one.id, await person(work, person_id), _ROLES.get(one.kind, RoleKey.HOST))
    await work.flush()


async def something(work: Work, dice: random.Random) -> None:
    """One thing happens: somebody comes or goes, a meeting changes, time passes."""
    found = list((await work.session.scalars(select(Occurrence).order_by(Occurrence.id))).all())
    rows = list((await work.session.scalars(select(Signup).order_by(Signup.id))).all())
    one, who = dice.choice(found), await person(work, dice.choice(PEOPLE))
    match dice.choice(_ACTS):
        case "join":
            await signups.join(work, one.id, who, _ROLES.get(one.kind, RoleKey.HOST))
        case "leave" if rows:
            row = dice.choice(rows)
            await signups.leave(work, row.id, row.person_id, version=row.version)
        case "come" if rows:
            row = dice.choice(rows)
            await signups.confirm(work, row.id, row.person_id, version=row.version)
        case "move":
            shift = timedelta(hours=dice.choice([-30, -5, -1, 1, 5, 30]))
            await rescheduling.move(work, one.id, one.starts_at + shift, one.ends_at + shift)
        case "off" if dice.random() < 0.2:
            await rescheduling.call_off(work, one.id, None)
        case "choose":
            who.reminders = dice.choice(list(ReminderChoice))
        case _:
            work.now += timedelta(minutes=dice.choice([55, 180, 600, 1_440]))
    await work.flush()


async def _send(work: Work, sent: set[Said]) -> None:
    """Do what the sender does with the reminders that are due."""
    await work.flush()
    due = select(Outbox).where(
        Outbox.kind == "signup_reminder", Outbox.state == OutboxState.WAITING, Outbox.due_at <= work.now
    )
    for row in (await work.session.scalars(due.execution_options(populate_existing=True))).all():
        if row.valid_until is not None and row.valid_until <= work.now:
            row.state = OutboxState.DROPPED
            continue
        notice = REGISTRY[row.kind].from_payload(row.payload or {})
        reading = Reading(work, dutch(), row.chat_id, None, None, "bode_bot", dutch)
        drawn = await VIEWS[type(notice)](notice, reading)
        if isinstance(drawn, Later):
            assert drawn.at > work.now
            row.due_at = drawn.at
            continue
        if isinstance(drawn, Drawing):
            await _judge(work, notice.about or 0, str(notice.to_payload()["lead"]), row, drawn, sent)
        row.state = OutboxState.SENT if isinstance(drawn, Drawing) else OutboxState.DROPPED
    await work.session.flush()


async def _judge(work: Work, signup_id: int, lead: str, row: Outbox, drawn: Drawing, sent: set[Said]) -> None:
    """Fail unless what is sent is true and wanted now."""
    signup = await work.session.get(Signup, signup_id)
    assert signup is not None
    occurrence = await work.session.get(Occurrence, signup.occurrence_id)
    who = await work.session.get(Person, signup.person_id)
    assert occurrence is not None
    assert who is not None
    assert signup.person_id == row.chat_id
    assert signup.state is SignupState.SIGNED_UP
    assert occurrence.called_off_at is None
    left = occurrence.starts_at - work.now
    assert timedelta(0) < left <= (_LONGEST | _ROUND)[lead], (lead, left)
    assert f"{dutch().time(occurrence.starts_at)}–{dutch().time(occurrence.ends_at)}" in drawn.text
    assert dutch().day_of(occurrence.starts_at) in drawn.text
    if occurrence.kind is ActivityKind.PATROL:
        assert signup.attendance is not Attendance.COMING
    else:
        assert who.reminders is not ReminderChoice.NONE
    sent.add((signup_id, lead, occurrence.starts_at))
