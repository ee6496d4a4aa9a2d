"""answerCallbackQuery."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.demo.telegram.entities import utf16_length
from bot.demo.telegram.errors import QUERY_TOO_OLD, bad_request, malformed
from bot.demo.telegram.observers import Change
from bot.demo.telegram.params import Params

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

ANSWERABLE: Final = timedelta(minutes=15)
ANSWER_LIMIT: Final = 200


def answer_callback_query(world: World, p: Params) -> bool:
    """Do answerCallbackQuery: once per query, within 15 minutes of the tap by the world's clock."""
    from bot.demo.telegram.world import Answer

    tap = world.taps.get(p.text("callback_query_id"))
    if tap is None or tap.answer is not None or world.now() - tap.at > ANSWERABLE:
        raise bad_request(QUERY_TOO_OLD)
    if utf16_length(p.text("text")) > ANSWER_LIMIT:
        raise malformed("MESSAGE_TOO_LONG")
    url = p.text("url")
    if url and not url.startswith((f"https://t.me/{world.bot.username}?", f"t.me/{world.bot.username}?")):
        raise malformed("URL_INVALID")
    tap.answer = Answer(p.text("text"), p.flag("show_alert"), url or None, world.now())
    world.changed(Change("answer", tap.message.chat, tap.message, query=tap.id))
    return True


HANDLERS: Final = {"answerCallbackQuery": answer_callback_query}
