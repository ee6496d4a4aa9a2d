"""Who polls, sends and schedules: a lease per task, judged by the database's own clock."""

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Lease

_SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now'{}) || '000'"
_POSTGRES_NOW = "now(){}"


async def take(session: AsyncSession, name: str, holder: str, *, seconds: float) -> str:
    """Take or renew the lease *name* for *seconds*; return who holds it now: *holder*, or somebody whose time runs."""
    postgres = session.get_bind().dialect.name == "postgresql"
    now = (_POSTGRES_NOW if postgres else _SQLITE_NOW).format("")
    until = (
        _POSTGRES_NOW.format(f" + interval '{seconds} seconds'")
        if postgres
        else _SQLITE_NOW.format(f", '+{seconds} seconds'")
    )
    await session.execute(
        text(
            f"INSERT INTO lease (name, holder, until) VALUES (:name, :holder, {until}) "  # noqa: S608 our own words
            f"ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
            f"WHERE lease.holder = excluded.holder OR lease.until < {now}"
        ),
        {"name": name, "holder": holder},
    )
    found = await session.scalar(select(Lease.holder).where(Lease.name == name))
    return found or holder


async def release(session: AsyncSession, name: str, holder: str) -> None:
    """Give the lease back, if *holder* has it."""
    await session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
