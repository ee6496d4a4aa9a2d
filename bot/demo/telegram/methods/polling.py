"""getMe, getUpdates and the webhook's settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.demo.telegram.errors import malformed
from bot.demo.telegram.model import Json
from bot.demo.telegram.params import Params
from bot.demo.telegram.render import user_json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS: Final = re.compile(r"https?://[^/\s]+(/\S*)?")


def get_me(world: World, _: Params) -> Json:
    """Do getMe."""
    no = dict.fromkeys(
        (
            "supports_inline_queries", "can_connect_to_business", "has_main_web_app", "has_topics_enabled",
            "allows_users_to_create_topics", "can_manage_bots",
        ),
        False,
    )  # fmt: skip
    me = user_json(world.bot)
    return me | {"can_join_groups": True, "can_read_all_group_messages": not world.privacy_mode} | no


async def get_updates(world: World, p: Params) -> list[Json]:
    """Do getUpdates."""
    world.updates.allow(p.array("allowed_updates"))
    limit = min(max(p.number("limit", 100), 1), 100)
    return await world.updates.poll(p.number("offset"), limit, p.number("timeout"))


def set_webhook(world: World, p: Params) -> bool:
    """Do setWebhook; plain http is let through, as a Bot API server of one's own does."""
    if not p.text("url"):
        return delete_webhook(world, p)
    if not _ADDRESS.fullmatch(p.text("url")):
        raise malformed("bad webhook: invalid webhook URL specified")
    secret = p.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise malformed("secret token contains unallowed characters")
    connections = p.number("max_connections", 40)
    if not 1 <= connections <= 100:
        raise malformed("max_connections must be from 1 to 100")
    world.updates.allow(p.array("allowed_updates"))
    if p.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.webhook.set(p.text("url"), secret, connections)
    return True


def delete_webhook(world: World, p: Params) -> bool:
    """Do deleteWebhook."""
    if p.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.webhook.delete()
    return True


def get_webhook_info(world: World, _: Params) -> Json:
    """Do getWebhookInfo."""
    return world.webhook.info()


def done(_: World, __: Params) -> bool:
    """Do logOut and close, which change nothing here."""
    return True


HANDLERS: Final = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": done,
    "close": done,
}
