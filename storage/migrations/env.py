"""Alembic's entry: runs on the connection that `storage.migrate` hands over, or on its own for `alembic revision`."""

import asyncio
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from storage.models import Base
from storage.types import ChatId, EnumText, UserId, UtcDateTime


def render_item(kind: str, item: Any, autogen: Any) -> str | Literal[False]:  # noqa: ANN401 Alembic's own
    """Write our column types into a migration as the plain types that the database sees."""
    plain = {UtcDateTime: "sa.DateTime(timezone=True)", EnumText: "sa.String(length=40)"}
    if kind == "type":
        if isinstance(item, ChatId | UserId):
            return "sa.BigInteger()"
        return plain.get(type(item), False)
    return False


def run(connection: Connection) -> None:
    """Run the wanted migrations on *connection*."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    """Run on a database of our own choosing: `alembic -x url=…`, for developers."""
    url = context.get_x_argument(as_dictionary=True).get("url", "sqlite+aiosqlite:///buurtbode.db")
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_alone())
