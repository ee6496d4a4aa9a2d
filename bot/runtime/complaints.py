"""Saying in the log that something fails: at once, then once a minute while it lasts, and once that it works again."""

import logging
import math
import time

#: The same trouble is told again after so many seconds.
AGAIN_S = 60.0


class Complaint:
    """One sort of trouble of one part."""

    def __init__(self, log: logging.Logger, words: str, *, over: str = "it works again") -> None:
        """Write to *log* that *words*, and in the end that it is *over*."""
        self._log, self._words, self._over = log, words, over
        self._told = -math.inf
        self._times = 0

    def about(self, *, words: str | None = None, **fields: object) -> None:
        """Count one more failure, and write it down unless the same was written lately."""
        now = time.monotonic()
        if words is not None and words != self._words:
            self._words, self._told = words, -math.inf
        self._times += 1
        level = logging.DEBUG
        if now - self._told >= AGAIN_S:
            self._told, level = now, logging.WARNING
        self._log.log(level, self._words, extra=fields)

    def end(self) -> None:
        """Say that it works again, if it failed."""
        if self._times:
            self._log.info(self._over, extra={"failed": self._times})
        self._told, self._times = -math.inf, 0
