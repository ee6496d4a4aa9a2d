"""A test that leaves something running or open fails: a task, a session, a socket, a coroutine that nobody awaited.

Warnings are errors everywhere, so what Python itself notices when it takes an open file, socket or transport away fails
the test in which that happens. Two things it tells nobody: asyncio only logs what its loop notices (a task that was
forgotten, a client session that was not closed), and at the end of a test the tasks that still run are cancelled.

With `-X dev` Python notices more, and everything is taken away at once after each test, so that the right one fails.
"""

import asyncio
import gc
import logging
import sys
from asyncio import runners
from collections.abc import Iterator
from typing import Any

import pytest

#: A handshake that the other side refused is told in debug mode only, and leaves nothing behind.
_HARMLESS = "Error on transport creation for incoming connection"
_noticed: list[str] = []
_cancel_all_tasks = runners._cancel_all_tasks  # type: ignore[attr-defined]


class _Noticing(logging.Handler):
    """Keeps what asyncio complains of; that something took long is no complaint."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        if not record.getMessage().startswith(_HARMLESS):
            _noticed.append(record.getMessage())


def _still_running(loop: asyncio.AbstractEventLoop) -> None:
    """Note the tasks that nobody ended, and then do as asyncio does: cancel them."""
    _noticed.extend(f"still running: {task!r}" for task in asyncio.all_tasks(loop))
    _cancel_all_tasks(loop)


def pytest_configure() -> None:
    """Begin to notice."""
    logging.getLogger("asyncio").addHandler(_Noticing(logging.ERROR))
    runners._cancel_all_tasks = _still_running  # type: ignore[attr-defined]


def pytest_collection_finish() -> None:
    """Leave alone what the tests were read in with: it was looked through after each of them (0.4 s)."""
    if sys.flags.dev_mode:
        gc.collect()
        gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Fail the test that left something behind."""
    try:
        yield
    finally:
        if sys.flags.dev_mode:
            gc.collect()
        found, _noticed[:] = list(_noticed), []
    assert not found, "left behind:\n" + "\n".join(found)


def pytest_sessionfinish(session: Any) -> None:  # noqa: ANN401 pytest names no such class in public
    """Fail a run at whose end something is noticed that no test could answer for."""
    gc.collect()
    if _noticed:
        print("left behind:", *_noticed, sep="\n")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
