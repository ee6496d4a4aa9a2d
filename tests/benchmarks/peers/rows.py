"""What the peers store, by SQLAlchemy in SQLite, as safely as the bot does: WAL and `synchronous=FULL`."""

import os
from typing import Any

from sqlalchemy import BigInteger, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TOKEN, API_URL, DATABASE_URL = (f"BUURTBODE_{name}" for name in ("TELEGRAM_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL"))


class Base(DeclarativeBase):
    """The tables."""


class Said(Base):
    """One update."""

    __tablename__ = "said"

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str]


def engine() -> AsyncEngine:
    """Return an engine on the file that the environment names. One connection: SQLite has one writer anyway."""
    made = create_async_engine(os.environ[DATABASE_URL], pool_size=1, max_overflow=0)

    @event.listens_for(made.sync_engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 the driver's own
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    return made


async def make_tables(made: AsyncEngine) -> None:
    """Make the tables."""
    async with made.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


async def store(sessions: async_sessionmaker[AsyncSession], *, update_id: int, chat_id: int, text: str) -> None:
    """Write one row and commit it."""
    async with sessions() as session:
        session.add(Said(update_id=update_id, chat_id=chat_id, text=text))
        await session.commit()
