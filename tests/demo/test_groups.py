"""Groups: privacy mode, members, administrators, upgrades."""

from __future__ import annotations

import pytest

from bot.demo.telegram import Chat, NotPossible, Person, World
from tests.demo.client import Client, Json, RefusedError


@pytest.fixture
def samira(world: World) -> Person:
    return world.add_person("Samira", username="samira")


@pytest.fixture
def omar(world: World) -> Person:
    return world.add_person("Omar")


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_privacy_mode_lets_only_what_is_meant_for_the_bot_through(
    world: World, bot: Client, samira: Person, omar: Person
) -> None:
    group = world.add_group("Triage", admins=[samira], members=[omar])
    sent = await bot.call("sendMessage", chat_id=group.id, text="Kaart")
    await omar.sends(group, "zomaar wat")
    await omar.sends(group, "/help")
    await omar.sends(group, "/help@buurtbode_bot")
    await omar.sends(group, "/help@other_bot")
    await omar.sends(group, "zeg /help")
    await omar.sends(group, "hoi @Buurtbode_Bot!")
    await omar.sends(group, "hoi @samira")
    await omar.sends(group, "mee eens", reply_to=sent["message_id"])
    named = {"type": "text_mention", "offset": 0, "length": 4, "user": {"id": world.bot.id}}
    await omar.sends(group, "Bode!", entities=[named])
    await omar.sends_photo(group, "mooi")
    await omar.sends_photo(group, "@buurtbode_bot kijk")
    updates = await bot.drain()
    assert texts(updates[:-1]) == ["/help", "/help@buurtbode_bot", "hoi @Buurtbode_Bot!", "mee eens", "Bode!"]
    assert updates[-1]["message"]["caption"] == "@buurtbode_bot kijk"
    assert updates[3]["message"]["reply_to_message"]["message_id"] == sent["message_id"]
    await samira.promotes_bot(group)
    await omar.sends(group, "nu wel")
    assert texts((await bot.drain())[1:]) == ["nu wel"]


async def test_without_privacy_mode_a_member_sees_everything(world: World, bot: Client, omar: Person) -> None:
    world.privacy_mode = False
    group = world.add_group("Triage", members=[omar])
    await omar.sends(group, "zomaar wat")
    assert texts(await bot.drain()) == ["zomaar wat"]
    assert (await bot.call("getMe"))["can_read_all_group_messages"] is True


