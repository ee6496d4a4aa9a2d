"""Webhook delivery: one queue per chat, callback queries apart, tried again until a 2xx comes back."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

import aiohttp

from bot.demo.telegram.model import Json
from bot.demo.telegram.updates import Queued, UpdateQueue

LONGEST_WAIT: Final = 64.0
ANSWER_TIME: Final = 60.0
_NOT_AS_ANSWER: Final = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
_FAILED: Final = "Wrong response from the webhook: "


class Webhook:
    """The webhook of the bot; *sleep* waits the seconds between tries (a test passes its own)."""

    def __init__(self, updates: UpdateQueue, now: Callable[[], datetime]) -> None:
        """Begin without an address."""
        self._updates = updates
        self._now = now
        self.sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
        self.reply: Callable[[Json], Awaitable[object]] | None = None
        self.url = ""
        self._secret = ""
        self._connections = 40
        self._ip_address = "127.0.0.1"
        self._lanes: dict[str, deque[Queued]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None
        self._error: tuple[int, str] | None = None

    def set(self, url: str, secret: str, connections: int) -> None:
        """Deliver everything that waits, and all that comes, to *url*."""
        self._stop_lanes()
        self.url, self._secret, self._connections = url, secret, connections
        self._slots = asyncio.Semaphore(connections)
        self._error = None
        self._updates.webhook_taken(True)
        self._updates.on_put = self._take
        self._updates.expire()
        for update in list(self._updates.pending):
            self._take(update)

    def delete(self) -> None:
        """Stop delivering; what was not delivered waits for polling."""
        self._stop_lanes()
        self.url = ""
        self._updates.webhook_taken(False)
        self._updates.on_put = None

    def info(self) -> Json:
        """Return a WebhookInfo."""
        result: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self.url:
            result |= {"max_connections": self._connections, "ip_address": self._ip_address}
            result["allowed_updates"] = sorted(self._updates.allowed)
        if self._error:
            result |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        return result

    async def close(self) -> None:
        """Stop every delivery and close the connections."""
        tasks = list(self._tasks.values())
        self._stop_lanes()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._session:
            await self._session.close()
            self._session = None

    def _stop_lanes(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._lanes.clear()

    def _take(self, update: Queued) -> None:
        self._lanes.setdefault(update.lane, deque()).append(update)
        if update.lane not in self._tasks:
            self._tasks[update.lane] = asyncio.create_task(self._run(update.lane))

    async def _run(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue:
            update = queue[0]
            pause = 1.0
            while True:
                asked = await self._deliver(update)
                if asked is None:
                    break
                await self.sleep(asked or pause)
                if not asked:
                    pause = min(pause * 2, LONGEST_WAIT)
                self._updates.expire()
                if update not in self._updates.pending:
                    break
            queue.popleft()
            self._updates.remove(update)
        del self._tasks[lane]

    async def _deliver(self, update: Queued) -> float | None:
        """Post one update: None when a 2xx came, else the seconds the bot asked to wait (0 if it asked for none)."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_TIME)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        body = json.dumps(update.body, ensure_ascii=False).encode()
        try:
            async with self._slots, self._session.post(self.url, data=body, headers=headers) as response:
                text = await response.text()
                if 200 <= response.status < 300:
                    await self._answer(text)
                    return None
                self._note(f"{_FAILED}{response.status} {response.reason}")
                wait = response.headers.get("Retry-After", "")
                return min(float(wait), 3600.0) if wait.isdigit() else 0.0
        except TimeoutError:
            self._note("Read timeout expired")
        except aiohttp.ClientError:
            self._note("Connection failed")
        return 0.0

    async def _answer(self, text: str) -> None:
        """Do the method that a webhook's answer may carry."""
        if self.reply is None or not text.startswith("{"):
            return
        with contextlib.suppress(ValueError):
            wanted = json.loads(text)
            name = str(wanted.get("method", "")).lower() if isinstance(wanted, dict) else ""
            if name and name not in _NOT_AS_ANSWER and not name.startswith("get"):
                await self.reply(wanted)

    def _note(self, error: str) -> None:
        self._error = (int(self._now().timestamp()), error)
