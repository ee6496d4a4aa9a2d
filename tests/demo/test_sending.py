"""sendMessage: who can be reached, replies, keyboards."""

from __future__ import annotations

import pytest

from bot.demo.telegram import NotPossible, World
from tests.demo.client import Client


def inline(*labels: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()} for label in labels]]}


async def test_a_message_arrives_as_it_was_sent(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", last_name="B", username="fatima", started=True)
    sent = await bot.call(
        "sendMessage", chat_id=person.id, text="<b>Hoi</b>", parse_mode="HTML", disable_notification=True
    )
    assert sent["chat"] == {
        "id": person.id,
        "type": "private",
        "first_name": "Fatima",
        "last_name": "B",
        "username": "fatima",
    }
    assert (sent["text"], sent["from"]["id"], sent["date"]) == ("Hoi", world.bot.id, int(world.now().timestamp()))
    message = person.chat.last
    assert (message.html, message.silent, message.texts) == ("<b>Hoi</b>", True, ["Hoi"])
    assert person.chat.message(sent["message_id"]) is message


async def test_nobody_is_written_to_before_they_start(world: World, bot: Client) -> None:
    person = world.add_person("Fatima")
    refusal = "403 Forbidden: bot can't initiate conversation with a user"
    assert await bot.refused("sendMessage", chat_id=person.id, text="Hoi") == refusal
    await person.starts("payload")
    assert (await bot.drain())[0]["message"]["text"] == "/start payload"
    await bot.call("sendMessage", chat_id=person.id, text="Hoi")


async def test_a_blocked_bot_hears_403_and_is_told(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    await person.blocks()
    assert (
        await bot.refused("sendMessage", chat_id=person.id, text="Hoi") == "403 Forbidden: bot was blocked by the user"
    )
    [update] = await bot.drain()
    change = update["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    assert (change["chat"]["type"], change["from"]["id"]) == ("private", person.id)
    with pytest.raises(NotPossible):
        await person.writes("Hoi")
    with pytest.raises(NotPossible):
        await person.blocks()
    await person.starts()
    assert [sorted(u)[0] for u in await bot.drain()] == ["my_chat_member", "message"]
    await bot.call("sendMessage", chat_id=person.id, text="Hoi")
    with pytest.raises(NotPossible):
        await person.unblocks()


async def test_a_deactivated_user_is_gone(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    person.user.deactivated = True
    assert await bot.refused("sendMessage", chat_id=person.id, text="Hoi") == "403 Forbidden: user is deactivated"
    with pytest.raises(NotPossible):
        await person.writes("Hoi")


async def test_a_reply_names_a_message_that_is_there(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    asked = await person.writes("Hoe laat?")
    sent = await bot.call(
        "sendMessage", chat_id=person.id, text="Tien uur", reply_parameters={"message_id": asked.message_id}
    )
    assert sent["reply_to_message"]["text"] == "Hoe laat?"
    await person.deletes(person.id, asked)
    gone = {"message_id": asked.message_id}
    refusal = await bot.refused("sendMessage", chat_id=person.id, text="x", reply_parameters=gone)
    assert refusal == "400 Bad Request: message to be replied not found"
    sent = await bot.call(
        "sendMessage", chat_id=person.id, text="x", reply_parameters={**gone, "allow_sending_without_reply": True}
    )
    assert "reply_to_message" not in sent
    for wrong in ({"message": 1}, {"message_id": "1"}, {"message_id": 1, "chat_id": 5}):
        assert "400" in await bot.refused("sendMessage", chat_id=person.id, text="x", reply_parameters=wrong)


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "Text is empty"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, 'Field "text" must be of type String'),
        ({"inline_keyboard": [["x"]]}, "expected an Object"),
        ({"inline_keyboard": [{"text": "x", "callback_data": "x"}]}, "expected an Array of Array"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x", "url": "https://x.nl"}]]}, "exactly one action"),
        ({"inline_keyboard": [[{"text": "x", "callbackdata": "x"}]]}, "unknown field callbackdata"),
        ({"inline_keyboard": [[{"text": "x", "url": "no address"}]]}, "Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "x", "url": "tel:112"}]]}, "Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "x", "url": "http://localhost/x"}]]}, "Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x", "style": "pink"}]]}, "Invalid button style"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "reply markup is too long"),
        ({"inline_keyboard": [], "resize_keyboard": True}, "unknown field resize_keyboard"),
        ({"keyboard": [["a"]], "resize_keyboard": "yes"}, 'Field "resize_keyboard" must be of type Boolean'),
        ({"keyboard": [[{"text": "a", "callback_data": "x"}]]}, "unknown field callback_data"),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "placeholder"),
        ({"something": 1}, "object expected as reply markup"),
    ],
)
async def test_wrong_keyboards_are_refused(world: World, bot: Client, markup: dict[str, object], refusal: str) -> None:
    world.add_person("Fatima", id=1, started=True)
    assert refusal in await bot.refused("sendMessage", chat_id=1, text="x", reply_markup=markup)
    assert world.calls[-1].malformed
    assert world.chat(1).messages == []


