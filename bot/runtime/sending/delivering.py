"""From a ready drawing to calls of Telegram: sending, editing, deleting."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.domain.enums import MediaKind
from bot.runtime.request import only_while
from bot.runtime.sending.grey import picture
from bot.runtime.sending.uploads import Made, Source
from bot.runtime.telegram_errors import Trouble, reason_of, refusal_of

log = logging.getLogger(__name__)

Payload = dict[str, Any]

_SEND = {
    MediaKind.PHOTO: "sendphoto",
    MediaKind.VIDEO: "sendvideo",
    MediaKind.VOICE: "sendvoice",
    MediaKind.VIDEO_NOTE: "sendvideonote",
    MediaKind.DOCUMENT: "senddocument",
    MediaKind.AUDIO: "sendaudio",
}
#: Kinds that Telegram lets replace each other in a message that stands already.
_REPLACEABLE = frozenset({MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.DOCUMENT, MediaKind.AUDIO})
#: What an album may hold. PTB insists on its own objects under the name `media`.
_IN_ALBUM: dict[MediaKind, Callable[..., Any]] = {
    MediaKind.PHOTO: InputMediaPhoto,
    MediaKind.VIDEO: InputMediaVideo,
    MediaKind.DOCUMENT: InputMediaDocument,
    MediaKind.AUDIO: InputMediaAudio,
}
_DELETE_AT_ONCE = 100
#: What a text reads that must say nothing any more, where nobody gave a word for that.
NOTHING = "–"
_NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Where:
    """Where a message goes: its chat, the topic in it, and whether with a sound."""

    chat_id: int
    thread_id: int | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the chat now: the message, or all parts of an album (the first of them is the message).

    `file_id` is what Telegram calls a file that was uploaded just now.
    """

    message_id: int | None
    parts: list[int] | None = None
    file_id: str | None = None


def weight_of(payload: Payload, shown: Shown) -> int:
    """Return how many messages Telegram counts for delivering *payload* on top of what is *shown*."""
    return max(1, len(payload.get("media", [])), 0 if shown.message_id is None else len(shown.parts or []))


