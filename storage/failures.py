"""Telling the database's own failures (away, locked, full, deadlock, busy) from mistakes in what was asked of it."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

#: SQLite's primary result codes: busy, locked, out of memory, read-only, input/output, corrupt, full, can't open,
#: locking protocol, interrupted.
_SQLITE = frozenset({5, 6, 7, 8, 9, 10, 11, 13, 14, 15})
#: PostgreSQL's classes of SQLSTATE: connection, rollback (deadlock, serialisation), out of resources, out of limits,
#: not in the state for it (lock not available), intervention (shutting down, can't connect now), system.
_POSTGRES = ("08", "40", "53", "54", "55", "57", "58")


def is_database_failure(error: BaseException) -> bool:
    """Return whether *error* says that the database could not do it now, whatever was asked."""
    if isinstance(error, PoolTimeoutError):
        return True
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or _by_code(error)
    return _postgres(error)


def _by_code(error: DBAPIError) -> bool:
    original = error.orig
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE
    if original is not None and (getattr(original, "sqlstate", None) or getattr(original, "pgcode", None)):
        return _postgres(original)
    return isinstance(error, OperationalError | InterfaceError)


def _postgres(error: BaseException) -> bool:
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    return isinstance(state, str) and state.startswith(_POSTGRES)