async def test_callback_data_of_64_bytes_fits(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    await bot.call("sendMessage", chat_id=1, text="x", reply_markup=inline("É" * 32))
    assert world.chat(1).last.button("É" * 32) == {"text": "É" * 32, "callback_data": "é" * 32}


async def test_keys_under_the_text_field_can_be_pressed(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    rows = [
        ["📣 Iets melden", {"text": "📍 Hier ben ik", "request_location": True}],
        [{"text": "☎️", "request_contact": True}],
    ]
    await bot.call(
        "sendMessage", chat_id=person.id, text="Kies", reply_markup={"keyboard": rows, "resize_keyboard": True}
    )
    keyboard = person.keyboard()
    assert keyboard is not None
    assert keyboard.labels == [["📣 Iets melden", "📍 Hier ben ik"], ["☎️"]]
    for label in ("📣 Iets melden", "📍 Hier ben ik", "☎️"):
        await person.presses(label)
    texts = await bot.drain()
    assert texts[0]["message"]["text"] == "📣 Iets melden"
    assert texts[1]["message"]["location"]["latitude"] == 52.3702
    assert texts[2]["message"]["contact"]["user_id"] == person.id
    with pytest.raises(NotPossible):
        await person.presses("Iets anders")
    await bot.call("sendMessage", chat_id=person.id, text="Weg", reply_markup={"remove_keyboard": True})
    assert person.keyboard() is None


async def test_a_keyboard_for_once_goes_after_a_press(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    markup = {"keyboard": [["Ja", "Nee"]], "one_time_keyboard": True}
    await bot.call("sendMessage", chat_id=person.id, text="?", reply_markup=markup)
    await person.presses("Ja")
    assert person.keyboard() is None


async def test_a_forced_reply_is_answered_by_what_is_typed_next(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    sent = await bot.call("sendMessage", chat_id=person.id, text="Hoe heet je?", reply_markup={"force_reply": True})
    await person.writes("Fatima")
    await person.writes("Nog iets")
    first, second = await bot.drain()
    assert first["message"]["reply_to_message"]["message_id"] == sent["message_id"]
    assert "reply_to_message" not in second["message"]


async def test_a_keyboard_in_a_group_may_be_for_one_person(world: World, bot: Client) -> None:
    one, two = world.add_person("Samira", username="samira"), world.add_person("Omar")
    desk = world.add_group("Triage", members=[one, two])
    markup = {"keyboard": [["a"]], "selective": True}
    await bot.call("sendMessage", chat_id=desk.id, text="@samira?", reply_markup=markup)
    assert set(desk.keyboards) == {one.id}
    asked = await two.sends(desk, "/help")
    await bot.call(
        "sendMessage", chat_id=desk.id, text="?", reply_markup=markup, reply_parameters={"message_id": asked.message_id}
    )
    assert set(desk.keyboards) == {one.id, two.id}
    wrong = {"keyboard": [[{"text": "x", "request_location": True}]]}
    refusal = await bot.refused("sendMessage", chat_id=desk.id, text="x", reply_markup=wrong)
    assert refusal == "400 Bad Request: location can be requested in private chats only"


async def test_places_contacts_actions_and_reactions(world: World, bot: Client) -> None:
    person = world.add_person("Fatima", started=True)
    sent = await bot.call("sendLocation", chat_id=person.id, latitude=52.4, longitude=5.2, horizontal_accuracy=25)
    assert sent["location"] == {"latitude": 52.4, "longitude": 5.2, "horizontal_accuracy": 25}
    sent = await bot.call(
        "sendVenue", chat_id=person.id, latitude=52.4, longitude=5.2, title="Buurthuis", address="Plein 1"
    )
    assert sent["venue"]["title"] == "Buurthuis"
    sent = await bot.call("sendContact", chat_id=person.id, phone_number="14036", first_name="Gemeente")
    assert sent["contact"] == {"phone_number": "14036", "first_name": "Gemeente"}
    assert await bot.call("sendChatAction", chat_id=person.id, action="typing")
    assert "wrong parameter action" in await bot.refused("sendChatAction", chat_id=person.id, action="dancing")
    like = [{"type": "emoji", "emoji": "👍"}]
    assert await bot.call("setMessageReaction", chat_id=person.id, message_id=sent["message_id"], reaction=like)
    assert person.chat.last.reactions == {world.bot.id: like}
    assert "REACTIONS_TOO_MANY" in await bot.refused(
        "setMessageReaction", chat_id=person.id, message_id=sent["message_id"], reaction=like * 2
    )
    assert "message to react not found" in await bot.refused("setMessageReaction", chat_id=person.id, message_id=99)


async def test_message_ids_are_shared_by_private_chats_and_not_by_supergroups(world: World, bot: Client) -> None:
    one, two = (world.add_person(name, started=True) for name in ("Fatima", "Omar"))
    group = world.add_group("Buurt", members=[one])
    ids = [
        (await bot.call("sendMessage", chat_id=c, text="x"))["message_id"] for c in (one.id, two.id, group.id, group.id)
    ]
    assert ids == [1, 2, 1, 2]
