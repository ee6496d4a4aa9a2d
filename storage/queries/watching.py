"""What an operator watches: how much waits in the outbox and how long already, and what was set aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import OutboxState
from storage.models import DeadUpdate, Outbox

CHANNELS: Final = ("telegram", "email")
_STEPS = (
    ("under_10s", timedelta(seconds=10)),
    ("under_1m", timedelta(minutes=1)),
    ("under_10m", timedelta(minutes=10)),
)
#: How long a message has been due, in words; the last ones mean that it is late.
AGES: Final = (*(name for name, _ in _STEPS), "over_10m")
LATE_AGES: Final = frozenset(AGES[2:])


@dataclass(frozen=True, slots=True)
class Depth:
    """How many messages of one sort wait, and how long the oldest has been due (seconds)."""

    channel: str
    priority: int
    age: str
    count: int
    oldest: float


async def outbox_depth(session: AsyncSession, now: datetime) -> list[Depth]:
    """Return what is due and waits, by channel, priority and age."""
    age = case(*((Outbox.due_at > now - step, name) for name, step in _STEPS), else_=AGES[-1]).label("age")
    query = (
        select(Outbox.channel, Outbox.priority, age, func.count(), func.min(Outbox.due_at))
        .where(Outbox.state == OutboxState.WAITING, Outbox.due_at <= now)
        .group_by(Outbox.channel, Outbox.priority, age)
    )
    rows = await session.execute(query)
    return [
        Depth(channel, priority, age, count, (now - due).total_seconds()) for channel, priority, age, count, due in rows
    ]


async def dead_updates(session: AsyncSession) -> int:
    """Return how many updates were set aside and wait for `buurtbode replay`."""
    return await session.scalar(select(func.count()).select_from(DeadUpdate)) or 0
