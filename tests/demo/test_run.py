"""The command `buurtbode demo`: it says when it answers, and leaves nothing behind."""

import asyncio
import os
import signal
import socket
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import httpx
import pytest

from bot.demo import run
from bot.demo.run import town_text
from bot.services import setup
from tests.patience import PATIENCE_S


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _demo(port: int, folder: Path) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    # Python's development mode writes to stderr which callbacks are slow.
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONDEVMODE": ""}
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port)]
    return await asyncio.create_subprocess_exec(*command, env=environment, stdout=pipe, stderr=pipe)


async def test_it_answers_when_it_says_so_and_ends_clean_while_a_page_is_open(tmp_path: Path) -> None:
    port = _free_port()
    demo = await _demo(port, tmp_path)
    assert demo.stdout is not None
    assert b"open http://127.0.0.1" in await asyncio.wait_for(demo.stdout.readline(), PATIENCE_S)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as client:
        town = (await client.get("/api/town")).json()
        group = (await client.get("/api/screen", params=town["phones"][2])).json()
        assert [message["from"] for message in group["messages"]] == ["Jan", "John", "Mia"]
        agenda = await client.get("/agenda/nothing.ics")
        assert (agenda.status_code, agenda.text) == (404, "404"), "the bot's own pages are served too"
        async with client.stream("GET", "/api/events") as events:
            assert events.status_code == 200
            demo.send_signal(signal.SIGTERM)
            output, errors = await asyncio.wait_for(demo.communicate(), PATIENCE_S)
    assert (demo.returncode, output, errors) == (0, b"", b"")
    assert os.listdir(tmp_path) == []


def test_a_port_in_use_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        assert run.main(port) == 1
    clear = f"buurtbode: port {port} is in use; try `.venv/bin/buurtbode demo --port {port + 1}`\n"
    assert capsys.readouterr().err == clear


@pytest.mark.parametrize("day", range(7))
def test_the_first_round_is_reminded_of_in_what_is_still_to_come_however_late_it_is_today(day: int) -> None:
    today = date(2026, 11, 23) + timedelta(days=day)
    file, _ = setup.parse(town_text(datetime.combine(today, time(22))))
    starts = next(activity.starts for activity in file.activities if activity.key == "ronde-filmwijk")
    assert date.fromisoformat(str(starts)[:10]) - timedelta(days=1) > today
