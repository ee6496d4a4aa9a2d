"""The methods of the Bot API, one module per family; `HANDLERS` maps each name to what does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from bot.demo.telegram.methods import (
    chats,
    copying,
    deleting,
    editing,
    forum,
    media,
    polling,
    profile,
    queries,
    sending,
)
from bot.demo.telegram.params import Params

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

Handler = Callable[["World", Params], object | Awaitable[object]]

HANDLERS: Final[dict[str, Handler]] = {
    **polling.HANDLERS,
    **sending.HANDLERS,
    **media.HANDLERS,
    **copying.HANDLERS,
    **editing.HANDLERS,
    **deleting.HANDLERS,
    **queries.HANDLERS,
    **chats.HANDLERS,
    **forum.HANDLERS,
    **profile.HANDLERS,
}
