"""Writing what nearly every message changes, people and dialogues, with one statement for all rows of a table.

The session's own flush makes a statement for each run of rows in which the same columns changed, and looks at each row
for what these tables do not have (listeners, relationships, versions). So right before a flush their changes are
written here, as the flush would: what did not change stays as the database has it, and rows are written in the order
of their keys. Then there is nothing left of them for the flush to do.
"""

from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, Table, Update, bindparam, case, event, inspect, update
from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.orm.exc import StaleDataError

from storage.models.base import Base
from storage.models.conversation import Dialogue
from storage.models.people import Person

_MODELS = (Dialogue, Person)
#: What comes before a column's name where a row is told by it, and where it says whether the column changed.
_OF, _HAS = "of_", "has_"


class _Change(NamedTuple):
    """A row that was changed, and which of its columns."""

    state: InstanceState[Any]
    columns: frozenset[str]


@event.listens_for(Session, "before_flush")
def _write_changes(session: Session, _context: object, _rows: object) -> None:
    if session.in_nested_transaction():
        return  # of a savepoint that is undone, the session must know what was written in it
    changes: dict[type[Base], list[_Change]] = defaultdict(list)
    for row in session.dirty:
        if type(row) in _MODELS and (change := _change_of(row)).columns:
            changes[type(row)].append(change)
    for model in _MODELS:
        if changes[model]:
            _write(session, model, sorted(changes[model], key=lambda change: change.state.identity or ()))


def _change_of(row: Base) -> _Change:
    """Return the columns of *row* with another value than it was read with; none when it is the session's to write."""
    state = inspect(row)
    now = state.dict
    columns = frozenset(name for name, before in state.committed_state.items() if now[name] != before)
    return _Change(state, columns if columns <= _plain(type(row)) else frozenset())


@cache
def _plain(model: type[Base]) -> frozenset[str]:
    """Return the columns that point at no other row: that one may have to be written first, as the session does."""
    columns = _table(model).columns
    return frozenset(column.name for column in columns if not column.primary_key and not column.foreign_keys)


def _write(session: Session, model: type[Base], changes: list[_Change]) -> None:
    columns = frozenset().union(*(change.columns for change in changes))
    alike = all(change.columns == columns for change in changes)
    rows = [_values(model, change, columns, alike=alike) for change in changes]
    connection = session.connection()
    done = connection.execute(_statement(model, columns, alike=alike), rows)
    counted = len(rows) == 1 or connection.dialect.supports_sane_multi_rowcount
    if counted and done.rowcount != len(changes):
        raise StaleDataError(f"{done.rowcount} of {len(changes)} rows of {model.__name__} were there to be changed")
    for change in changes:
        change.state._commit_all(change.state.dict, session.identity_map)


def _values(model: type[Base], change: _Change, columns: frozenset[str], *, alike: bool) -> dict[str, Any]:
    row = change.state.dict
    values = {_OF + key.name: row[key.name] for key in _table(model).primary_key}
    for name in columns:
        # Of a row that was made a moment ago, what was never set is not there.
        values[name] = row[name] if name in change.columns else None
        if not alike:
            values[_HAS + name] = name in change.columns
    return values


@cache
def _statement(model: type[Base], columns: frozenset[str], *, alike: bool) -> Update:
    """Return the update of one row: where rows are not *alike*, each says which of the *columns* it has."""
    table = _table(model)
    these = (key == bindparam(_OF + key.name, type_=key.type) for key in table.primary_key)
    values: dict[str, ColumnElement[Any]] = {}
    for name in sorted(columns):
        new = bindparam(name, type_=table.c[name].type)
        values[name] = new if alike else case((bindparam(_HAS + name, type_=Boolean), new), else_=table.c[name])
    return update(table).where(*these).values(values)


@cache
def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]
