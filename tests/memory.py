"""Where tests keep what need not outlive them: in memory, where nothing waits for a disk or is written to one."""

import os
import shutil
from pathlib import Path

_MEMORY, _ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 each who asks makes a folder of its own in it


def memory() -> Path | None:
    """Return a folder in memory with room for a run, or None where there is none, as in many containers."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM else None
