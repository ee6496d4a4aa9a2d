"""Coverage's tracer is put aside in SQLAlchemy, and hears everything else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import greenlet
import pytest

from storage.engine import Database
from tests.tracing import aside, aside_in_greenlets, back

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


class Hearing:
    """A tracer that writes down where it was, and whether in a greenlet."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, int]] = []
        self.in_greenlets = 0

    def __call__(self, frame: FrameType, event: str, _what: object) -> Any:  # noqa: ANN401 as Python asks
        if event == "line":
            self.lines.append((Path(frame.f_code.co_filename).name, frame.f_lineno))
            self.in_greenlets += greenlet.getcurrent().parent is not None
        return self


@contextmanager
def hearing() -> Iterator[Hearing]:
    """Hear all that is done inside, and let who heard it before go on after."""
    before, hears = sys.gettrace(), Hearing()
    sys.settrace(hears)
    try:
        yield hears
    finally:
        sys.settrace(None)
        if before is not None:
            back(before)


async def twice(database: Database) -> int:
    await database.ping()
    await database.ping()
    return sys._getframe().f_lineno


async def test_it_hears_our_lines_before_and_after_a_statement_and_none_of_sqlalchemys_own(database: Database) -> None:
    with hearing() as all_of_it:
        last = await twice(database)
    assert all_of_it.in_greenlets > 100
    with hearing() as hears, aside_in_greenlets(hears):
        await twice(database)
    assert hears.in_greenlets == 0
    assert {(Path(__file__).name, line) for line in range(last - 2, last + 1)} <= set(hears.lines)


async def test_put_aside_it_hears_nothing_until_it_is_back(database: Database) -> None:
    with hearing() as hears:
        with aside(hears):
            await twice(database)
        last = await twice(database)
    heard = [line for name, line in hears.lines if name == Path(__file__).name]
    assert heard.count(last) == 1
