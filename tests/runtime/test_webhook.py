"""The second door: Telegram brings updates, and hears 200 only for what never has to come again."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from starlette.requests import Request
from telegram import Update

from bot.demo.telegram import World, serve
from bot.runtime import web as web_module
from bot.runtime import webhook
from bot.runtime.app import App, Config
from bot.runtime.intake import Intake
from bot.runtime.web import Web, WebAddress
from bot.runtime.webhook import LARGEST, MOST_WAITING, PATH, Door, secret_of
from handlers.context import Scope
from storage.engine import Database
from storage.queries import intake as queries
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.runtime import doors, echo
from tests.runtime.doors import NOW
from tests.runtime.raws import text

TOKEN = "7000000001:AAtoken"
SECRET = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN)}


@asynccontextmanager
async def at_the_door(intake: Intake | None) -> AsyncIterator[Web]:
    """A web server with the door to *intake*."""
    web = Web(WebAddress("https://bode.example.org", port=0), Door(TOKEN, lambda: intake).routes())
    web.bind()
    task = asyncio.create_task(web.run())
    try:
        yield web
    finally:
        await web.stop(PATIENCE_S)
        await asyncio.wait({task}, timeout=PATIENCE_S)


async def bring(web: Web, body: object, headers: dict[str, str] = SECRET) -> tuple[int, str | None]:
    """Post *body* (JSON, unless it is bytes); return status and Retry-After."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE_S)) as session,
        session.post(f"http://127.0.0.1:{web.port}{PATH}", data=data, headers=headers) as response,
    ):
        return response.status, response.headers.get("Retry-After")


async def test_an_update_is_taken_once_and_answered_after_the_commit(database: Database) -> None:
    committed: list[bool] = []

    async def look(_update: Update, scope: Scope) -> None:
        async with database.read(NOW) as work:
            committed.append(await queries.is_handled(work.session, 7))

    async with doors.door(database, look) as here, at_the_door(here.intake) as web:
        assert await bring(web, text("Hoi", update_id=7)) == (200, None)
        async with database.read(NOW) as work:
            assert await queries.is_handled(work.session, 7)
        assert await bring(web, text("Hoi", update_id=7)) == (200, None)
    assert (here.seen, committed) == ([7], [False])


@pytest.mark.parametrize(
    "headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, {"X-Telegram-Bot-Api-Secret-Token": "ë"}]
)
async def test_who_does_not_know_the_secret_is_refused_unread(database: Database, headers: dict[str, str]) -> None:
    async with doors.door(database) as here, at_the_door(here.intake) as web:
        assert await bring(web, text("Hoi", update_id=7), headers) == (403, None)
    assert here.seen == []


async def test_fifty_megabytes_of_a_stranger_are_not_taken_in(database: Database) -> None:
    async with doors.door(database) as here, at_the_door(here.intake) as web:
        sent = await _pour(web, b"", length=50 * 1024 * 1024)
    assert sent < 8 * 1024 * 1024, "no more than what the two sockets hold"


async def test_a_body_larger_than_any_update_is_refused(database: Database) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b" " * 65_536

    async with doors.door(database) as here, at_the_door(here.intake) as web:
        sent = await _pour(web, _lines(SECRET), length=LARGEST + 1)
        assert sent < 8 * 1024 * 1024
        with pytest.raises((aiohttp.ClientError, AssertionError)):  # cut off while it still sends, or told 413
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"http://127.0.0.1:{web.port}{PATH}", data=endless(), headers=SECRET) as response,
            ):
                assert response.status != 413
    assert here.seen == []


async def test_what_is_no_json_is_set_aside_and_does_not_come_again(database: Database) -> None:
    async with doors.door(database) as here, at_the_door(here.intake) as web:
        for body in (b"{", b"\xff\xfe", b"[" * 100_000, b"[1]", b'{"update_id": "x"}'):
            assert await bring(web, body) == (200, None)
    async with database.read(NOW) as work:
        assert len(await queries.dead(work.session)) == 5
    assert here.seen == []


