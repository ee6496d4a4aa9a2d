"""Ready answers per theme and language."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import Language, Theme
from storage.models import StandardAnswer


async def of_theme(session: AsyncSession, theme: Theme, language: Language | None = None) -> Sequence[StandardAnswer]:
    """Return the answers of a theme by language and title; only those in *language* when it is given."""
    query = select(StandardAnswer).where(StandardAnswer.theme == theme)
    if language is not None:
        query = query.where(StandardAnswer.language == language)
    return (await session.scalars(query.order_by(StandardAnswer.language.desc(), StandardAnswer.title))).all()


async def counts(session: AsyncSession) -> dict[Theme, int]:
    """Return how many answers each theme has; none for a theme without."""
    query = select(StandardAnswer.theme, func.count()).group_by(StandardAnswer.theme)
    return {row[0]: row[1] for row in await session.execute(query)}


async def titled(session: AsyncSession, theme: Theme, language: Language, title: str) -> StandardAnswer | None:
    """Return the answer with this title."""
    query = select(StandardAnswer).where(
        StandardAnswer.theme == theme, StandardAnswer.language == language, StandardAnswer.title == title
    )
    return (await session.scalars(query)).first()
