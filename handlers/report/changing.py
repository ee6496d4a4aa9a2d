"""*Iets veranderen* on the summary: any earlier step is asked again, and *Terug* leaves it as it was."""

from bot.domain.draft_changes import begin_change, changeable, rewrite
from bot.domain.drafts import ReportDraft, Step, next_step
from bot.domain.text_input import number, word
from bot.texts import report as report_texts
from bot.texts import report_later as texts
from handlers.context import Ctx
from handlers.report.flow import PAGES, Page, StepPage, Turn
from handlers.report.hearing import tell


async def _change(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    return Page(texts.change_question(t), [[(texts.change_label(t, step), step.value)] for step in changeable(draft)])


async def _chose_change(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    step = next((step for step in changeable(draft) if step == value), None)
    if step is None:
        return None
    begin_change(draft, step)
    return Turn(to=step)


async def _rewrite(context: Ctx, draft: ReportDraft) -> Page:
    return Page(texts.rewrite_question(context.t, text=draft.text))


async def _chose_nothing(_context: Ctx, _draft: ReportDraft, _value: str) -> Turn | None:
    return None


async def _heard_rewrite(context: Ctx, draft: ReportDraft, text: str) -> Turn | None:
    if word(text) is not None or number(text) is not None:
        return Turn(above=report_texts.words_please(context.t), missed=True)
    rewrite(draft)
    above = await tell(context, draft, context.message.message_id, text)
    return Turn(to=next_step(draft), above=above)


PAGES |= {
    Step.CHANGE: StepPage(_change, _chose_change),
    Step.REWRITE: StepPage(_rewrite, _chose_nothing, _heard_rewrite),
}
