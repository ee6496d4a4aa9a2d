"""The conversation in which an activity is made or changed: question by question, a preview, and then it is kept."""

from datetime import date

from telegram import Update

from bot.domain.activities.plans import Plan, Step, next_step, previous_step, rule_of
from bot.domain.enums import ActivityKind
from bot.domain.text_input import Word, word
from bot.domain.when import holiday
from bot.services.activities import making, plans, rights
from bot.services.activities.making import Made
from bot.texts import activities as activity_texts
from bot.texts import general
from bot.texts import making as texts
from bot.texts import making_preview as preview_texts
from handlers.activities.making_buttons import Choose
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx, keys
from handlers.conversation import Back, Conversation, Stop, conversation
from handlers.making import managing
from handlers.making.answers import Answer
from handlers.making.choosing import TAKES
from handlers.making.names import ABOUT
from handlers.making.pages import NUMBERS, PAGES, repeats_line, when_line
from storage.models import Team
from storage.queries import town

MAKE = "make"
#: What can be changed from the preview; a round has the wijk and the deadline of its kind.
_CHANGES = {
    Step.TITLE: preview_texts.change_title_key,
    Step.WHEN: preview_texts.change_when_key,
    Step.REPEATS: preview_texts.change_repeats_key,
    Step.PLACE: preview_texts.change_place_key,
    Step.AREA: preview_texts.change_area_key,
    Step.ROLES: preview_texts.change_roles_key,
    Step.DEADLINE: preview_texts.change_deadline_key,
}
_NOT_OF_ROUNDS = frozenset({Step.AREA, Step.DEADLINE})


async def begin(context: Ctx, plan: Plan, step: Step) -> None:
    """Open the conversation at *step*."""
    context.open_dialogue(ABOUT, step.value, plan.model_dump(mode="json"))
    await show(context)


async def show(context: Ctx, above: str = "") -> None:
    """Show the open question, or the preview, under a line about what was wrong."""
    row = context.dialogue
    if row is None or await _is_refused(context):
        return
    plan, step = Plan.model_validate(row.draft), Step(row.step)
    if step is Step.PREVIEW:
        text, rows = await _preview(context, row.draft_id, plan)
    else:
        text, options = await PAGES[step].page(context, plan)
        rows = [[Key(label, Choose(row.draft_id, step.value, value)) for label, value in line] for line in options]
    if step is Step.TIMES and not above:
        above = _holiday_line(context, plan)
    last = [(general.back(context.t), Back(row.draft_id)), (general.stop(context.t), Stop(row.draft_id))]
    said = "\n\n".join(filter(None, (above, text)))
    (context.show_numbers if step in NUMBERS else context.show)(said, [*rows, *keys(last)])


def _holiday_line(context: Ctx, plan: Plan) -> str:
    name = holiday(plan.day, context.t.language) if plan.day else None
    return preview_texts.holidays_warning(context.t, days=[(plan.day, name)]) if plan.day and name else ""


async def _preview(context: Ctx, draft: int, plan: Plan) -> tuple[str, Keyboard]:
    t, new, is_round = context.t, plan.activity is None, plan.kind is ActivityKind.PATROL
    team = await context.work.session.get(Team, plan.team) if plan.team else None
    area = await town.area(context.work.session, plan.area)
    until = None if is_round else texts.deadline(t, days=plan.deadline_days, at=plan.deadline_at)
    text = preview_texts.preview(
        t,
        title=plan.title,
        of=plan.kind or ActivityKind.OTHER,
        when=when_line(context, plan),
        repeats=repeats_line(context, plan),
        where=[part for part in (plan.place, area.name if area else None) if part],
        roles=[texts.role_label(t, role, one) for role, one in plan.roles.items()],
        until=until,
        seen_by=team.name if team else None,
    )
    warned = await _holidays(context, plan)
    warning = preview_texts.holidays_warning(t, days=warned) if warned else ""
    options = [
        Key(label(t), Choose(draft, Step.PREVIEW.value, step.value))
        for step, label in _CHANGES.items()
        if not (is_round and step in _NOT_OF_ROUNDS)
    ]
    rows: Keyboard = [[Key(preview_texts.make_key(t, new=new), Choose(draft, Step.PREVIEW.value, MAKE))]]
    rows += [options[at : at + 2] for at in range(0, len(options), 2)]
    renamed = await making.renamed_people(context.work, plan)
    told = preview_texts.rename_tells(t, people=renamed) if renamed else ""
    return "\n\n".join(filter(None, (text, warning, told, preview_texts.ask_make(t, new=new)))), rows


