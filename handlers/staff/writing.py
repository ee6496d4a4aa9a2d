"""Writing about a report in private: an answer, a question, a note, a word with a closing.

Nothing reaches the resident before *Versturen*; what is shown at the preview is what goes.
"""

from dataclasses import dataclass

from telegram import Update

from bot.domain.enums import CloseReason, Reachable
from bot.domain.reports import format_number
from bot.services import triage
from bot.services.desk import public_lines
from bot.services.triage import Act, Outcome, Verdict
from bot.texts import partners as partner_texts
from bot.texts import triage_answers as texts
from handlers.buttons import Button, Key, button
from handlers.context import Ctx
from handlers.conversation import Conversation, Stop, conversation, current
from handlers.routes import OnButton, Route
from handlers.staff import pages
from handlers.staff.buttons import CloseAs, WriteAnswer, WriteNote, WritePublic, WriteQuestion
from handlers.staff.drafts import ABOUT, PREVIEW, WRITE, Purpose, Writing, load, save
from handlers.staff.merging import hear_number
from handlers.staff.places import is_out_of_place, refuse
from handlers.staff.private import dialogue, invite, open_dialogue, private_t, show, tell
from handlers.turning import part
from storage.models import Dialogue, Report
from storage.queries import dialogues
from storage.queries import triage as queries

_MOST = {
    Purpose.NOTE: triage.MAX_NOTE,
    Purpose.CLOSING: triage.MAX_DETAIL,
    Purpose.PUBLIC: public_lines.MAX_LINE,
    Purpose.MERGE: triage.MAX_DETAIL,
}


@button("tp")
@dataclass(frozen=True)
class PickPartner(Button):
    """Whose a report is, chosen instead of written."""

    draft: int
    partner: int


@button("tpt")
@dataclass(frozen=True)
class TurnOwners(Button):
    """Another page of whose a report may be."""

    draft: int
    start: int


async def write_answer(_update: Update, context: Ctx, pressed: WriteAnswer) -> None:
    """Begin an answer."""
    await begin(context, Writing(report=pressed.report, purpose=Purpose.ANSWER), pressed.version)


async def write_question(_update: Update, context: Ctx, pressed: WriteQuestion) -> None:
    """Begin a question."""
    await begin(context, Writing(report=pressed.report, purpose=Purpose.QUESTION), pressed.version)


async def write_note(_update: Update, context: Ctx, pressed: WriteNote) -> None:
    """Begin a note."""
    await begin(context, Writing(report=pressed.report, purpose=Purpose.NOTE), None)


async def write_public(_update: Update, context: Ctx, pressed: WritePublic) -> None:
    """Begin the public line."""
    await begin(context, Writing(report=pressed.report, purpose=Purpose.PUBLIC), None)


async def close_as(_update: Update, context: Ctx, pressed: CloseAs) -> None:
    """Close a report with a reason, or begin the word that belongs to it."""
    if pressed.reason in triage.WITH_DETAIL:
        draft = Writing(report=pressed.report, purpose=Purpose.CLOSING, reason=pressed.reason)
        await begin(context, draft, pressed.version)
        return
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await triage.close(context.work, pressed.report, context.person, pressed.version, reason=pressed.reason)
    if outcome.done:
        tell(context, texts.is_closed(context.t))
    else:
        await refuse(context, outcome)


async def begin(context: Ctx, draft: Writing, version: int | None) -> None:
    """Ask for the words in private, when this person may write them now."""
    if await is_out_of_place(context, draft.report):
        return
    outcome = await _judge(context, draft, version)
    if not outcome.done or outcome.report is None:
        await refuse(context, outcome)
        return
    writes = draft.purpose in (Purpose.ANSWER, Purpose.QUESTION)
    if writes and outcome.report.resident_id is None:
        tell(context, texts.nobody_reads(context.t))
        return
    if context.person.reachable is not Reachable.YES:
        await invite(context, draft.report)
        return
    row = await open_dialogue(context, ABOUT, WRITE, draft.model_dump(mode="json"))
    await _flush(context)
    if writes:
        await triage.remind(context.work, outcome.report, context.person, row.draft_id)
    await show_step(context)
    if not context.is_private:
        tell(context, texts.look_in_private(context.t))


async def _judge(context: Ctx, draft: Writing, version: int | None) -> Outcome:
    if draft.purpose is Purpose.NOTE:
        return await triage.look(context.work, draft.report, context.person.id, version, Act.NOTE)
    if draft.purpose is Purpose.PUBLIC:
        return await public_lines.begin(context.work, draft.report, context.person)
    if draft.purpose in (Purpose.CLOSING, Purpose.MERGE):
        return await triage.look(context.work, draft.report, context.person.id, version, Act.CLOSE)
    return await triage.begin_writing(context.work, draft.report, context.person, version)


async def _flush(context: Ctx) -> None:
    await context.work.session.flush()


async def on_message(_update: Update, context: Ctx) -> None:
    """Take the words that were typed in private."""
    await hear(context, context.message.text)


