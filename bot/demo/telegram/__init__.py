"""Telegram's stand-in: a world of people and chats behind an HTTP server that speaks the Bot API, strictly.

    world = World(now=clock)                       # clock: () -> aware UTC datetime; dates of messages come from it
    fatima = world.add_person("Fatima")            # has not started the bot; started=True skips that
    desk = world.add_group("Triage Noord", admins=[samira], members=[omar], bot="administrator")
    async with serve(world) as server:             # any free port, in the running loop
        ...                                        # server.url → BUURTBODE_TELEGRAM_API_URL; world.token, or any token
        await fatima.starts()
        sent = await world.until(lambda: fatima.chat.last.sender is world.bot and fatima.chat.last)
        tap = await fatima.taps(fatima.id, sent, "📍 Een plek op straat")   # by words or by callback data
        await world.until(lambda: tap.answer)

**World** – ``add_person``, ``add_group`` (basic: ``supergroup=False``; ``forum=True``), ``person(id)``, ``people``,
``chat(id)``, ``bot`` (a `User`), ``token``, ``tokens`` (None: any), ``privacy_mode``, ``contact[user_id]`` (never,
started, blocked), ``calls`` (`CallLog` of `Call`), ``taps`` (by query id, each with its ``answer``), ``faults``,
``limits`` (off until ``limits.on``), ``files``, ``updates`` (``pending``, ``put_raw`` for odd updates), ``webhook``
(``webhook.sleep`` is its clock), ``profile`` (commands: ``profile.shown(chat, user_id, language)``),
``await until(condition, timeout=5)`` woken on every change, ``on_change(callback) -> stop`` with a `Change`.

**Person** (a coroutine each, in effect at once; `NotPossible` for what the app does not offer) – ``sends(chat, text,
reply_to=, thread=)``, ``writes(text)`` in private, ``sends_photo``, ``sends_album``, ``sends_voice``, ``sends_video``,
``sends_video_note``, ``sends_document``, ``sends_audio``, ``sends_animation``, ``sends_sticker``, ``sends_location``,
``sends_contact``, ``sends_dice``, ``sends_poll``, ``forwards``, ``edits``, ``deletes``, ``reacts``, ``taps``,
``forges`` (any data), ``presses`` (a key of the reply keyboard), ``starts(payload)``, ``blocks``, ``unblocks``,
``joins``, ``leaves``, ``adds``, ``adds_bot``, ``removes``, ``removes_bot``, ``promotes``, ``promotes_bot``,
``demotes``, ``demotes_bot``, ``stays_anonymous``, ``creates_group``, ``upgrades`` (→ the new supergroup), ``renames``,
``opens_topic``, ``deletes_topic``; to look at: ``chat``, ``keyboard()``, ``user.deactivated`` (may be set).

**Chat** – ``messages`` (all), ``visible``, ``last``, ``texts``, ``message(id)``, ``members``, ``topics``,
``keyboards``, ``prompts`` (force reply), ``pinned``, ``migrated_to``.

**Message** – ``text``, ``html``, ``entities``, ``media`` and ``content``, ``file_ids``, ``buttons``, ``labels``,
``button(words)``, ``sender``, ``sender_chat``, ``reply_to``, ``thread_id``, ``media_group_id``, ``protect_content``,
``silent``, ``edited``, ``deleted``, ``texts`` (everything it ever said), ``history``, ``service``, ``pinned``,
``reactions``, ``date``.

**Faults** – ``faults.fail(method, status=, count=, chat_id=)``, ``flood(method, retry_after=)``, ``hang``, ``cut``
(``done=True``: it took effect, only the answer got lost), ``slow(method, seconds=)``, ``hold(method, until=)``.

One world has one bot; nothing is written to disk; all ids come out the same in every run. It imports nothing of the
project, and neither python-telegram-bot nor aiogram.
"""

from bot.demo.telegram.calls import Call, CallLog
from bot.demo.telegram.errors import NotPossible
from bot.demo.telegram.faults import Faults
from bot.demo.telegram.limits import Limits, Window
from bot.demo.telegram.model import ALL_RIGHTS, Chat, Member, Message, Topic, User
from bot.demo.telegram.observers import Change
from bot.demo.telegram.people import Person
from bot.demo.telegram.server import Server, serve
from bot.demo.telegram.world import Answer, Tap, World

__all__ = [
    "ALL_RIGHTS",
    "Answer",
    "Call",
    "CallLog",
    "Change",
    "Chat",
    "Faults",
    "Limits",
    "Member",
    "Message",
    "NotPossible",
    "Person",
    "Server",
    "Tap",
    "Topic",
    "User",
    "Window",
    "World",
    "serve",
]
