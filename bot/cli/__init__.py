"""The command `buurtbode`. It reads the settings, wires, and says in one line what went wrong."""

import asyncio
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import exports, keeping, town
from bot.cli.common import do, fail, mail_server, or_fail, read_settings, reading_in
from bot.cli.doctor import doctor
from bot.runtime.role import Role

if TYPE_CHECKING:
    from bot.runtime.web import WebAddress
    from bot.settings import Settings

app = typer.Typer(
    help="Buurtbode: the Telegram bot of a welfare organisation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(town.setup)
app.command()(doctor)
app.command()(keeping.backup)
app.command()(keeping.move)
app.add_typer(town.areas, name="areas")
app.add_typer(exports.export, name="export")


@app.command()
def run(
    role: Annotated[
        Role,
        typer.Option(help="web: only what comes in, by webhook; worker: only what goes out. Both need PostgreSQL."),
    ] = Role.ALL,
) -> None:
    """Serve the bot until SIGTERM or Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as long as nothing runs yet
    settings = read_settings()
    token = or_fail(settings.token)
    or_fail(settings.check_webhook)
    or_fail(lambda: settings.check_role(role.value))

    from zoneinfo import ZoneInfo

    with reading_in():
        from bot.runtime.config import Config
        from bot.runtime.limits import Limits, Window
        from bot.runtime.service import serve

    config = Config(
        token=token,
        api_url=settings.telegram_api_url,
        zone=ZoneInfo(settings.timezone),
        mail=or_fail(lambda: mail_server(settings)),
        web=_web_address(settings),
        webhook=settings.webhook,
        role=role,
    )
    windows = (settings.limit_overall, settings.limit_private, settings.limit_group)
    limits = Limits(*(Window.parse(text) for text in windows))
    raise typer.Exit(asyncio.run(serve(config, settings.database_url, limits)))


@app.command()
def migrate() -> None:
    """Bring the database to this version."""
    from storage import migrate as migrations

    url = read_settings().database_url
    state = do(migrations.state(url))
    if state is migrations.State.UNKNOWN:
        fail(f"this database is {state.value}; nothing was changed")
    do(migrations.upgrade(url))
    typer.echo(f"The database was {state.value}; now it has the tables of this version.")


@app.command()
def replay(
    updates: Annotated[list[int] | None, typer.Argument(help="Their numbers; all when left out.")] = None,
) -> None:
    """Run updates again that were set aside because they failed."""
    settings = read_settings()
    token = or_fail(settings.token)

    from bot.runtime.replay import replay_all

    outcome = do(replay_all(token, settings.telegram_api_url, settings.database_url, updates))
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


def _web_address(settings: "Settings") -> "WebAddress | None":
    from bot.runtime.web import WebAddress

    if settings.web_url is None and not settings.web_monitor:
        return None
    return WebAddress(settings.web_url or "", settings.web_host, settings.web_port)