async def hear(context: Ctx, text: str | None) -> bool:
    """Take words for the open draft (typed in private, or as a reply in the group); tell whether they were taken."""
    row = await dialogue(context)
    if row is None or row.about != ABOUT:
        return False
    draft, t = load(row), private_t(context)
    if (outcome := await _judge(context, draft, None)).verdict is Verdict.STRANGER:  # no worker there any more
        await end(context, row)
        show(context, pages.refused(context, outcome), [])
        return False
    most = _MOST.get(draft.purpose, triage.MAX_ANSWER)
    if not text or not text.strip():
        await _say_again(context, texts.text_only(t))
        return False
    if len(text.strip()) > most:
        await _say_again(context, texts.too_long(t, most=most))
        return False
    draft.text = text.strip()
    if draft.purpose is Purpose.NOTE:
        await _keep_note(context, draft, row)
        return True
    if draft.purpose is Purpose.PUBLIC:
        return await _keep_public(context, draft, row)
    if draft.purpose is Purpose.MERGE and (wrong := await hear_number(context, draft)):
        await _say_again(context, wrong)
        return False
    if draft.reason is CloseReason.ALREADY_REPORTED and not await _number(context, draft):
        await _say_again(context, texts.number_unknown(t))
        return False
    save(row, draft, PREVIEW)
    await show_step(context)
    return True


async def _number(context: Ctx, draft: Writing) -> bool:
    """Write the number as it is shown; False when no other report has it."""
    found = await pages.report_named(context, draft.text)
    if found is None or found.id == draft.report:
        return False
    draft.text = format_number(found.year, found.number)
    return True


async def _say_again(context: Ctx, text: str) -> None:
    row = await dialogue(context)
    if row is not None:
        keyboard = [[Key(texts.labels_of(private_t(context))["stop"], Stop(row.draft_id))]]
        show(context, text, keyboard)


async def _keep_note(context: Ctx, draft: Writing, row: Dialogue) -> None:
    outcome = await triage.add_note(context.work, draft.report, context.person, draft.text)
    await end(context, row)
    t = private_t(context)
    number = pages.number_of(outcome.report)
    show(context, texts.note_kept(t, number=number) if outcome.done else pages.refused(context, outcome), [])


async def _keep_public(context: Ctx, draft: Writing, row: Dialogue) -> bool:
    t = private_t(context)
    if not public_lines.may_be_public(draft.text):
        await _say_again(context, partner_texts.public_refused(t))
        return False
    outcome = await public_lines.write(context.work, draft.report, context.person, draft.text)
    await end(context, row)
    number = pages.number_of(outcome.report)
    text = partner_texts.public_kept(t, number=number) if outcome.done else pages.refused(context, outcome)
    show(context, text, [])
    return True


async def pick_partner(_update: Update, context: Ctx, pressed: PickPartner) -> None:
    """Say whose a report is by a tap."""
    row = await dialogue(context)
    if row is None or row.draft_id != pressed.draft or row.step != WRITE:
        context.refused()
        tell(context, texts.impossible(context.t))
        return
    partner = next((each for each in await queries.partners(context.work.session) if each.id == pressed.partner), None)
    if partner is None or load(row).reason is not CloseReason.BELONGS_TO:
        context.refused()
        tell(context, texts.impossible(context.t))
    else:
        await hear(context, partner.name)


async def turn_owners(_update: Update, context: Ctx, pressed: TurnOwners) -> None:
    """Show another page of partners."""
    row = await current(context, pressed.draft, WRITE)
    if row is not None and row.about == ABOUT:
        save(row, load(row).model_copy(update={"start": pressed.start}), WRITE)
        await show_step(context)


async def show_step(context: Ctx) -> None:
    """Show the open step in private."""
    row = await dialogue(context)
    if row is None or row.about != ABOUT:
        return
    draft = load(row)
    report = await context.work.session.get(Report, draft.report)
    if report is None:
        context.refused()
        show(context, texts.gone(private_t(context)), [])
        return
    page = await (pages.preview if row.step == PREVIEW else pages.ask)(context, report, draft, row.draft_id)
    keyboard = page.keyboard
    if row.step == WRITE and draft.reason is CloseReason.BELONGS_TO:
        known = await queries.partners(context.work.session)
        names = [Key(each.name, PickPartner(row.draft_id, each.id)) for each in known]
        owners = part(private_t(context), names, draft.start, lambda start: TurnOwners(row.draft_id, start))
        keyboard = [*owners.rows, *keyboard]
    show(context, page.text, keyboard, protect=page.protect, new=page.new, about=draft.report)


async def back(context: Ctx) -> None:
    """Go from the preview to writing; from writing out."""
    row = context.dialogue
    if row is not None and row.step == PREVIEW:
        save(row, load(row).model_copy(update={"text": ""}), WRITE)
        await show_step(context)
    else:
        await stop(context)


async def stop(context: Ctx) -> None:
    """Leave; nothing was sent."""
    row = context.dialogue
    if row is None:
        return
    report = await context.work.session.get(Report, load(row).report)
    await context.end_dialogue()
    show(context, texts.stopped(context.t, number=pages.number_of(report)), [])


async def end(context: Ctx, row: Dialogue) -> None:
    """End the draft, wherever this happens."""
    context.scope.dialogues.pop((row.chat_id, row.user_id, row.about), None)
    await dialogues.remove(context.work.session, row)


conversation(Conversation(ABOUT, on_message, show_step, back, stop))

BUTTONS: list[Route] = [
    OnButton(WriteAnswer, write_answer),
    OnButton(WriteQuestion, write_question),
    OnButton(WriteNote, write_note),
    OnButton(WritePublic, write_public),
    OnButton(CloseAs, close_as),
    OnButton(PickPartner, pick_partner),
    OnButton(TurnOwners, turn_owners),
]
