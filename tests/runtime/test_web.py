"""The bot's own web server: it takes its port or says why not, paces who asks too often, and ends when told to."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.runtime.web import AddressTakenError, Pace, Web, WebAddress
from tests.patience import PATIENCE_S

URL = "https://bode.example.org"


BEGUN, MAY_END = asyncio.Event(), asyncio.Event()


async def slow(_request: Request) -> Response:
    BEGUN.set()
    await MAY_END.wait()
    return PlainTextResponse("done")


async def quick(_request: Request) -> Response:
    return PlainTextResponse("here")


ROUTES = [Route("/slow", slow), Route("/quick", quick)]


@asynccontextmanager
async def running() -> AsyncIterator[tuple[Web, asyncio.Task[None]]]:
    web = Web(WebAddress(URL, port=0), ROUTES)
    web.bind()
    task = asyncio.create_task(web.run())
    try:
        yield web, task
    finally:
        await web.stop(PATIENCE_S)
        await asyncio.wait({task}, timeout=PATIENCE_S)


async def get(web: Web, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE_S)) as session,
        session.get(f"http://127.0.0.1:{web.port}{path}") as response,
    ):
        return response.status, await response.text()


async def test_it_serves_its_routes_and_nothing_else() -> None:
    async with running() as (web, _task):
        assert await get(web, "/quick") == (200, "here")
        assert await get(web, "/") == (404, "404")
        assert await get(web, "/quick/more") == (404, "404")


async def test_a_stop_finishes_the_request_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.web._GRACE_S", PATIENCE_S)
    async with running() as (web, task):
        asked = asyncio.create_task(get(web, "/slow"))
        await asyncio.wait_for(BEGUN.wait(), PATIENCE_S)
        stopping = asyncio.create_task(web.stop(PATIENCE_S))
        await asyncio.sleep(0.3)
        assert not stopping.done()
        MAY_END.set()
        await stopping
        await task
        assert await asked == (200, "done")
        with pytest.raises(aiohttp.ClientConnectorError):
            await get(web, "/quick")


async def test_who_says_nothing_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.web._MOST_UNSAID", 20)
    monkeypatch.setattr("bot.runtime.web._CONNECTIONS", 40)
    async with running() as (web, _task):
        silent = [await asyncio.open_connection("127.0.0.1", web.port) for _ in range(60)]
        assert await get(web, "/quick") == (200, "here")
        assert await silent[0][0].read() == b"", "who waited longest was cut off"
        for _reader, writer in silent:
            writer.close()


async def test_nor_do_many_who_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.web._MOST_UNSAID", 20)
    monkeypatch.setattr("bot.runtime.web._CONNECTIONS", 40)
    async with running() as (web, _task):
        silent = await asyncio.gather(*(asyncio.open_connection("127.0.0.1", web.port) for _ in range(100)))
        assert await get(web, "/quick") == (200, "here")
        ends = [asyncio.create_task(reader.read()) for reader, _writer in silent]
        await asyncio.wait(ends, timeout=0.2)
        assert sum(end.done() for end in ends) >= 80, "each that comes sends another one away"
        for _reader, writer in silent:
            writer.close()
        await asyncio.gather(*ends)


async def test_an_end_half_way_frees_the_port_for_the_next() -> None:
    async with running() as (web, task):
        assert await get(web, "/quick") == (200, "here")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    again = Web(WebAddress(URL, port=web.port), ROUTES)
    again.bind()
    task = asyncio.create_task(again.run())
    assert await get(again, "/quick") == (200, "here")
    await again.stop(PATIENCE_S)
    await task


async def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressTakenError, match=rf"on 127\.0\.0\.1 port {port}: Address already in use"):
            Web(WebAddress(URL, port=port), ROUTES).bind()


async def test_without_its_port_it_does_not_run() -> None:
    with pytest.raises(RuntimeError, match="no port"):
        await Web(WebAddress(URL, port=0), ROUTES).run()


def request_from(host: str | None) -> Request:
    return Request({"type": "http", "client": None if host is None else (host, 1)})


def test_each_address_has_its_own_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 60.0)
    pace = Pace(3, dear=2, addresses=2)
    assert [pace.allows(request_from("a")) for _ in range(4)] == [True, True, True, False]
    assert pace.allows(request_from("b"))
    pace.missed(request_from("b"))
    assert [pace.allows(request_from("b")) for _ in range(2)] == [True, False]
    # Two addresses are known; all others share what one has.
    assert [pace.allows(request_from(host)) for host in ("c", "d", None, "e")] == [True, True, True, False]
    monkeypatch.setattr(time, "monotonic", lambda: 120.0)
    assert pace.allows(request_from("a"))
