"""What a worker asked for stands in the private chat for a day."""

from bot.domain.notices import Notice
from bot.domain.notices.triage import ForgetPrivate
from handlers.views.registry import Reading
from storage.queries import outbox


async def is_over(notice: Notice, reading: Reading) -> bool:
    """Tell whether the day of *notice* is over: drawn again after that it would come back, and stay."""
    forget = await outbox.by_key(reading.work.session, ForgetPrivate(0, notice.key).key)
    return forget is not None and forget.due_at <= reading.now
