"""`buurtbode export`: lists for outside. Nothing in them tells who reported what."""

import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.cli.common import do, fail, prepared, read_settings

if TYPE_CHECKING:
    from datetime import datetime

    from bot.settings import Settings
    from storage.engine import Database

    Parts = Callable[[Database, datetime], AsyncIterator[str]]

export = typer.Typer(help="Lists for outside: nothing in them tells who reported what.", no_args_is_help=True)


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


class _UnwritableError(Exception):
    """What was to be written to can't be; the cause tells why."""


def _write(make: "Parts", output: Path | None, what: str, *, around: int, mark: bool = False) -> None:
    """Write an export to a file or the screen.

    *around* parts of it are no rows; *mark* it with its alphabet, since spreadsheets else read it in another one.
    """
    settings = read_settings()
    try:
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text stream has it
            do(_export(settings, make, sys.stdout))
            return
        with output.open("w", encoding="utf-8", newline="") as stream:
            if mark:
                stream.write("\ufeff")
            count = do(_export(settings, make, stream)) - around
    except LookupError as error:
        fail(str(error))
    except (OSError, _UnwritableError) as error:
        fail(f"{output.name if output else 'the screen'} can't be written ({_reason(error)})")
    typer.echo(f"{count} {what} are in {output.name}.")


async def _export(settings: "Settings", make: "Parts", stream: TextIO) -> int:
    """Write an export to *stream*; return of how many parts."""
    from datetime import UTC, datetime

    count = 0
    async with prepared(settings) as database:
        async for part in make(database, datetime.now(UTC)):
            with _writing(stream):
                stream.write(part)
            count += 1
        with _writing(stream):
            stream.flush()
    return count


@contextmanager
def _writing(stream: TextIO) -> Iterator[None]:
    """Tell a file that can't be written from a database that can't be reached."""
    try:
        yield
    except OSError as error:
        with suppress(OSError):  # what is left to write goes nowhere: Python would complain about it at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise _UnwritableError from error


def _reason(error: BaseException) -> str:
    cause = error.__cause__ or error
    return (cause.strerror if isinstance(cause, OSError) else None) or type(cause).__name__
