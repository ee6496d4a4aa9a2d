"""How big a test of a fault is: `BUURTBODE_CHAOS=full` (`make chaos` sets it) is the whole fault, else a short form."""

import os
from typing import TypeVar

T = TypeVar("T")

FULL = os.environ.get("BUURTBODE_CHAOS") == "full"


def sized(short: T, full: T) -> T:
    """Return the size of this run."""
    return full if FULL else short