async def test_who_comes_when_a_hundred_wait_is_told_to_come_again(database: Database) -> None:
    here = doors.Door(database)  # whose intake does not run yet
    async with at_the_door(here.intake) as web:
        first = [asyncio.create_task(bring(web, text("Hoi", update_id=one))) for one in range(1, MOST_WAITING + 1)]
        while here.intake.waiting < MOST_WAITING:  # noqa: ASYNC110 nobody tells us
            await asyncio.sleep(0.02)
        assert await bring(web, text("Hoi", update_id=1_000)) == (503, "1")
        running = asyncio.create_task(here.intake.run())
        assert {status for status, _ in await asyncio.gather(*first)} == {200}
        assert await bring(web, text("Hoi", update_id=1_000)) == (200, None)
        here.intake.stop()
        await running
    assert len(here.seen) == MOST_WAITING + 1


async def test_a_process_that_takes_nothing_in_says_so() -> None:
    async with at_the_door(None) as web:
        assert await bring(web, text("Hoi", update_id=1)) == (503, "1")


async def test_what_is_not_handled_before_the_stop_has_to_come_again(database: Database) -> None:
    here = doors.Door(database)  # whose intake does not run yet
    async with at_the_door(here.intake) as web:
        brought = asyncio.create_task(bring(web, text("Hoi", update_id=1)))
        while not here.intake.waiting:  # noqa: ASYNC110 nobody tells us
            await asyncio.sleep(0.02)
        here.intake.stop()
        await here.intake.run()
        assert await brought == (503, "1")
        assert await bring(web, text("Hoi", update_id=2)) == (503, "1")


async def test_while_the_database_is_away_telegram_is_told_in_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "_PATIENCE_S", 0.05)
    here = doors.Door(database)
    async with at_the_door(here.intake) as web:
        assert await bring(web, text("Hoi", update_id=1)) == (503, "1")
        assert here.intake.waiting == 1, "and it may still be handled: the second time is not a second message"
        here.intake.stop()
        await here.intake.run()


async def test_who_dribbles_is_cut_off(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_module, "_HEAD_S", 0.3)
    async with doors.door(database) as here, at_the_door(here.intake) as web:
        assert await _dribble(web, b"") == b"", "not a byte of a head"
        assert await _dribble(web, b"POST /telegram HTTP/1.1\r\nHost: x\r\nX-A: ") == b"", "a head without an end"
        # Whose head is whole is not cut off for it, however slow this machine is.
        monkeypatch.setattr(web_module, "_HEAD_S", PATIENCE_S)
        monkeypatch.setattr(webhook, "BODY_S", 0.3)
        head = b"POST /telegram HTTP/1.1\r\nHost: x\r\n" + _lines(SECRET) + b"Content-Length: 1000\r\n\r\n"
        assert (await _dribble(web, head)).startswith(b"HTTP/1.1 408 "), "a body without an end"
        monkeypatch.setattr(web_module, "_WHOLE_S", 0.3)
        stranger = b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
        assert (await _dribble(web, stranger)).startswith(b"HTTP/1.1 404 "), "a body that nobody reads"
        monkeypatch.setattr(webhook, "BODY_S", PATIENCE_S)
        monkeypatch.setattr(web_module, "_WHOLE_S", PATIENCE_S)
        assert await bring(web, text("Hoi", update_id=1)) == (200, None)


async def test_a_connection_serves_one_request_after_the_other(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "_HEAD_S", 0.3)
    async with doors.door(database) as here, at_the_door(here.intake) as web:
        reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
        while not (answer := await _asks(reader, writer, 1)):
            # A machine that stands still before the first words is cut off, as it should be.
            reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
        answers = [answer]
        for number in (2, 3):
            await asyncio.sleep(0.4)
            answers.append(await _asks(reader, writer, number))
        writer.close()
    assert [one.split(b"\r\n")[0] for one in answers] == [b"HTTP/1.1 200 OK"] * 3
    assert here.seen == [1, 2, 3]


async def test_the_whole_bot_takes_its_updates_by_webhook_and_says_so_to_telegram(
    town_file: Path, tmp_path: Path
) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world = World()
    async with serve(world) as server:
        app, port = await _start(tmp_path, server.url, world)
        fatima = world.add_person("Fatima")
        await fatima.writes("Hoi")
        await world.until(lambda: fatima.chat.messages[-1].text == "echo Hoi")
        (call,) = world.calls.of("setWebhook")
        assert call.params["url"] == f"http://127.0.0.1:{port}{PATH}"
        assert call.params["max_connections"] == MOST_WAITING
        assert {"message", "callback_query", "chat_member"} <= set(call.params["allowed_updates"])
        assert not world.calls.of("getUpdates")
        await app.stop()
        await fatima.writes("En?")  # waits at Telegram
        polling = App(Config(world.token, server.url), Database(sqlite_url(tmp_path / "town.db")), routes=echo.ROUTES)
        await polling.start()
        await world.until(lambda: fatima.chat.messages[-1].text == "echo En?")
        assert world.calls.of("deleteWebhook"), "who asks for updates has to end the webhook first"
        await polling.stop()


