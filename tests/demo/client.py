"""The plainest client of the Bot API: one call, its result or its refusal."""

from __future__ import annotations

from typing import Any

import aiohttp

Json = dict[str, Any]


class RefusedError(Exception):
    """The server answered ``ok: false``; the HTTP status was the error code."""

    def __init__(self, answer: Json) -> None:
        super().__init__(f"{answer['error_code']} {answer['description']}")
        self.code: int = answer["error_code"]
        self.description: str = answer["description"]
        self.parameters: Json = answer.get("parameters", {})


class Client:
    """A bot of bare calls against the server at *url*."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session = session
        self.url = url
        self.token = token

    async def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - the result of any method
        """Call with parameters as JSON."""
        return await self.post(method, json=params)

    async def post(self, method: str, **request: Any) -> Any:  # noqa: ANN401 - whatever aiohttp takes
        """Call with the request made by hand; return the result or raise `RefusedError`."""
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", **request) as response:
            answer: Json = await response.json()
            if answer["ok"]:
                assert response.status == 200
                return answer["result"]
            assert response.status == answer["error_code"]
            raise RefusedError(answer)

    async def refused(self, method: str, **params: object) -> str:
        """Call, expect a refusal and return its code and words."""
        try:
            result = await self.call(method, **params)
        except RefusedError as error:
            return str(error)
        raise AssertionError(f"{method} was not refused but gave {result!r}")

    async def updates(self, offset: int = 0, **params: object) -> list[Json]:
        """Call getUpdates."""
        updates: list[Json] = await self.call("getUpdates", offset=offset, **params)
        return updates

    async def drain(self) -> list[Json]:
        """Return all that waits, and acknowledge it."""
        updates = await self.updates()
        if updates:
            await self.updates(offset=updates[-1]["update_id"] + 1)
        return updates
