"""Logs are events with fields; never names, words or tokens."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.runtime import logs

SECRET = "7000000001:AAsecret-token"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged with our handler, at the level of the test's choice."""
    before, level = logging.root.handlers[:], logging.root.level
    stream = io.StringIO()
    logs.set_up("DEBUG", "text", stream)
    yield stream
    logging.root.handlers[:], logging.root.level = before, level


def test_an_event_is_one_line_with_its_fields(written: io.StringIO) -> None:
    logging.getLogger("bot.x").info("batch done", extra={"updates": 3, "why": 'a "b"\nc', "nothing": ""})
    head, _, rest = written.getvalue().partition(" bot.x ")
    assert head.endswith("info   ")
    assert rest == 'batch done updates=3 why="a \\"b\\"\\nc" nothing=""\n'


def test_json_holds_the_same(written: io.StringIO) -> None:
    logs.set_up("INFO", "json", written)
    logging.getLogger("bot.x").info("batch done", extra={"updates": 3})
    line = json.loads(written.getvalue())
    assert (line["event"], line["updates"], line["level"], line["logger"]) == ("batch done", 3, "info", "bot.x")


def test_of_an_exception_only_types_and_places_are_written(written: io.StringIO) -> None:
    try:
        try:
            raise ValueError("Fatima woont op nummer 12")
        except ValueError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError:
        logging.getLogger("bot.x").exception("failed")
    line = written.getvalue()
    assert "Fatima" not in line
    assert SECRET not in line
    assert "RuntimeError at test_logs.py" in line
    assert "because of builtins.ValueError" in line


def test_what_is_logged_about_an_update_carries_its_number(written: io.StringIO) -> None:
    logs.set_up("INFO", "json", written)
    with logs.about_update(7):
        logging.getLogger("handlers.groups").info("put out")
        logging.getLogger("bot.x").info("set aside", extra={"update": 3})
    logging.getLogger("bot.x").info("later")
    assert [json.loads(line).get("update") for line in written.getvalue().splitlines()] == [7, 3, None]


LIBRARIES = ["telegram.ext.Application", "httpx", "aiohttp.client", "apscheduler.scheduler", "fontTools.subset", "x"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_never_write_their_own_words(written: io.StringIO, library: str) -> None:
    logging.getLogger(library).debug("POST https://api.telegram.org/bot%s/getMe", SECRET)
    assert written.getvalue() == ""
    logging.getLogger(library).error("POST https://api.telegram.org/bot%s/getMe", SECRET, extra={"url": SECRET})
    assert SECRET not in written.getvalue()
    assert "complained" in written.getvalue()


def test_a_job_that_skips_a_round_since_it_still_runs_is_no_line(written: io.StringIO) -> None:
    scheduler = logging.getLogger("apscheduler.scheduler")
    scheduler.warning("Execution of job %s skipped: maximum number of running instances reached", "moves")
    assert written.getvalue() == ""
