"""`/open` and `/mijn`: open reports by page, ⚠ first, then the oldest promise."""

from telegram import Update

from bot.services.desk import finding
from bot.services.desk.finding import At, Reader
from bot.texts import finding as texts
from handlers.context import Ctx
from handlers.finding.buttons import OpenPage
from handlers.finding.pages import draw, show, who_looks
from handlers.routes import OnButton, OnCommand, Route
from storage.queries import people


async def open_list(_update: Update, context: Ctx) -> None:
    """Show the first page of the open reports of one's desks, or of this group's."""
    await _list(context, None, None)


async def my_list(_update: Update, context: Ctx) -> None:
    """Show the first page of one's own open reports."""
    await _list(context, context.person.id, None)


async def on_page(_update: Update, context: Ctx, pressed: OpenPage) -> None:
    """Show another page; in private only of what is one's own."""
    whose = context.person.id if pressed.person is not None and context.is_private else pressed.person
    await _list(context, whose, pressed.at)


async def _list(context: Ctx, person_id: int | None, at: At | None) -> None:
    who = await who_looks(context)
    if who is None:
        return
    if person_id is None:
        page = await finding.open_at(context.work, who, at)
    else:
        page = await finding.mine(context.work, who, person_id, at)
    show(
        context,
        draw(
            context.t,
            page,
            heading=await _heading(context, who, person_id),
            empty=texts.nothing_open(context.t),
            turn=lambda at: _turn(at, person_id),
            here=_turn(at, person_id),
        ),
    )


def _turn(at: At | None, person_id: int | None) -> OpenPage:
    if at is None:
        return OpenPage(standing=None, after=None, back=False, person=person_id)
    return OpenPage(standing=at.standing, after=at.report, back=at.back, person=person_id)


async def _heading(context: Ctx, who: Reader, person_id: int | None) -> str:
    if person_id is None:
        return texts.open_at(context.t, desks=[desk.name for desk in who.desks])
    person = await people.person(context.work.session, person_id)
    return texts.mine(context.t, name=(person.name if person else None) or "?")


COMMANDS: list[Route] = [OnCommand(texts.OPEN, open_list, group=True), OnCommand(texts.MINE, my_list, group=True)]
BUTTONS: list[Route] = [OnButton(OpenPage, on_page)]
