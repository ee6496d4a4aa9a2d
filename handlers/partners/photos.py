"""Photos of a place go along one by one: each is shown, with its own tick, and leaves the screen with the draft."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.notices.partners import PartnerPhoto
from bot.domain.notices.triage import ForgetPrivate
from bot.services.desk.openings import MEDIA_STAYS
from bot.texts import triage_answers as staff_texts
from handlers.context import Ctx
from handlers.partners.buttons import TickPhoto
from handlers.partners.drafts import ABOUT, PHOTOS, load, save
from handlers.routes import OnButton, Route
from handlers.staff.private import tell
from storage.models import Dialogue, ReportMedia
from storage.queries import outbox


def show_all(context: Ctx, row: Dialogue, media_ids: Sequence[int]) -> None:
    """Show every photo, to be ticked; what is forgotten there goes after a day."""
    person = context.person.id
    for media_id in media_ids:
        notice = PartnerPhoto(load(row).report, media_id, row.draft_id, person)
        context.work.put(notice, chat=person)
        forget = ForgetPrivate(load(row).report, notice.key)
        context.work.put(forget, chat=person, due_at=context.now + MEDIA_STAYS)


async def take_away(context: Ctx, report_id: int, draft_id: int, media_ids: Sequence[int]) -> None:
    """Take the photos of a draft off the screen, now that it has ended."""
    for media_id in media_ids:
        notice = PartnerPhoto(report_id, media_id, draft_id, context.person.id)
        if await outbox.by_key(context.work.session, notice.key) is not None:
            context.work.put(notice, chat=context.person.id)


async def tick(_update: Update, context: Ctx, pressed: TickPhoto) -> None:
    """Let a photo go along, or leave it out again."""
    row = context.dialogue if context.is_private else None
    if row is None or row.about != ABOUT or row.draft_id != pressed.draft or row.step != PHOTOS:
        context.refused()
        tell(context, staff_texts.impossible(context.t))
        return
    draft = load(row)
    media = await context.work.session.get(ReportMedia, pressed.media)
    if media is None or media.report_id != draft.report or media.removed_at is not None:
        context.refused()
        tell(context, staff_texts.impossible(context.t))
        return
    others = [one for one in draft.photos if one != pressed.media]
    draft.photos = others if pressed.media in draft.photos else [*others, pressed.media]
    save(row, draft, PHOTOS)
    context.work.put(PartnerPhoto(draft.report, media.id, row.draft_id, context.person.id), chat=context.person.id)


BUTTONS: list[Route] = [OnButton(TickPhoto, tick)]
