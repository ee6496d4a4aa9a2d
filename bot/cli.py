"""The command `buurtbode`. It reads the settings, wires, and says in one line what went wrong."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer

from bot import settings as settings_module

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.areas import Area
    from bot.runtime.mailing import MailServer
    from bot.runtime.web import WebAddress
    from bot.services.setup import TownFile
    from bot.services.setup.reading import Lines
    from bot.settings import Settings
    from storage.engine import Database

    Parts = Callable[[Database, datetime], AsyncIterator[str]]

# Each command reads in what it needs itself, so that all of them start quickly.

app = typer.Typer(
    help="Buurtbode: the Telegram bot of a welfare organisation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
areas = typer.Typer(help="The wijken of the town.", no_args_is_help=True)
app.add_typer(areas, name="areas")
export = typer.Typer(help="Lists for outside: nothing in them tells who reported what.", no_args_is_help=True)
app.add_typer(export, name="export")

FileArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command()
def run() -> None:
    """Serve the bot until SIGTERM or Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as long as nothing runs yet
    settings = _settings()
    token = _or_fail(settings.token)

    from zoneinfo import ZoneInfo

    from bot.runtime.app import Config
    from bot.runtime.limits import Limits, Window
    from bot.runtime.service import serve

    config = Config(
        token=token,
        api_url=settings.telegram_api_url,
        zone=ZoneInfo(settings.timezone),
        mail=_mail_server(settings),
        web=_web_address(settings),
    )
    windows = (settings.limit_overall, settings.limit_private, settings.limit_group)
    limits = Limits(*(Window.parse(text) for text in windows))
    raise typer.Exit(asyncio.run(serve(config, settings.database_url, limits)))


@app.command()
def migrate() -> None:
    """Bring the database to this version."""
    from storage import migrate as migrations

    url = _settings().database_url
    state = _do(migrations.state(url))
    if state is migrations.State.UNKNOWN:
        _fail(f"this database is {state.value}; nothing was changed")
    _do(migrations.upgrade(url))
    typer.echo(f"The database was {state.value}; now it has the tables of this version.")


@app.command()
def setup(file: FileArgument) -> None:
    """Load the set-up file: all of it or nothing, as often as you like."""
    from bot.services.setup import SetupError

    settings = _settings()
    try:
        _do(_load(settings, *_read_town(file)))
    except SetupError as error:
        _fail(*error.problems, "Nothing was changed.")
    typer.echo(f"{file.name} is loaded.")


@areas.command("import")
def import_areas(file: FileArgument) -> None:
    """Read the borders of the wijken from a GeoJSON file (properties: code, name, region)."""
    import json

    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        count = _do(_import_borders(_settings(), document))
    except (json.JSONDecodeError, UnicodeDecodeError, ValueError) as error:
        _fail(f"{file.name}: {error}", "Nothing was changed.")
    typer.echo(f"{count} wijken have their borders now.")


class ExportFormat(StrEnum):
    """How reports are written."""

    CSV = "csv"
    GEOREPORT = "georeport"


@export.command("reports")
def export_reports(
    form: Annotated[
        ExportFormat, typer.Option("--format", help="CSV for a spreadsheet, or Open311 GeoReport v2 as JSON.")
    ] = ExportFormat.CSV,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; the screen when left out.")] = None,
) -> None:
    """Write number, theme, wijk, month, status and public line of reports; never anybody's words or photos."""
    from bot.services.desk import exports

    if form is ExportFormat.CSV:
        _write(exports.csv_file, output, "reports", around=1, mark=True)
    else:
        _write(exports.georeport_file, output, "reports", around=2)


@export.command("repairs")
def export_repairs(
    unpowered: Annotated[
        bool, typer.Option("--unpowered", help="Sums of things without a plug, which the standard leaves out.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; the screen when left out.")] = None,
) -> None:
    """Write repairs as CSV of the Open Repair Data Standard v0.3; never anybody's words, name or photo."""
    from bot.services.repair_cafe import exporting

    if unpowered:
        _write(exporting.unpowered_file, output, "sums", around=1)
    else:
        _write(exporting.standard_file, output, "repairs", around=1)


@app.command()
def replay(
    updates: Annotated[list[int] | None, typer.Argument(help="Their numbers; all when left out.")] = None,
) -> None:
    """Run updates again that were set aside because they failed."""
    settings = _settings()
    token = _or_fail(settings.token)

    from bot.runtime.replay import replay_all

    outcome = _do(replay_all(token, settings.telegram_api_url, settings.database_url, updates))
    for update_id, why in outcome.items():
        typer.echo(f"{update_id}: {'handled' if why is None else f'failed again ({why})'}")
    if not outcome:
        typer.echo("Nothing was set aside.")
    raise typer.Exit(int(any(outcome.values())))


