"""*Overnemen* under a message about late reports, in the group and in private."""

from telegram import Update

from bot.domain.notices.chasing import ChaseAdmin, ChaseDesk
from bot.services.desk import chasing
from bot.services.triage import Verdict
from handlers.context import Ctx, scope
from handlers.routes import OnButton, Route
from handlers.staff.buttons import TakeLate
from handlers.staff.places import is_out_of_place
from handlers.triage.cards import show_taken


async def take_late(_update: Update, context: Ctx, pressed: TakeLate) -> None:
    """Take a report that waits too long, unless somebody else was first."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await chasing.take_late(context.work, pressed.report, context.person, pressed.holder)
    await show_taken(context, outcome)
    if outcome.verdict is not Verdict.STRANGER:
        _draw_again(context)


def _draw_again(context: Ctx) -> None:
    """Have the tapped list show who has what now."""
    row = scope.get().shown.get((context.chat_id, context.message.message_id))
    kinds = {notice.kind: notice for notice in (ChaseDesk, ChaseAdmin)}
    if row is not None and row.kind in kinds:
        notice = kinds[row.kind].from_key(row.key)
        context.work.put(notice, chat=row.chat_id, thread=row.thread_id, silent=True)


COMMANDS: list[Route] = []
BUTTONS: list[Route] = [OnButton(TakeLate, take_late)]
