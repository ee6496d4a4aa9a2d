"""What stands in private chats about a meeting goes when it is forgotten who came, and what was written of a round."""

from collections.abc import Sequence

from bot.domain.enums import Priority
from bot.domain.notices.rounds import RoundCard, RoundCardBelow, RoundIncident, RoundNotHome
from bot.domain.notices.triage import PromptGone
from storage.queries import outbox
from storage.work import Work

_ROUND = (RoundCard.kind, RoundCardBelow.kind, RoundIncident.kind, RoundNotHome.kind)


async def people_gone(work: Work, occurrence_ids: Sequence[int]) -> None:
    """Take pages away that show who came to these meetings, what they brought, and who meant to walk a round."""
    await _take(work, occurrence_ids, (outbox.SAID,))


async def walkers_gone(work: Work, occurrence_ids: Sequence[int]) -> None:
    """Take away what shows who walked these rounds, and what they wrote."""
    await _take(work, occurrence_ids, _ROUND)


async def _take(work: Work, occurrence_ids: Sequence[int], kinds: Sequence[str]) -> None:
    for about, chat_id, message_id in await outbox.standing(work.session, occurrence_ids, kinds):
        work.put(PromptGone(about, chat_id, message_id), chat=chat_id, priority=Priority.ANNOUNCEMENT)
