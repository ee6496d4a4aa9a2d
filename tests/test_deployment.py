"""What an operator installs: the wheel has all files, and every command that is written down exists."""

import configparser
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import typer
import yaml

from bot import cli
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "deploy").iterdir(), ROOT / ".env.example"]
COMPOSE = ["compose.yaml", "compose.postgres.yaml"]


def commands() -> set[str]:
    """Return what may stand behind `buurtbode`, as in "export reports"."""
    found: set[str] = set()
    group = typer.main.get_command(cli.app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # a group has them
        found |= {f"{name} {sub}" for sub in getattr(command, "commands", {})} or {name}
    return found


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    build = "import sys; from poetry.core.masonry import api; api.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True)  # noqa: S603 our own words
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = (path for package in ("bot", "handlers", "storage") for path in (ROOT / package).rglob("*"))
    assert held == {str(path.relative_to(ROOT)) for path in ours if path.is_file() and "__pycache__" not in path.parts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_written_down_exists(page: Path) -> None:
    # Behind a path or at the beginning of code; in running text "buurtbode" is a word.
    named = re.findall(r"(?:`|bin/|^|exec bot )buurtbode ([a-z]+(?: [a-z]+)?)", page.read_text(), re.MULTILINE)
    assert {words for words in named if words not in commands() and words.split()[0] not in commands()} == set()


def test_the_commands_are_looked_for_where_they_stand() -> None:
    assert {"run", "doctor", "backup", "move", "export reports"} <= commands()
    assert "buurtbode move --to" in (ROOT / "docs" / "deployment.md").read_text()


@pytest.mark.parametrize("name", ["buurtbode.service", "buurtbode-backup.service"])
def test_a_unit_runs_the_bot_as_its_own_user_where_it_may_write(name: str) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd tells capitals apart
    unit.read(ROOT / "deploy" / name)
    service = unit["Service"]
    assert (service["User"], service["UMask"], service["ProtectSystem"]) == ("buurtbode", "0077", "strict")
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory'].split()[0]}"
    assert "/opt/buurtbode/.venv/bin/buurtbode " in service["ExecStart"]


@pytest.mark.parametrize("name", [*COMPOSE, "Dockerfile"])
def test_containers_are_given_settings_that_exist(name: str) -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields} | {f"{PREFIX}POSTGRES_PASSWORD"}
    assert set(re.findall(rf"{PREFIX}\w+", (ROOT / name).read_text())) <= known


@pytest.mark.parametrize("name", COMPOSE)
def test_the_image_has_the_version_of_the_project(name: str) -> None:
    services = yaml.safe_load((ROOT / name).read_text())["services"].values()
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert {one["image"] for one in services if "build" in one} == {f"buurtbode:{version[1]}"}


def test_the_builder_gets_all_that_the_dockerfile_copies() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {name for names in copied for name in names.split()} == let_in
