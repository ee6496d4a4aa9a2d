"""Erasing what may not be kept any longer: one function per rule, in chunks, by one clock.

The rules are those of the design's "Privacy and safety"; each column names its rule in the model (`personal`).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.queries.retention import activities, messages, patrol, reports
from storage.queries.retention.chunks import Lost

#: Returns from how many rows it took something.
Rule = Callable[[AsyncSession, datetime], Awaitable[int | Lost]]

RULES: dict[str, Rule] = {
    "drafts": messages.forget_drafts,
    "prompts": messages.forget_prompts,
    "intake": messages.forget_intake,
    "reports": reports.forget_reports,
    "blocks": reports.lift_blocks,
    "stalls": activities.forget_stalls,
    "signups": activities.forget_signups,
    "feeds": activities.forget_feeds,
    "rounds": patrol.forget_rounds,
    "calls": patrol.forget_calls,
    "team_news": patrol.forget_team_news,
    "news": activities.forget_news,
    "lines": activities.forget_lines,
    "organisers": activities.forget_organisers,
    "audit": messages.forget_audit,
    "outbox": messages.forget_outbox,
}
