"""When somebody sends so much at once that our answers wait a moment (Privacy and safety: more than 20 in 10 s).

Counted by Telegram's own dates: messages that piled up while the bot was away were not sent at once. An album counts
as one message.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

#: So many messages within `WITHIN` are no flood yet.
MANY = 20
WITHIN = timedelta(seconds=10)
#: How long after the last message of a flood the answers come.
PAUSE = timedelta(seconds=10)

#: Unix time of a message, and the album that it is part of.
Mark = tuple[int, str | None]


def counted(recent: Sequence[Sequence[int | str | None]] | None, at: datetime, album: str | None) -> list[Mark]:
    """Return the marks of the messages within the last `WITHIN` with this one; of an album only its first part."""
    since = int((at - WITHIN).timestamp())
    marks: list[Mark] = [
        (sent, group if isinstance(group, str) else None)
        for sent, group in recent or ()
        if isinstance(sent, int) and sent > since
    ]
    if album is None or all(group != album for _sent, group in marks):
        marks.append((int(at.timestamp()), album))
    return marks[-MANY - 1 :]


def paused_until(marks: Sequence[Mark], now: datetime) -> datetime | None:
    """Return until when (UTC) answers wait; None as long as there are not too many messages.

    That is soon after *now*, also where that is far behind Telegram's dates.
    """
    if len(marks) <= MANY:
        return None
    return min(datetime.fromtimestamp(max(sent for sent, _album in marks), UTC), now) + PAUSE


def still_waits(until: datetime | None, now: datetime) -> bool:
    """Tell whether answers wait until then; not for a moment that is far away because a clock was put back."""
    return until is not None and now < until <= now + PAUSE
