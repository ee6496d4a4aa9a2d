"""Reading dialogues by the dozen, as intake needs it, and those that were left unfinished."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.connections import connection_of
from storage.models import Dialogue

# Asked by pairs it would be another statement for each number of them; few people have dialogues in one group.
_FETCH = (
    select(Dialogue).where(Dialogue.chat_id.in_(bindparam("chats", expanding=True))).execution_options(autoflush=False)
)


async def fetch(session: AsyncSession, places: Collection[tuple[int, int]]) -> dict[tuple[int, int, str], Dialogue]:
    """Return every dialogue of these (chat, user) pairs, resting ones too, by (chat, user, about)."""
    if not places:
        return {}
    found = await session.scalars(_FETCH, {"chats": list({chat for chat, _user in places})})
    return {(row.chat_id, row.user_id, row.about): row for row in found if (row.chat_id, row.user_id) in places}


_TABLE = Dialogue.metadata.tables[Dialogue.__tablename__]
_REMOVE = delete(_TABLE).where(
    _TABLE.c.chat_id == bindparam("chat"), _TABLE.c.user_id == bindparam("user"), _TABLE.c.about == bindparam("what")
)


async def remove(session: AsyncSession, row: Dialogue) -> None:
    """Delete a dialogue at once; what else of the batch waits to be written waits on."""
    if inspect(row).persistent:
        connection = await connection_of(session)
        await connection.execute(_REMOVE, {"chat": row.chat_id, "user": row.user_id, "what": row.about})
    session.expunge(row)


async def unfinished(
    session: AsyncSession, about: str, since: datetime, until: datetime, *, most: int
) -> Sequence[Dialogue]:
    """Return the open dialogues of this sort left between *since* and *until*, offered fewer than *most* times."""
    query = select(Dialogue).where(
        Dialogue.changed_at >= since,
        Dialogue.changed_at <= until,
        Dialogue.about == about,
        Dialogue.active,
        Dialogue.offered < most,
    )
    return (await session.scalars(query.order_by(Dialogue.changed_at))).all()
