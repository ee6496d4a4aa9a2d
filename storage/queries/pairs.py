"""Asking for rows by pairs of values, in a way for which both databases use an index."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute


def is_one_of(
    first: InstrumentedAttribute[Any], second: InstrumentedAttribute[Any], pairs: Collection[tuple[int, int]]
) -> ColumnElement[bool]:
    """Return the condition that two columns hold one of *pairs*; SQLite reads a whole table for `IN (VALUES …)`."""
    return or_(*[and_(first == one, second == other) for one, other in sorted(pairs)])
