"""`buurtbode backup` and `buurtbode move`: keeping what there is."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import do, fail, or_fail, read_settings
from bot.settings import checked_database_url

if TYPE_CHECKING:
    from storage.transfer import Sum


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; buurtbode-DATE-TIME.db here when left out.", dir_okay=False)
    ] = None,
) -> None:
    """Copy the SQLite database to a file, also while the bot runs. PostgreSQL has pg_dump for it."""
    from storage import backup as copying
    from storage.failures import is_database_failure, why

    database = copying.file_of(read_settings().database_url)
    if database is None:
        fail("this is PostgreSQL: make a copy with `pg_dump --format=custom --file=buurtbode.dump`")
    target = file or Path(f"buurtbode-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.db")
    try:
        size = copying.copy(database, target)
    except FileExistsError:
        fail(f"{target.name} is there already; nothing was changed")
    except copying.DamagedError as error:
        fail(f"the database is damaged ({error}); no copy was made")
    except Exception as error:
        if not is_database_failure(error) and not isinstance(error, OSError):
            raise
        fail(f"no copy was made ({error.strerror if isinstance(error, OSError) else why(error)})")
    typer.echo(
        f"{target.name} is a copy of {database.name} ({size:,} bytes). It holds what people wrote: keep it safe."
    )


def move(
    to: Annotated[
        str,
        typer.Option(
            "--to", envvar="BUURTBODE_MOVE_TO", help="The new database, as BUURTBODE_DATABASE_URL would say it."
        ),
    ],
) -> None:
    """Carry everything over to another, empty database, while the bot is stopped. The old one stays as it is."""
    from bot.runtime.transferring import move as carry

    source = read_settings().database_url
    target = or_fail(lambda: checked_database_url(to, name="--to"))
    sums: list[Sum] = do(carry(source, target, _tell))
    typer.echo(
        f"{sum(one.rows for one in sums):,} rows in {len(sums)} tables are the same in both, and were read back."
    )
    typer.echo(
        "Now put the new address as BUURTBODE_DATABASE_URL in .env, start the bot, and put the old database away."
    )


def _tell(one: "Sum") -> None:
    typer.echo(f"{one.table:<20} {one.rows:>10,} rows  {one.checksum[:16]}")
