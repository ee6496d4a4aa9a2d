"""What the guesser of themes learns from, and what it has learned."""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.lessons import Correction
from storage.models import LearnedThemes, Report, ReportEvent
from storage.queries.once import lasting, town_changed

_ONLY = 1
CHUNK = 500


async def corrections(session: AsyncSession, *, most: int) -> list[Correction]:
    """Return the newest reports, at most *most*, whose theme a worker corrected and whose words may teach.

    Never a sealed or a danger report (nor one whose words sounded like danger), and none whose words were erased.
    """
    corrected = select(ReportEvent.report_id).where(ReportEvent.action == "theme", ReportEvent.actor_id.is_not(None))
    query = (
        select(Report.id, Report.theme, Report.text, Report.resident_id, Report.recorded_by)
        .where(
            Report.sealed.is_(False),
            Report.danger.is_(False),
            Report.danger_words.is_(None),
            Report.under_16.is_(False),
            Report.text != "",
            Report.id.in_(corrected),
        )
        .order_by(Report.id.desc())
    )
    found: list[Correction] = []
    last = None
    while len(found) < most:
        page = query if last is None else query.where(Report.id < last)
        rows = (await session.execute(page.limit(min(CHUNK, most - len(found))))).all()
        if not rows:
            break
        last = rows[-1].id
        found += [
            Correction(row.theme, row.text, row.recorded_by if row.resident_id is None else row.resident_id)
            for row in rows
        ]
    return found


async def digest(session: AsyncSession) -> str | None:
    """Return the fingerprint of what was learned; None when nothing was."""
    query = select(LearnedThemes.digest).where(LearnedThemes.id == _ONLY)
    return await lasting(session, "lessons", lambda: session.scalar(query))


async def lessons(session: AsyncSession) -> Mapping[str, Mapping[str, int]]:
    """Return what was learned: how many people wrote a piece, by theme and piece."""
    return await session.scalar(select(LearnedThemes.counts).where(LearnedThemes.id == _ONLY)) or {}


async def keep(session: AsyncSession, counts: dict[str, dict[str, int]]) -> None:
    """Put *counts* in the place of what was learned before."""
    if not counts:
        await session.execute(delete(LearnedThemes))
        await town_changed(session)
        return
    mark = hashlib.sha256(json.dumps(counts, sort_keys=True).encode()).hexdigest()
    await session.merge(LearnedThemes(id=_ONLY, digest=mark, counts=counts))
    await session.flush()
