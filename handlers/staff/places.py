"""Where a card was tapped: only its desk's group and the worker's private chat count, and only who is somebody."""

from bot.services import triage
from bot.services.desk import cards
from bot.services.triage import Act, Outcome, Verdict
from bot.texts import triage_answers as texts
from handlers.context import Ctx
from handlers.staff.private import ANONYMOUS, refusal, tell
from storage.models import Desk, Report


async def is_out_of_place(context: Ctx, report_id: int) -> bool:
    """Tell whether a tap counts for nothing here, after saying so.

    An anonymous administrator is nobody; in any group but that of the report's desk a card does nothing.
    """
    if context.person.id == ANONYMOUS:
        context.refused()
        tell(context, texts.anonymous(context.t))
        return True
    report = await context.work.session.get(Report, report_id)
    if report is None or context.is_private:
        return False
    desk = await context.work.session.get(Desk, report.desk_id)
    if desk is None or desk.chat_id == context.chat_id:
        return False
    context.refused()
    knows = await triage.permits(context.work, report, context.person.id, Act.LOOK)
    tell(context, texts.elsewhere(context.t, desk=desk.name) if knows else texts.stranger(context.t))
    return True


async def refuse(context: Ctx, outcome: Outcome, text: str | None = None) -> None:
    """Say why nothing changed; an outdated card is drawn again."""
    tell(context, text or refusal(context, outcome))
    if outcome.verdict in (Verdict.STALE, Verdict.CLOSED, Verdict.SAME) and outcome.report is not None:
        await cards.refresh(context.work, outcome.report)
