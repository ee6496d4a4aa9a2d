"""`buurtbode` as a process: it starts, refuses, waits and stops as an operator expects, one clear line each time."""

import asyncio
import shutil
import socket
import sqlite3
from pathlib import Path

import aiohttp
import pytest

from bot.demo.telegram import World, serve
from bot.runtime import service
from storage.migrate import State, state
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer
from tests.runtime.processes import BotProcess
from tests.town import TOWN_FILE

pytestmark = pytest.mark.slow

#: Says when the sender begins nothing more, and leaves it as long as a test waits to end what is on the wire.
_TELLS = f"""
from bot.runtime import service
from bot.runtime.sender import Sender

async def stop(sender, grace, stop=Sender.stop):
    stopping = stop(sender, grace)
    print("begins nothing more", flush=True)
    await stopping

service._GRACE_S = service._LAST_S = {PATIENCE_S}
Sender.stop = stop
from bot.cli import main; main()
"""

#: Breaks down while a thread works on for ever.
_HANGS = """
import asyncio, time
from bot.runtime import service
from bot.runtime.app import App

async def start(app):
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 10_000)
    await asyncio.sleep(0)
    raise ValueError

service._LAST_S = 0.5
App.start = start
from bot.cli import main; main()
"""


def test_the_seconds_within_which_it_stops_are_ten_at_most() -> None:
    assert service._GRACE_S < service._LAST_S < 10.0


async def test_it_makes_its_database_waits_for_the_set_up_serves_and_stops_cleanly(tmp_path: Path) -> None:
    world, url = World(), sqlite_url(tmp_path / "new.db")
    (tmp_path / "setup").mkdir()
    async with (
        serve(world) as server,
        BotProcess(tmp_path, api_url=server.url, database_url=url) as bot,
        BotProcess(tmp_path / "setup", api_url=server.url, database_url=url) as setup,
    ):
        fatima = world.add_person("Fatima")
        await fatima.starts()
        await bot.start()
        await _lines(bot, 2)
        await setup.start("setup", str(TOWN_FILE))
        assert await setup.wait() == 0
        await world.until(lambda: len(fatima.chat.messages) > 1)
        assert await asyncio.wait_for(bot.stop(), PATIENCE_S) == 0
    assert await state(url) is State.UP_TO_DATE
    events = [line.split(None, 3)[3] for line in bot.lines]
    assert events == [
        "database brought to this version was=empty",
        "nothing is set up yet: run `buurtbode setup FILE`; waiting for it",
        "started bot=buurtbode_bot role=all after_unclean_stop=False",
        "stopped code=0",
    ]
    asked = {
        (call.params["scope"]["type"], call.params.get("language_code")) for call in world.calls.of("setMyCommands")
    }
    private, groups = "all_private_chats", "all_group_chats"
    assert asked >= {(private, None), (private, "en"), (groups, None), (groups, "en")}


