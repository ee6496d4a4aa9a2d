"""`buurtbode replay`: running updates again that were set aside."""

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from telegram.error import TelegramError

import handlers
from bot.runtime.clock import SystemClock
from bot.runtime.handling import Doors, Handling
from bot.runtime.polling import explain
from bot.runtime.preparing import RefusedError, prepare
from bot.runtime.router import make_bot, make_router
from bot.runtime.translators import Translators
from storage.engine import Database
from storage.models import Organisation
from storage.queries import intake as queries

log = logging.getLogger(__name__)


async def replay_all(
    token: str, api_url: str, database_url: str, update_ids: Sequence[int] | None
) -> dict[int, str | None]:
    """Run dead updates again, those with these ids or all; return why each failed again, None for who did not.

    What they say goes into the outbox, which the running bot sends; taps from then are not answered any more.
    RefusedError when Telegram can't be reached, or the database is not of this version.
    """
    database = Database(database_url)
    bot = make_bot(token, api_url)
    try:
        await prepare(database)
        try:
            await bot.initialize()
        except TelegramError as error:
            raise RefusedError(explain(error)) from None
        translators = Translators(ZoneInfo("Europe/Amsterdam"))
        async with database.read(datetime.now(UTC)) as work:
            translators.follow(await work.session.get(Organisation, 1))
            dead = [(row.update_id, row.raw) for row in await queries.dead(work.session, update_ids or None)]
        router = await make_router(bot, handlers.routes())
        doors = Doors(router.process_update, lambda _toasts: None, translators, bot.username)
        handling = Handling(database, SystemClock(), doors)
        return {update_id: await _again(handling, update_id, raw) for update_id, raw in dead}
    finally:
        await bot.shutdown()
        await database.close()


async def _again(handling: Handling, update_id: int, raw: str) -> str | None:
    try:
        await handling.replay(update_id, json.loads(raw))
    except Exception as error:
        log.exception("replay failed", extra={"update": update_id})
        return type(error.__cause__ or error).__name__
    return None
