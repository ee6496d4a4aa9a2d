"""People send photos, voices, videos, documents, places and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.demo.telegram.actor import Actor, At, Which
from bot.demo.telegram.entities import found_in, utf16_length
from bot.demo.telegram.errors import NotPossible, TooLong
from bot.demo.telegram.files import described
from bot.demo.telegram.model import Json, Message

TINY_JPEG: Final = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffc40014000100000000000000000000000000000009"
    "ffc40014100100000000000000000000000000000000ffda0008010100003f0054dfffd9"
)
"""A real picture of one grey pixel."""
TINY_SOUND: Final = b"OggS\x00\x02" + bytes(22)
TINY_VIDEO: Final = bytes.fromhex("000000186674797069736f6d0000000069736f6d6d703432")


class SendsMedia(Actor):
    """The actions that send something else than words."""

    async def sends_photo(
        self, chat: At, caption: str = "", *, data: bytes = TINY_JPEG, reply_to: Which | None = None,
        thread: int | None = None, album: str | None = None,
    ) -> Message:  # fmt: skip
        """Send one photo; *data* is a JPEG, PNG, GIF or WebP picture. *album*: a late part of that media group."""
        return self._file(chat, "photo", data, caption, reply_to=reply_to, thread=thread, media_group_id=album)

    async def sends_album(
        self, chat: At, pictures: int | Sequence[bytes] = 2, caption: str = "", *, thread: int | None = None
    ) -> list[Message]:
        """Send 2 to 10 photos as one album: each is a message and an update of its own, the first has the caption."""
        parts = [TINY_JPEG] * pictures if isinstance(pictures, int) else list(pictures)
        if not 2 <= len(parts) <= 10:
            raise NotPossible("an album has 2 to 10 parts")
        group = str(13_500_000_000_000_000 + self.world.number("album of people"))
        words = [caption] + [""] * (len(parts) - 1)
        return [
            self._file(chat, "photo", data, text, thread=thread, media_group_id=group)
            for data, text in zip(parts, words, strict=True)
        ]

    async def sends_voice(
        self, chat: At, *, seconds: int = 4, data: bytes = TINY_SOUND, reply_to: Which | None = None,
        thread: int | None = None,
    ) -> Message:  # fmt: skip
        """Send a voice message of so many seconds."""
        return self._file(chat, "voice", data, duration=seconds, reply_to=reply_to, thread=thread)

    async def sends_video(
        self, chat: At, caption: str = "", *, seconds: int = 6, data: bytes = TINY_VIDEO,
        reply_to: Which | None = None, thread: int | None = None,
    ) -> Message:  # fmt: skip
        """Send a video of so many seconds."""
        return self._file(chat, "video", data, caption, duration=seconds, reply_to=reply_to, thread=thread)

    async def sends_video_note(self, chat: At, *, seconds: int = 6, data: bytes = TINY_VIDEO) -> Message:
        """Send a round video."""
        return self._file(chat, "video_note", data, duration=seconds)

    async def sends_document(
        self, chat: At, caption: str = "", *, name: str = "brief.pdf", mime_type: str = "application/pdf",
        data: bytes = b"%PDF-1.4 brief", reply_to: Which | None = None, thread: int | None = None,
    ) -> Message:  # fmt: skip
        """Send a file."""
        return self._file(
            chat, "document", data, caption, name=name, mime_type=mime_type, reply_to=reply_to, thread=thread
        )

    async def sends_audio(self, chat: At, caption: str = "", *, seconds: int = 60, data: bytes = TINY_SOUND) -> Message:
        """Send a piece of music."""
        return self._file(chat, "audio", data, caption, duration=seconds)

    async def sends_animation(self, chat: At, caption: str = "", *, data: bytes = TINY_VIDEO) -> Message:
        """Send a moving picture without sound."""
        return self._file(chat, "animation", data, caption, duration=2)

    async def sends_sticker(self, chat: At, *, data: bytes = TINY_JPEG) -> Message:
        """Send a sticker."""
        return self._file(chat, "sticker", data)

    async def sends_location(
        self, chat: At, latitude: float, longitude: float, *, accuracy: float | None = None,
        reply_to: Which | None = None, thread: int | None = None,
    ) -> Message:  # fmt: skip
        """Share a point (degrees); *accuracy* is its radius in metres."""
        point: Json = {"latitude": latitude, "longitude": longitude}
        if accuracy is not None:
            point["horizontal_accuracy"] = accuracy
        return self._post(chat, media="location", content=point, reply_to=reply_to, thread=thread)

    async def sends_contact(
        self, chat: At, phone_number: str, first_name: str, *, user_id: int | None = None
    ) -> Message:
        """Share somebody's phone number."""
        contact: Json = {"phone_number": phone_number, "first_name": first_name}
        if user_id is not None:
            contact["user_id"] = user_id
        return self._post(chat, media="contact", content=contact)

    async def sends_dice(self, chat: At, *, value: int = 4) -> Message:
        """Throw the dice: a message that fits nowhere."""
        return self._post(chat, media="dice", content={"emoji": "🎲", "value": value})

    async def sends_poll(self, chat: At, question: str, options: Sequence[str] = ("Ja", "Nee")) -> Message:
        """Send a poll: another message that fits nowhere."""
        answers = [{"persistent_id": str(index), "text": text, "voter_count": 0} for index, text in enumerate(options)]
        poll: Json = {
            "id": str(self.world.number("poll")), "question": question, "options": answers, "total_voter_count": 0,
            "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
            "allows_revoting": False, "members_only": False,
        }  # fmt: skip
        return self._post(chat, media="poll", content=poll)

    def _file(
        self, chat: At, kind: str, data: bytes, caption: str = "", *, duration: int = 0, name: str = "",
        mime_type: str = "", reply_to: Which | None = None, thread: int | None = None,
        media_group_id: str | None = None,
    ) -> Message:  # fmt: skip
        if utf16_length(caption) > 1024:
            raise TooLong("the app takes captions up to 1,024 characters")
        stored = self.world.files.add(kind, data, name=name, mime_type=mime_type)
        words = caption.strip()
        return self._post(
            chat, reply_to=reply_to, thread=thread, media=kind, content=described(stored, duration=duration),
            text=words, entities=found_in(words), media_group_id=media_group_id,
        )  # fmt: skip
