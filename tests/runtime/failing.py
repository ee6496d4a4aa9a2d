"""Functions of the product that fail a few times before they do what they do."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError


def full() -> OperationalError:
    """What SQLAlchemy raises when there is no room left."""
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return OperationalError("INSERT", {}, error)


class Failing:
    """Stands before a function: it raises *error* as often as *times* says, then the function is called."""

    def __init__(self, function: Callable[..., Awaitable[Any]], error: Exception, times: int) -> None:
        self.function, self.error, self.left = function, error, times

    async def __call__(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 whatever it stands before
        if self.left:
            self.left -= 1
            raise self.error
        return await self.function(*args, **options)


def fails(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, error: Exception | None = None, *, times: int = 3
) -> Failing:
    """Have *owner*'s function fail: by default as on a full disk."""
    found = Failing(getattr(owner, name), error or full(), times)
    monkeypatch.setattr(owner, name, found)
    return found
