"""`buurtbode run`: prepare the database, live until a signal or a breakdown, stop cleanly."""

import asyncio
import gc
import logging
import os
import signal
import threading

from bot.runtime.app import App, Config
from bot.runtime.lease import MovedError, TakenError
from bot.runtime.limits import Limits
from bot.runtime.preparing import RefusedError, despite_database, prepare
from bot.runtime.web import AddressTakenError
from storage.engine import Database

log = logging.getLogger(__name__)

#: Everything is closed within this many seconds after SIGTERM.
_GRACE_S = 8.0
#: What hangs even then (a disk, a lock of somebody else's) is left behind as at a kill, which harms nothing.
_LAST_S = 9.5
#: So many more objects than before make the collector look for garbage among the new ones; Python's own figure is 700.
_YOUNG = 10_000


async def serve(config: Config, database_url: str, limits: Limits) -> int:
    """Run the bot until SIGTERM or SIGINT; return the exit code: 0 after those, 1 for a refusal or a breakdown."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _begin_stop, stopping)
    database = Database(database_url)
    app = App(config, database, limits=limits, stopping=stopping)
    living = asyncio.create_task(_live(app, database, stopping))
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait({living, stopped}, return_when=asyncio.FIRST_COMPLETED)
    code = 0 if stopping.is_set() else 1
    if code:
        _leave_in_time(code)
    stopped.cancel()
    living.cancel()
    result = (await asyncio.gather(living, return_exceptions=True))[0]
    if isinstance(result, RefusedError):
        log.error(str(result))
    elif isinstance(result, Exception):
        log.critical("the bot broke down", exc_info=result)
    await app.stop(grace=_GRACE_S)
    if not isinstance(result, RefusedError):
        log.info("stopped", extra={"code": code})
    return code


def _begin_stop(stopping: asyncio.Event) -> None:
    """End within the seconds promised, whatever a thread or the loop waits for."""
    if not stopping.is_set():
        _leave_in_time(0)
    stopping.set()


def _leave_in_time(code: int) -> None:
    """End when closing takes too long: also who broke down must end, or nobody starts it anew."""
    leaving = threading.Timer(_LAST_S, _leave, [code])
    leaving.daemon = True
    leaving.start()


def _leave(code: int) -> None:
    log.warning("stopped without closing everything", extra={"code": code})
    os._exit(code)


async def _live(app: App, database: Database, stopping: asyncio.Event) -> None:
    """Prepare, start, and return when a part of the bot broke down."""
    try:
        if not database.is_sqlite:
            # Also who waits for the database is watched; of SQLite, a second process first hears that it is one.
            app.listen()
        await despite_database(lambda: prepare(database), stopping)
        await app.start()
    except AddressTakenError as error:
        raise RefusedError(str(error)) from None
    except MovedError:
        raise RefusedError(
            "`buurtbode move` copies this database: start again when it is done, with the new one"
        ) from None
    except TakenError:
        raise RefusedError("another `buurtbode run` serves this database; this one ends") from None
    if not stopping.is_set():
        # What is there now stays: the collector need not look through our word tables again and again, 0.1 s each time.
        gc.freeze()
        # And a batch makes thousands of objects that all go with its end: to look for garbage among them is in vain.
        gc.set_threshold(_YOUNG)
        await app.broken()
