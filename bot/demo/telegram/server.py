"""The HTTP server: from a request to a method and back."""

from __future__ import annotations

import asyncio
import inspect
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage

from bot.demo.telegram.calls import Call
from bot.demo.telegram.errors import ApiError, MalformedError, malformed, not_found, unauthorized
from bot.demo.telegram.faults import DOWNLOAD, Fault
from bot.demo.telegram.methods import HANDLERS
from bot.demo.telegram.model import Json
from bot.demo.telegram.observers import Change
from bot.demo.telegram.params import Upload, loosely_written, read
from bot.demo.telegram.table import BY_LOWER_NAME
from bot.demo.telegram.world import World

BIGGEST_REQUEST: Final = 60 * 1024 * 1024
_LONG_AGO: Final = 3600.0
_JSON: Final = {"Content-Type": "application/json"}
_HALF_AN_ANSWER: Final = (
    b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{"ok":true,"res'
)
_to_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Wire = tuple[dict[str, object], dict[str, Upload]]


class Server:
    """Telegram's server over one world; started by `serve`.

    *url* is the base that bots are given: methods are at ``{url}/bot<token>/<method>``, files at
    ``{url}/file/bot<token>/<path>``.
    """

    def __init__(self, world: World, host: str, port: int) -> None:
        """Prepare to listen; `start` does."""
        self.world = world
        self.host = host
        self.port = port
        self._runner = web.ServerRunner(
            web.Server(self._serve, request_factory=_request, handler_cancellation=True),
            shutdown_timeout=0.5,
        )
        world.webhook.reply = self._from_webhook

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://{self.host}:{self.port}"

    @property
    def api_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """What python-telegram-bot calls base_file_url."""
        return f"{self.url}/file/bot"

    async def start(self) -> None:
        """Begin to listen; port 0 takes any free one."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """End every connection, poll and delivery."""
        await self.world.webhook.close()
        await self._runner.cleanup()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        parts = request.rel_url.raw_path.lstrip("/").split("/")
        if parts[0] == "file" and len(parts) > 2:
            return await self._file(unquote(parts[1].removeprefix("bot")), unquote("/".join(parts[2:])))
        try:
            if len(parts) != 2 or not parts[0].startswith("bot"):
                raise not_found()
            self._check_token(unquote(parts[0].removeprefix("bot")))
            method = BY_LOWER_NAME.get(parts[1].lower())
            if method is None:
                self._log(Call(0, parts[1], self.world.now()), 404, "Not Found", 0.0)
                raise not_found()
            return await self._call(method, request)
        except ApiError as error:
            return _refusal(error)

    def _check_token(self, token: str) -> None:
        if not token or (self.world.tokens is not None and token not in self.world.tokens):
            raise unauthorized()

    async def _file(self, token: str, path: str) -> web.Response:
        try:
            self._check_token(token)
        except ApiError as error:
            return _refusal(error)
        if (fault := self.world.faults.next_for(DOWNLOAD, None)) is not None:
            await asyncio.sleep(fault.seconds)
        stored = self.world.files.at(path)
        if stored is None:
            return _refusal(not_found())
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _call(self, method: str, request: web.BaseRequest) -> web.StreamResponse:
        started = time.monotonic()
        call = Call(self.world.number("call"), method, self.world.now(), monotonic=started, via=self.port)
        self.world.calls.add(call)
        wire, files = await _received(request)
        call.as_json = request.content_type == "application/json"
        fault = self.world.faults.next_for(method, _chat_named(wire)) if self.world.faults.waiting else None
        call.fault = fault.kind if fault else None
        if fault and not fault.done:
            call.params = _as_sent(method, wire, files)
            return await self._trouble(fault, call, request)
        try:
            result = await self._do(call, wire, files)
            response = _answer({"ok": True, "result": result})
            self._close(call, 200, None)
        except ApiError as error:
            response = _refusal(error)
            call.malformed = isinstance(error, MalformedError)
            self._close(call, error.code, error.description)
        except Exception as error:
            self._close(call, 500, f"the stand-in failed: {error!r}")
            raise
        if fault and fault.until is not None:
            await fault.until.wait()
        elif fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault:
            return await self._trouble(fault, call, request)
        return response

    async def _do(self, call: Call, wire: dict[str, object], files: dict[str, Upload]) -> Any:  # noqa: ANN401 - JSON
        call.params = dict(wire)
        call.uploads = files
        params = read(call.method, wire, files)
        call.params = {**params, **loosely_written(call.method, wire, as_json=call.as_json)}
        result = HANDLERS[call.method](self.world, params)
        if inspect.isawaitable(result):
            result = await result
        call.result = len(result) if call.method == "getUpdates" and isinstance(result, list) else result
        return result

    async def _trouble(self, fault: Fault, call: Call, request: web.BaseRequest) -> web.StreamResponse:
        if fault.kind == "error":
            self._close(call, fault.status, fault.description)
            return _refusal(ApiError(fault.status, fault.description, fault.parameters))
        if not fault.done:
            self._close(call, 0, f"the answer is held back: {fault.kind}")
        if fault.kind == "hang":
            await asyncio.sleep(_LONG_AGO)
        if request.transport is not None and fault.kind == "half":
            request.transport.write(_HALF_AN_ANSWER)
            request.transport.close()
        elif request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    def _close(self, call: Call, status: int, error: str | None) -> None:
        call.status, call.error = status, error
        call.seconds = time.monotonic() - call.monotonic
        self.world.changed(Change("call", call=call))

    def _log(self, call: Call, status: int, error: str, seconds: float) -> None:
        call.id = self.world.number("call")
        call.status, call.error, call.seconds = status, error, seconds
        self.world.calls.add(call)

    async def _from_webhook(self, wanted: Json) -> object:
        """Do the method that came as the answer to a webhook; its result is told to nobody."""
        method = BY_LOWER_NAME.get(str(wanted.pop("method")).lower())
        if method is None:
            return None
        call = Call(self.world.number("call"), method, self.world.now(), monotonic=time.monotonic())
        self.world.calls.add(call)
        try:
            result: object = await self._do(call, wanted, {})
            self._close(call, 200, None)
        except ApiError as error:
            call.malformed = isinstance(error, MalformedError)
            self._close(call, error.code, error.description)
            return None
        return result


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: web.RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=BIGGEST_REQUEST)


def _as_sent(method: str, wire: dict[str, object], files: dict[str, Upload]) -> dict[str, object]:
    """Return the parameters of a call that is not done: typed where they can be, else as they came."""
    try:
        return dict(read(method, wire, files))
    except ApiError:
        return dict(wire)


def _chat_named(wire: dict[str, object]) -> object:
    chat = wire.get("chat_id")
    return int(chat) if isinstance(chat, str) and chat.lstrip("-").isdigit() else chat


async def _received(request: web.BaseRequest) -> Wire:
    """Return the parameters of a request, from its address, its form or its JSON, and its files."""
    wire: dict[str, object] = dict(request.query) if request.query_string else {}
    files: dict[str, Upload] = {}
    if not request.can_read_body:
        return wire, files
    kind = request.content_type
    if kind == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise malformed("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise malformed("can't parse JSON object")
        return wire | body, files
    if kind == "application/x-www-form-urlencoded":
        wire.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    if kind != "multipart/form-data":
        return wire, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            wire[name] = value if isinstance(value, str) else bytes(value).decode()
    return wire, files


def _answer(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=_to_json(body).encode(), status=status, headers=_JSON | (headers or {}))


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
        if "retry_after" in error.parameters:
            headers["Retry-After"] = str(error.parameters["retry_after"])
    return _answer(body, error.code, headers)


@asynccontextmanager
async def serve(world: World, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Server]:
    """Serve *world* in the running loop for as long as the block lasts; port 0 takes any free one."""
    server = Server(world, host, port)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