async def _holidays(context: Ctx, plan: Plan) -> list[tuple[date, str]]:
    days = [meeting.nominal for meeting in await plans.ahead_of(context.work, plan)]
    return [(day, name) for day in days if (name := holiday(day, context.t.language))]


async def take(context: Ctx, value: str) -> None:
    """Take a tapped answer of the open step."""
    row = context.dialogue
    if row is None or await _is_refused(context):
        return
    plan, step = Plan.model_validate(row.draft), Step(row.step)
    if step is not Step.PREVIEW:
        await _go_on(context, plan, step, await PAGES[step].chose(context, plan, value))
    elif value == MAKE:
        await _keep(context, plan)
    else:
        target = next((one for one in _CHANGES if one.value == value), None)
        if target is not None:
            context.step(target.value, plan.model_copy(update={"changing": True}).model_dump(mode="json"))
        await show(context)


async def on_message(_update: Update, context: Ctx) -> None:
    """Take a typed answer."""
    row = context.dialogue
    if row is None or await _is_refused(context):
        return
    plan, step, said = Plan.model_validate(row.draft), Step(row.step), (context.message.text or "").strip()
    if not said:
        await show(context, texts.text_only(context.t))
    elif step is Step.PREVIEW and word(said) is Word.YES:
        await _keep(context, plan)
    elif step is Step.PREVIEW:
        await show(context, texts.choose(context.t))
    else:
        await _go_on(context, plan, step, await PAGES[step].heard(context, plan, said))


async def _go_on(context: Ctx, plan: Plan, step: Step, answer: Answer | None) -> None:
    if answer is None:
        await show(context, texts.choose(context.t))
    elif answer.problem:
        context.step(step.value, answer.plan.model_dump(mode="json"))
        await show(context, answer.problem)
    else:
        following = answer.to or next_step(step, answer.plan)
        context.step(following.value, answer.plan.model_dump(mode="json"))
        await show(context)


async def _is_refused(context: Ctx) -> bool:
    """Tell whether this person may not make or change this (any more), after saying so and closing the draft."""
    row = context.dialogue
    if row is None or await rights.may_plan(context.work, Plan.model_validate(row.draft), context.person.id):
        return False
    await context.end_dialogue()
    context.refused()
    context.show(texts.refused(context.t), new=True)
    return True


async def _keep(context: Ctx, plan: Plan) -> None:
    """Make or change the activity, and show it; what is refused is said above the preview, with nothing lost."""
    t = context.t
    act = making.make if plan.activity is None else making.change
    result = await act(context.work, context.person, plan)
    match result.outcome:
        case Made.DONE:
            await context.end_dialogue()
            kept = [activity_texts.span(t, starts_at=row.starts_at, ends_at=row.ends_at) for row in result.kept]
            done = (
                preview_texts.made(t, repeats=rule_of(plan) is not None)
                if plan.activity is None
                else preview_texts.changed(t, kept=kept)
            )
            if result.activity is not None:
                await managing.show_activity(context, result.activity, above=done)
        case Made.CHANGED:
            await context.end_dialogue()
            if result.activity is not None:
                await managing.show_activity(context, result.activity, above=preview_texts.changed_meanwhile(t))
        case Made.DEADLINE:
            await show(context, texts.wrong_deadline(t))
        case Made.PAST:
            await show(context, preview_texts.started_meanwhile(t))
        case Made.USE_MOVE:
            await show(context, preview_texts.use_move(t))
        case Made.NOT_WHOLE:
            await show(context, texts.choose(t))
        case Made.GONE | Made.STRANGER:
            await context.end_dialogue()
            context.refused()
            context.show(texts.gone(t) if result.outcome is Made.GONE else texts.refused(t))


async def back(context: Ctx) -> None:
    """Go one question back; from the first, or from the preview of a change, out."""
    row = context.dialogue
    if row is None:
        return
    before = previous_step(Step(row.step), Plan.model_validate(row.draft))
    if before is None:
        await stop(context)
        return
    context.step(before.value)
    await show(context)


async def stop(context: Ctx) -> None:
    """Leave without a change."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t))


async def show_open(context: Ctx) -> None:
    """Show the open question again."""
    await show(context)


conversation(Conversation(ABOUT, on_message, show_open, back, stop))
TAKES[ABOUT] = take
