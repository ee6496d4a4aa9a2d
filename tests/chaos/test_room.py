"""No room: the disk is full, or a file may not grow. One clear line, nothing damaged, and on when there is room."""

import asyncio
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Database
from tests.chaos.crowd import REPEATED_PER_CRASH, Crowd, crowd
from tests.chaos.sizes import sized
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.lasts(90)]

FULL_S, RESIDENTS, KILLS = sized((3.0, 20, 1), (30.0, 200, 10))

#: What runs a command with mounts of its own, and ends it with us; from util-linux.
_APART = ("setpriv", "--pdeathsig", "KILL", "--", "unshare", "--user", "--map-root-user", "--mount")


class Disk:
    """A small disk of its own, in a mount namespace that nobody else sees; ends with this process.

    It needs no rights: whoever may make a user namespace may mount there.
    """

    def __init__(self, folder: Path, megabytes: int) -> None:
        """Mount it on *folder*; PermissionError where this machine does not let us."""
        folder.mkdir()
        script = 'mount -t tmpfs -o size="$1"m none "$2" && echo mounted && exec sleep infinity'
        self._keeper = subprocess.Popen(  # noqa: S603 our own arguments
            [*_APART, "sh", "-c", script, "sh", str(megabytes), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._keeper.stdout is not None
        if self._keeper.stdout.readline() != "mounted\n":
            self.close()
            raise PermissionError
        self.inside = ("nsenter", "--target", str(self._keeper.pid), "--user", "--mount", "--preserve-credentials")
        #: How this process, outside, gets at what is on it.
        self.path = Path(f"/proc/{self._keeper.pid}/root{folder}")

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.path / "filler").open("ab", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                return

    def make_room(self) -> None:
        """Take away what filled it."""
        (self.path / "filler").unlink()

    def close(self) -> None:
        """Let go of it, and of all that is on it."""
        self._keeper.kill()
        self._keeper.communicate()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    try:
        made = Disk(tmp_path / "disk", megabytes=32)
    except PermissionError:
        pytest.skip("nobody may mount here; a file that may not grow is tried instead")
    yield made
    made.close()


async def test_a_full_disk_damages_nothing_and_all_goes_on_when_there_is_room(
    town_file: Path, disk: Disk, tmp_path: Path
) -> None:
    shutil.copyfile(town_file, disk.path / "town.db")
    async with crowd(tmp_path, sqlite_url(tmp_path / "disk" / "town.db")) as people:
        people.bot.prefix = disk.inside
        await _begin(people)
        disk.fill()
        people.begin(RESIDENTS // 2)
        await _complains(people, "the disk is full")
        await asyncio.sleep(FULL_S)
        for _ in range(KILLS):
            await people.bot.kill()
            await people.bot.start()
            await asyncio.sleep(FULL_S / KILLS)
        disk.make_room()
        await people.finish()
        assert await people.bot.stop() == 0
        for file in disk.path.glob("town.db*"):
            shutil.copyfile(file, tmp_path / file.name)
        await _check(people, tmp_path / "town.db", crashes=1 + KILLS)


async def test_a_file_that_may_not_grow_damages_nothing_and_all_goes_on_when_it_may(
    town_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "town.db"
    shutil.copyfile(town_file, path)
    async with crowd(tmp_path, sqlite_url(path)) as people:
        await _begin(people)
        grown = (tmp_path / "town.db-wal").stat().st_size
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(people.bot.pid, resource.RLIMIT_FSIZE, (grown + 16_384, most))
        people.begin(RESIDENTS // 2)
        await _complains(people, "the disk fails")
        await asyncio.sleep(FULL_S)
        resource.prlimit(people.bot.pid, resource.RLIMIT_FSIZE, (most, most))
        await people.finish()
        assert await people.bot.stop() == 0
        await _check(people, path, crashes=1)


async def _begin(people: Crowd) -> None:
    """Have the first half talk to a bot that has all the room it wants."""
    await people.bot.start()
    people.begin(RESIDENTS - RESIDENTS // 2)
    await people.says_something()


async def _complains(people: Crowd, why: str) -> None:
    """Wait for the line that says why the database fails."""
    async with asyncio.timeout(PATIENCE_S):
        while not any(f'why="{why}"' in line for line in people.bot.lines):  # noqa: ASYNC110 another process writes it
            await asyncio.sleep(0.05)


async def _check(people: Crowd, path: Path, *, crashes: int) -> None:
    """Count reports and messages, ask SQLite whether the file is whole, and look at how much was logged."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    people.town.database = Database(sqlite_url(path))
    await people.check(repeated=crashes * REPEATED_PER_CRASH)
    await people.town.database.close()
    told = [line for line in people.bot.lines if " error " in line or " warning " in line or "Traceback" in line]
    assert len(told) <= (8 + FULL_S / 6) * crashes, "\n".join(told)
    assert not any("Traceback" in line for line in told)
