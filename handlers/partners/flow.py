"""A worker passes a report on: to whom, a summary and photos (or, about a person, a work number), the preview."""

from telegram import Update

from bot.domain.enums import MediaKind, Reachable
from bot.domain.partners import MAX_SUMMARY, work_number
from bot.services import partners
from bot.services.partners.outgoing import only_number
from bot.texts import partners as texts
from bot.texts import triage_answers as staff_texts
from handlers.context import Ctx
from handlers.conversation import Conversation, conversation, current
from handlers.partners import pages, photos
from handlers.partners.buttons import OtherNumber, PhotosDone, PickForward, RewriteForward, TurnPartners
from handlers.partners.drafts import ABOUT, NUMBER, PARTNER, PHOTOS, PREVIEW, WORDS, Forwarding, load, save
from handlers.routes import OnButton, Route
from handlers.staff.buttons import Forward
from handlers.staff.pages import number_of
from handlers.staff.places import is_out_of_place, refuse
from handlers.staff.private import dialogue, invite, open_dialogue, private_t, show, tell
from handlers.turning import understand
from storage.models import Dialogue, Report
from storage.queries import triage as queries


async def begin(_update: Update, context: Ctx, pressed: Forward) -> None:
    """Ask in private to whom it goes, when this person may pass it on and there is a way to."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await partners.begin(context.work, pressed.report, context.person, pressed.version)
    if not outcome.done or outcome.report is None:
        await refuse(context, outcome)
    elif not context.scope.mail:
        tell(context, texts.no_mail(context.t))
    elif not await pages.reachable_partners(context):
        tell(context, texts.no_partners(context.t))
    elif context.person.reachable is not Reachable.YES:
        await invite(context, pressed.report)
    else:
        await _open(context, outcome.report)


async def _open(context: Ctx, report: Report) -> None:
    draft = Forwarding(report=report.id, only_number=only_number(report))
    await open_dialogue(context, ABOUT, PARTNER, draft.model_dump(mode="json"))
    await context.work.session.flush()
    await show_step(context)
    if not context.is_private:
        tell(context, staff_texts.look_in_private(context.t))


async def show_step(context: Ctx) -> None:
    """Show the open step in private."""
    row = await dialogue(context)
    if row is None or row.about != ABOUT:
        return
    draft = load(row)
    report = await context.work.session.get(Report, draft.report)
    if report is None:
        context.refused()
        show(context, staff_texts.gone(private_t(context)), [])
        return
    page = await pages.page(context, report, draft, row)
    show(context, page.text, page.keyboard, protect=page.protect, about=draft.report)
    understand(context, page.hidden)


async def pick(_update: Update, context: Ctx, pressed: PickForward) -> None:
    """Take the partner, and go on to the summary; about a person to the work number, or straight to the preview."""
    row = await mine(context, pressed.draft, PARTNER)
    if row is None:
        return
    draft = load(row)
    if pressed.partner not in {partner.id for partner in await pages.reachable_partners(context)}:
        context.refused()
        tell(context, staff_texts.impossible(context.t))
        return
    draft.partner = pressed.partner
    draft.work_number = context.person.work_number if draft.only_number else None
    save(row, draft, _after_partner(draft))
    await show_step(context)


async def turn(_update: Update, context: Ctx, pressed: TurnPartners) -> None:
    """Show another page of partners."""
    row = await mine(context, pressed.draft, PARTNER)
    if row is not None:
        save(row, load(row).model_copy(update={"start": pressed.start}), PARTNER)
        await show_step(context)


def _after_partner(draft: Forwarding) -> str:
    if draft.only_number:
        return PREVIEW if draft.work_number else NUMBER
    return WORDS


async def other_number(_update: Update, context: Ctx, pressed: OtherNumber) -> None:
    """Ask for another work number."""
    row = await mine(context, pressed.draft, PREVIEW)
    if row is not None and load(row).only_number:
        save(row, load(row), NUMBER)
        await show_step(context)


async def rewrite(_update: Update, context: Ctx, pressed: RewriteForward) -> None:
    """Write the summary anew."""
    row = await mine(context, pressed.draft, PREVIEW)
    if row is not None and not load(row).only_number:
        save(row, load(row), WORDS)
        await show_step(context)


async def photos_done(_update: Update, context: Ctx, pressed: PhotosDone) -> None:
    """Go on to the preview: all photos were looked at."""
    row = await mine(context, pressed.draft, PHOTOS)
    if row is not None:
        save(row, load(row), PREVIEW)
        await show_step(context)


async def on_message(_update: Update, context: Ctx) -> None:
    """Take what was typed: the summary or the work number; elsewhere only buttons count."""
    row = await dialogue(context)
    if row is None or row.about != ABOUT:
        return
    text, t = (context.message.text or "").strip(), private_t(context)
    if row.step not in (WORDS, NUMBER):
        await _say_again(context, row, texts.tap_below(t))
    elif not text:
        await _say_again(context, row, texts.text_only(t))
    elif row.step == WORDS:
        await _hear_summary(context, row, text)
    else:
        await _hear_number(context, row, text)


async def _hear_summary(context: Ctx, row: Dialogue, text: str) -> None:
    if len(text) > MAX_SUMMARY:
        await _say_again(context, row, staff_texts.too_long(private_t(context), most=MAX_SUMMARY))
        return
    draft = load(row)
    draft.summary = text
    pictures = await queries.media_of(context.work.session, draft.report, (MediaKind.PHOTO,))
    save(row, draft, PHOTOS if pictures else PREVIEW)
    await context.work.session.flush()
    if pictures:
        photos.show_all(context, row, [picture.id for picture in pictures])
    await show_step(context)


async def _hear_number(context: Ctx, row: Dialogue, text: str) -> None:
    number = work_number(text)
    if number is None:
        await _say_again(context, row, texts.number_unclear(private_t(context)))
        return
    draft = load(row)
    draft.work_number = context.person.work_number = number
    save(row, draft, PREVIEW)
    await show_step(context)


async def _say_again(context: Ctx, row: Dialogue, text: str) -> None:
    show(context, text, pages.last_row(context, row))


async def mine(context: Ctx, draft_id: int, step: str) -> Dialogue | None:
    """Return the open draft of this worker if the button belongs to it; it works in the private chat only."""
    if not context.is_private:
        context.refused()
        tell(context, staff_texts.impossible(context.t))
        return None
    row = await current(context, draft_id, step)
    return row if row is not None and row.about == ABOUT else None


_BACK: dict[str, str] = {WORDS: PARTNER, NUMBER: PARTNER, PHOTOS: WORDS}


async def back(context: Ctx) -> None:
    """Go one step back; from the first one out."""
    row = context.dialogue
    if row is None:
        return
    draft = load(row)
    before = (PARTNER if draft.only_number else WORDS) if row.step == PREVIEW else _BACK.get(row.step)
    if before is None:
        await stop(context)
        return
    save(row, draft, before)
    await show_step(context)


async def stop(context: Ctx) -> None:
    """Leave; nothing went."""
    row = context.dialogue
    if row is None:
        return
    report = await context.work.session.get(Report, load(row).report)
    await end(context, row)
    show(context, texts.stopped(private_t(context), number=number_of(report)), [])


async def end(context: Ctx, row: Dialogue) -> None:
    """End the draft, and take its photos off the screen."""
    draft_id, draft = row.draft_id, load(row)
    await context.end_dialogue()
    pictures = await queries.media_of(context.work.session, draft.report, (MediaKind.PHOTO,))
    await photos.take_away(context, draft.report, draft_id, [picture.id for picture in pictures])


conversation(Conversation(ABOUT, on_message, show_step, back, stop))

BUTTONS: list[Route] = [
    OnButton(Forward, begin),
    OnButton(PickForward, pick),
    OnButton(TurnPartners, turn),
    OnButton(OtherNumber, other_number),
    OnButton(RewriteForward, rewrite),
    OnButton(PhotosDone, photos_done),
]