async def test_a_webhook_that_somebody_took_away_is_registered_again(
    town_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "_LOOK_EVERY_S", 0.05)
    shutil.copyfile(town_file, tmp_path / "town.db")
    world = World()
    async with serve(world) as server:
        app, _port = await _start(tmp_path, server.url, world)
        await world.until(lambda: world.webhook.url)
        world.webhook.delete()
        await world.until(lambda: world.webhook.url)
        world.faults.fail("getWebhookInfo", status=502)
        await world.until(lambda: any(call.status == 502 for call in world.calls))
        await app.stop()


async def test_a_refusal_of_the_webhook_is_one_clear_line(
    town_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world = World()
    world.faults.fail("setWebhook", status=400, description="Bad Request: bad webhook: failed to resolve host")
    async with serve(world) as server:
        app, _port = await _start(tmp_path, server.url, world)
        await world.until(lambda: world.webhook.url)
        await app.stop()
    assert "Telegram refuses the webhook (Bad webhook: failed to resolve host)" in caplog.messages


async def _start(folder: Path, api_url: str, world: World) -> tuple[App, int]:
    """The app with the echo routes on a port of its own."""
    config = Config(world.token, api_url, web=WebAddress("http://127.0.0.1", port=0), webhook=True)
    app = App(config, Database(sqlite_url(folder / "town.db")), routes=echo.ROUTES)
    app.listen()
    assert app.web is not None
    port = app.web.port
    # The port is known only now that it is taken.
    object.__setattr__(config.web, "url", f"http://127.0.0.1:{port}")
    await app.start()
    return app, port


def _lines(headers: dict[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()


async def _asks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> bytes:
    """Bring an update on this connection; return the answer, nothing when the connection ended."""
    body = json.dumps(text("Hoi", update_id=number)).encode()
    head = b"POST /telegram HTTP/1.1\r\nHost: x\r\n" + _lines(SECRET) + b"Content-Length: %d\r\n\r\n" % len(body)
    writer.write(head + body)
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


async def _pour(web: Web, headers: bytes, *, length: int) -> int:
    """Send a body of *length* bytes until the connection ends; return how much of it went out."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\n" + headers + b"Content-Length: %d\r\n\r\n" % length)
    sent, chunk = 0, b" " * 65_536
    try:
        while sent < length:
            writer.write(chunk)
            await asyncio.wait_for(writer.drain(), 5)
            sent += len(chunk)
    except (ConnectionError, TimeoutError):
        pass
    finally:
        writer.transport.abort()
        reader.feed_eof()
    return sent


async def _dribble(web: Web, beginning: bytes) -> bytes:
    """Send *beginning*, then a byte now and then; return what was answered until the connection ended."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
    writer.write(beginning)
    answer = asyncio.create_task(_all_of(reader))
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not answer.done():
                if beginning:
                    writer.write(b"x")
                await asyncio.sleep(0.05)
        return answer.result()
    finally:
        writer.transport.abort()
        await answer


async def _all_of(reader: asyncio.StreamReader) -> bytes:
    found = b""
    try:
        while part := await reader.read(4096):
            found += part
    except ConnectionError:
        pass
    return found


def test_the_secret_is_one_that_telegram_takes_and_changes_with_the_token() -> None:
    assert secret_of(TOKEN) != secret_of(TOKEN + "x")
    assert secret_of(TOKEN).isalnum()
    assert len(secret_of(TOKEN)) == 64


async def test_a_body_that_ends_half_way_is_no_update() -> None:
    async def gone() -> dict[str, object]:
        return {"type": "http.disconnect"}

    headers = [(name.lower().encode(), value.encode()) for name, value in SECRET.items()]
    door = Door(TOKEN, lambda: _Empty())  # type: ignore[arg-type,return-value]  # nothing more is asked
    request = Request({"type": "http", "method": "POST", "headers": headers}, gone)
    assert (await door.take(request)).status_code == 400


class _Empty:
    waiting = 0
