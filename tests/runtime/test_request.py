"""How Telegram is called, against its stand-in over HTTP."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator

import pytest
from telegram import InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.demo.telegram import Server, World, serve
from bot.runtime.request import AiohttpRequest
from bot.runtime.telegram_errors import Trouble, refusal_of

TOKEN = "7000000001:AAsecret-secret-secret-secret-secret-00"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    async with serve(world) as running:
        yield running


def bot_at(api_url: str, *, read: float = 20.0, connect: float = 10.0) -> ExtBot[None]:
    return ExtBot(
        TOKEN,
        base_url=api_url,
        request=AiohttpRequest(read=read, connect=connect),
        get_updates_request=AiohttpRequest(),
    )


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[ExtBot[None]]:
    async with bot_at(server.api_url) as running:
        yield running


async def test_numbers_and_objects_arrive_as_they_are(world: World, bot: ExtBot[None]) -> None:
    fatima = world.add_person("Fatima", started=True)
    sent = await bot.send_message(fatima.id, "dag <b>één</b>", parse_mode="HTML", disable_notification=True)
    assert fatima.chat.last.text == "dag één"
    assert fatima.chat.last.silent
    assert sent.message_id == fatima.chat.last.message_id


async def test_a_file_is_uploaded(world: World, bot: ExtBot[None]) -> None:
    fatima = world.add_person("Fatima", started=True)
    await bot.send_document(fatima.id, InputFile(b"%PDF-1.7", filename="route.pdf"), caption="Route")
    assert fatima.chat.last.media == "document"
    assert fatima.chat.last.content["file_name"] == "route.pdf"
    file = await bot.get_file(fatima.chat.last.content["file_id"])
    assert file.file_size == 8


async def test_a_refusal_is_python_telegram_bots_own(world: World, bot: ExtBot[None]) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "niemand")


async def test_a_silent_server_is_timed_out(world: World, server: Server) -> None:
    world.faults.hang("sendMessage")
    async with bot_at(server.api_url, read=0.05) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(1, "hallo")


async def test_a_time_given_with_the_call_counts(world: World, bot: ExtBot[None]) -> None:
    world.faults.hang("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(1, "hallo", read_timeout=0.05)


@pytest.mark.parametrize("away", ["cut", "nobody", "nonsense"])
async def test_no_failure_names_the_token(
    world: World, server: Server, away: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world.faults.cut("sendMessage")
    url = {"cut": server.api_url, "nobody": "http://127.0.0.1:9/bot", "nonsense": "http://[nowhere/bot"}[away]
    bot = bot_at(url, connect=1.0)
    await bot._request[1].initialize()
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(1, "hallo")
    await bot._request[1].shutdown()
    assert "secret" not in repr(caught.value)
    assert caught.value.__suppress_context__
    ours = [
        record.getMessage() for record in caplog.records if not record.name.startswith(("telegram", "aiohttp.access"))
    ]
    assert not [line for line in ours if "secret" in line]


@pytest.mark.parametrize("status", ["200 OK", "502 Bad Gateway"])
@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"true", b"<html>", b'{"status": "maintenance"}', b'{"ok": false}', b""]
)
async def test_what_a_proxy_says_in_telegrams_place_is_a_telegram_that_is_away(status: str, body: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    proxy = await asyncio.start_server(answer, "127.0.0.1", 0)
    bot = bot_at(f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}/bot")
    await bot._request[1].initialize()
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(1, "hallo")
    assert refusal_of(caught.value, private=True).trouble is Trouble.AWAY
    await bot._request[1].shutdown()
    proxy.close()
    await proxy.wait_closed()


async def test_a_wrong_token_is_told_as_such(server: Server, world: World) -> None:
    world.tokens = {"1:other"}
    bot = bot_at(server.api_url)
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()


async def test_closing_leaves_nothing_open(world: World, server: Server) -> None:
    request = AiohttpRequest()
    with pytest.raises(RuntimeError):
        await request.do_request(server.api_url, "GET")
    async with bot_at(server.api_url) as bot:
        world.add_person("Fatima", id=5, started=True)
        await asyncio.gather(*(bot.send_message(5, f"{number}") for number in range(20)))
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    gc.collect()
