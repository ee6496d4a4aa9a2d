"""📆 In mijn agenda: the secret link to one's own calendar; made, renewed and taken away here."""

from dataclasses import dataclass

from telegram import Update

from bot.services.activities import calendars
from bot.services.activities.calendars import Link
from bot.texts import calendar as texts
from bot.texts import signups as signup_texts
from handlers.activities.buttons import OpenMine
from handlers.activities.private import on_private
from handlers.buttons import Button, button
from handlers.context import Ctx, keys
from handlers.routes import Route


@button("klo")
@dataclass(frozen=True)
class OpenCalendar(Button):
    """What the link does, and whether one has it."""


@button("kln")
@dataclass(frozen=True)
class NewLink(Button):
    """Make a link; *seen* tells which one there was when this was shown. A second one is asked about first."""

    seen: int
    sure: bool


@button("klx")
@dataclass(frozen=True)
class RemoveLink(Button):
    """Take the link away; asked about first."""

    seen: int
    sure: bool


async def on_open(_update: Update, context: Ctx, _pressed: OpenCalendar) -> None:
    """Show the page of the link."""
    await _show(context)


async def on_new(_update: Update, context: Ctx, pressed: NewLink) -> None:
    """Make a link, or ask whether the old one may go."""
    t = context.t
    if not context.scope.web:
        await _show(context)
        return
    if pressed.seen and not pressed.sure:
        sure = NewLink(pressed.seen, sure=True)
        context.show(texts.renew_sure(t), keys([(texts.yes_key(t), sure), (texts.no_key(t), OpenCalendar())]))
        return
    how, secret = await calendars.make_link(context.work, context.person, seen=pressed.seen)
    await _show(context)
    if how is not Link.CHANGED:
        context.say(texts.link(t, url=f"{context.scope.web}/agenda/{secret}.ics"))


async def on_remove(_update: Update, context: Ctx, pressed: RemoveLink) -> None:
    """Take the link away, once somebody is sure."""
    t = context.t
    if not pressed.sure:
        sure = RemoveLink(pressed.seen, sure=True)
        context.show(texts.remove_sure(t), keys([(texts.yes_key(t), sure), (texts.no_key(t), OpenCalendar())]))
        return
    how = await calendars.remove_link(context.work, context.person, seen=pressed.seen)
    await _show(context, above=texts.removed(t) if how is Link.REMOVED else "")


async def _show(context: Ctx, *, above: str = "") -> None:
    """Show whether there is a link, under the line *above*; a link can be taken away also where none can be made."""
    t, can_make = context.t, bool(context.scope.web)
    back = (signup_texts.to_mine_key(t), OpenMine())
    feed = await calendars.feed_of(context.work, context.person)
    seen = calendars.stamp(feed)
    make: list[tuple[str, Button]] = []
    if can_make:
        make = [((texts.renew_key if feed else texts.make_key)(t), NewLink(seen, sure=False))]
    if feed is not None:
        text = texts.has_link(t, made_at=feed.made_at)
        rows: list[list[tuple[str, Button]]] = [[*make, (texts.remove_key(t), RemoveLink(seen, sure=False))]]
    else:
        text = texts.about(t) if can_make else texts.not_here(t)
        rows = [make] if make else []
    context.show("\n\n".join(filter(None, [above, text])), keys(*rows, back))


COMMANDS: list[Route] = []
BUTTONS: list[Route] = [
    on_private(OpenCalendar, on_open),
    on_private(NewLink, on_new),
    on_private(RemoveLink, on_remove),
]
