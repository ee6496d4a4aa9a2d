"""Looking at a report that one follows, and *Geen bericht meer*."""

from telegram import Update

from bot.domain.reports import format_number
from bot.services.reporting import following
from bot.texts import merging as texts
from bot.texts import my_reports as my_texts
from bot.texts import resident as resident_texts
from handlers.buttons import Key
from handlers.context import Ctx, keys
from handlers.following.buttons import Leave, OpenFollowed, TurnFollowed
from handlers.my_reports.buttons import OpenMine
from handlers.routes import OnOwnButton, Route
from handlers.turning import Part, part, understand
from storage.models import Report
from storage.queries import following as queries


async def page(context: Ctx, start: int = 0) -> Part:
    """Return a page of keys: one for each report that this person follows."""
    t, found = context.t, await queries.followed_by(context.work.session, context.person.id)
    names = ((report, format_number(report.year, report.number)) for report in found)
    every = [Key(texts.followed_item(t, number=name), OpenFollowed(report.id)) for report, name in names]
    return part(t, every, start, TurnFollowed)


async def on_turn(_update: Update, context: Ctx, pressed: TurnFollowed) -> None:
    """Show a page of what this person follows."""
    shown = await page(context, pressed.start)
    home = Key(my_texts.mine(context.t), OpenMine(None))
    context.show(my_texts.overview(context.t), [*shown.rows, [home]])
    understand(context, shown.hidden)


async def on_open(_update: Update, context: Ctx, pressed: OpenFollowed) -> None:
    """Show where a followed report stands: never its words."""
    t = context.t
    report = await queries.one_followed_by(context.work.session, pressed.report, context.person.id)
    if report is None:
        context.show(resident_texts.not_there(t))
        return
    number = format_number(report.year, report.number)
    text = texts.followed_one(t, number=number, status=report.status)
    context.show(text, keys((texts.leave_label(t), Leave(report.id))))


async def on_leave(_update: Update, context: Ctx, pressed: Leave) -> None:
    """Stop the news about a report; to who does not follow it, it is not there."""
    t = context.t
    report = await context.work.session.get(Report, pressed.report)
    if report is None or not await following.leave(context.work, pressed.report, context.person.id):
        context.show(resident_texts.not_there(t), new=True)
        return
    context.show(texts.left(t, number=format_number(report.year, report.number)), new=True)


BUTTONS: list[Route] = [
    OnOwnButton(TurnFollowed, on_turn),
    OnOwnButton(OpenFollowed, on_open),
    OnOwnButton(Leave, on_leave),
]
