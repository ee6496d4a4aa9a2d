"""Eyes: who comes into a desk's group and who leaves it, and the beheerder's answer about somebody unknown."""

from dataclasses import dataclass

from telegram import ChatMember, Update, User

from bot.services.desk import eyes
from bot.services.desk.eyes import Confirmed
from bot.texts import eyes as texts
from handlers.buttons import Button, button
from handlers.context import Ctx
from handlers.routes import OnButton, OnMessage, OnUpdate, Route, is_private

_INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})


@button("ey")
@dataclass(frozen=True)
class Confirm(Button):
    """*Hoort erbij*: this person (0: whoever the count found) may read along in the group of a desk."""

    desk: int
    person: int


async def on_change(update: Update, context: Ctx) -> None:
    """Take in what Telegram tells an administrator about members."""
    change = update.chat_member
    if change is None:
        return
    person = change.new_chat_member.user
    if _is_inside(change.new_chat_member):
        await _came(context, person)
    else:
        await eyes.left(context.work, context.chat_id, person.id)


async def on_service(update: Update, context: Ctx) -> None:
    """Take in the same from the group's own messages, as a bot without rights sees it."""
    message = update.message
    if message is None:
        return
    for person in message.new_chat_members:
        await _came(context, person)
    if message.left_chat_member is not None:
        await eyes.left(context.work, context.chat_id, message.left_chat_member.id)


async def _came(context: Ctx, person: User) -> None:
    if person.username != context.scope.bot_username:
        await eyes.joined(context.work, context.chat_id, person.id)


async def on_confirm(_update: Update, context: Ctx, pressed: Confirm) -> None:
    """Let somebody stay; only a beheerder's word counts, and it is read anew."""
    outcome = await eyes.confirm(context.work, pressed.desk, pressed.person, context.person.id)
    if outcome is Confirmed.STRANGER:
        context.refused()
        context.toast(texts.not_admin(context.t))


def _is_inside(member: ChatMember) -> bool:
    return member.status in _INSIDE or bool(getattr(member, "is_member", False))


def _is_change(update: Update) -> bool:
    return update.chat_member is not None and not is_private(update)


def _is_service(update: Update) -> bool:
    message = update.message
    if message is None or is_private(update):
        return False
    return bool(message.new_chat_members or message.left_chat_member)


BUTTONS: list[Route] = [OnButton(Confirm, on_confirm)]
ROUTES: list[Route] = [OnUpdate(_is_change, on_change), OnMessage(_is_service, on_service)]
COMMANDS: list[Route] = []
