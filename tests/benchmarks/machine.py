"""Which machine, disk and versions figures were taken on."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_PEERS = ("python-telegram-bot", "aiogram", "SQLAlchemy", "aiosqlite")


def described(folder: Path) -> list[str]:
    """Return lines about this machine, the disk under *folder*, and the versions in use."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = ", ".join(f"{name} {version(name)}" for name in _PEERS)
    return [
        f"{datetime.now(UTC):%-d %B %Y %H:%M} UTC, {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}; databases on {_disk(folder)}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}",
    ]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "Model"))]
    return named[0] if named else platform.machine()


def _disk(folder: Path) -> str:
    """Return the file system under *folder* and whether its disk turns, as far as the system tells."""
    place = str(folder.resolve())
    mounts = [line.split()[:3] for line in Path("/proc/mounts").read_text().splitlines()]
    under = [mount for mount in mounts if place == mount[1] or place.startswith(mount[1].rstrip("/") + "/")]
    device, _, kind = max(under, key=lambda mount: len(mount[1]))
    name = Path(device).name.rstrip("0123456789").removesuffix("p")
    turns = Path("/sys/block") / name / "queue" / "rotational"
    if name.startswith(("vd", "xvd")):  # what it stands on, a virtual machine does not know
        return f"{kind} on a virtual disk"
    if not turns.exists():
        return f"{kind} on {device}"
    return f"{kind} on {'a turning disk' if turns.read_text().strip() == '1' else 'a disk without moving parts'}"
