"""`/rollen`: the beheerder takes a role away, in private. Rights are read at each tap."""

from dataclasses import dataclass

from telegram import Update

from bot.domain.enums import RoleName
from bot.services.desk import roles
from bot.services.desk.roles import Taken
from bot.texts import menu as menu_texts
from bot.texts import roles as texts
from handlers import fallback
from handlers.buttons import Button, Key, button
from handlers.context import Ctx, keys
from handlers.routes import OnButton, OnCommand, Route
from handlers.turning import part, understand
from storage.models import Person


@button("ro")
@dataclass(frozen=True)
class OpenRoles(Button):
    """The list, on the page of this position."""

    start: int


@button("rt")
@dataclass(frozen=True)
class TakeRole(Button):
    """A role of somebody, asked once more before it is taken away; `start` is its place in the list."""

    person: int
    role: RoleName
    sure: bool
    start: int


async def open_roles(update: Update, context: Ctx) -> None:
    """List who has which role; to anybody else the command does not exist."""
    if await roles.listed(context.work, context.person.id) is None:
        await fallback.unknown_command(update, context)
    else:
        await _list(context, 0)


async def on_open(_update: Update, context: Ctx, pressed: OpenRoles) -> None:
    """Show a page of the list."""
    await _list(context, pressed.start)


async def _list(context: Ctx, start: int) -> None:
    t = context.t
    held = await roles.listed(context.work, context.person.id)
    if held is None or not context.is_private:
        _not_admin(context)
        return
    labels = (texts.holding(t, name=each.person.name or "?", role=each.role) for each in held)
    taking = (TakeRole(each.person.id, each.role, False, at) for at, each in enumerate(held))
    page = part(t, [Key(label, take) for label, take in zip(labels, taking, strict=True)], start, OpenRoles)
    context.show(texts.overview(t), page.rows)
    understand(context, page.hidden)


async def on_take(_update: Update, context: Ctx, pressed: TakeRole) -> None:
    """Ask once more, then take the role away."""
    t = context.t
    held = await roles.listed(context.work, context.person.id)
    if held is None or not context.is_private:
        _not_admin(context)
        return
    person = await context.work.session.get(Person, pressed.person)
    name = (person.name if person else None) or "?"
    back = (texts.back(t), OpenRoles(pressed.start))
    if not pressed.sure:
        yes = TakeRole(pressed.person, pressed.role, sure=True, start=pressed.start)
        context.show(texts.sure(t, name=name, role=pressed.role), keys((texts.yes(t), yes), back))
        return
    outcome = await roles.take_away(context.work, context.person.id, pressed.person, pressed.role)
    said = {
        Taken.DONE: texts.done(t, name=name, role=pressed.role),
        Taken.LAST: texts.last(t),
        Taken.STRANGER: texts.not_admin(t),
    }.get(outcome, texts.same(t))
    context.show(said, keys(back))


def _not_admin(context: Ctx) -> None:
    context.refused()
    context.toast(texts.not_admin(context.t))
    if context.is_private:
        context.show(texts.not_admin(context.t), new=True)


COMMANDS: list[Route] = [OnCommand(menu_texts.COMMAND_NAMES["roles"], open_roles)]
BUTTONS: list[Route] = [OnButton(OpenRoles, on_open), OnButton(TakeRole, on_take)]
