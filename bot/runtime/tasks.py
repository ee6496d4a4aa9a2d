"""The parts of a process that run side by side, by name: one that ends although nobody dropped it is a breakdown."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Named tasks. `broken` waits for the first that ends by itself."""

    def __init__(self) -> None:
        """Begin with none."""
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._dismissed: set[str] = set()
        self._broken: asyncio.Queue[tuple[str, asyncio.Task[None]]] = asyncio.Queue()

    def __contains__(self, name: str) -> bool:
        """Whether a part of this name was begun, and not dropped."""
        return name in self._tasks

    def run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Begin a part."""
        self._dismissed.discard(name)
        task = self._tasks[name] = asyncio.create_task(work, name=name)
        task.add_done_callback(lambda task: self._ended(name, task))

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(name) is task and name not in self._dismissed:
            self._broken.put_nowait((name, task))

    async def broken(self) -> tuple[str, BaseException | None]:
        """Wait until a part ends although nobody dropped it; return its name and its error."""
        name, task = await self._broken.get()
        return name, None if task.cancelled() else task.exception()

    def dismiss(self, *names: str) -> None:
        """Say that these parts, all when none is named, are about to be stopped: their end is no breakdown."""
        self._dismissed.update(names or self._tasks)

    async def ended(self, *names: str, seconds: float) -> None:
        """Wait up to *seconds* until these parts have ended."""
        if tasks := [self._tasks[name] for name in names if name in self._tasks]:
            await asyncio.wait(tasks, timeout=seconds)

    async def drop(self, *names: str) -> None:
        """End these parts, all when none is named; what they had in hand is cut off."""
        dropped = [self._tasks.pop(name) for name in names or list(self._tasks) if name in self._tasks]
        for task in dropped:
            task.cancel()
        await asyncio.gather(*dropped, return_exceptions=True)
