"""Every notice can be drawn and kept, every button fits into Telegram's 64 bytes, whatever the ids are."""

import dataclasses
import types
import typing
from enum import Enum
from typing import Any

import pytest

from bot.domain.notices import REGISTRY, Notice
from handlers import routes
from handlers.buttons import REGISTRY as BUTTONS
from handlers.buttons import Button
from handlers.views import VIEWS
from handlers.views.registry import LETTERS, LINES
from storage.models import Outbox

LARGEST_ID = 2**63 - 1
_KEY_LENGTH: int = Outbox.__table__.c.key.type.length  # type: ignore[attr-defined]  # a String has one


def _largest(hint: Any) -> Any:  # noqa: ANN401 a type hint and a value of it
    options = [kind for kind in typing.get_args(hint) if kind is not types.NoneType] or [hint]
    kind = options[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return max(kind, key=lambda member: len(str(member.value)))
    return {int: LARGEST_ID, bool: True, str: "WK003427"}[kind]


def test_there_are_routes() -> None:
    assert routes()


def test_every_notice_has_a_view_and_every_burst_a_line() -> None:
    assert [notice for notice in REGISTRY.values() if notice not in VIEWS and notice not in LETTERS] == []
    assert [notice for notice in REGISTRY.values() if notice.burst and notice not in LINES] == []


@pytest.mark.parametrize("notice", REGISTRY.values(), ids=lambda notice: notice.kind)
def test_a_notice_fits_into_its_row_and_comes_back_from_it(notice: type[Notice]) -> None:
    hints = typing.get_type_hints(notice)
    made = notice(**{field.name: _largest(hints[field.name]) for field in dataclasses.fields(notice)})
    assert len(made.key) <= _KEY_LENGTH
    assert len(made.kind) <= 40
    assert notice.from_payload(made.to_payload()) == made


@pytest.mark.parametrize("button", BUTTONS.values(), ids=lambda button: button.__name__)
def test_a_button_with_the_largest_ids_fits_and_comes_back(button: type[Button]) -> None:
    hints = typing.get_type_hints(button)
    made = button(**{field.name: _largest(hints[field.name]) for field in dataclasses.fields(button)})
    assert button.decode(made.encode()) == made
