"""A network between the bot and PostgreSQL that can begin to swallow what it should carry, without telling anybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path


class Network:
    """Carries bytes to a server's socket. What was connected while it swallowed is never heard again."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._lines: list[_Line] = []
        self._deaf = False
        self.port = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Network]:
        """Carry; `port` is where."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for line in self._lines:
                line.close()
            await asyncio.gather(*(line.ended.wait() for line in self._lines))

    @contextmanager
    def swallowing(self) -> Iterator[None]:
        """Swallow everything meanwhile."""
        self._deaf = True
        for line in self._lines:
            line.deaf = True
        try:
            yield
        finally:
            self._deaf = False

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_unix_connection(str(self._socket))
        line = _Line([writer, to_server], deaf=self._deaf)
        self._lines.append(line)
        await asyncio.gather(line.carry(reader, to_server), line.carry(from_server, writer))
        line.ended.set()


class _Line:
    """One connection through it."""

    def __init__(self, ends: list[asyncio.StreamWriter], *, deaf: bool) -> None:
        self._ends = ends
        self.deaf = deaf
        self.ended = asyncio.Event()

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                if not self.deaf:
                    target.write(data)
        if not self.deaf:
            target.close()

    def close(self) -> None:
        for end in self._ends:
            end.close()