class Delivery:
    """Calls of one bot. Every method raises `TelegramError` when Telegram refuses or can't be reached."""

    def __init__(self, bot: ExtBot[Any], may_send: Callable[[], bool]) -> None:
        """Use *bot* (initialised by its owner), and make a call only while *may_send* says so."""
        self._bot, self._may_send = bot, may_send

    async def send(self, where: Where, payload: Payload) -> Shown:
        """Send a new message and return its id."""
        media = _media(payload)
        common = _where(where) | _reply(payload) | ({"protect_content": True} if payload.get("protect") else {})
        if len(media) > 1:
            sent = await self._call("sendmediagroup", common | {"media": _album(media, payload["text"])})
            parts = [int(part["message_id"]) for part in sent]
            return Shown(parts[0], parts)
        common |= _markup(payload, new=True)
        if not media:
            words = {"text": payload["text"], "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
            sent = await self._call("sendmessage", common | words)
        else:
            kind, source = media[0]
            words = {} if kind is MediaKind.VIDEO_NOTE else _caption(payload["text"])
            file = source.as_input(attach=False) if isinstance(source, Made) else source
            sent = await self._call(_SEND[kind], common | words | {kind.value: file})
            if isinstance(source, Made):
                return Shown(int(sent["message_id"]), file_id=_file_id(sent, kind))
        return Shown(int(sent["message_id"]))

    async def edit(self, where: Where, payload: Payload, shown: Shown) -> Shown:
        """Make what is *shown* read as *payload*; an album loses the parts that it has no file for any more.

        What can't be edited into it (more files than before, or none where an album stood) is sent anew below, and
        what stood there is deleted.
        """
        media = _media(payload)
        if len(media) > max(1, len(shown.parts or [])) or (shown.parts and not media):
            return await self.replace(where, payload, shown)
        if shown.parts:
            return await self._edit_album(where, payload["text"], media, shown.parts)
        target = {"chat_id": where.chat_id, "message_id": shown.message_id} | _markup(payload, new=False)
        if not media:
            words = {"text": payload["text"], "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
            await self._edit("editmessagetext", target | words)
        elif media[0][0] in _REPLACEABLE:
            new = {"media": _input_media(media[:1], payload["text"])[0]}
            edited = await self._edit("editmessagemedia", target | new)
            if isinstance(media[0][1], Made):
                return Shown(shown.message_id, file_id=_file_id(edited, media[0][0]))
        elif media[0][0] is MediaKind.VIDEO_NOTE:
            await self._edit("editmessagereplymarkup", target)
        else:
            await self._edit("editmessagecaption", target | _caption(payload["text"]))
        return shown

    async def replace(self, where: Where, payload: Payload, shown: Shown) -> Shown:
        """Send *payload* as a new message and delete what is *shown*, as far as Telegram lets us."""
        new = await self.send(where, payload)
        old = shown.parts or ([shown.message_id] if shown.message_id is not None else [])
        try:
            await self.remove(where.chat_id, old)
        except TelegramError as error:
            log.warning("an old message stays", extra={"chat": where.chat_id, "reason": reason_of(error)})
        return new

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """Delete messages; those that are gone already count as deleted."""
        for start in range(0, len(message_ids), _DELETE_AT_ONCE):
            some = list(message_ids[start : start + _DELETE_AT_ONCE])
            try:
                if len(some) == 1:
                    await self._call("deletemessage", {"chat_id": chat_id, "message_id": some[0]})
                else:
                    await self._call("deletemessages", {"chat_id": chat_id, "message_ids": some})
            except TelegramError as error:
                if refusal_of(error, private=chat_id > 0).trouble is not Trouble.ALREADY_DELETED:
                    raise

    async def remove(self, chat_id: int, message_ids: Sequence[int], *, instead: str = "") -> None:
        """Delete our own messages; what Telegram lets nobody delete any more loses all that it says or shows.

        It then reads *instead*; a picture turns grey.
        """
        try:
            await self.delete(chat_id, message_ids)
        except TelegramError as error:
            if not _is_too_old(error, chat_id):
                raise
            for message_id in message_ids:
                await self._remove_or_empty(chat_id, message_id, instead)

    async def _remove_or_empty(self, chat_id: int, message_id: int, instead: str) -> None:
        try:
            await self.delete(chat_id, [message_id])
        except TelegramError as error:
            if not _is_too_old(error, chat_id):
                raise
            await self._empty(chat_id, message_id, instead)

    async def _empty(self, chat_id: int, message_id: int, instead: str) -> None:
        target: Payload = {"chat_id": chat_id, "message_id": message_id}
        try:
            await self._edit("editmessagetext", target | {"text": instead or NOTHING, "parse_mode": "HTML"})
        except TelegramError as error:
            if refusal_of(error, private=chat_id > 0).trouble is not Trouble.OTHER_CONTENT:
                raise
            grey = InputMediaPhoto(picture(), **_caption(instead))
            await self._edit("editmessagemedia", target | {"media": grey})

    async def open_topic(self, chat_id: int, name: str) -> int:
        """Open a topic in a forum and return its id."""
        topic = await self._call("createforumtopic", {"chat_id": chat_id, "name": name})
        return int(topic["message_thread_id"])

    async def put_out(self, chat_id: int, person_id: int) -> None:
        """Put somebody out of a group, without keeping them from being put in again; who is not there stays out."""
        try:
            await self._call("banchatmember", {"chat_id": chat_id, "user_id": person_id})
        except TelegramError as error:
            if refusal_of(error, private=False).trouble is Trouble.NO_MEMBER:
                return
            raise
        try:
            await self._call("unbanchatmember", {"chat_id": chat_id, "user_id": person_id, "only_if_banned": True})
        except BadRequest as error:  # a basic group knows no bans
            log.info("nothing to lift", extra={"chat": chat_id, "reason": reason_of(error)})

    async def _edit_album(
        self, where: Where, text: str, media: list[tuple[MediaKind, Source]], parts: Sequence[int]
    ) -> Shown:
        kept, surplus = list(parts[: len(media)]), list(parts[len(media) :])
        for part, item in zip(kept, _input_media(media, text), strict=False):
            await self._edit("editmessagemedia", {"chat_id": where.chat_id, "message_id": part, "media": item})
        if surplus:
            await self.remove(where.chat_id, surplus)
        return Shown(kept[0] if kept else None, kept or None)

    async def _edit(self, method: str, parameters: Payload) -> Any:  # noqa: ANN401 Telegram's JSON
        """Edit and return the message; None for one that reads like this already, which counts as edited."""
        try:
            return await self._call(method, parameters)
        except TelegramError as error:
            if refusal_of(error, private=parameters["chat_id"] > 0).trouble is not Trouble.NOT_MODIFIED:
                raise
        return None

    async def _call(self, method: str, parameters: Payload) -> Any:  # noqa: ANN401 Telegram's JSON
        """Return the raw result: nothing of it but ids is needed, so nothing of it is parsed."""
        with only_while(self._may_send):
            return await self._bot.do_api_request(method, api_kwargs=parameters)


def _is_too_old(error: TelegramError, chat_id: int) -> bool:
    return refusal_of(error, private=chat_id > 0).trouble is Trouble.UNDELETABLE


def _where(where: Where) -> Payload:
    found: Payload = {"chat_id": where.chat_id}
    if where.thread_id is not None:
        found["message_thread_id"] = where.thread_id
    if where.silent:
        found["disable_notification"] = True
    return found


def _reply(payload: Payload) -> Payload:
    message_id = payload.get("reply_to")
    return {"reply_parameters": {"message_id": message_id, "allow_sending_without_reply": True}} if message_id else {}


def _markup(payload: Payload, *, new: bool) -> Payload:
    """Return the keyboard of a message. Only a new one can bring a menu or ask for a reply."""
    if keyboard := payload.get("keyboard"):
        return {"reply_markup": {"inline_keyboard": keyboard}}
    menu = payload.get("menu")
    if not new or (menu is None and not payload.get("force_reply") and not payload.get("ask_location")):
        return {}
    if menu == [] and not payload.get("ask_location"):
        return {"reply_markup": {"remove_keyboard": True}}
    if menu is None and not payload.get("ask_location"):
        return {"reply_markup": {"force_reply": True, "selective": True}}
    keys: list[list[Payload]] = [[{"text": word} for word in row] for row in menu or []]
    if label := payload.get("ask_location"):
        keys.insert(0, [{"text": label, "request_location": True}])
    return {"reply_markup": {"keyboard": keys, "resize_keyboard": True, "is_persistent": True}}


def _caption(text: str) -> Payload:
    return {"caption": text, "parse_mode": "HTML"} if text else {}


def _file_id(message: Any, kind: MediaKind) -> str | None:  # noqa: ANN401 Telegram's JSON
    """Return the id of the file that a message shows; of a photo that of its largest size."""
    found = (message or {}).get(kind.value)
    found = found[-1] if isinstance(found, list) and found else found
    return str(found["file_id"]) if found else None


def _media(payload: Payload) -> list[tuple[MediaKind, Source]]:
    return [(MediaKind(kind), source) for kind, source in payload.get("media", [])]


def _input_media(media: list[tuple[MediaKind, Source]], text: str) -> list[Any]:
    """Return InputMedia objects for an edit, the first one bearing the caption."""
    return [_item(kind, source, "" if at else text) for at, (kind, source) in enumerate(media)]


def _item(kind: MediaKind, source: Source, text: str) -> Any:  # noqa: ANN401 JSON, or PTB's object where bytes go along
    if isinstance(source, Made):
        return _IN_ALBUM[kind](source.as_input(attach=True), **_caption(text))
    return {"type": kind.value, "media": source} | _caption(text)


def _album(media: list[tuple[MediaKind, Source]], text: str) -> list[Any]:
    """Return the parts of a new album, the first one bearing the caption."""
    files = [(kind, source.as_input(attach=True) if isinstance(source, Made) else source) for kind, source in media]
    return [_IN_ALBUM[kind](file, **(_caption(text) if not at else {})) for at, (kind, file) in enumerate(files)]
