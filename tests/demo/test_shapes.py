"""What the stand-in says has the shape that Telegram's own description gives it."""

from __future__ import annotations

import pytest

from bot.demo.telegram import Person, World
from bot.demo.telegram.table import TABLE
from tests.demo.client import Client, Json
from tests.telegram_checks import BOT_API, against_bot_api, against_type

pytestmark = pytest.mark.skipif(not BOT_API.exists(), reason="bot_api.json is not here")

EVERY_KIND = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
#: aiogram knows this right and needs it; the description is one version older.
NEWER = "can_send_welcome_messages: unknown"


def wrong(kind: str, value: object) -> list[str]:
    return [line for line in against_type(kind, value) if not line.endswith(NEWER)]


async def life(world: World) -> tuple[Person, Person]:
    """Let happen what can happen."""
    samira, omar = world.add_person("Samira", username="samira"), world.add_person("Omar", last_name="D")
    await omar.starts("x")
    for send in (
        omar.sends_photo, omar.sends_voice, omar.sends_video, omar.sends_video_note, omar.sends_document,
        omar.sends_audio, omar.sends_animation, omar.sends_sticker, omar.sends_dice,
    ):  # fmt: skip
        await send(omar.id)
    await omar.sends_album(omar.id, 2, "#a /b")
    await omar.sends_location(omar.id, 52.0, 5.0, accuracy=5)
    await omar.sends_contact(omar.id, "+31", "F")
    await omar.sends_poll(omar.id, "Ja?")
    await omar.edits(omar.id, await omar.writes("a"), "b")
    await omar.blocks()
    await omar.starts()
    await omar.forwards(omar.id, omar.chat.messages[0], omar.id)
    forum = world.add_group("Forum", admins=[samira], bot="administrator", forum=True)
    topic = await samira.opens_topic(forum, "Noord")
    await samira.sends(forum, "/help", thread=topic.thread_id)
    await omar.joins(forum)
    await omar.reacts(forum, forum.last, "👍")
    await samira.promotes(forum, omar)
    await samira.demotes(forum, omar)
    await samira.stays_anonymous(forum)
    hidden = await samira.sends(forum, "/help @samira https://x.nl")
    await omar.forwards(forum, hidden, omar.id)
    await samira.removes(forum, omar)
    straat = await samira.creates_group("Straat", with_bot=True)
    await samira.upgrades(straat)
    return samira, omar


async def test_every_update_has_its_described_shape(world: World, bot: Client) -> None:
    await bot.updates(allowed_updates=EVERY_KIND)
    _, omar = await life(world)
    yes = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    await bot.call("sendMessage", chat_id=omar.id, text="?", reply_markup=yes)
    await omar.taps(omar.id, omar.chat.last, "Ja")
    await omar.forges(omar.id, omar.chat.last, "z")
    updates = await bot.drain()
    assert {kind for update in updates for kind in update} == {*EVERY_KIND, "update_id"}
    assert [line for update in updates for line in wrong("Update", update)] == []


async def test_every_result_has_its_described_shape(world: World, bot: Client) -> None:
    samira, omar = await life(world)
    forum = next(chat for chat in world.chats.values() if chat.is_forum)
    photo = omar.chat.messages[1].file_ids[0]
    at = {"chat_id": forum.id}
    sent: Json = await bot.call("sendPhoto", **at, photo=photo, caption="<b>x</b>", parse_mode="HTML")
    this = {**at, "message_id": sent["message_id"]}
    results = [
        ("User", await bot.call("getMe")),
        ("WebhookInfo", await bot.call("getWebhookInfo")),
        ("Message", sent),
        ("Message", await bot.call("sendVenue", **at, latitude=52, longitude=5, title="x", address="y")),
        ("Message", await bot.call("sendLocation", **at, latitude=52, longitude=5)),
        ("Message", await bot.call("sendContact", **at, phone_number="1", first_name="x")),
        ("Message", await bot.call("editMessageCaption", **this, caption="y", show_caption_above_media=True)),
        ("MessageId", await bot.call("copyMessage", **this, from_chat_id=forum.id)),
        ("Message", await bot.call("forwardMessage", **this, from_chat_id=forum.id)),
        ("ForumTopic", await bot.call("createForumTopic", **at, name="x", icon_custom_emoji_id="5")),
        ("File", await bot.call("getFile", file_id=photo)),
        ("ChatFullInfo", await bot.call("getChat", **at)),
        ("ChatFullInfo", await bot.call("getChat", chat_id=omar.id)),
        ("ChatMember", await bot.call("getChatMember", **at, user_id=samira.id)),
        ("ChatMember", await bot.call("getChatMember", **at, user_id=omar.id)),
        ("Array of ChatMember", await bot.call("getChatAdministrators", **at)),
        ("Array of BotCommand", await bot.call("getMyCommands")),
        ("BotName", await bot.call("getMyName")),
        ("BotDescription", await bot.call("getMyDescription")),
        ("BotShortDescription", await bot.call("getMyShortDescription")),
        ("MenuButton", await bot.call("getChatMenuButton")),
        ("ChatAdministratorRights", await bot.call("getMyDefaultAdministratorRights")),
    ]
    assert await bot.call("pinChatMessage", **this)
    results.append(("ChatFullInfo", await bot.call("getChat", **at)))
    assert [line for kind, value in results for line in wrong(kind, value)] == []


@pytest.mark.parametrize("method", sorted(TABLE))
def test_the_hand_kept_table_agrees_with_the_description(method: str) -> None:
    sample: dict[str, object] = {
        "int": 1, "float": 1.5, "bool": True, "chat": 1, "str": "x", "file": "x",
    }  # fmt: skip
    given = {f.name: sample.get(f.sort) for f in TABLE[method].values()}
    mistakes = against_bot_api(method, given)
    assert [m for m in mistakes if m.endswith(("unknown", "missing"))] == []
    plain = {f.name for f in TABLE[method].values() if f.sort in sample}
    assert [m for m in mistakes if m.partition(":")[0] in plain] == []
    needed = {name for name, field in TABLE[method].items() if field.required}
    missing = {m.partition(":")[0] for m in against_bot_api(method, {}) if m.endswith("missing")}
    assert needed >= missing
