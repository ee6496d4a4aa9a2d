"""Rows that need no call, once they are drawn: closed, shown by a list, or put off."""

from bot.domain.enums import OutboxState
from bot.runtime.metrics import Metrics
from bot.runtime.sending.carrier import Carrier
from bot.runtime.sending.drawing import Closed, Listed, Nothing, PutOff
from bot.runtime.sending.looking import Lookout
from bot.runtime.sending.marking import Marker, Result
from storage.queries.sending import CHANNEL, Mark


class Settling:
    """Marks what a drawing decided without Telegram."""

    def __init__(self, carrier: Carrier, marker: Marker, lookout: Lookout, metrics: Metrics) -> None:
        """Share the sender's parts."""
        self._carrier, self._marker, self._lookout, self._metrics = carrier, marker, lookout, metrics

    def settle(self, outcome: Closed | Listed | PutOff | Nothing) -> None:
        """Mark the row as *outcome* says, and expect it again when it has another time."""
        match outcome:
            case Closed(row, state, reason, notice):
                count = self._metrics.dropped if state is OutboxState.DROPPED else self._metrics.failed
                count(CHANNEL, reason)
                mark = Mark(id=row.id, drawn=row.version, state=state, reason=reason)
                self._carrier.close(row, Result(mark, row.chat_id, notice))
            case Listed(row, list_id):
                mark = Mark(id=row.id, drawn=row.version, state=OutboxState.SENT)
                self._carrier.close(row, Result(mark, row.chat_id, list_id=list_id))
            case PutOff(row, due_at):
                mark = Mark(id=row.id, drawn=row.version, state=OutboxState.WAITING, due_at=due_at)
                self._marker.add(Result(mark, row.chat_id))
                self._lookout.expect(due_at)
            case Nothing(due_at):
                if due_at is not None:
                    self._lookout.expect(due_at)
