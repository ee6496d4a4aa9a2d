"""`buurtbode setup` and `buurtbode areas`: what the town is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import do, fail, prepared, read_settings

if TYPE_CHECKING:
    from bot.domain.areas import Area
    from bot.services.setup import TownFile
    from bot.services.setup.reading import Lines
    from bot.settings import Settings

areas = typer.Typer(help="The wijken of the town.", no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


def setup(file: FileArgument) -> None:
    """Load the set-up file: all of it or nothing, as often as you like."""
    from bot.services.setup import SetupError

    settings = read_settings()
    try:
        by_hand = do(_load(settings, *_read_town(file)))
    except SetupError as error:
        fail(*error.problems, "Nothing was changed.")
    typer.echo(f"{file.name} is loaded.")
    if by_hand:
        typer.echo(f"Changed in the chat, and left as they are there: {', '.join(by_hand)}.")


@areas.command("import")
def import_areas(file: FileArgument) -> None:
    """Read the borders of the wijken from a GeoJSON file (properties: code, name, region)."""
    import json

    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        count = do(_import_borders(read_settings(), document))
    except (json.JSONDecodeError, UnicodeDecodeError, ValueError) as error:
        fail(f"{file.name}: {error}", "Nothing was changed.")
    typer.echo(f"{count} wijken have their borders now.")


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


async def _load(settings: "Settings", town: "TownFile", lines: "Lines", known: "list[Area]") -> Sequence[str]:
    from datetime import UTC, datetime

    from bot.services import setup as setup_service

    async with prepared(settings) as database, database.write(datetime.now(UTC)) as work:
        return await setup_service.load(work, town, lines, known)


async def _import_borders(settings: "Settings", document: object) -> int:
    from datetime import UTC, datetime

    from bot.services.town import areas as area_service

    async with prepared(settings) as database, database.write(datetime.now(UTC)) as work:
        return await area_service.import_borders(work, document)
