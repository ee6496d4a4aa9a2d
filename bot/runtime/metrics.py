"""What happens, in numbers: counted in the process, and read from the database when somebody asks.

Prometheus fetches them at `/metrics` (see `bot.runtime.health`). No label holds a name, a number of a chat, or a word
that somebody wrote.
"""

from collections.abc import Iterable
from itertools import product
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.domain.enums import Priority
from storage.queries.watching import AGES, CHANNELS, LATE_AGES, Depth

PREFIX: Final = "buurtbode"
#: Seconds.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class Metrics:
    """The counters of one process, in a registry of their own. Seconds everywhere."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._registry = CollectorRegistry()
        self._updates = self._counter("updates", "Updates that were handled and committed.", "kind")
        self._update_seconds = Histogram(
            "update_seconds",
            "From an update's arrival here to its commit.",
            namespace=PREFIX,
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._repeated = self._counter("updates_repeated", "Updates that came again after they were handled.")
        self._set_aside = self._counter("updates_set_aside", "Updates that failed three times.")
        self._sent = self._counter("sent", "Messages that were sent, edited or deleted.", "channel", "priority")
        self._sent_seconds = Histogram(
            "sent_seconds",
            "From the moment a message was due to its delivery.",
            ["channel", "priority"],
            namespace=PREFIX,
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._retried = self._counter("retried", "Deliveries that must be tried again.", "channel", "reason")
        self._dropped = self._counter("dropped", "Messages with nothing to say any more.", "channel", "reason")
        self._failed = self._counter("failed", "Messages that can never be delivered.", "channel", "reason")
        self._waiting = self._gauge("outbox_waiting", "Due messages that wait, by age.", "channel", "priority", "age")
        self._oldest = self._gauge("outbox_oldest_seconds", "Age of the oldest due message.", "channel", "priority")
        self._late = self._gauge("reminders_late", "Reminders that wait longer than a minute after they were due.")
        self._dead = self._gauge("dead_updates", "Updates that were set aside and wait for `buurtbode replay`.")
        self._at_telegram = self._gauge("webhook_waiting", "Updates that Telegram could not bring yet.")
        self._on_duty = self._gauge("on_duty", "1 in the process that sends and plans, 0 in one that stands by.")
        self._failing = self._gauge("failing_seconds", "For how long a part has failed; 0 while it works.", "part")

    # -- counted as it happens ----------------------------------------------------------------------------------

    def handled(self, kind: str, seconds: float) -> None:
        """Count an update of this kind that was committed *seconds* after it arrived."""
        self._updates.labels(kind).inc()
        self._update_seconds.observe(seconds)

    def repeated(self) -> None:
        """Count an update that was handled before."""
        self._repeated.inc()

    def set_aside(self) -> None:
        """Count an update that was set aside."""
        self._set_aside.inc()

    def sent(self, channel: str, priority: int, seconds: float) -> None:
        """Count a message that was delivered *seconds* after it was due."""
        labels = (channel, _name(priority))
        self._sent.labels(*labels).inc()
        self._sent_seconds.labels(*labels).observe(max(0.0, seconds))

    def retried(self, channel: str, reason: str) -> None:
        """Count a delivery that is put off; *reason* is a code."""
        self._retried.labels(channel, reason).inc()

    def dropped(self, channel: str, reason: str) -> None:
        """Count a message that is not sent since it would not be true any more; *reason* is a code."""
        self._dropped.labels(channel, reason).inc()

    def failed(self, channel: str, reason: str) -> None:
        """Count a message that was given up; *reason* is a code."""
        self._failed.labels(channel, reason).inc()

    # -- read when asked ----------------------------------------------------------------------------------------

    def show_outbox(self, depths: Iterable[Depth], dead: int) -> None:
        """Take over what waits in the outbox, and how many updates are set aside."""
        found = list(depths)
        for channel, priority in product(CHANNELS, Priority):
            here = [depth for depth in found if (depth.channel, depth.priority) == (channel, priority)]
            counts = {depth.age: depth.count for depth in here}
            self._oldest.labels(channel, _name(priority)).set(max((depth.oldest for depth in here), default=0))
            for age in AGES:
                self._waiting.labels(channel, _name(priority), age).set(counts.get(age, 0))
        self._late.set(sum(d.count for d in found if d.priority == Priority.REMINDER and d.age in LATE_AGES))
        self._dead.set(dead)

    def show_failing(self, part: str, seconds: float) -> None:
        """Take over for how many seconds *part* has failed."""
        self._failing.labels(part).set(seconds)

    def show_at_telegram(self, updates: int) -> None:
        """Take over how many updates wait at Telegram for the webhook."""
        self._at_telegram.set(updates)

    def show_duty(self, on_duty: bool) -> None:
        """Take over whether this process is the one that sends and plans."""
        self._on_duty.set(on_duty)

    def text(self) -> bytes:
        """Return all of it as Prometheus reads it."""
        return generate_latest(self._registry)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(name, words, labels, namespace=PREFIX, registry=self._registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(name, words, labels, namespace=PREFIX, registry=self._registry)


def _name(priority: int) -> str:
    return Priority(priority).name.lower()
