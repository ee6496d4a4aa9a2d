"""PTB's part in this: finding the handler of an update, and the bot that everything calls Telegram with."""

import logging
from collections.abc import Sequence
from typing import Any

from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot.runtime.request import AiohttpRequest
from handlers.context import Ctx
from handlers.routes import Route, RouteBook

log = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Router(AnyApplication):
    """PTB's application without its updater, jobs and data: what a handler raises comes out of `process_update`.

    An update is shown to those routes that may serve it (`RouteBook`), in their order.
    """

    def follow(self, routes: Sequence[Route]) -> None:
        """Serve *routes* in their order."""
        self._book = RouteBook(routes)

    async def process_update(self, update: object) -> None:
        """Hand *update* to the first route that accepts it."""
        for route in self._book.candidates(update):
            found = route.check_update(update)
            if found is None or found is False:
                continue
            context = Ctx.from_update(update, self)
            await route.handle_update(update, self, found, context)
            return


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
    assert isinstance(router, Router)  # noqa: S101 PTB's builder forgets the class that it was given
    router.follow(routes)
    await router.initialize()
    return router
