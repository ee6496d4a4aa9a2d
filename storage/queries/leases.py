"""Who polls, sends and schedules: a lease per task, which runs by the database's own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Lease

_SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now'{}) || '000'"
_POSTGRES_NOW = "now(){}"


_FROZEN_MS = 3_000


@dataclass(frozen=True, slots=True)
class Taken:
    """Who holds a lease, and until when (by the database's clock) unless it is renewed."""

    holder: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A lease, and whether its time is over."""

    name: str
    holder: str
    is_over: bool


def _is_postgres(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _now(session: AsyncSession) -> str:
    return (_POSTGRES_NOW if _is_postgres(session) else _SQLITE_NOW).format("")


async def take(
    session: AsyncSession,
    name: str,
    holder: str,
    *,
    seconds: float,
    by_clock: bool = True,
    stuck_at: datetime | None = None,
) -> Taken:
    """Take or renew the lease *name* for *seconds*; return who holds it now: *holder*, or somebody whose time runs.

    Another's time is over when the database's clock says so (*by_clock*), or when it still ends at *stuck_at*.
    """
    postgres = _is_postgres(session)
    if postgres:
        # Who is frozen between these statements keeps everybody from the lease, but not for longer than it is valid.
        await session.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = {_FROZEN_MS}"))
    until = (
        _POSTGRES_NOW.format(f" + interval '{seconds} seconds'")
        if postgres
        else _SQLITE_NOW.format(f", '{seconds:+} seconds'")
    )
    over = f"lease.until < {_now(session)}" if by_clock else "lease.until = :stuck_at"
    statement = text(
        f"INSERT INTO lease (name, holder, until) VALUES (:name, :holder, {until}) "  # noqa: S608 our own words
        f"ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
        f"WHERE lease.holder = excluded.holder OR {over}"
    )
    values: dict[str, object] = {"name": name, "holder": holder}
    if not by_clock:
        statement = statement.bindparams(bindparam("stuck_at", type_=Lease.until.type))
        values["stuck_at"] = stuck_at
    await session.execute(statement, values)
    found = (await session.execute(select(Lease.holder, Lease.until).where(Lease.name == name))).one()
    return Taken(*found)


async def release(session: AsyncSession, name: str, holder: str) -> None:
    """Give the lease back, if *holder* has it."""
    await session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))


async def named(session: AsyncSession, beginning: str) -> Sequence[Held]:
    """Return the leases whose name begins like this."""
    is_over = Lease.until < literal_column(_now(session))
    query = select(Lease.name, Lease.holder, is_over).where(Lease.name.startswith(beginning, autoescape=True))
    return [Held(name, holder, bool(over)) for name, holder, over in await session.execute(query)]
