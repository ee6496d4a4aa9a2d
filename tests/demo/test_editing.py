"""Edits, deletions, copies, forwards and pins."""

from __future__ import annotations

import pytest

from bot.demo.telegram import World
from tests.demo.client import Client
from tests.demo.conftest import Clock
from tests.demo.test_sending import inline

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


async def test_an_edit_replaces_and_is_remembered(world: World, bot: Client, clock: Clock) -> None:
    person = world.add_person("Fatima", started=True)
    number = (await bot.call("sendMessage", chat_id=person.id, text="een", reply_markup=inline("A")))["message_id"]
    clock.advance(seconds=5)
    at = {"chat_id": person.id, "message_id": number}
    edited = await bot.call("editMessageText", **at, text="<i>twee</i>", parse_mode="HTML", reply_markup=inline("B"))
    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("twee", 5)
    message = person.chat.last
    assert (message.texts, message.edited, message.labels) == (["een", "twee"], True, ["B"])
    assert message.history[0].markup == inline("A")
    assert (
        await bot.refused("editMessageText", **at, text=" <i>twee</i> ", parse_mode="HTML", reply_markup=inline("B"))
        == NOT_MODIFIED
    )
    await bot.call("editMessageText", **at, text="<i>twee</i>", parse_mode="HTML")
    assert message.buttons == []
    assert await bot.refused("editMessageReplyMarkup", **at) == NOT_MODIFIED
    await bot.call("editMessageReplyMarkup", **at, reply_markup=inline("C"))
    assert message.labels == ["C"]


