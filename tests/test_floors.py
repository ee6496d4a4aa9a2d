"""The contracts about who imports whom break when they should (the gate itself runs `lint-imports`)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {"__main__", "cli", "demo", "runtime", "services", "domain"}
BESIDE = {"texts", "data", "settings"}

# A small Buurtbode: every package there is, importing what it may.
ALLOWED = {
    "bot": "",
    "bot.__main__": "import bot.cli",
    "bot.cli": "import bot.demo, bot.settings",
    "bot.demo": "import bot.runtime, bot.texts, telegram",
    "bot.runtime": "import handlers, bot.settings, telegram.ext",
    "handlers": "import bot.services, bot.texts, telegram",
    "bot.services": "import storage, bot.data",
    "storage": "import bot.domain, sqlalchemy.orm, alembic",
    "bot.domain": "import bot.data, datetime",
    "bot.texts": "import bot.domain",
    "bot.data": "import csv",
    "bot.settings": "import pydantic_settings",
}

PLANTED = [
    ("bot.cli", "import bot.__main__", "A floor imports only"),
    ("bot.demo", "import bot.cli", "A floor imports only"),
    ("bot.runtime", "import bot.demo", "A floor imports only"),
    ("handlers", "import bot.runtime", "A floor imports only"),
    ("bot.services", "import handlers", "A floor imports only"),
    ("storage", "import bot.services", "A floor imports only"),
    ("bot.domain", "import storage", "A floor imports only"),
    ("bot.domain", "import asyncio", "The domain is pure"),
    ("bot.texts", "import storage", "The sentences know"),
    ("bot.services", "import bot.texts", "Sentences are spoken by"),
    ("bot.data", "import bot.domain", "The tables import nothing"),
    ("handlers", "import bot.settings", "Settings are read by"),
    ("bot.settings", "import bot.domain", "The settings import nothing"),
    ("bot.services", "from telegram import Update", "Only handlers, runtime and demo know Telegram"),
    ("bot.cli", "import telegram.ext", "Only handlers, runtime and demo know Telegram"),
    ("handlers", "from sqlalchemy.orm import Session", "Only storage knows the database"),
    ("bot.runtime", "import asyncpg", "Nobody but storage talks to a driver"),
]


def _lint(folder: Path, modules: dict[str, str]) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, lines in modules.items():
        path = folder.joinpath(*name.split("."))
        file = path / "__init__.py" if name in {"bot", "handlers", "storage"} else path.with_suffix(".py")
        file.parent.mkdir(exist_ok=True)
        file.write_text(lines + "\n")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 our own tool


def _broken(output: str) -> list[str]:
    return [line.removesuffix(" BROKEN") for line in output.splitlines() if line.endswith(" BROKEN")]


def test_what_is_allowed_passes(tmp_path: Path) -> None:
    result = _lint(tmp_path, ALLOWED)
    assert (result.returncode, _broken(result.stdout)) == (0, []), result.stdout


@pytest.mark.parametrize(("module", "line", "contract"), PLANTED)
def test_a_planted_import_breaks_its_contract(tmp_path: Path, module: str, line: str, contract: str) -> None:
    result = _lint(tmp_path, {**ALLOWED, module: f"{ALLOWED[module]}\n{line}"})
    assert result.returncode == 1, result.stdout
    assert any(name.startswith(contract) for name in _broken(result.stdout)), result.stdout


def test_everything_in_bot_stands_on_a_floor_or_beside_them() -> None:
    names = {path.stem for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert names - {"__init__"} == FLOORS | BESIDE
