"""Fixtures of the benchmarks: a folder on a disk, a town, and the one table that is printed at the end."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.figures import Table
from tests.benchmarks.machine import described
from tests.benchmarks.running import set_up_at_noon
from tests.benchmarks.sizes import FULL, SHORT, Sizes
from tests.postgres import run_apart

_TABLE = pytest.StashKey[Table]()
#: Survives a restart, so it is on a disk everywhere: what is measured waits for it.
_ON_DISK = "/var/tmp"  # noqa: S108 a folder of our own is made in it


@pytest.fixture(scope="session")
def sizes() -> Sizes:
    """How much is measured."""
    return SHORT if os.environ.get("BUURTBODE_BENCH") == "short" else FULL


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder on a disk; `BUURTBODE_BENCH_DIR` chooses which."""
    with tempfile.TemporaryDirectory(
        prefix="buurtbode-bench-", dir=os.environ.get("BUURTBODE_BENCH_DIR", _ON_DISK)
    ) as made:
        yield Path(made)


@pytest.fixture(scope="session")
def noon_town(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the example town, where it is about noon, to be copied."""
    path = tmp_path_factory.mktemp("noon") / "town.db"
    shutil.copyfile(migrated_file, path)
    run_apart(lambda: set_up_at_noon(path))
    return path


@pytest.fixture
def table(pytestconfig: pytest.Config, folder: Path, sizes: Sizes) -> Table:
    """The table of this call."""
    if _TABLE not in pytestconfig.stash:
        cores = len(os.sched_getaffinity(0))
        apart = "the stand-in on one core, the bot or peer on another" if cores > 1 else "all on one core"
        pytestconfig.stash[_TABLE] = Table(remarks=[*described(folder), f"{sizes.told}; {apart}"])
    return pytestconfig.stash[_TABLE]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    if _TABLE in config.stash:
        terminalreporter.write_line(f"\n{config.stash[_TABLE]}\n")
