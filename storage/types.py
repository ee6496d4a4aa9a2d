"""Column types: UTC-only times, Telegram's ids, enums stored as their value."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, String, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; a naive one is refused before it reaches the database.

    SQLite has no times: it keeps them as text, as SQLAlchemy's own type for it does, which takes longer to write and
    read them than SQLite itself.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | datetime | None]:
        """Return what makes a value ready for the database: text on SQLite."""
        return _to_text if dialect.name == "sqlite" else _to_utc

    def result_processor(
        self, dialect: Dialect, _coltype: object
    ) -> Callable[[Any], datetime | None]:  # the driver's own value
        """Return what makes an aware datetime in UTC of the database's value."""
        return _from_text if dialect.name == "sqlite" else _to_utc


def _to_utc(value: datetime | None) -> datetime | None:
    """Return *value* in UTC."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a naive datetime has no place in the database")
    return value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    """Return *value* as SQLite keeps it: in UTC, with microseconds and without a zone."""
    utc = _to_utc(value)
    return None if utc is None else utc.replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    """Return the moment that SQLite keeps as this text."""
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class ChatId(TypeDecorator[int]):
    """A Telegram chat id; every column of this type follows a group that became a supergroup."""

    impl = BigInteger
    cache_ok = True


class UserId(TypeDecorator[int]):
    """A Telegram user id."""

    impl = BigInteger
    cache_ok = True


class EnumText(TypeDecorator[Enum]):
    """A string enum stored as its value, so that a new member needs no migration."""

    impl = String(40)
    cache_ok = True

    def __init__(self, enum: type[Enum]) -> None:
        """Store members of *enum*."""
        super().__init__()
        self.enum = enum
        self._members = {str(member.value): member for member in enum}
        self._texts: dict[Enum | str, str] = {member: text for text, member in self._members.items()} | {
            text: text for text in self._members
        }

    def bind_processor(self, dialect: Dialect) -> Callable[[Enum | str | None], str | None]:
        """Return what makes a member its value; a plain string must be one."""
        return self._to_text

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[str | None], Enum | None]:
        """Return what makes a value the member."""
        return self._to_member

    def _to_text(self, value: Enum | str | None) -> str | None:
        return None if value is None else self._texts[value]

    def _to_member(self, value: str | None) -> Enum | None:
        return None if value is None else self._members[value]
