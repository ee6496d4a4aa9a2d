"""The command line: what an operator types and reads."""

import csv
import json
import logging
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from bot import cli
from bot.domain.activities.repairing import RepairOutcome
from bot.domain.enums import ActivityKind, Kind
from bot.services.activities import recurrence
from bot.services.repair_cafe import repair_day
from storage.engine import Database
from storage.models import Area, Desk, Occurrence
from tests.databases import sqlite_url
from tests.postgres import PostgresServer, run_apart
from tests.services.desks import told
from tests.town import START, TOWN_FILE


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an SQLite file that is not there yet, and the settings for it."""
    monkeypatch.chdir(tmp_path)
    url = sqlite_url(tmp_path / "town.db")
    monkeypatch.setenv("BUURTBODE_DATABASE_URL", url)
    monkeypatch.delenv("BUURTBODE_TELEGRAM_TOKEN", raising=False)
    return url


@pytest.fixture(autouse=True)
def process_as_before() -> Iterator[None]:
    """The command sends all logs of the process to its own error stream, and ends at SIGTERM as if all was well.

    Take both back: tests that are stopped half way have not passed.
    """
    handlers, level, ends = logging.root.handlers[:], logging.root.level, signal.getsignal(signal.SIGTERM)
    yield
    logging.root.handlers[:], logging.root.level = handlers, level
    signal.signal(signal.SIGTERM, ends)


def call(*words: str) -> Result:
    return CliRunner().invoke(cli.app, words)


def test_version_and_help() -> None:
    assert call("version").output.strip() == "0.1.0"
    assert "setup" in call("--help").output


def test_run_without_a_token_says_so(url: str) -> None:
    result = call("run")
    assert result.exit_code == 1
    assert result.output == "buurtbode: BUURTBODE_TELEGRAM_TOKEN is missing: put the token of @BotFather in .env\n"


def test_a_part_of_the_bot_on_sqlite_is_refused_in_one_line(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUURTBODE_TELEGRAM_TOKEN", "1:a")
    result = call("run", "--role", "worker")
    assert result.exit_code == 1
    assert result.output.startswith("buurtbode: --role worker needs PostgreSQL")
    assert result.output.count("\n") == 1
    monkeypatch.setenv("BUURTBODE_WEBHOOK", "True")
    assert call("run").output.startswith("buurtbode: BUURTBODE_WEB_URL is missing")


def test_a_wrong_setting_is_one_line(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUURTBODE_TIMEZONE", "Mars")
    result = call("migrate")
    assert result.exit_code == 1
    assert result.output.startswith("buurtbode: BUURTBODE_TIMEZONE: ")


def test_migrate_may_run_twice(url: str) -> None:
    assert "was empty" in call("migrate").output
    assert "was up to date" in call("migrate").output


def test_setup_loads_the_example_as_often_as_you_like(url: str) -> None:
    for _ in range(2):
        result = call("setup", str(TOWN_FILE))
        assert result.exit_code == 0
        assert result.output.endswith("town.yaml is loaded.\n")

    async def desks() -> int:
        database = Database(url)
        async with database.read(START) as work:
            count = await work.session.scalar(select(func.count()).select_from(Desk))
        await database.close()
        return count or 0

    assert run_apart(desks) == 3


def test_setup_names_lines_and_changes_nothing(url: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(TOWN_FILE.read_text().replace("areas: almere", "areas: missing.geojson"))
    result = call("setup", str(tmp_path / "wrong.yaml"))
    assert result.exit_code == 1
    assert "missing.geojson can't be read" in result.output
    assert result.output.startswith("buurtbode: line ")
    assert not (tmp_path / "town.db").exists()


def test_setup_asks_for_utf_8_and_takes_it_with_a_mark(url: str, tmp_path: Path) -> None:
    text = TOWN_FILE.read_text(encoding="utf-8")
    (tmp_path / "town.yaml").write_text(text, encoding="latin-1")
    result = call("setup", str(tmp_path / "town.yaml"))
    line = text[: text.index("é")].count("\n") + 1
    assert result.output.splitlines()[0] == f"buurtbode: line {line}: this is not UTF-8; save town.yaml as UTF-8"
    (tmp_path / "town.yaml").write_text(text, encoding="utf-8-sig")
    assert call("setup", str(tmp_path / "town.yaml")).exit_code == 0


def test_setup_takes_its_areas_from_a_file(url: str, tmp_path: Path) -> None:
    text = TOWN_FILE.read_text()
    (tmp_path / "areas.geojson").write_text(json.dumps(_square("Filmwijk", "WK003418")))
    (tmp_path / "town.yaml").write_text(text.replace("areas: almere", "areas: areas.geojson"))
    result = call("setup", str(tmp_path / "town.yaml"))
    assert "Stedenwijk" in result.output, "a wijk that the file with areas does not know is named"
    assert result.exit_code == 1


def test_borders_are_imported(url: str, tmp_path: Path) -> None:
    (tmp_path / "areas.geojson").write_text(json.dumps(_square("Filmwijk", "WK003418")))
    call("setup", str(TOWN_FILE))
    assert call("areas", "import", str(tmp_path / "areas.geojson")).output == "1 wijken have their borders now.\n"

    async def border() -> str:
        database = Database(url)
        async with database.read(START) as work:
            polygon = await work.session.scalar(select(Area.polygon).where(Area.code == "WK003418"))
        await database.close()
        return polygon["type"] if polygon else ""

    assert run_apart(border) == "MultiPolygon"
    (tmp_path / "areas.geojson").write_text("{]")
    assert "Nothing was changed." in call("areas", "import", str(tmp_path / "areas.geojson")).output


def test_replay_says_when_there_is_no_telegram(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUURTBODE_TELEGRAM_TOKEN", "123:abc")
    monkeypatch.setenv("BUURTBODE_TELEGRAM_API_URL", "http://127.0.0.1:9")
    call("migrate")
    result = call("replay")
    assert (result.exit_code, result.output) == (1, "buurtbode: Telegram can't be reached (NetworkError)\n")


def test_a_backup_is_a_file_that_is_never_overwritten(url: str, tmp_path: Path) -> None:
    assert call("backup").output == "buurtbode: no copy was made (the file can't be opened)\n"
    call("setup", str(TOWN_FILE))
    result = call("backup", "copy.db")
    assert (result.exit_code, result.output.partition(" (")[0]) == (0, "copy.db is a copy of town.db")
    assert (tmp_path / "copy.db").stat().st_size > 100_000
    result = call("backup", "copy.db")
    assert (result.exit_code, result.output) == (1, "buurtbode: copy.db is there already; nothing was changed\n")
    assert call("backup", "no/copy.db").output == "buurtbode: no copy was made (No such file or directory)\n"
    assert call("backup").exit_code == 0
    assert len(list(tmp_path.glob("buurtbode-2*.db"))) == 1


def test_of_postgresql_the_backup_names_the_program_for_it(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUURTBODE_DATABASE_URL", "postgresql+asyncpg://jan:geheim@host/town")
    result = call("backup")
    assert result.exit_code == 1
    assert "pg_dump --format=custom" in result.output
    assert "geheim" not in result.output


def test_a_move_tells_each_table_and_what_to_do_next(url: str, tmp_path: Path) -> None:
    call("setup", str(TOWN_FILE))
    result = call("move", "--to", sqlite_url(tmp_path / "new.db"))
    assert result.exit_code == 0
    *tables, total, todo = result.output.splitlines()
    assert any(line.split()[:3] == ["desk", "3", "rows"] for line in tables), tables
    assert total.endswith("are the same in both, and were read back.")
    assert "BUURTBODE_DATABASE_URL" in todo
    again = call("move", "--to", sqlite_url(tmp_path / "new.db"))
    assert (again.exit_code, again.output.partition(", in")[0]) == (1, "buurtbode: the new database has rows already")
    assert call("move", "--to", "mysql://jan:geheim@host/x").output == (
        "buurtbode: --to: not like sqlite+aiosqlite:///file or postgresql+asyncpg://name:password@host/database\n"
    )


def test_the_doctor_says_what_to_do_and_ends_with_1(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUURTBODE_TELEGRAM_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BUURTBODE_SMTP_HOST", "127.0.0.1")
    result = call("doctor")
    assert result.exit_code == 1
    assert [line[:5].strip() for line in result.output.splitlines()] == ["WRONG", "hint", "WRONG", "WRONG"]
    assert result.output.splitlines()[-1].startswith("WRONG  mail: BUURTBODE_SMTP_FROM is missing")
    monkeypatch.setenv("BUURTBODE_WEBHOOK", "True")
    webhook = "WRONG  webhook: BUURTBODE_WEB_URL is missing: the address that Telegram brings updates to"
    assert webhook in call("doctor").output.splitlines()


def test_a_database_that_is_away_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUURTBODE_DATABASE_URL", "sqlite+aiosqlite:////no/such/folder/town.db")
    result = call("migrate")
    assert (result.exit_code, result.output) == (
        1,
        "buurtbode: the database can't be reached (the file can't be opened)\n",
    )


@pytest.mark.parametrize("words", [["migrate"], ["setup", str(TOWN_FILE)], ["replay"]])
def test_a_file_that_is_no_database_is_one_line(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("BUURTBODE_TELEGRAM_TOKEN", "123:abc")
    (tmp_path / "town.db").write_bytes(b"Notes of a meeting. " * 100)
    result = call(*words)
    assert (result.exit_code, result.output) == (
        1,
        "buurtbode: the database can't be reached (the file is no database)\n",
    )


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("postgres:geheim@/nowhere", "there is no database of this name"),
        ("nobody:geheim@/postgres", "user or password is wrong"),
    ],
)
def test_a_wrong_address_of_a_server_is_one_line(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rest: str, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"postgresql+asyncpg://{rest}?host={postgres_server.folder}"
    monkeypatch.setenv("BUURTBODE_DATABASE_URL", url)
    result = call("migrate")
    assert (result.exit_code, result.output) == (1, f"buurtbode: the database can't be reached ({line})\n")


def test_replay_wants_the_tables_of_this_version(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUURTBODE_DATABASE_URL", postgres_server.url())
    monkeypatch.setenv("BUURTBODE_TELEGRAM_TOKEN", "123:abc")
    result = call("replay")
    assert result.exit_code == 1
    assert "run `buurtbode migrate` first" in result.output


def _square(name: str, code: str) -> dict[str, object]:
    ring = [[5.20, 52.36], [5.24, 52.36], [5.24, 52.39], [5.20, 52.39], [5.20, 52.36]]
    properties = {"code": code, "name": name, "region": "Almere Stad"}
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return {"type": "FeatureCollection", "features": [feature]}


def test_reports_are_exported_without_anybodys_words(url: str, tmp_path: Path) -> None:
    refused = call("export", "reports")
    assert refused.exit_code == 1
    assert refused.output.endswith("buurtbode: no organisation yet: run `buurtbode setup FILE` first\n")
    call("setup", str(TOWN_FILE))

    async def fill() -> None:
        database = Database(url)
        async with database.write(START) as work:
            place, person = await told(work), await told(work, kind=Kind.PERSON)
            place.number, person.number, place.public_line = 1, 2, '=HYPERLINK("x")'
            place.resident_name, person.text = "Fatima", "Zij huilt veel"
        await database.close()

    run_apart(fill)
    lines = call("export", "reports").output.splitlines()
    assert lines == [
        "number,theme,area,month,status,public_line",
        '''M-2026-0001,leefbaarheid,Stedenwijk,2026-11,ontvangen,"'=HYPERLINK(""x"")"''',
        "M-2026-0002,leefbaarheid,Stedenwijk,2026-11,ontvangen,",
    ]
    path = tmp_path / "reports.json"
    assert (
        call("export", "reports", "--format", "georeport", "-o", str(path)).output == "1 reports are in reports.json.\n"
    )
    assert json.loads(path.read_text(encoding="utf-8")) == [
        {
            "service_request_id": "M-2026-0001",
            "status": "open",
            "service_name": "leefbaarheid",
            "service_code": "leefbaarheid",
            "requested_datetime": "2026-11-01T00:00:00+01:00",
            "status_notes": '=HYPERLINK("x")',
            "address": "Stedenwijk",
        }
    ]
    assert "Fatima" not in path.read_text(encoding="utf-8")


def test_an_export_that_cant_be_written_does_not_blame_the_database(url: str, tmp_path: Path) -> None:
    assert call("setup", str(TOWN_FILE)).exit_code == 0
    for form in ("csv", "georeport"):
        full = call("export", "reports", "--format", form, "-o", "/dev/full")
        assert (full.exit_code, full.stderr) == (1, "buurtbode: full can't be written (No space left on device)\n")
    nowhere = call("export", "repairs", "-o", str(tmp_path / "no" / "such.csv"))
    assert (nowhere.exit_code, nowhere.stderr) == (
        1,
        "buurtbode: such.csv can't be written (No such file or directory)\n",
    )


def test_repairs_are_exported_in_the_standard_and_without_anybodys_words(url: str, tmp_path: Path) -> None:
    refused = call("export", "repairs")
    assert refused.exit_code == 1
    assert refused.output.endswith("buurtbode: no organisation yet: run `buurtbode setup FILE` first\n")
    call("setup", str(TOWN_FILE))

    async def fill() -> None:
        database = Database(url)
        async with database.write(START) as work:
            await recurrence.extend_series(work)
        async with database.read(START) as work:
            query = select(Occurrence).where(Occurrence.kind == ActivityKind.REPAIR_CAFE).order_by(Occurrence.starts_at)
            cafe = (await work.session.scalars(query.limit(1))).one()
        async with database.write(cafe.starts_at) as work:
            brought = []
            for name in ("Lamp", "Fiets", "het ding van Fatima"):
                answer = await repair_day.walk_in(work, cafe.id, 9003, repair_day.as_item(name))
                assert answer.visit is not None
                assert answer.visit.item is not None
                answer.visit.item.brand, answer.visit.item.fault = "Jan 0612345678", "valt van tafel bij Jan"
                brought.append(answer.visit.signup.id)
            for signup_id in brought[:-1]:
                await repair_day.call(work, signup_id, 9003, version=1)
            await repair_day.finish(work, brought[-1], 9003, RepairOutcome.FIXED, version=1)
        await database.close()

    run_apart(fill)
    path = tmp_path / "repairs.csv"
    assert call("export", "repairs", "-o", str(path)).output == "2 repairs are in repairs.csv.\n"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [(row["product_category"], row["repair_status"], row["event_date"]) for row in rows] == [
        ("Lamp", "Unknown", "2026-12-05"),
        ("Misc", "Fixed", "2026-12-05"),
    ]
    assert not any(word in path.read_text(encoding="utf-8") for word in ("Fatima", "Jan", "tafel"))
    assert call("export", "repairs", "--unpowered").output.splitlines() == [
        "data_provider,product_category,repair_status,total",
        "De Schoor,Unpowered - Bicycle,Unknown,1",
    ]
