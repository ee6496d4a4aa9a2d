"""*Samenvoegen* and *Groeperen* under a card: a tap on a likely report, or a number written in private."""

from telegram import Update

from bot.services import triage
from bot.services.reporting import me_too
from bot.services.triage import Outcome
from bot.texts import merging as texts
from handlers.context import Ctx
from handlers.routes import OnButton, Route
from handlers.staff.buttons import GroupWith, MergeInto, MergeNumber, Ungroup
from handlers.staff.drafts import Purpose, Writing
from handlers.staff.merging import how_it_went
from handlers.staff.places import is_out_of_place, refuse
from handlers.staff.private import tell
from handlers.staff.writing import begin


async def merge_into(_update: Update, context: Ctx, pressed: MergeInto) -> None:
    """Merge a report into the one that was tapped."""
    if await is_out_of_place(context, pressed.report):
        return
    done = await triage.merge(context.work, pressed.report, context.person, pressed.version, pressed.into)
    if done.outcome.done or done.bar is not None:
        tell(context, how_it_went(context, done))
    else:
        await refuse(context, done.outcome)


async def merge_number(_update: Update, context: Ctx, pressed: MergeNumber) -> None:
    """Ask for a number in private."""
    await begin(context, Writing(report=pressed.report, purpose=Purpose.MERGE), pressed.version)


async def group_with(_update: Update, context: Ctx, pressed: GroupWith) -> None:
    """Put a report together with the one that was tapped; both stay open."""
    if not await is_out_of_place(context, pressed.report):
        done = await me_too.group(context.work, pressed.report, context.person, pressed.version, pressed.other)
        await _say(context, done, texts.grouped(context.t))


async def ungroup(_update: Update, context: Ctx, pressed: Ungroup) -> None:
    """Take a report out of its group."""
    if not await is_out_of_place(context, pressed.report):
        done = await me_too.ungroup(context.work, pressed.report, context.person, pressed.version)
        await _say(context, done, texts.ungrouped(context.t))


async def _say(context: Ctx, outcome: Outcome, text: str) -> None:
    if outcome.done:
        tell(context, text)
    else:
        await refuse(context, outcome)


BUTTONS: list[Route] = [
    OnButton(MergeInto, merge_into),
    OnButton(MergeNumber, merge_number),
    OnButton(GroupWith, group_with),
    OnButton(Ungroup, ungroup),
]
