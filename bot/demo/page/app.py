"""The page's web application: what phones show, what people do on them, and the clock."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot import data
from bot.demo.page import seen
from bot.demo.page.acts import act
from bot.demo.telegram import Change, World
from bot.demo.telegram.errors import ApiError

STATIC = Path(__file__).with_name("static")
_KEEP_ALIVE_SECONDS = 15
_LONGEST_JUMP = timedelta(days=62)
_SMALLEST_STEP = timedelta(seconds=1)


class Time(Protocol):
    """The demo's time, as far as the page uses it."""

    def now(self) -> datetime:
        """Return the moment it is in the demo (UTC)."""

    async def advance(self, to: datetime) -> None:
        """Move on to *to*, stopping at everything that is due on the way."""

    async def next_due(self) -> datetime | None:
        """Return when the next planned message goes out."""


def application(world: World, phones: list[dict[str, int]], time: Time, *, more: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the page for *world*; *phones* are the four phones as {"person", "chat"}, *more* the bot's own routes."""
    page = Page(world, phones, time)
    routes = [
        Route("/", page.index),
        Route("/api/town", page.town),
        Route("/api/screen", page.screen),
        Route("/api/act", page.act, methods=["POST"]),
        Route("/api/clock", page.move_clock, methods=["POST"]),
        Route("/api/events", page.events),
        Route("/file/{file_id}", page.file),
        Mount("/static", StaticFiles(directory=STATIC)),
        *more,
    ]
    app = Starlette(routes=routes)
    app.state.page = page
    return app


class Page:
    """The page's endpoints over one world and one clock."""

    def __init__(self, world: World, phones: list[dict[str, int]], time: Time) -> None:
        """Watch the world for changes."""
        self.world, self.phones, self.time = world, phones, time
        self._listeners: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self._moving = asyncio.Lock()
        self._shown = 0
        world.on_change(self._changed)

    def _changed(self, change: Change) -> None:
        if change.kind == "answer" and change.query:
            tap = self.world.taps[change.query]
            if tap.answer and tap.answer.text:
                self._tell({"toast": tap.answer.text, "person": tap.user.id, "alert": tap.answer.show_alert})
        elif change.chat is not None:
            of_bot = change.message is not None and change.message.sender is self.world.bot
            self._shown += of_bot and change.kind in {"message", "edited"}
            self._tell({"chat": change.chat.id, "arrived": of_bot and change.kind == "message"})

    def _tell(self, event: dict[str, Any] | None) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)

    def close(self) -> None:
        """End every stream of changes, so that the server needn't cut them off."""
        self._tell(None)

    async def index(self, _request: Request) -> Response:
        """Serve the page itself."""
        return FileResponse(STATIC / "index.html")

    async def town(self, _request: Request) -> Response:
        """Return who is there, the four phones, the map and the clock."""
        return JSONResponse(
            {
                "people": seen.people(self.world),
                "phones": self.phones,
                "areas": seen.map_points(data.areas()),
                "source": data.BORDERS_SOURCE,
                **await self._times(),
            }
        )

    async def screen(self, request: Request) -> Response:
        """Return one chat as one person sees it."""
        try:
            person = self.world.person(int(request.query_params["person"]))
            chat = self.world.chat(int(request.query_params["chat"]))
        except (KeyError, ValueError):
            return _sorry("Deze chat is er niet.", 404)
        if not (chat.id == person.id if chat.private else chat.member(person.id)):
            return _sorry("Deze chat is niet van deze persoon.", 403)
        return JSONResponse(seen.screen(self.world, person, chat))

    async def act(self, request: Request) -> Response:
        """Do what somebody does on a phone."""
        try:
            wanted = await request.json()
            if not isinstance(wanted, dict):
                raise ValueError("Dit kan deze telefoon niet.")
            await act(self.world, wanted)
        except json.JSONDecodeError:
            return _sorry("Dit kan deze telefoon niet.", 400)
        except ValueError as error:
            return _sorry(str(error), 409)
        return JSONResponse({"ok": True})

    async def move_clock(self, request: Request) -> Response:
        """Move the clock forward by minutes, or to the next planned message."""
        try:
            wanted = await request.json()
            minutes = wanted.get("minutes")
            target = self.time.now() + timedelta(minutes=float(minutes)) if minutes else None
        except (AttributeError, TypeError, ValueError, OverflowError):
            return _sorry("Zo ver kan de klok niet.", 400)
        if target is None and await self.time.next_due() is None:
            return _sorry("Er staat geen bericht gepland.", 409)
        if target is not None and not timedelta(0) <= target - self.time.now() <= _LONGEST_JUMP:
            return _sorry("De klok gaat alleen vooruit, en hoogstens twee maanden tegelijk.", 409)
        async with self._moving:
            await (self._to_next_message() if target is None else self.time.advance(target))
        self._tell({"clock": int(self.time.now().timestamp())})
        return JSONResponse(await self._times())

    async def _to_next_message(self) -> None:
        """Move on until somebody reads something new: what is planned may turn out to be needed no more."""
        shown, latest = self._shown, self.time.now() + _LONGEST_JUMP
        while self._shown == shown:
            due = await self.time.next_due()
            if due is None or due > latest:
                return
            await self.time.advance(max(due, self.time.now() + _SMALLEST_STEP))

    async def _times(self) -> dict[str, Any]:
        upcoming = await self.time.next_due()
        return {
            "now": int(self.time.now().timestamp()),
            "next": int(upcoming.timestamp()) if upcoming else None,
        }

    async def events(self, _request: Request) -> Response:
        """Stream what changed, as server-sent events."""
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self) -> AsyncGenerator[str, None]:
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), _KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {json.dumps(event)}\n\n"
        finally:
            self._listeners.discard(queue)

    async def file(self, request: Request) -> Response:
        """Return a file that was sent."""
        try:
            stored = self.world.files.get(request.path_params["file_id"])
        except ApiError:
            return _sorry("Dit bestand is er niet.", 404)
        return Response(stored.data, media_type=stored.mime_type)


def _sorry(sentence: str, status: int) -> JSONResponse:
    return JSONResponse({"sorry": sentence}, status_code=status)
