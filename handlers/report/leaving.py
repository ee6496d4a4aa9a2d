"""Leaving a report, and going back in it."""

from dataclasses import dataclass

from bot.domain.draft_changes import cancel_change
from bot.domain.drafts import ReportDraft, Step, next_step, undo
from bot.services import rounds
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from handlers.buttons import Button, Key, button
from handlers.context import Ctx
from handlers.report.flow import load, open_step, save
from handlers.report.wiping import Wipe


@button("rv")
@dataclass(frozen=True)
class GoOn(Button):
    """*Verder gaan* with a draft that was stopped."""

    draft: int


@button("rx")
@dataclass(frozen=True)
class ThrowAway(Button):
    """*Weggooien* of a draft that was stopped."""

    draft: int


async def stop(context: Ctx) -> None:
    """Leave the report: the draft rests for a week, unless nothing was told."""
    row = context.dialogue
    if row is None:
        return
    draft = load(row)
    if draft.empty and draft.call_me is None:
        await context.end_dialogue()
        context.show(texts.stopped_empty(context.t))
        await _to_round(context, draft)
        return
    row.active = False
    save(row, draft)
    t = context.t
    rows = [[Key(labels.resume(t), GoOn(row.draft_id))], [Key(labels.throw_away(t), ThrowAway(row.draft_id))]]
    if draft.discreet:
        rows.append([Key(labels.wipe(t), Wipe())])
    context.show(texts.stopped(t), rows)
    await _to_round(context, draft)


async def _to_round(context: Ctx, draft: ReportDraft) -> None:
    """Show the round again below, when the report was begun on one that is still walked."""
    if draft.walk is not None:
        await rounds.return_to(context.work, draft.walk.round, context.person.id)


async def back(context: Ctx) -> None:
    """Go one step back; at the first step leave."""
    row = context.dialogue
    if row is None:
        return
    draft, step = load(row), Step(row.step)
    if step is Step.RESUME:
        await stop(context)
        return
    if (to := _before(draft, step)) is None:
        await stop(context)
    else:
        await open_step(context, draft, to)


_ASIDE_BEFORE = {Step.DAY_PART: Step.PHONE, Step.CALL_LANGUAGE: Step.DAY_PART}


def _before(draft: ReportDraft, step: Step) -> Step | None:
    """Return the step before this one, its answer taken back; None at the first."""
    if step in _ASIDE_BEFORE:
        return _ASIDE_BEFORE[step]
    if step is Step.CALL_112:
        draft.danger = None
    if draft.changing is step:
        cancel_change(draft)
        return next_step(draft)
    if step in (Step.CALL_112, Step.CHANGE, Step.NAME, Step.PHOTO, Step.PHONE) or (step is Step.TELL and draft.trail):
        return next_step(draft)
    while draft.trail:
        earlier = draft.trail.pop()
        undo(draft, earlier)
        if earlier is not step:
            return earlier
    return None
