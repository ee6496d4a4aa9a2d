"""What the bot says about itself."""

from __future__ import annotations

import pytest

from bot.demo.telegram import World
from tests.demo.client import Client


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"Doe {name}"} for name in names]


async def test_commands_are_kept_per_scope_and_language(world: World, bot: Client) -> None:
    samira, omar = world.add_person("Samira"), world.add_person("Omar")
    group = world.add_group("Triage", admins=[samira], members=[omar])
    private = {"type": "all_private_chats"}
    await bot.call("setMyCommands", commands=commands("start"))
    await bot.call("setMyCommands", commands=commands("melden"), scope=private)
    await bot.call("setMyCommands", commands=commands("report"), scope=private, language_code="en")
    await bot.call("setMyCommands", commands=commands("help"), scope={"type": "all_group_chats"})
    await bot.call("setMyCommands", commands=commands("doctor"), scope={"type": "all_chat_administrators"})
    assert await bot.call("getMyCommands", scope=private, language_code="en") == commands("report")
    assert await bot.call("getMyCommands", scope=private, language_code="fr") == []
    shown = world.profile.shown
    assert shown(omar.chat, omar.id, "nl") == commands("melden")
    assert shown(omar.chat, omar.id, "en") == commands("report")
    assert shown(group, omar.id, "nl") == commands("help")
    assert shown(group, samira.id, "nl") == commands("doctor")
    await bot.call("deleteMyCommands", scope={"type": "all_group_chats"})
    assert shown(group, omar.id, "nl") == commands("start")
    await bot.call("setMyCommands", commands=commands("hier"), scope={"type": "chat", "chat_id": group.id})
    await bot.call(
        "setMyCommands",
        commands=commands("jij"),
        scope={"type": "chat_member", "chat_id": group.id, "user_id": omar.id},
    )
    assert shown(group, omar.id, "nl") == commands("jij")
    assert shown(group, samira.id, "nl") == commands("hier")
    await bot.call("deleteMyCommands")
    assert shown(world.add_group("Anders", members=[omar]), omar.id, "nl") == []


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"commands": commands("Groot")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("x" * 33)}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand"),
        ({"commands": commands("a") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": commands("a"), "scope": {"type": "everybody"}}, "can't parse BotCommandScope"),
        ({"commands": commands("a"), "scope": {"type": "chat", "chat_id": "x"}}, "can't parse BotCommandScope"),
        ({"commands": commands("a"), "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": commands("a"), "language_code": "dutch"}, "invalid language code"),
        ({}, "commands is not specified"),
    ],
)
async def test_wrong_commands_are_refused(bot: Client, params: dict[str, object], refusal: str) -> None:
    assert refusal in await bot.refused("setMyCommands", **params)


async def test_names_descriptions_and_menu_button(world: World, bot: Client) -> None:
    assert await bot.call("getMyName") == {"name": "Buurtbode"}
    await bot.call("setMyName", name="Bode")
    await bot.call("setMyName", name="Messenger", language_code="en")
    assert await bot.call("getMyName", language_code="en") == {"name": "Messenger"}
    assert await bot.call("getMyName", language_code="fr") == {"name": "Bode"}
    await bot.call("setMyDescription", description="Voor de buurt")
    assert await bot.call("getMyDescription") == {"description": "Voor de buurt"}
    await bot.call("setMyShortDescription", short_description="Kort")
    assert await bot.call("getMyShortDescription") == {"short_description": "Kort"}
    assert "BOT_SHORT_DESCRIPTION_INVALID" in await bot.refused("setMyShortDescription", short_description="x" * 121)
    assert await bot.call("getChatMenuButton") == {"type": "commands"}
    await bot.call("setChatMenuButton", menu_button={"type": "default"})
    assert await bot.call("getChatMenuButton") == {"type": "default"}
    assert "MenuButton" in await bot.refused("setChatMenuButton", menu_button={"type": "web_app"})
    await bot.call("setMyDefaultAdministratorRights", rights={"can_pin_messages": True})
    assert (await bot.call("getMyDefaultAdministratorRights"))["can_pin_messages"] is True
    assert await bot.call("close")
