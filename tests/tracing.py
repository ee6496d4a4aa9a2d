"""Coverage follows our code, and not what SQLAlchemy and a second database do with it.

Python 3.11 tells a tracer of every line of every module, also of those that nobody counts, which more than doubles the
time of a test. So the tracer is put aside where next to nothing of ours runs for the first time:

- in SQLAlchemy, which works in greenlets of its own;
- in a test that runs on both databases, the second time;
- in a test that is marked as slow: it goes many times, most at random, where quicker ones go once.

In `tests/storage` it stays: there our own code within SQLAlchemy (types of columns, listeners) and all that is
different on PostgreSQL is followed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import greenlet
import pytest

from tests.databases import KINDS

if TYPE_CHECKING:
    from _typeshed import TraceFunction

#: What coverage follows code with where the machine offers nothing better, as Python 3.11 does not.
_COVERAGE = "CTracer"
_FOLLOWED = [Path(__file__).with_name(name) for name in ("storage", "test_tracing.py")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Put coverage's tracer aside in the test as told above; without coverage there is none."""
    tracer = sys.gettrace()
    if tracer is None or type(tracer).__name__ != _COVERAGE or any(map(item.path.is_relative_to, _FOLLOWED)):
        return (yield)
    with aside(tracer) if _is_second_time(item) or item.get_closest_marker("slow") else aside_in_greenlets(tracer):
        return (yield)


@contextmanager
def aside(tracer: TraceFunction) -> Iterator[None]:
    """Put *tracer* of this thread aside."""
    sys.settrace(None)
    try:
        yield
    finally:
        back(tracer)


@contextmanager
def aside_in_greenlets(tracer: TraceFunction) -> Iterator[None]:
    """Put *tracer* of this thread aside whenever a greenlet runs."""

    def switched(_event: str, between: tuple[greenlet.greenlet, greenlet.greenlet]) -> None:
        _, now = between
        if now.parent is None:
            back(tracer)
        else:
            sys.settrace(None)

    before = greenlet.settrace(switched)
    try:
        yield
    finally:
        greenlet.settrace(before)


def back(tracer: TraceFunction) -> None:
    """Let *tracer* go on, also with the lines of calls under way, of which it hears only after a first new call."""
    sys.settrace(tracer)
    frame = sys._getframe()
    tracer(frame, "call", None)
    tracer(frame, "return", None)


def _is_second_time(item: pytest.Item) -> bool:
    """Whether this is a test of both databases, on the second of them."""
    kinds: list[object] = list(KINDS)
    for mark in item.iter_markers("parametrize"):
        if mark.args[0] == "database_kind":
            kinds = list(mark.args[1])
    return len(kinds) > 1 and isinstance(item, pytest.Function) and _params(item).get("database_kind") == kinds[1]


def _params(item: pytest.Function) -> dict[str, object]:
    """Return what the test is tried with; nothing for one that is tried with nothing."""
    return dict(item.callspec.params) if hasattr(item, "callspec") else {}
