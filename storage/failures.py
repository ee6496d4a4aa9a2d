"""Telling the database's own failures (away, locked, full, deadlock, busy) from mistakes in what was asked of it."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

#: SQLite's primary result codes that say so, in an operator's words.
_SQLITE = {
    5: "another program keeps it locked",
    6: "another program keeps it locked",
    7: "out of memory",
    8: "it may only be read",
    9: "interrupted",
    10: "the disk fails",
    11: "the file is damaged",
    13: "the disk is full",
    14: "the file can't be opened",
    15: "its lock fails",
    26: "the file is no database",
}
#: PostgreSQL's classes of SQLSTATE that say so, and codes with words of their own.
_POSTGRES = {
    "08001": "nothing answers there",
    "08": "the connection broke",
    "25P": "it was silent for too long",
    "28": "user or password is wrong",
    "3D": "there is no database of this name",
    "40": "others were first",
    "53": "it has no room left",
    "54": "it is at its limits",
    "55": "another program keeps it locked",
    "57": "it is starting or stopping",
    "58": "its machine fails",
}


def is_database_failure(error: BaseException) -> bool:
    """Return whether *error* says that the database could not do it now, whatever was asked."""
    if isinstance(error, PoolTimeoutError) or _words(error):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or (
        _code(error.orig) is None and isinstance(error, OperationalError | InterfaceError)
    )


def why(error: BaseException) -> str:
    """Return why the database can't be used, in a few words without any value."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return _words(error) or ("nothing answers there" if isinstance(cause, OSError) else type(error).__name__)


def _words(error: BaseException) -> str | None:
    """Return our words for the code of *error*; None when it has none, or one of a mistake in what was asked."""
    code = _code(error.orig if isinstance(error, DBAPIError) else error)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF)
    return next((_POSTGRES[part] for part in _parts(code or "") if part in _POSTGRES), None)


def _parts(code: str) -> tuple[str, ...]:
    return code, code[:3], code[:2]


def _code(error: BaseException | None) -> int | str | None:
    """Return SQLite's result code or PostgreSQL's SQLSTATE."""
    for name in ("sqlite_errorcode", "sqlstate", "pgcode"):
        found = getattr(error, name, None)
        if isinstance(found, int | str) and found:
            return found
    return None