async def test_a_stop_finishes_what_is_in_flight(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world, url = World(), sqlite_url(tmp_path / "town.db")
    async with serve(world) as server, BotProcess(tmp_path, api_url=server.url, database_url=url) as bot:
        bot.command = ("-c", _TELLS)
        await bot.start()
        fatima, arrives = world.add_person("Fatima"), asyncio.Event()
        world.faults.hold("sendMessage", until=arrives, chat_id=fatima.id)
        await fatima.starts()
        await world.until(lambda: len(fatima.chat.messages) > 1)
        stopping = asyncio.create_task(bot.stop())
        await _says(bot, "begins nothing more")
        arrives.set()
        assert await stopping == 0
        assert len(world.calls.of("sendMessage")) == 1, "what waited behind it was not begun"
        await bot.start()
        await world.until(lambda: len(fatima.chat.messages) > 2)
        assert await bot.stop() == 0
        said = [call.params["text"] for call in world.calls.of("sendMessage")]
        assert len(said) == len(set(said)) == 2, "the one in flight at the first stop was not sent again"


async def test_who_broke_down_ends_although_a_thread_of_it_does_not(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    url = sqlite_url(tmp_path / "town.db")
    async with BotProcess(tmp_path, api_url="http://127.0.0.1:9", database_url=url) as bot:
        bot.command = ("-c", _HANGS)
        await bot.start()
        assert await asyncio.wait_for(bot.wait(), PATIENCE_S) == 1
    events = [line.split(None, 3)[3].partition(" error=")[0] for line in bot.lines]
    assert events == ["the bot broke down", "stopped code=1", "stopped without closing everything code=1"]


async def test_a_second_one_on_the_same_file_refuses_in_one_line(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world, url = World(), sqlite_url(tmp_path / "town.db")
    (tmp_path / "second").mkdir()
    async with (
        serve(world) as server,
        BotProcess(tmp_path, api_url=server.url, database_url=url) as first,
        BotProcess(tmp_path / "second", api_url=server.url, database_url=url) as second,
    ):
        await first.start()
        await world.until(lambda: world.calls.of("getUpdates"))
        await second.start()
        assert await second.wait() == 1
        assert [line.split(None, 3)[3] for line in second.lines] == [
            "another `buurtbode run` serves this database; this one ends"
        ]
        assert await first.stop() == 0


async def test_a_web_port_in_use_is_one_line(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world, url = World(), sqlite_url(tmp_path / "town.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        web = {"web_url": "https://bode.example.org", "web_port": str(taken.getsockname()[1])}
        async with (
            serve(world) as server,
            BotProcess(tmp_path, api_url=server.url, database_url=url, **web) as bot,
        ):
            await bot.start()
            assert await bot.wait() == 1
    assert "the web server can't listen on 127.0.0.1 port" in bot.lines[-1]
    assert not any("Traceback" in line for line in bot.lines)


async def test_a_wrong_token_is_one_line_and_retries(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world, url = World(tokens=["another"]), sqlite_url(tmp_path / "town.db")
    async with serve(world) as server, BotProcess(tmp_path, api_url=server.url, database_url=url) as bot:
        await bot.start()
        await _lines(bot, 1)
        await asyncio.sleep(1.5)  # a second attempt is refused as well
        world.tokens = None
        await world.until(lambda: world.calls.of("getUpdates"))
        assert await bot.stop() == 0
    told = [line for line in bot.lines if "does not know this token" in line]
    assert [line.rpartition("=")[2] for line in told] == ["1.0"]
    assert not any("AAstand-in" in line or "Traceback" in line for line in bot.lines)


async def test_an_unreachable_server_and_database_are_one_line_each(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    async with BotProcess(tmp_path, api_url=nowhere, database_url="sqlite+aiosqlite:////no/such/town.db") as bot:
        await bot.start()
        await _lines(bot, 1)
        assert await bot.stop() == 0
    assert "the database can't be reached (the file can't be opened)" in bot.lines[0]
    assert bot.lines[-1].endswith("stopped code=0")
    assert not any("broke down" in line for line in bot.lines)
    (tmp_path / "b").mkdir()
    url = sqlite_url(tmp_path / "b" / "town.db")
    async with BotProcess(tmp_path / "b", api_url=nowhere, database_url=url) as bot:
        await bot.start()
        await _lines(bot, 2)
        assert await bot.stop() == 0
    assert "Telegram can't be reached" in bot.lines[1]
    assert not any("Traceback" in line for line in bot.lines)


async def test_who_waits_for_postgresql_is_alive_and_not_ready(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url, settings = "postgresql+asyncpg://a@127.0.0.1:9/b", {"web_monitor": "True", "web_port": str(port)}
    async with BotProcess(tmp_path, api_url="http://127.0.0.1:9", database_url=url, **settings) as bot:
        await bot.start()
        await _lines(bot, 2)
        async with aiohttp.ClientSession() as session:
            for path, status in (("livez", 200), ("readyz", 503)):
                async with session.get(f"http://127.0.0.1:{port}/{path}") as response:
                    assert response.status == status
        assert await bot.stop() == 0
    assert any("the database can't be reached" in line for line in bot.lines)


async def test_postgresql_is_refused_until_migrate_has_run(postgres_server: PostgresServer, tmp_path: Path) -> None:
    name = postgres_server.create()
    url = postgres_server.url(name)
    world = World()
    async with serve(world) as server, BotProcess(tmp_path, api_url=server.url, database_url=url) as bot:
        await bot.start()
        assert await bot.wait() == 1
        assert "run `buurtbode migrate` first" in bot.lines[-1]
        for command in (["migrate"], ["setup", str(TOWN_FILE)]):
            await bot.start(*command)
            assert await bot.wait() == 0
        await bot.start()
        fatima = world.add_person("Fatima")
        await fatima.starts()
        await world.until(lambda: len(fatima.chat.messages) > 1)
        assert await bot.stop() == 0
    postgres_server.drop(name)


@pytest.mark.chaos
async def test_a_stop_is_in_time_although_somebody_keeps_the_database_locked(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world, url = World(), sqlite_url(tmp_path / "town.db")
    async with serve(world) as server, BotProcess(tmp_path, api_url=server.url, database_url=url) as bot:
        fatima = world.add_person("Fatima")
        await bot.start()
        await fatima.starts()
        await world.until(lambda: len(fatima.chat.messages) > 1)
        other = sqlite3.connect(tmp_path / "town.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await fatima.writes("De lamp is kapot")
        await asyncio.sleep(0.5)
        assert await asyncio.wait_for(bot.stop(), PATIENCE_S) == 0, "though it stays locked until after that"
        other.close()
        said = len(fatima.chat.messages)
        await bot.start()
        await world.until(lambda: len(fatima.chat.messages) > said)
        assert await bot.stop() == 0
    assert not any("Traceback" in line for line in bot.lines)


async def test_it_serves_while_telegram_does_not_want_its_commands_yet(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world, url = World(), sqlite_url(tmp_path / "town.db")
    world.faults.flood("setMyCommands", retry_after=3, count=10**6)
    async with serve(world) as server, BotProcess(tmp_path, api_url=server.url, database_url=url) as bot:
        fatima = world.add_person("Fatima")
        await bot.start()
        await fatima.starts()
        await world.until(lambda: len(fatima.chat.messages) > 1)
        assert world.calls.of("setMyCommands"), "refused until now"
        world.faults.clear()
        await world.until(lambda: world.calls.of("setMyCommands")[-1].ok)
        refused, again = world.calls.of("setMyCommands")[:2]
        assert again.monotonic - refused.monotonic >= 3
        assert await bot.stop() == 0


async def _says(bot: BotProcess, line: str) -> None:
    """Wait until it said this line."""
    async with asyncio.timeout(PATIENCE_S):
        while line not in bot.lines:  # noqa: ASYNC110 another process writes this file
            await asyncio.sleep(0.05)


async def _lines(bot: BotProcess, count: int) -> None:
    """Wait until it logged so much; a process can't tell us, so we look."""
    async with asyncio.timeout(PATIENCE_S):
        while len(bot.lines) < count:  # noqa: ASYNC110 another process writes this file
            await asyncio.sleep(0.05)
