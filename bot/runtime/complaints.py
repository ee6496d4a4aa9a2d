"""Saying in the log that something fails: at once, then once a minute while it lasts, and once that it works again.

What comes and goes, as when two bots ask for the same updates in turn, is told once a minute as well.
"""

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
        self._times, self._is_known = 0, False

    def about(self, *, words: str | None = None, **fields: object) -> None:
        """Count one more failure, and write it down unless the same was written lately."""
        now = time.monotonic()
        if words is not None and words != self._words:
            self._words, self._told = words, -math.inf
        self._times += 1
        level = logging.DEBUG
        if now - self._told >= AGAIN_S:
            self._told, self._is_known, level = now, True, logging.WARNING
        self._log.log(level, self._words, extra=fields)

    def end(self) -> None:
        """Say that it works again, if it failed and who reads the log knows."""
        if self._times:
            level = logging.INFO if self._is_known else logging.DEBUG
            self._log.log(level, self._over, extra={"failed": self._times})
        self._times, self._is_known = 0, False
