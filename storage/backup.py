"""A copy of an SQLite database, taken while the bot writes to it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url


class DamagedError(Exception):
    """The copy is not sound, and so the database is not; the text is SQLite's own first word about it."""


def file_of(url: str) -> Path | None:
    """Return the file of the SQLite database at *url*, None for another kind of database."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def copy(database: Path, copied: Path) -> int:
    """Copy *database* as it is at one moment to *copied*, and return how many bytes that has.

    The copy is made beside its place and checked before it gets its name, readable for this user only.
    FileExistsError when something is there; OSError or sqlite3.Error when it can't be read or written. Blocks.
    """
    if copied.exists():
        raise FileExistsError(copied.name)
    part = copied.with_name(f".{copied.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(database, part)
        part.rename(copied)
    finally:
        part.unlink(missing_ok=True)
    return copied.stat().st_size


def _copy(database: Path, part: Path) -> None:
    source = f"{database.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as reading, closing(sqlite3.connect(part)) as writing:
        reading.backup(writing)  # all pages in one go: a copy in steps begins anew with each write of the bot's
        (found,) = writing.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise DamagedError(str(found))
        # The copy is one file: nothing of it waits in another one beside it.
        writing.execute("PRAGMA journal_mode=DELETE")
    with part.open("rb") as file:
        os.fsync(file.fileno())