async def test_a_group_without_the_bot_is_closed_to_it(world: World, bot: Client, omar: Person, samira: Person) -> None:
    group = world.add_group("Triage", admins=[samira], members=[omar], bot="absent")
    await omar.sends(group, "/help")
    assert await bot.updates() == []
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == (
        "403 Forbidden: bot is not a member of the supergroup chat"
    )
    await samira.adds_bot(group)
    changed, joined = await bot.drain()
    assert changed["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert changed["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["id"] == world.bot.id
    await bot.call("sendMessage", chat_id=group.id, text="Dag")
    await samira.removes_bot(group)
    assert [sorted(u)[0] for u in await bot.drain()] == ["my_chat_member", "message"]
    kicked = "403 Forbidden: bot was kicked from the supergroup chat"
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == kicked
    assert await bot.refused("getChatMemberCount", chat_id=group.id) == kicked


async def test_a_basic_group_says_group(world: World, bot: Client, samira: Person) -> None:
    group = await samira.creates_group("Straat", with_bot=True)
    changed, created = await bot.drain()
    assert changed["my_chat_member"]["chat"] == {"id": group.id, "type": "group", "title": "Straat"}
    assert created["message"]["group_chat_created"] is True
    await samira.removes_bot(group)
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == (
        "403 Forbidden: bot was kicked from the group chat"
    )


async def test_a_silenced_bot_has_no_right_to_send(world: World, bot: Client, samira: Person) -> None:
    group = world.add_group("Triage", admins=[samira])
    group.members[world.bot.id].can_send = False
    group.members[world.bot.id].status = "restricted"
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == (
        "400 Bad Request: not enough rights to send text messages to the chat"
    )
    shown = await bot.call("getChatMember", chat_id=group.id, user_id=world.bot.id)
    assert (shown["status"], shown["can_send_messages"]) == ("restricted", False)


async def test_the_bot_looks_at_who_is_there(world: World, bot: Client, samira: Person, omar: Person) -> None:
    group = world.add_group("Triage", admins=[samira], members=[omar], bot="administrator", rights=["can_pin_messages"])
    at = {"chat_id": group.id}
    assert await bot.call("getChatMemberCount", **at) == 3
    owner, me = await bot.call("getChatAdministrators", **at)
    assert (owner["status"], owner["user"]["id"]) == ("creator", samira.id)
    assert (me["can_pin_messages"], me["can_delete_messages"], me["is_anonymous"]) == (True, False, False)
    assert (await bot.call("getChatMember", **at, user_id=omar.id))["status"] == "member"
    stranger = world.add_person("Vreemd")
    assert (await bot.call("getChatMember", **at, user_id=stranger.id))["status"] == "left"
    assert "PARTICIPANT_ID_INVALID" in await bot.refused("getChatMember", **at, user_id=5)
    chat = await bot.call("getChat", **at)
    assert (chat["title"], chat["permissions"]["can_send_messages"]) == ("Triage", True)
    assert (await bot.call("getChat", chat_id=omar.id))["first_name"] == "Omar"
    assert "no administrators" in await bot.refused("getChatAdministrators", chat_id=omar.id)


async def test_joins_and_leaves_reach_an_administrator_that_asked(
    world: World, bot: Client, samira: Person, omar: Person
) -> None:
    wanted = ["message", "chat_member", "my_chat_member"]
    await bot.updates(allowed_updates=wanted)
    group = world.add_group("Triage", admins=[samira], bot="administrator")
    await omar.joins(group)
    await samira.promotes(group, omar)
    await samira.demotes(group, omar)
    await omar.leaves(group)
    await samira.adds(group, omar)
    await samira.removes(group, omar)
    changes = [(u["chat_member"]["new_chat_member"]["status"]) for u in await bot.drain() if "chat_member" in u]
    assert changes == ["member", "administrator", "member", "left", "member", "kicked"]
    await samira.demotes_bot(group)
    await omar.joins(group)
    mine, joined = await bot.drain()
    assert mine["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["id"] == omar.id


async def test_chat_member_is_not_among_the_defaults(world: World, bot: Client, samira: Person, omar: Person) -> None:
    group = world.add_group("Triage", admins=[samira], bot="administrator")
    await omar.joins(group)
    assert [sorted(u)[0] for u in await bot.drain()] == ["message"]


async def test_the_bot_bans_and_leaves(world: World, bot: Client, samira: Person, omar: Person) -> None:
    group = world.add_group("Triage", admins=[samira], members=[omar], bot="administrator")
    at = {"chat_id": group.id}
    assert await bot.call("banChatMember", **at, user_id=omar.id)
    assert group.member(omar.id) is None
    assert await bot.call("unbanChatMember", **at, user_id=omar.id)
    assert group.members[omar.id].status == "left"
    assert "can't remove chat owner" in await bot.refused("banChatMember", **at, user_id=samira.id)
    await omar.joins(group)
    await samira.promotes(group, omar)
    assert "is an administrator" in await bot.refused("banChatMember", **at, user_id=omar.id)
    await samira.demotes_bot(group)
    assert "not enough rights to restrict" in await bot.refused("banChatMember", **at, user_id=omar.id)
    assert "private" in await bot.refused("banChatMember", chat_id=world.add_person("F", started=True).id, user_id=1)
    assert await bot.call("leaveChat", **at)
    assert "not a member" in await bot.refused("sendMessage", **at, text="x")
    assert "private" in await bot.refused("leaveChat", chat_id=omar.id)


async def test_an_anonymous_administrator_writes_as_the_group(
    world: World, bot: Client, samira: Person, omar: Person
) -> None:
    group = world.add_group("Triage", admins=[samira], members=[omar], bot="administrator")
    await bot.call(
        "sendMessage",
        chat_id=group.id,
        text="Kaart",
        reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]},
    )
    await samira.stays_anonymous(group)
    written = await samira.sends(group, "/help")
    await samira.edits(group, written, "/hulp")
    await samira.taps(group, group.messages[0], "A")
    message, edited, tap = await bot.drain()
    assert message["message"]["from"]["id"] == 1087968824
    assert message["message"]["sender_chat"]["id"] == group.id
    assert edited["edited_message"]["sender_chat"]["id"] == group.id
    assert tap["callback_query"]["from"]["id"] == samira.id
    shown = await bot.call("getChatMember", chat_id=group.id, user_id=samira.id)
    assert shown["is_anonymous"] is True
    await samira.stays_anonymous(group, on=False)
    await samira.sends(group, "/help")
    assert (await bot.drain())[0]["message"]["from"]["id"] == samira.id
    with pytest.raises(NotPossible):
        await omar.stays_anonymous(group)


