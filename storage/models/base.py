"""The declarative base, and how a column says that it holds personal data."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.domain import enums
from storage.ids import new_id
from storage.types import EnumText, UtcDateTime

_ENUMS = {
    value: EnumText(value)
    for value in vars(enums).values()
    if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
}


class Base(DeclarativeBase):
    """All tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        int: BigInteger(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
        **_ENUMS,
    }


class WithId:
    """A table whose id is made by the client (`storage.ids`)."""

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, default=new_id)


#: Of who lost a role or a team and is remembered, so that a set-up file of before does not give it back.
LOST = "at the first set-up 2 years after they lost it whose file does not name them"


def personal(retention: str) -> dict[str, str]:
    """Return the `info` of a column with personal data; *retention* says when it is erased."""
    return {"personal": retention}
