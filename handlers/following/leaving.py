"""Looking at a report that one follows, and *Geen bericht meer*."""

from telegram import Update

from bot.domain.reports import format_number
from bot.services.reporting import following
from bot.texts import finding as finding_texts
from bot.texts import merging as texts
from bot.texts import my_reports as my_texts
from bot.texts import resident as resident_texts
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx, keys
from handlers.following.buttons import Leave, OpenFollowed, TurnFollowed
from handlers.my_reports.buttons import OpenMine
from handlers.routes import OnOwnButton, Route
from handlers.turning import PAGE
from storage.models import Report
from storage.queries import following as queries


async def page(context: Ctx, beside: int | None = None, *, back: bool = False) -> Keyboard:
    """Return a page of what this person follows, a key to a row, and the row to turn it: by key, as they may be many.

    It begins after the report *beside*, or (*back*) ends before it.
    """
    session, t, who = context.work.session, context.t, context.person.id
    found = list(await queries.followed_by(session, who, limit=PAGE + 1, beside=beside, back=back))
    more = len(found) > PAGE
    found = found[-PAGE:] if back else found[:PAGE]
    if not found:
        return []
    names = ((report, format_number(report.year, report.number)) for report in found)
    rows = [[Key(texts.followed_item(t, number=name), OpenFollowed(report.id))] for report, name in names]
    earlier, later = (more, True) if back else (beside is not None, more)
    turning = [Key(finding_texts.earlier(t), TurnFollowed(found[0].id, back=True))] if earlier else []
    turning += [Key(finding_texts.later(t), TurnFollowed(found[-1].id, back=False))] if later else []
    return [*rows, turning] if turning else rows


async def on_turn(_update: Update, context: Ctx, pressed: TurnFollowed) -> None:
    """Show a page of what this person follows; the first one when nothing is there any more."""
    rows = await page(context, pressed.beside, back=pressed.back) or await page(context)
    context.show(my_texts.overview(context.t), [*rows, [Key(my_texts.mine(context.t), OpenMine(None))]])


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
