"""PTB's part in this: finding the handler of an update, and the bot that everything calls Telegram with."""

import logging
from collections.abc import Sequence
from typing import Any

from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot.runtime.request import AiohttpRequest
from handlers.context import Ctx
from handlers.routes import Route

log = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Router(AnyApplication):
    """PTB's application without its updater, jobs and data: what a handler raises comes out of `process_update`."""

    async def process_error(self, update: object, error: Exception, *_args: object, **_kwargs: object) -> bool:
        """Raise *error*, where PTB would log and forget it and go on with the next group of handlers."""
        raise error


def make_bot(token: str, api_url: str, *, read_timeout: float = 20.0) -> ExtBot[None]:
    """Return a bot for the Bot API server at *api_url* (methods and files), not yet initialised."""
    base = api_url.rstrip("/")
    return ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=AiohttpRequest(read=read_timeout),
        get_updates_request=AiohttpRequest(connections=1, read=read_timeout),
    )


async def make_router(bot: ExtBot[None], routes: Sequence[Route]) -> Router:
    """Return a router over *routes* in their order, ready to process updates; *bot* is initialised."""
    builder = ApplicationBuilder().application_class(Router).bot(bot).updater(None).job_queue(None)
    router = builder.context_types(ContextTypes(context=Ctx)).build()
    router.add_handlers(list(routes))
    await router.initialize()
    assert isinstance(router, Router)  # noqa: S101 PTB's builder forgets the class that it was given
    return router
