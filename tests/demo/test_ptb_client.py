"""python-telegram-bot, the library we build on, works on the stand-in and reads all it sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.demo.telegram import Server, World
from bot.demo.telegram.people_media import TINY_JPEG
from tests.demo.client import Client
from tests.telegram_checks import check_calls

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])


@pytest.fixture
async def ptb_bot(world: World, server: Server) -> AsyncIterator[Bot]:
    async with Bot(world.token, base_url=server.api_url, base_file_url=server.file_url) as bot:
        yield bot
    assert check_calls(world.calls) == []


async def test_a_bot_of_ours_talks_with_somebody(world: World, server: Server) -> None:
    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "?", reply_markup=YES, do_quote=True)

    async def tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Goed")
        await update.callback_query.edit_message_text("Klaar")

    builder = Application.builder().token(world.token).base_url(server.api_url).base_file_url(server.file_url)
    app = builder.job_queue(None).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(tapped))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=1)
        person = world.add_person("Fatima")
        await person.writes("Hoi")
        answer = await world.until(lambda: person.chat.messages[1:])
        assert answer[0].reply_to is person.chat.messages[0]
        tap = await person.taps(person.id, answer[0], "Ja")
        await world.until(lambda: answer[0].text == "Klaar")
        assert tap.toast == "Goed"
        await app.updater.stop()
        await app.stop()
    assert check_calls(world.calls) == []


async def test_every_update_can_be_read(world: World, ptb_bot: Bot) -> None:
    samira, omar = world.add_person("Samira", username="samira"), world.add_person("Omar", last_name="D")
    wanted = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
    await ptb_bot.get_updates(allowed_updates=wanted)
    await omar.starts("x")
    for send in (
        omar.sends_photo, omar.sends_voice, omar.sends_video, omar.sends_video_note, omar.sends_document,
        omar.sends_audio, omar.sends_animation, omar.sends_sticker, omar.sends_dice,
    ):  # fmt: skip
        await send(omar.id)
    await omar.sends_location(omar.id, 52.0, 5.0)
    await omar.sends_contact(omar.id, "+31", "F")
    await omar.sends_poll(omar.id, "Ja?")
    await omar.edits(omar.id, await omar.writes("a"), "b")
    await ptb_bot.send_message(omar.id, "?", reply_markup=YES)
    tap = await omar.taps(omar.id, omar.chat.last, "Ja")
    await omar.deletes(omar.id, tap.message)
    await omar.forges(omar.id, tap.message, "yes")
    await omar.blocks()
    await omar.starts()
    await omar.forwards(omar.id, omar.chat.messages[0], omar.id)
    forum = world.add_group("Forum", admins=[samira], bot="administrator", forum=True)
    await samira.opens_topic(forum, "Noord")
    await omar.joins(forum)
    await omar.reacts(forum, forum.last, "👍")
    await samira.promotes(forum, omar)
    await samira.demotes(forum, omar)
    await samira.stays_anonymous(forum)
    await samira.sends(forum, "/help @samira https://x.nl")
    await samira.removes(forum, omar)
    straat = await samira.creates_group("Straat", with_bot=True)
    await samira.upgrades(straat)
    updates = await ptb_bot.get_updates(limit=100)
    kinds = {next(iter(update.to_dict().keys() - {"update_id"})) for update in updates}
    assert kinds == set(wanted)
    for update in updates:
        assert update.api_kwargs == {}
        assert update.effective_chat is not None
        message = update.effective_message
        assert message is None or message.api_kwargs == {}


async def test_files_go_up_and_come_down(world: World, ptb_bot: Bot) -> None:
    omar = world.add_person("Omar", started=True)
    photo = await omar.sends_photo(omar.id)
    file = await ptb_bot.get_file(photo.file_ids[0])
    assert bytes(await file.download_as_bytearray()) == TINY_JPEG
    sent = await ptb_bot.send_photo(omar.id, TINY_JPEG, caption="Kijk")
    album = await ptb_bot.send_media_group(
        omar.id, [InputMediaPhoto(TINY_JPEG, caption="a"), InputMediaPhoto(sent.photo[-1].file_id)]
    )
    assert len({message.media_group_id for message in album}) == 1
    edited = await ptb_bot.edit_message_media(InputMediaPhoto(TINY_JPEG), omar.id, sent.message_id)
    assert not isinstance(edited, bool)
    await ptb_bot.send_message(omar.id, "x", reply_parameters=ReplyParameters(album[0].message_id))
    assert omar.chat.last.reply_to is omar.chat.message(album[0].message_id)


async def test_refusals_become_its_exceptions(
    world: World, bot: Client, ptb_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    omar = world.add_person("Omar")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await ptb_bot.send_message(omar.id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb_bot.send_message(5, "x")
    world.faults.flood("sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await ptb_bot.send_message(omar.id, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    old = world.add_group("Straat", admins=[omar], supergroup=False)
    new = await omar.upgrades(old)
    with pytest.raises(ChatMigrated) as moved:
        await ptb_bot.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id
    world.faults.fail("getMe")
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await ptb_bot.get_me()
    world.faults.cut("getMe")
    with pytest.raises(NetworkError):
        await ptb_bot.get_me()
    world.faults.hang("getMe")
    with pytest.raises(TimedOut):
        await ptb_bot.get_me(read_timeout=0.05)
    waiting = asyncio.create_task(ptb_bot.get_updates(world.updates.next_id, timeout=30, read_timeout=30))
    await world.until(lambda: world.updates.polled)
    await bot.updates()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await waiting
    world.tokens = ["1:another"]
    with pytest.raises(InvalidToken):
        await ptb_bot.get_me()
