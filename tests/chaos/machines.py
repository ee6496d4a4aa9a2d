"""Several machines behind a load balancer: processes of the bot on one PostgreSQL, each with its own name and port.

Every process calls the stand-in at a port of its own, so that the log of calls tells who called.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.demo.telegram import World, serve
from bot.demo.telegram.calls import Call
from storage.engine import Database
from tests.chaos.crowd import WIDE, Crowd, seeded
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer
from tests.runtime.processes import BotProcess
from tests.town import set_up

#: The machine's name is what tells a dead process of ours from one of another machine.
_ELSEWHERE = "import socket; socket.gethostname = lambda: {name!r}; from bot.cli import main; main()"


class Machine(BotProcess):
    """One process, as if on a machine called *name*. `api_port` is where it calls, `web_port` where it answers."""

    def __init__(self, folder: Path, name: str, role: str, *, api_port: int, web_port: int, **settings: str) -> None:
        (folder / name).mkdir()
        api = f"http://127.0.0.1:{api_port}"
        super().__init__(folder / name, api_url=api, web_port=str(web_port), **WIDE, **settings)
        self.name, self.role, self.api_port, self.web_port = name, role, api_port, web_port
        self.command = ("-c", _ELSEWHERE.format(name=name))

    async def ready(self, duty: str | None = None) -> str:
        """Wait until it is ready to serve and, when named, has this duty; return which it has."""
        async with asyncio.timeout(PATIENCE_S), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self.web_port}/readyz") as response:
                        found = str((await response.json()).get("duty", ""))
                        if response.status == 200 and duty in (None, found):
                            return found
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)

    @property
    def turns(self) -> int:
        """How often it took over from another process."""
        return sum(" bot.runtime.turns took over " in line for line in self.lines)

    @property
    def ways_given(self) -> int:
        """How often another process took over from it."""
        return sum(line.endswith(" another process took over") for line in self.lines)

    async def gives_way(self, before: int) -> None:
        """Wait until another process took over from it more often than *before*."""
        async with asyncio.timeout(PATIENCE_S):
            while self.ways_given <= before:  # noqa: ASYNC110 another process writes it
                await asyncio.sleep(0.1)


class Balancer:
    """Hands each request to the next of *ports*; 502 for one that does not answer."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.url = ""
        self._turn = itertools.count()
        self._session: aiohttp.ClientSession

    async def forward(self, request: web.BaseRequest) -> web.Response:
        """Answer one request as the next process does."""
        port = self.ports[next(self._turn) % len(self.ports)]
        body = await request.read()
        try:
            async with self._session.request(
                request.method, f"http://127.0.0.1:{port}{request.path_qs}", data=body, headers=request.headers
            ) as answer:
                headers = {name: value for name, value in answer.headers.items() if name == "Retry-After"}
                return web.Response(status=answer.status, body=await answer.read(), headers=headers)
        except aiohttp.ClientError:
            return web.Response(status=502)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Balancer]:
        """Serve; `url` is where."""
        runner = web.ServerRunner(web.Server(self.forward, access_log=None), shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=True)) as self._session:
            yield self
        await runner.cleanup()


class Machines:
    """What runs: `crowd` talks to it, `machines` are its processes by name."""

    def __init__(self, crowd: Crowd, machines: Sequence[Machine]) -> None:
        self.crowd, self.machines = crowd, {machine.name: machine for machine in machines}

    def sends_of(self, machine: Machine) -> list[Call]:
        """What this process sent or edited, in order."""
        return [call for call in self.crowd.world.calls if call.via == machine.api_port and _speaks(call)]

    async def sent_by(self, machine: Machine, more: int = 1) -> Call:
        """Wait until this process has sent so much *more*; return the first of it."""
        before = len(self.sends_of(machine))
        await self.crowd.world.until(
            lambda: len(self.sends_of(machine)) >= before + more, timeout=PATIENCE_S, what=f"{machine.name} sends"
        )
        return self.sends_of(machine)[before]


def _speaks(call: Call) -> bool:
    return call.method.startswith(("send", "edit", "delete"))


@asynccontextmanager
async def running(
    folder: Path, server: PostgresServer, template: str, roles: Sequence[tuple[str, str]], **settings: str
) -> AsyncIterator[Machines]:
    """Machines with these (name, role) pairs on one database, all of them ready; the first workers first."""
    name = server.create(template=template)
    url = server.url(name)
    await set_up(Database(url))
    database, world, balancer = Database(url), World(), Balancer()
    async with AsyncExitStack() as stack:
        stack.callback(server.drop, name)
        stack.push_async_callback(database.close)
        telegram = await stack.enter_async_context(serve(world))
        await stack.enter_async_context(balancer.running())
        machines = []
        for (name_, role), port in zip(roles, free_ports(len(roles)), strict=True):
            apart = await stack.enter_async_context(serve(world))
            machine = Machine(
                folder,
                name_,
                role,
                api_port=apart.port,
                web_port=port,
                database_url=url,
                web_url=balancer.url,
                webhook="True",
                **settings,
            )
            machines.append(await stack.enter_async_context(machine))
            if role != "worker":
                balancer.ports.append(port)
        crowd = Crowd(world, telegram, database, machines[0], seeded())
        crowd.bots = machines
        stack.push_async_callback(crowd.give_up)
        found = Machines(crowd, machines)
        await start(machines)
        yield found


async def start(machines: Sequence[Machine]) -> list[str]:
    """Start them all and wait until they are ready; return what each has the duty to do."""
    for machine in machines:
        await machine.start("run", "--role", machine.role)
    return [await machine.ready() for machine in machines]


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listened at a moment ago."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