async def upgraded(world: World, bot: Client, owner: Person) -> tuple[Chat, Chat, Json, Json]:
    old = world.add_group("Straat", admins=[owner], supergroup=False, bot="administrator")
    await bot.call("sendMessage", chat_id=old.id, text="Kaart")
    new = await owner.upgrades(old)
    last, first = await bot.drain()
    return old, new, last["message"], first["message"]


async def test_an_upgrade_arrives_as_service_messages_and_as_an_error(
    world: World, bot: Client, samira: Person
) -> None:
    old, new, last, first = await upgraded(world, bot, samira)
    assert (last["chat"]["id"], last["migrate_to_chat_id"]) == (old.id, new.id)
    assert (first["chat"]["id"], first["migrate_from_chat_id"], first["message_id"]) == (new.id, old.id, 1)
    assert (new.type, new.members.keys()) == ("supergroup", old.members.keys())
    for method, params in (
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"text": "x", "message_id": old.messages[0].message_id}),
        ("sendChatAction", {"action": "typing"}),
    ):
        with pytest.raises(RefusedError) as caught:
            await bot.call(method, chat_id=old.id, **params)
        assert str(caught.value) == "400 Bad Request: group chat was upgraded to a supergroup chat"
        assert caught.value.parameters == {"migrate_to_chat_id": new.id}
    assert (await bot.call("sendMessage", chat_id=new.id, text="x"))["message_id"] == 2
    assert await bot.refused("editMessageText", chat_id=new.id, message_id=99, text="x") == (
        "400 Bad Request: message to edit not found"
    )
    with pytest.raises(NotPossible):
        await samira.sends(old, "/help")
    with pytest.raises(NotPossible):
        await samira.upgrades(new)


async def test_what_the_app_does_not_offer_in_groups(world: World, samira: Person, omar: Person) -> None:
    group = world.add_group("Triage", admins=[samira], bot="absent")
    stranger = world.add_person("Vreemd")
    for attempt in (
        lambda: omar.sends(group, "x"),
        lambda: samira.joins(group),
        lambda: samira.adds(group, samira),
        lambda: samira.removes(group, stranger),
        lambda: samira.promotes(group, stranger),
        lambda: omar.joins(omar.chat),
        lambda: omar.sends(samira.id, "x"),
    ):
        with pytest.raises(NotPossible):
            await attempt()
    await omar.joins(group)
    with pytest.raises(NotPossible):
        await omar.removes(group, samira)
    renamed = await samira.renames(group, "Triage Noord")
    assert (group.title, renamed.service) == ("Triage Noord", {"new_chat_title": "Triage Noord"})
    with pytest.raises(ValueError, match="there already"):
        world.add_group("x", id=group.id)
    with pytest.raises(ValueError, match="there already"):
        world.add_person("x", id=omar.id)
