"""Reading dialogues by the dozen, as intake needs it."""

from collections.abc import Collection

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Dialogue


async def fetch(session: AsyncSession, places: Collection[tuple[int, int]]) -> dict[tuple[int, int, str], Dialogue]:
    """Return every dialogue of these (chat, user) pairs, resting ones too, by (chat, user, about)."""
    if not places:
        return {}
    found = await session.scalars(
        select(Dialogue).where(tuple_(Dialogue.chat_id, Dialogue.user_id).in_(sorted(places)))
    )
    return {(row.chat_id, row.user_id, row.about): row for row in found.all()}
