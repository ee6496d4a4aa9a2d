"""`buurtbode run` as a process of its own, against the stand-in, to be stopped and killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
_LEFT_BEHIND = ("ResourceWarning", "was never awaited", "was destroyed", "asyncio complained")
_QUIET = ("BUURTBODE_", "COVERAGE_", "PYTEST_", "PYTHONDEVMODE")


class BotProcess:
    """One process of the bot; its log goes to a file in *folder*.

    `command` is what Python runs. `prefix`: the words of a command that runs it.
    """

    def __init__(self, folder: Path, *, api_url: str, database_url: str, **settings: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_QUIET)}
        # What is killed writes no coverage, and what is measured starts slowly.
        self.environment = inherited | {
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "always::ResourceWarning,always::RuntimeWarning",
            "BUURTBODE_TELEGRAM_TOKEN": "7000000001:AAstand-in-token-of-35-characters-00",
            "BUURTBODE_TELEGRAM_API_URL": api_url,
            "BUURTBODE_DATABASE_URL": database_url,
            **{f"BUURTBODE_{name.upper()}": value for name, value in settings.items()},
        }
        self.folder, self.log = folder, folder / "bot.log"
        self.command: Sequence[str] = ("-m", "bot")
        self.prefix: Sequence[str] = ()
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        """Nothing runs yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave nothing running."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    async def start(self, *arguments: str) -> None:
        """Start it (`run`, or another command)."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.prefix,
                sys.executable,
                *self.command,
                *(arguments or ("run",)),
                cwd=self.folder,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """End it with SIGKILL, in the middle of whatever it does."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """End it with SIGTERM and return its exit code; it may leave nothing open."""
        code = await self._end(signal.SIGTERM)
        left = [line for line in self.lines if any(words in line for words in _LEFT_BEHIND)]
        assert not left, left
        return code

    @property
    def pid(self) -> int:
        """The number of the process that was started last."""
        assert self._process is not None
        return self._process.pid

    def freeze(self) -> None:
        """Stop it in the middle of whatever it does; it goes on at `thaw`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on as if nothing had happened."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def wait(self) -> int:
        """Return its exit code once it ended by itself."""
        assert self._process is not None
        return await self._process.wait()

    @property
    def lines(self) -> list[str]:
        """What it logged so far."""
        return self.log.read_text().splitlines() if self.log.exists() else []

    async def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await self._process.wait()
