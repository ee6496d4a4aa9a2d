"""A second client: a bare aiogram bot, which was not written with the stand-in in mind, works on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.filters import CommandStart
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.demo.telegram import Server, World
from bot.demo.telegram.people_media import TINY_JPEG
from tests.telegram_checks import check_calls

YES = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ja", callback_data="yes")]])


@pytest.fixture
async def aiogram_bot(world: World, server: Server) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with Bot(world.token, session=session) as bot:
        yield bot
    assert check_calls(world.calls) == []


def echo_bot() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer("<b>Welkom</b>", parse_mode="HTML", reply_markup=YES)

    @dispatcher.message(F.photo)
    async def photo(message: Message, bot: Bot) -> None:
        assert message.photo is not None
        data = await bot.download(message.photo[-1])
        assert data is not None
        await message.answer_photo(BufferedInputFile(data.read(), "terug.jpg"), caption="Terug")

    @dispatcher.message(F.text)
    async def text(message: Message) -> None:
        await message.reply(message.text or "")

    @dispatcher.edited_message()
    async def edited(message: Message) -> None:
        await message.answer(f"Nu: {message.text}")

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Getikt: {query.data}")
        await query.answer("Goed")

    return dispatcher


@pytest.fixture
async def polling(world: World, aiogram_bot: Bot) -> AsyncIterator[None]:
    dispatcher = echo_bot()
    polling = asyncio.create_task(dispatcher.start_polling(aiogram_bot, handle_signals=False))
    yield
    await world.until(lambda: world.updates.polled)
    await dispatcher.stop_polling()
    await polling


@pytest.mark.usefixtures("polling")
async def test_a_bare_bot_talks_with_somebody(world: World) -> None:
    person = world.add_person("Fatima")
    await person.starts()
    card = await world.until(lambda: person.chat.messages[1:])
    assert (card[0].html, card[0].labels) == ("<b>Welkom</b>", ["Ja"])
    tap = await person.taps(person.id, card[0], "Ja")
    await world.until(lambda: tap.answer)
    assert (card[0].texts, tap.toast) == (["Welkom", "Getikt: yes"], "Goed")
    typed = await person.writes("Echo!")
    answer = await world.until(lambda: [m for m in person.chat.messages if m.reply_to is typed])
    assert answer[0].text == "Echo!"
    await person.edits(person.id, typed, "Anders")
    await world.until(lambda: "Nu: Anders" in person.chat.texts)
    await person.sends_photo(person.id)
    back = await world.until(lambda: [m for m in person.chat.messages if m.text == "Terug"])
    assert world.files.get(back[0].file_ids[0]).data == TINY_JPEG


async def test_its_calls_of_every_kind_are_understood(world: World, aiogram_bot: Bot) -> None:
    samira = world.add_person("Samira", started=True)
    group = world.add_group("Triage", admins=[samira], bot="administrator", forum=True)
    picture = BufferedInputFile(TINY_JPEG, "x.jpg")
    await aiogram_bot.set_my_commands(
        [BotCommand(command="melden", description="Iets melden")], BotCommandScopeAllPrivateChats(), "nl"
    )
    await aiogram_bot.send_message(
        samira.id, "x", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Ja")]], resize_keyboard=True)
    )
    await aiogram_bot.send_message(
        samira.id, "Hoe heet je?", reply_markup=ForceReply(), link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    topic = await aiogram_bot.create_forum_topic(group.id, "Noord")
    sent = await aiogram_bot.send_photo(group.id, picture, message_thread_id=topic.message_thread_id, caption="een")
    await aiogram_bot.edit_message_caption(chat_id=group.id, message_id=sent.message_id, caption="twee")
    media = InputMediaPhoto(media=BufferedInputFile(TINY_JPEG, "y.jpg"), caption="drie")
    await aiogram_bot.edit_message_media(media, chat_id=group.id, message_id=sent.message_id, reply_markup=YES)
    album = await aiogram_bot.send_media_group(
        group.id, [InputMediaPhoto(media=picture), InputMediaPhoto(media=BytesFile())],
        reply_parameters=ReplyParameters(message_id=sent.message_id),
    )  # fmt: skip
    assert {message.message_thread_id for message in album} == {topic.message_thread_id}
    await aiogram_bot.set_message_reaction(group.id, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    await aiogram_bot.copy_message(samira.id, group.id, sent.message_id, protect_content=True)
    await aiogram_bot.forward_message(samira.id, group.id, sent.message_id)
    await aiogram_bot.pin_chat_message(group.id, sent.message_id)
    await aiogram_bot.send_location(samira.id, 52.37, 5.21)
    await aiogram_bot.send_document(samira.id, BufferedInputFile(b"x", "x.txt"))
    await aiogram_bot.send_voice(samira.id, BufferedInputFile(b"x", "x.ogg"), duration=2)
    await aiogram_bot.delete_messages(group.id, [message.message_id for message in album])
    await aiogram_bot.delete_forum_topic(group.id, topic.message_thread_id)
    chat = await aiogram_bot.get_chat(group.id)
    assert (chat.title, await aiogram_bot.get_chat_member_count(group.id)) == ("Triage", 2)
    assert [admin.status for admin in await aiogram_bot.get_chat_administrators(group.id)] == [
        "creator",
        "administrator",
    ]
    assert world.calls.refused == []


class BytesFile(BufferedInputFile):
    """A picture with a name of its own, so that an album has two."""

    def __init__(self) -> None:
        super().__init__(BytesIO(TINY_JPEG).read(), "z.jpg")


async def test_refusals_become_its_exceptions(world: World, aiogram_bot: Bot) -> None:
    samira = world.add_person("Samira")
    for expected, chat_id in ((TelegramForbiddenError, samira.id), (TelegramBadRequest, 5)):
        with pytest.raises(expected):
            await aiogram_bot.send_message(chat_id, "x")
    world.faults.flood("sendMessage", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as flood:
        await aiogram_bot.send_message(samira.id, "x")
    assert flood.value.retry_after == 7
    old = world.add_group("Straat", admins=[samira], supergroup=False)
    new = await samira.upgrades(old)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await aiogram_bot.send_message(old.id, "x")
    assert moved.value.migrate_to_chat_id == new.id
    world.tokens = ["1:another"]
    with pytest.raises(TelegramUnauthorizedError):
        await aiogram_bot.get_me()
    world.tokens = None


async def test_a_method_that_is_not_there(world: World, aiogram_bot: Bot) -> None:
    class Dance(TelegramMethod[bool]):
        __returning__ = bool
        __api_method__ = "dance"

    with pytest.raises(TelegramNotFound):
        await aiogram_bot(Dance())
    assert check_calls(world.calls) == ["dance: aiogram: there is no such method", "dance: stand-in: Not Found"] + (
        ["dance: bot_api.json: there is no such method"] if len(check_calls(world.calls)) == 3 else []
    )
    world.calls.clear()
