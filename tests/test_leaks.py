"""What a test leaves behind fails it: planted leaks of every sort are seen, in a pytest of their own."""

import subprocess
import sys
from pathlib import Path

PLANTED = """
import asyncio, gc, socket
import aiohttp

async def nap():
    await asyncio.sleep(3600)

async def test_task():
    asyncio.create_task(nap())
    await asyncio.sleep(0)

async def test_forgotten_task():
    waits = asyncio.ensure_future(asyncio.wait_for(asyncio.get_running_loop().create_future(), None))
    await asyncio.sleep(0)
    asyncio.tasks._unregister_task(waits)
    del waits
    gc.collect()

async def test_session():
    aiohttp.ClientSession()

def test_socket():
    socket.socket()

def test_coroutine():
    nap()

def test_file():
    open(__file__)

async def test_nothing():
    await asyncio.create_task(asyncio.sleep(0))
"""
LEAKS = ("task", "forgotten_task", "session", "socket", "coroutine", "file")


def test_every_planted_leak_fails_the_run_and_nothing_else_does(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        "from tests.leaks import pytest_configure, pytest_runtest_teardown, pytest_sessionfinish\n"
    )
    (tmp_path / "test_planted.py").write_text(PLANTED)
    options = ["-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", "-p", "no:cov", "-o", "asyncio_mode=auto"]
    options += ["-W", "error", "-o", "asyncio_default_fixture_loop_scope=function", f"--rootdir={tmp_path}"]
    command = [sys.executable, "-X", "dev", "-m", "pytest", *options, str(tmp_path)]
    ran = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, timeout=120)  # noqa: S603
    told = {line.split("::")[1].split()[0] for line in ran.stdout.splitlines() if "::" in line}
    assert told == {f"test_{leak}" for leak in LEAKS}, ran.stdout + ran.stderr
    assert ran.returncode == 1