@app.command()
def demo(port: int = 8080) -> None:
    """Show the whole bot on this machine, with a Telegram of its own: http://127.0.0.1:8080."""
    from bot.demo import run as demo_run

    raise typer.Exit(demo_run.main(port=port))


@app.command()
def version() -> None:
    """Say which version this is."""
    from importlib.metadata import version as version_of

    typer.echo(version_of("buurtbode"))


def main() -> None:
    """Run the command line."""
    app()


# -- how --------------------------------------------------------------------------------------------------------------


def _read_town(file: Path) -> "tuple[TownFile, Lines, list[Area]]":
    """Return what the set-up file says, the lines of it, and the wijken that it names."""
    import json

    from bot.services.setup import SetupError, parse
    from bot.services.town import areas as area_service

    content = file.read_bytes()
    try:
        town, lines = parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SetupError([f"line {line}: this is not UTF-8; save {file.name} as UTF-8"]) from error
    if town.areas == "almere":
        return town, lines, area_service.builtin()
    path = file.parent / town.areas
    try:
        return town, lines, area_service.from_geojson(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise SetupError([f"line {lines.get(('areas',), 1)}: areas: {path.name} can't be read: {error}"]) from error


async def _load(settings: "Settings", town: "TownFile", lines: "Lines", known: "list[Area]") -> None:
    from datetime import UTC, datetime

    from bot.services import setup as setup_service

    async with _prepared(settings) as database, database.write(datetime.now(UTC)) as work:
        await setup_service.load(work, town, lines, known)


async def _import_borders(settings: "Settings", document: object) -> int:
    from datetime import UTC, datetime

    from bot.services.town import areas as area_service

    async with _prepared(settings) as database, database.write(datetime.now(UTC)) as work:
        return await area_service.import_borders(work, document)


def _write(make: "Parts", output: Path | None, what: str, *, around: int, mark: bool = False) -> None:
    """Write an export to a file or the screen.

    *around* parts of it are no rows; *mark* it with its alphabet, since spreadsheets else read it in another one.
    """
    settings = _settings()
    try:
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text stream has it
            _do(_export(settings, make, sys.stdout))
            return
        with output.open("w", encoding="utf-8", newline="") as stream:
            if mark:
                stream.write("\ufeff")
            count = _do(_export(settings, make, stream)) - around
    except LookupError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{output.name if output else 'the screen'} can't be written ({type(error).__name__})")
    typer.echo(f"{count} {what} are in {output.name}.")


async def _export(settings: "Settings", make: "Parts", stream: TextIO) -> int:
    """Write an export to *stream*; return of how many parts."""
    from datetime import UTC, datetime

    count = 0
    async with _prepared(settings) as database:
        async for part in make(database, datetime.now(UTC)):
            stream.write(part)
            count += 1
    return count


@asynccontextmanager
async def _prepared(settings: "Settings") -> AsyncIterator["Database"]:
    """The database with the tables of this version, as far as we may make them ourselves; closed at the end."""
    from bot.runtime.preparing import prepare
    from storage.engine import Database

    database = Database(settings.database_url)
    try:
        await prepare(database)
        yield database
    finally:
        await database.close()


def _mail_server(settings: "Settings") -> "MailServer | None":
    from bot.runtime.mailing import MailServer

    sender: str | None = _or_fail(settings.mail_sender)
    if sender is None or settings.smtp_host is None:
        return None
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        starttls=settings.smtp_starttls,
        sender=sender,
        reply_to=settings.smtp_reply_to,
    )


def _web_address(settings: "Settings") -> "WebAddress | None":
    from bot.runtime.web import WebAddress

    if settings.web_url is None:
        return None
    return WebAddress(settings.web_url, settings.web_host, settings.web_port)


def _settings() -> "Settings":
    from bot.runtime import logs

    settings: Settings = _or_fail(settings_module.read)
    logs.set_up(settings.log_level, settings.log_format)
    return settings


def _do(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 whatever the coroutine returns
    """Run a coroutine; a database or a server that can't be reached is one line, not a traceback."""
    from bot.runtime.preparing import RefusedError
    from storage.failures import is_database_failure, why

    try:
        return asyncio.run(_whole(work))
    except RefusedError as error:
        _fail(str(error))
    except Exception as error:
        if is_database_failure(error) or isinstance(error, OSError):
            _fail(f"the database can't be reached ({why(error)})")
        raise


async def _whole(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 whatever the coroutine returns
    from storage.engine import threads_ended

    try:
        return await work
    finally:
        await threads_ended()


def _or_fail(read: Any) -> Any:  # noqa: ANN401 whatever it returns
    try:
        return read()
    except settings_module.SettingsError as error:
        _fail(*error.problems)


def _fail(*lines: str) -> NoReturn:
    for line in lines:
        sys.stderr.write(f"buurtbode: {line}\n")
    raise typer.Exit(1)
