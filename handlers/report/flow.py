"""How the report conversation goes from step to step: one button type, one page per step, and the way back.

Each step is a `StepPage` in `PAGES`. What is asked next follows from the draft (`bot.domain.drafts.next_step`).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from telegram import Update

from bot.domain.draft_changes import end_change, settle
from bot.domain.drafts import MANY_MISSES, ReportDraft, Step, answered, heard, next_step
from bot.domain.text_input import Word
from bot.texts import general
from bot.texts import menu as menu_texts
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from handlers.buttons import Button, Key, Keyboard, button
from handlers.context import Ctx
from handlers.conversation import Back, Stop, current
from handlers.report.wiping import ABOUT, Wipe
from handlers.views.drawing import Drawing
from storage.models import Dialogue
from storage.queries import outbox, town

#: Values of `Answer` that mean the same at every step.
CALL_ME = "call"
DANGER_NOW = "sos"


@button("rq")
@dataclass(frozen=True)
class Answer(Button):
    """An answer to one step of one draft; what it may say is judged by that step's page."""

    draft: int
    step: Step
    value: str


@dataclass(frozen=True)
class Page:
    """What a step shows: its question, and rows of (label, value of `Answer`)."""

    text: str
    rows: list[list[tuple[str, str]]] = field(default_factory=list)

    @property
    def options(self) -> list[tuple[str, str]]:
        """All its buttons in order."""
        return [option for row in self.rows for option in row]


@dataclass(frozen=True)
class Turn:
    """Where an answer leads: to what is asked next (None), or to one certain step.

    `above` stands above the next question. `missed`: it was no answer to this step, and `above` says so. `ended`: the
    step has said all there is to say.
    """

    to: Step | None = None
    above: str = ""
    missed: bool = False
    ended: bool = False


@dataclass(frozen=True)
class StepPage:
    """One step: what it shows, what a tap means, and what typed words mean.

    `choose` gets the value of a button, as untrusted input; None refuses it. `hear` gets what was typed; None
    leaves it to the general way (words join the report). Both change the draft. `words` are values by word.
    """

    page: Callable[[Ctx, ReportDraft], Awaitable[Page]]
    choose: Callable[[Ctx, ReportDraft, str], Awaitable[Turn | None]]
    hear: Callable[[Ctx, ReportDraft, str], Awaitable[Turn | None]] | None = None
    words: Mapping[Word, str] = field(default_factory=dict)


PAGES: dict[Step, StepPage] = {}

#: Steps that offer no call back: the emergency screen, and those that are about it.
_QUIET = frozenset({Step.CALL_112, Step.PHONE, Step.DAY_PART, Step.CALL_LANGUAGE, Step.RESUME})


def load(row: Dialogue) -> ReportDraft:
    """Return the draft of a dialogue."""
    return ReportDraft.model_validate(row.draft)


def save(row: Dialogue, draft: ReportDraft) -> None:
    """Write a draft into its dialogue."""
    row.draft = draft.kept()


async def open_step(context: Ctx, draft: ReportDraft, step: Step, *, above: str = "", new: bool = False) -> None:
    """Show *step* with its buttons and remember it as the open one."""
    row = context.dialogue
    if row is None:
        raise LookupError("no open report")
    if draft.location_key and step is not Step.WHERE:
        draft.location_key = False
        context.say(Drawing(text=texts.menu_is_back(context.t), menu=menu_texts.rows(context.t)))
    if step is Step.SUMMARY:
        end_change(draft)
    context.step(step, draft.kept())
    page = await PAGES[step].page(context, draft)
    context.show(
        "\n\n".join(filter(None, (above, page.text))), keyboard(context, row.draft_id, draft, step, page), new=new
    )


async def redraw(context: Ctx, row: Dialogue, draft: ReportDraft) -> None:
    """Draw the open step again where it stands, without a new message (a late part of an album, a photo taken away)."""
    save(row, draft)
    step = Step(row.step)
    prompt = await outbox.by_key(context.work.session, context.prompt_key)
    if not row.active or prompt is None or prompt.message_id is None:
        return
    page = await PAGES[step].page(context, draft)
    drawing = Drawing(text=page.text, keyboard=keyboard(context, row.draft_id, draft, step, page))
    context.work.say(drawing.to_payload(), chat=context.chat_id, key=context.prompt_key, message_id=prompt.message_id)


def keyboard(context: Ctx, draft_id: int, draft: ReportDraft, step: Step, page: Page) -> Keyboard:
    """Return a step's own buttons with those that stand under every step."""
    t = context.t
    rows = [[Key(label, Answer(draft_id, step, value)) for label, value in row] for row in page.rows]
    if step not in _QUIET and draft.call_me is None:
        rows.append([Key(labels.call_me(t), Answer(draft_id, step, CALL_ME))])
    if draft.discreet:
        rows.append([Key(labels.wipe(t), Wipe())])
    last = [Key(general.stop(t), Stop(draft_id))]
    if step is not Step.CALL_112:
        last.insert(0, Key(general.back(t), Back(draft_id)))
    return [*rows, last]


async def go(context: Ctx, draft: ReportDraft, step: Step, turn: Turn) -> None:
    """Follow *turn* after an answer at *step*."""
    if turn.ended:
        return
    if turn.missed:
        await missed(context, draft, step, turn.above)
        return
    if turn.to is None:
        answered(draft, step)
    settle(draft)
    await open_step(context, draft, turn.to or next_step(draft), above=turn.above)


async def on_answer(update: Update, context: Ctx, pressed: Answer) -> None:
    """Take an answer, when it belongs to the open step of this person's draft."""
    row = await current(context, pressed.draft, pressed.step)
    if row is None or row.about != ABOUT or await refused(context):
        return
    draft = load(row)
    if update.message is not None:  # the button's word was typed
        heard(draft, (update.message.message_id, int(update.message.date.timestamp())))
    turn = await _turn(context, draft, pressed)
    if turn is None:
        context.refused()
        context.toast(general.already_answered(context.t))
        await show(context)
        return
    await go(context, draft, pressed.step, turn)


async def _turn(context: Ctx, draft: ReportDraft, pressed: Answer) -> Turn | None:
    if pressed.value == DANGER_NOW and pressed.step is not Step.RESUME:
        draft.danger = True
        return Turn(to=Step.CALL_112)
    if pressed.value == CALL_ME and pressed.step not in _QUIET:
        return Turn(to=Step.PHONE)
    return await PAGES[pressed.step].choose(context, draft, pressed.value)


async def refused(context: Ctx) -> bool:
    """Tell somebody who was blocked where to go; False for everybody else."""
    if context.person.blocked_at is None:
        return False
    organisation = await town.organisation(context.work.session)
    contact = str(organisation.privacy.get("phone") or organisation.privacy.get("contact", ""))
    context.show(texts.blocked(context.t, organisation=organisation.name, contact=contact))
    return True


async def show(context: Ctx) -> None:
    """Show the open step again, below."""
    if row := context.dialogue:
        await open_step(context, load(row), Step(row.step), new=True)


async def missed(context: Ctx, draft: ReportDraft, step: Step, line: str) -> None:
    """Show the open step again under *line*, since the answer was not understood; offer a call after two."""
    draft.misses += 1
    if draft.misses >= MANY_MISSES and draft.call_me is None and step not in _QUIET:
        line = f"{line}\n{texts.rather_call(context.t)}"
    await open_step(context, draft, step, above=line)
