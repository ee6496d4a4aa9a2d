"""The bot's commands, name, descriptions and menu button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bot.demo.telegram.errors import bad_request, malformed
from bot.demo.telegram.model import ALL_RIGHTS, Json
from bot.demo.telegram.params import Params
from bot.demo.telegram.profile import Scope, checked_commands, language_of, scope_of

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

_LONGEST: Final = {"name": 64, "description": 512, "short_description": 120}
_REFUSAL: Final = {
    "name": "BOT_TITLE_INVALID",
    "description": "BOT_DESCRIPTION_INVALID",
    "short_description": "BOT_SHORT_DESCRIPTION_INVALID",
}


def _where(world: World, p: Params) -> tuple[Scope, str]:
    scope = scope_of(p.object("scope"))
    if scope[1] and scope[1] not in world.chats:
        raise bad_request("chat not found")
    return scope, language_of(p.text("language_code"))


def set_my_commands(world: World, p: Params) -> bool:
    """Do setMyCommands; an empty list deletes."""
    where = _where(world, p)
    world.profile.commands[where] = checked_commands(p["commands"])
    return True


def get_my_commands(world: World, p: Params) -> list[Json]:
    """Do getMyCommands: exactly this scope and language."""
    return world.profile.commands.get(_where(world, p), [])


def delete_my_commands(world: World, p: Params) -> bool:
    """Do deleteMyCommands."""
    world.profile.commands.pop(_where(world, p), None)
    return True


def _setter(field: str) -> Callable[[World, Params], bool]:
    def set_words(world: World, p: Params) -> bool:
        words = p.text(field)
        if len(words) > _LONGEST[field]:
            raise malformed(_REFUSAL[field])
        world.profile.words[field, language_of(p.text("language_code"))] = words
        return True

    return set_words


def _getter(field: str) -> Callable[[World, Params], Json]:
    def get_words(world: World, p: Params) -> Json:
        default = world.bot.first_name if field == "name" else ""
        known = world.profile.words
        words = known.get((field, language_of(p.text("language_code")))) or known.get((field, ""))
        return {field: words or default}

    return get_words


def set_chat_menu_button(world: World, p: Params) -> bool:
    """Do setChatMenuButton."""
    button = p.object("menu_button") or {"type": "default"}
    if button.get("type") not in {"commands", "default"}:
        raise malformed("MenuButton has unsupported type")
    world.profile.menu_buttons[p.number("chat_id")] = button
    return True


def get_chat_menu_button(world: World, p: Params) -> Json:
    """Do getChatMenuButton."""
    buttons = world.profile.menu_buttons
    return buttons.get(p.number("chat_id")) or buttons.get(0) or {"type": "commands"}


def set_my_default_administrator_rights(world: World, p: Params) -> bool:
    """Do setMyDefaultAdministratorRights, for groups."""
    world.profile.rights = p.object("rights")
    return True


def get_my_default_administrator_rights(world: World, _: Params) -> Json:
    """Do getMyDefaultAdministratorRights."""
    none = dict.fromkeys(sorted(ALL_RIGHTS), False)
    return none | {"is_anonymous": False} | (world.profile.rights or {})


HANDLERS: Final = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyDefaultAdministratorRights": set_my_default_administrator_rights,
    "getMyDefaultAdministratorRights": get_my_default_administrator_rights,
}
