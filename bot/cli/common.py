"""What all commands share: settings, the database, and one clear line when something went wrong.

Each command reads in what it needs itself, so that all of them start quickly.
"""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from bot import settings as settings_module

if TYPE_CHECKING:
    from bot.runtime.mailing import MailServer
    from bot.settings import Settings
    from storage.engine import Database


@asynccontextmanager
async def prepared(settings: "Settings") -> AsyncIterator["Database"]:
    """The database with the tables of this version, as far as we may make them ourselves; closed at the end."""
    from bot.runtime.preparing import prepare
    from storage.engine import Database

    database = Database(settings.database_url)
    try:
        await prepare(database)
        yield database
    finally:
        await database.close()


@contextmanager
def reading_in() -> Iterator[None]:
    """Import much at once without looking for garbage among it, then or later (a fifth of the time of a start).

    Nor do we need the command line of httpx, which comes with python-telegram-bot and brings two libraries for colours
    (5 MB): it goes without, as where they are not installed.
    """
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # what Python knows as "not to be had"
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def read_settings() -> "Settings":
    """Read the settings and set up the log; a wrong setting ends the command with one line each."""
    from bot.runtime import logs

    settings: Settings = or_fail(settings_module.read)
    logs.set_up(settings.log_level, settings.log_format)
    return settings


def mail_server(settings: "Settings") -> "MailServer | None":
    """Return the mail server of the settings, None for none; SettingsError for half of one."""
    from bot.runtime.mailing import MailServer

    sender = settings.mail_sender()
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


def do(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 whatever the coroutine returns
    """Run a coroutine; a database or a server that can't be reached is one line, not a traceback."""
    from bot.runtime.preparing import RefusedError
    from storage.failures import is_database_failure, why

    try:
        return asyncio.run(_whole(work))
    except RefusedError as error:
        fail(str(error))
    except Exception as error:
        if is_database_failure(error) or isinstance(error, OSError):
            fail(f"the database can't be reached ({why(error)})")
        raise


async def _whole(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 whatever the coroutine returns
    from storage.engine import threads_ended

    try:
        return await work
    finally:
        await threads_ended()


def or_fail(read: Any) -> Any:  # noqa: ANN401 whatever it returns
    """Return what *read* returns; what is wrong with the settings ends the command with one line each."""
    try:
        return read()
    except settings_module.SettingsError as error:
        fail(*error.problems)


def fail(*lines: str) -> NoReturn:
    """End the command with these lines and the code 1."""
    for line in lines:
        sys.stderr.write(f"buurtbode: {line}\n")
    raise typer.Exit(1)
