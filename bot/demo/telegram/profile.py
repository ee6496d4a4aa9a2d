"""What the bot says about itself: its commands per scope and language, names and descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from bot.demo.telegram.errors import malformed
from bot.demo.telegram.model import Chat, Json

Scope = tuple[str, int, int]
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE: Final = re.compile(r"([a-z]{2})?")
_PLAIN: Final = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})


@dataclass
class BotProfile:
    """Commands by scope and language (empty: every other), names and descriptions by sort and language."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    rights: Json | None = None

    def shown(self, chat: Chat, user_id: int, language: str) -> list[Json]:
        """Return the commands the app offers this user in this chat: the narrowest scope, own language first."""
        scopes: list[Scope] = []
        if chat.private:
            scopes = [("chat", chat.id, 0), ("all_private_chats", 0, 0)]
        else:
            member = chat.member(user_id)
            scopes = [("chat_member", chat.id, user_id)]
            if member and member.admin:
                scopes.append(("chat_administrators", chat.id, 0))
            scopes.append(("chat", chat.id, 0))
            if member and member.admin:
                scopes.append(("all_chat_administrators", 0, 0))
            scopes.append(("all_group_chats", 0, 0))
        for scope in [*scopes, ("default", 0, 0)]:
            for tongue in (language, ""):
                if found := self.commands.get((scope, tongue)):
                    return found
        return []


def scope_of(raw: Json | None) -> Scope:
    """Return the key of a BotCommandScope; raise 400 for an unknown or incomplete one."""
    if raw is None:
        return ("default", 0, 0)
    kind = raw.get("type")
    if kind in _PLAIN and set(raw) == {"type"}:
        return (str(kind), 0, 0)
    if kind in {"chat", "chat_administrators"} and set(raw) == {"type", "chat_id"}:
        return (str(kind), _id(raw["chat_id"]), 0)
    if kind == "chat_member" and set(raw) == {"type", "chat_id", "user_id"}:
        return (str(kind), _id(raw["chat_id"]), _id(raw["user_id"]))
    raise malformed("can't parse BotCommandScope: unsupported type or fields specified")


def _id(raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise malformed("can't parse BotCommandScope: an integer expected as identifier")


def language_of(raw: str) -> str:
    """Return a language code of two letters or none; raise 400 for anything else."""
    if not _LANGUAGE.fullmatch(raw):
        raise malformed("invalid language code specified")
    return raw


def checked_commands(raw: list[object]) -> list[Json]:
    """Return a list of BotCommand; raise 400 for one Telegram refuses."""
    if len(raw) > 100:
        raise malformed("BOT_COMMANDS_TOO_MUCH")
    result: list[Json] = []
    for item in raw:
        if not isinstance(item, dict) or set(item) != {"command", "description"}:
            raise malformed("can't parse BotCommand: expected an object with command and description")
        name = str(item["command"]).removeprefix("/")
        if not _COMMAND.fullmatch(name):
            raise malformed("BOT_COMMAND_INVALID")
        if not 1 <= len(str(item["description"]).strip()) <= 256:
            raise malformed("BOT_COMMAND_DESCRIPTION_INVALID")
        result.append({"command": name, "description": str(item["description"]).strip()})
    return result
