"""The groups of desks and teams: is the bot in, may it write, and has it the rights that it uses?"""

from dataclasses import dataclass
from typing import Any

from telegram import ChatFullInfo, ChatMember
from telegram.error import ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.runtime.doctor.at_telegram import with_advice
from bot.runtime.doctor.finding import Finding, Grade
from bot.runtime.telegram_errors import Trouble, refusal_of

#: What an administrator of a desk's group must be allowed, and how Telegram's app calls it.
_RIGHTS = {"can_delete_messages": "Delete messages", "can_restrict_members": "Ban users"}
_TOPICS = {"can_manage_topics": "Manage topics"}
_AWAY = frozenset({ChatMember.LEFT, ChatMember.BANNED})


@dataclass(frozen=True)
class Place:
    """A group that the set-up file names. Of a team's group less is needed than of a desk's."""

    what: str
    chat_id: int
    thread_id: int | None = None
    desk: bool = True


async def look(bot: ExtBot[None], place: Place) -> Finding:
    """Return how it stands with one group."""
    try:
        chat = await bot.get_chat(place.chat_id)
        member = await bot.get_chat_member(place.chat_id, bot.id)
    except ChatMigrated as error:
        words = (
            f"became the supergroup {error.new_chat_id}; the bot follows by itself, the set-up file may follow later"
        )
        return Finding(Grade.ADVICE, place.what, words)
    except TelegramError as error:
        if refusal_of(error, private=False).trouble is Trouble.CHAT_GONE:
            return _absent(bot, place)
        return Finding(Grade.WRONG, place.what, with_advice(error))
    if member.status in _AWAY:
        return _absent(bot, place)
    if not _may_write(chat, member):
        words = "the bot is in it and may not write: make it administrator"
        return Finding(Grade.WRONG, place.what, words)
    if place.thread_id is not None and not chat.is_forum:
        words = f"the desk lives in topic {place.thread_id}, and this group has no topics: switch them on"
        return Finding(Grade.WRONG, place.what, words)
    return _rights(place, chat, member)


def _absent(bot: ExtBot[None], place: Place) -> Finding:
    words = (
        f"the bot is not in it: add @{bot.username} as administrator, or mend the number ({place.chat_id}) by /chatid"
    )
    return Finding(Grade.WRONG, place.what, words)


def _may_write(chat: ChatFullInfo, member: Any) -> bool:  # noqa: ANN401 one of six classes
    if member.status == ChatMember.RESTRICTED:
        return bool(member.is_member and member.can_send_messages)
    if member.status == ChatMember.MEMBER:
        return chat.permissions is None or chat.permissions.can_send_messages is not False
    return True


def _rights(place: Place, chat: ChatFullInfo, member: Any) -> Finding:  # noqa: ANN401 one of six classes
    """Return whether the bot has the rights of an administrator that it uses here."""
    if member.status == ChatMember.OWNER:
        return Finding(Grade.OK, place.what, "the bot owns it")
    if member.status != ChatMember.ADMINISTRATOR:
        words = "the bot is no administrator there, so it does not see who joins: make it one"
        return Finding(Grade.WRONG if place.desk else Grade.ADVICE, place.what, words)
    needed = (_RIGHTS if place.desk else {}) | (_TOPICS if place.thread_id is not None else {})
    missing = [name for right, name in needed.items() if not getattr(member, right, False)]
    if missing:
        words = f"the bot is administrator without: {', '.join(missing)}; give it that right"
        return Finding(Grade.WRONG, place.what, words)
    return Finding(Grade.OK, place.what, "the bot is in it and has its rights")
