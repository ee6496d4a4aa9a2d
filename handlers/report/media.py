"""Photos, video, voice and documents: no step of their own; they may come at any moment."""

from dataclasses import dataclass
from typing import ClassVar

from telegram import Message, Update

from bot.domain.drafts import DraftMedia, ReportDraft, heard
from bot.domain.enums import MediaKind
from bot.domain.notices.conversation import ReplyPhotoNote
from bot.domain.notices.reports import PhotoNote
from bot.domain.reports import MAX_MEDIA, SPOKEN_MEDIA
from bot.services.reporting import reports
from bot.texts import report as texts
from handlers.buttons import Button, Key, button
from handlers.context import Ctx
from handlers.report import numbers
from handlers.report.flow import load, redraw
from handlers.report.wiping import DRAFTS
from handlers.routes import OnOwnButton, Route
from handlers.views.drawing import Drawing
from storage.ids import new_id
from storage.models import Dialogue, ReportMedia
from storage.queries import reports as queries

#: What somebody may be seen on.
PICTURES = frozenset({MediaKind.PHOTO, MediaKind.VIDEO})


@button("fw")
@dataclass(frozen=True)
class RemovePhoto(Button):
    """*Foto weg*: of a draft, and after sending of the report that it became (the media id stays the same)."""

    reads_keyboard: ClassVar[bool] = True

    draft: int
    media: int


def media_of(message: Message) -> DraftMedia | None:
    """Return the file of a message as one of a draft, None when it has none that we take."""
    photo = message.photo[-1] if message.photo else None
    for kind, file in (
        (MediaKind.PHOTO, photo),
        (MediaKind.VIDEO, message.video),
        (MediaKind.VOICE, message.voice),
        (MediaKind.VIDEO_NOTE, message.video_note),
        (MediaKind.AUDIO, message.audio),
        (MediaKind.DOCUMENT, message.document),
    ):
        if file is not None:
            return DraftMedia(
                id=new_id(),
                kind=kind,
                file_id=file.file_id,
                unique_id=file.file_unique_id,
                note=message.message_id,
                group=message.media_group_id,
            )
    return None


def add(context: Ctx, draft: ReportDraft, draft_id: int, media: DraftMedia) -> str:
    """Put a file into the draft with its note below; return the line that stands above the next question."""
    if draft.room_for_media <= 0:
        return texts.too_many_files(context.t, most=MAX_MEDIA)
    if all(item.unique_id != media.unique_id for item in draft.media):
        draft.media.append(media)
    if media.kind in SPOKEN_MEDIA and draft.kind is not None:
        return f"{texts.file_kept(context.t)}\n{numbers.help_now(context.t)}"
    if media.kind not in PICTURES:
        return texts.file_kept(context.t)
    # All parts of an album have one date: redrawn by a later part the note still stands above the next question.
    due_at = context.answers_from or min(context.message.date, context.now)
    context.work.put(PhotoNote(draft_id, media.note), chat=context.chat_id, due_at=due_at)
    return ""


async def album_begins(context: Ctx, about: int) -> None:
    """Remember that this message is the first of its album; later parts join *about* (a draft, an answer)."""
    group = context.message.media_group_id
    if group:
        await queries.begin_album(context.work.session, context.chat_id, group, about=about, now=context.now)


async def join_album(context: Ctx) -> bool:
    """Let a later part of an album join its first part, silently; False when this is no later part."""
    message = context.message
    group = message.media_group_id
    album = await queries.album(context.work.session, context.chat_id, group) if group else None
    media = media_of(message)
    if album is None or media is None or album.about is None:
        return False
    row = dialogue_of(context, album.about)
    if row is not None:
        await _join_draft(context, row, message, media)
    elif not await reports.add_media(context.work, context.person, album.about, report_media(media)):
        item = [media.kind.value, media.file_id, media.id]
        if await reports.add_to_reply(context.work, context.person, album.about, item):
            note_reply(context, album.about, media)
    return True


def note_reply(context: Ctx, message_id: int, media: DraftMedia) -> None:
    """Put the note with *Foto weg* under a picture that was sent along with a later message."""
    if media.kind in PICTURES:
        due_at = context.answers_from or min(context.message.date, context.now)
        context.work.put(ReplyPhotoNote(message_id, media.note), chat=context.chat_id, due_at=due_at)


async def _join_draft(context: Ctx, row: Dialogue, message: Message, media: DraftMedia) -> None:
    draft = load(row)
    if draft.room_for_media <= 0:
        drawing = Drawing(text=texts.too_many_files(context.t, most=MAX_MEDIA))
        context.work.say(drawing.to_payload(), chat=context.chat_id, key=f"full:{row.draft_id}")
        return
    media.note = next((item.note for item in draft.media if item.group == media.group), media.note)
    heard(draft, (message.message_id, int(message.date.timestamp())))
    add(context, draft, row.draft_id, media)
    await redraw(context, row, draft)


def report_media(media: DraftMedia) -> ReportMedia:
    """Return a file of a draft as one of a report; its report and position are filled in later."""
    return ReportMedia(id=media.id, position=0, kind=media.kind, file_id=media.file_id, file_unique_id=media.unique_id)


def dialogue_of(context: Ctx, draft_id: int) -> Dialogue | None:
    """Return this person's own unsent report with this draft."""
    return next((row for row in context.dialogues() if row.about in DRAFTS and row.draft_id == draft_id), None)


async def on_remove(_update: Update, context: Ctx, pressed: RemovePhoto) -> None:
    """Take a photo out of the draft, or out of the report that was sent."""
    row = dialogue_of(context, pressed.draft)
    if row is None:
        await reports.take_photo_away(context.work, context.person, pressed.media)
    else:
        draft = load(row)
        draft.media = [item for item in draft.media if item.id != pressed.media]
        await redraw(context, row, draft)
    _redraw_note(context, pressed)
    context.toast(texts.photo_gone(context.t))


def _redraw_note(context: Ctx, pressed: RemovePhoto) -> None:
    """Turn the tapped note into what is left of it: the buttons of the album's other photos."""
    query = context.incoming.callback_query if context.incoming else None
    message = query.message if query else None
    shown = context.scope.shown.get((context.chat_id, message.message_id)) if message else None
    if not isinstance(message, Message) or shown is None:
        context.say(texts.photo_gone(context.t))
        return
    markup = message.reply_markup.inline_keyboard if message.reply_markup else ()
    others = [
        [Key(key.text, left)]
        for keys in markup
        for key in keys
        if isinstance(key.callback_data, str)
        and (left := RemovePhoto.decode(key.callback_data)) is not None
        and left != pressed
    ]
    text = "\n".join(filter(None, (texts.photo_gone(context.t), texts.photo_note(context.t) if others else "")))
    context.work.say(
        Drawing(text=text, keyboard=others).to_payload(),
        chat=context.chat_id,
        key=shown.key,
        message_id=message.message_id,
    )


BUTTONS: list[Route] = [OnOwnButton(RemovePhoto, on_remove)]