async def test_only_own_messages_that_are_there_can_be_edited(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    theirs = await person.writes("Hoi")
    assert await bot.refused("editMessageText", chat_id=person.id, message_id=theirs.message_id, text="x") == (
        "400 Bad Request: message can't be edited"
    )
    assert await bot.refused("editMessageText", chat_id=person.id, message_id=99, text="x") == (
        "400 Bad Request: message to edit not found"
    )
    number = (await bot.call("sendMessage", chat_id=person.id, text="x"))["message_id"]
    await person.deletes(person.id, number)
    assert await bot.refused("editMessageText", chat_id=person.id, message_id=number, text="y") == (
        "400 Bad Request: message to edit not found"
    )
    assert await bot.refused("editMessageText", text="x", message_id=1) == "400 Bad Request: chat_id is empty"
    assert "identifier is not specified" in await bot.refused("editMessageText", text="x", chat_id=person.id)
    assert "inline messages" in await bot.refused("editMessageText", text="x", inline_message_id="1")


async def test_text_and_caption_are_edited_each_by_its_method(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    text = (await bot.call("sendMessage", chat_id=person.id, text="x"))["message_id"]
    assert await bot.refused("editMessageCaption", chat_id=person.id, message_id=text, caption="y") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    photo = await person.sends_photo(person.id)
    sent = await bot.call("sendPhoto", chat_id=person.id, photo=photo.file_ids[0], caption="een")
    at = {"chat_id": person.id, "message_id": sent["message_id"]}
    assert await bot.refused("editMessageText", **at, text="y") == (
        "400 Bad Request: there is no text in the message to edit"
    )
    await bot.call("editMessageCaption", **at, caption="twee", show_caption_above_media=True)
    assert person.chat.last.texts == ["een", "twee"]
    assert await bot.refused("editMessageCaption", **at, caption="x" * 1025) == (
        "400 Bad Request: message caption is too long"
    )


async def test_keyboards_under_the_text_field_do_not_fit_an_edit(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    number = (await bot.call("sendMessage", chat_id=person.id, text="x"))["message_id"]
    refusal = await bot.refused(
        "editMessageText", chat_id=person.id, message_id=number, text="y", reply_markup={"remove_keyboard": True}
    )
    assert refusal == "400 Bad Request: inline keyboard expected"


async def test_own_messages_can_be_deleted_for_48_hours(world: World, bot: Client, clock: Clock) -> None:
    person = world.add_person("Fatima", started=True)
    old = (await bot.call("sendMessage", chat_id=person.id, text="oud"))["message_id"]
    clock.advance(hours=48, seconds=1)
    theirs = await person.writes("Hoi")
    assert await bot.refused("deleteMessage", chat_id=person.id, message_id=old) == (
        "400 Bad Request: message can't be deleted for everyone"
    )
    assert await bot.call("deleteMessage", chat_id=person.id, message_id=theirs.message_id)
    assert (theirs.deleted, theirs.deleted_by, theirs.deleted_at) == (True, world.bot.id, world.now())
    assert await bot.refused("deleteMessage", chat_id=person.id, message_id=theirs.message_id) == (
        "400 Bad Request: message to delete not found"
    )


async def test_in_a_group_an_administrator_deletes_anything(world: World, bot: Client, clock: Clock) -> None:
    omar = world.add_person("Omar")
    for rights, refused in (((), True), (("can_delete_messages",), False)):
        group = world.add_group("Buurt", admins=[omar], bot="administrator", rights=rights)
        theirs = await omar.sends(group, "Hoi")
        own = (await bot.call("sendMessage", chat_id=group.id, text="x"))["message_id"]
        clock.advance(hours=49)
        if refused:
            assert "message can't be deleted" in await bot.refused(
                "deleteMessage", chat_id=group.id, message_id=theirs.message_id
            )
            assert "for everyone" in await bot.refused("deleteMessage", chat_id=group.id, message_id=own)
        else:
            await bot.call("deleteMessages", chat_id=group.id, message_ids=[theirs.message_id, own, 999])
            assert group.visible == []
    for ids in ([], ["1"], list(range(101))):
        assert "from 1 to 100" in await bot.refused("deleteMessages", chat_id=1, message_ids=ids)


async def test_deleting_several_is_all_or_nothing(world: World, bot: Client) -> None:
    omar = world.add_person("Omar")
    group = world.add_group("Buurt", members=[omar])
    theirs = await omar.sends(group, "Hoi")
    own = (await bot.call("sendMessage", chat_id=group.id, text="x"))["message_id"]
    await bot.refused("deleteMessages", chat_id=group.id, message_ids=[own, theirs.message_id])
    assert len(group.visible) == 2


async def test_a_copy_is_the_bots_own_and_a_forward_tells_its_origin(world: World, bot: Client) -> None:
    fatima, omar = (world.add_person(name, started=True) for name in ("Fatima", "Omar"))
    photo = await fatima.sends_photo(fatima.id, "Kapot")
    source = {"from_chat_id": fatima.id, "message_id": photo.message_id, "chat_id": omar.id}
    copied = await bot.call("copyMessage", **source, caption="Lamp", reply_markup=inline("Weg"), protect_content=True)
    copy = omar.chat.message(copied["message_id"])
    assert (copy.text, copy.file_ids, copy.labels, copy.forward_origin) == ("Lamp", photo.file_ids, ["Weg"], None)
    forwarded = await bot.call("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == fatima.id
    again = await bot.call(
        "forwardMessage", chat_id=fatima.id, from_chat_id=omar.id, message_id=forwarded["message_id"]
    )
    assert again["forward_origin"] == forwarded["forward_origin"]
    protected = {"from_chat_id": omar.id, "message_id": copied["message_id"], "chat_id": fatima.id}
    assert await bot.refused("copyMessage", **protected) == "400 Bad Request: message can't be copied"
    assert await bot.refused("forwardMessage", **protected) == "400 Bad Request: message can't be forwarded"
    assert await bot.refused("copyMessage", **{**source, "message_id": 99}) == (
        "400 Bad Request: message to copy not found"
    )
    dice = await fatima.sends_dice(fatima.id)
    assert "can't be copied" in await bot.refused("copyMessage", **{**source, "message_id": dice.message_id})


async def test_pins_come_and_go(world: World, bot: Client) -> None:
    omar = world.add_person("Omar")
    group = world.add_group("Buurt", admins=[omar], bot="administrator")
    numbers = [(await bot.call("sendMessage", chat_id=group.id, text=t))["message_id"] for t in "ab"]
    for number in [*numbers, numbers[0]]:
        assert await bot.call("pinChatMessage", chat_id=group.id, message_id=number)
    assert [m.text for m in group.pinned] == ["a", "b"]
    assert (await bot.call("getChat", chat_id=group.id))["pinned_message"]["text"] == "b"
    assert group.last.service["pinned_message"]["text"] == "b"
    await bot.call("unpinChatMessage", chat_id=group.id)
    await bot.call("unpinChatMessage", chat_id=group.id, message_id=numbers[0])
    assert group.pinned == []
    assert "message to unpin not found" in await bot.refused("unpinChatMessage", chat_id=group.id, message_id=1)
    assert "message to pin not found" in await bot.refused("pinChatMessage", chat_id=group.id, message_id=99)
    assert "service messages" in await bot.refused("pinChatMessage", chat_id=group.id, message_id=group.last.message_id)
    await bot.call("pinChatMessage", chat_id=group.id, message_id=numbers[1])
    await bot.call("unpinAllChatMessages", chat_id=group.id)
    assert group.pinned == []
    plain = world.add_group("Straat", members=[omar])
    number = (await bot.call("sendMessage", chat_id=plain.id, text="x"))["message_id"]
    assert "not enough rights" in await bot.refused("pinChatMessage", chat_id=plain.id, message_id=number)


@pytest.mark.parametrize("method", ["editMessageText", "deleteMessage", "copyMessage"])
async def test_a_strange_chat_is_not_found(bot: Client, method: str) -> None:
    extra: dict[str, object] = {"text": "x"} if method == "editMessageText" else {}
    extra |= {"from_chat_id": 5} if method == "copyMessage" else {}
    assert await bot.refused(method, chat_id=5, message_id=1, **extra) == "400 Bad Request: chat not found"
