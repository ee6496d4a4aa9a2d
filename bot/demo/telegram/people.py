"""What people do in their app. Everything that the app does not offer raises `NotPossible`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.demo.telegram.actor import At, Which
from bot.demo.telegram.delivery import deliver
from bot.demo.telegram.entities import Entity, found_in, utf16_length
from bot.demo.telegram.errors import NotPossible, NotThere, TooLong
from bot.demo.telegram.model import Chat, Message, ReplyKeyboard, Version
from bot.demo.telegram.observers import Change
from bot.demo.telegram.people_groups import InGroups
from bot.demo.telegram.people_media import SendsMedia
from bot.demo.telegram.render import forward_origin
from bot.demo.telegram.world import Tap


class Person(SendsMedia, InGroups):
    """One person with a phone. A chat is given by its id or itself, a message by its id or itself.

    Actions are coroutines so that a demo may delay them; each takes effect at once.
    """

    async def sends(
        self,
        chat: At,
        text: str,
        *,
        reply_to: Which | None = None,
        thread: int | None = None,
        entities: Sequence[Entity] = (),
    ) -> Message:
        """Send a text; commands, mentions, links and hashtags in it get their entities."""
        body = self._sendable(text)
        marks = found_in(body, list(entities))
        return self._post(chat, reply_to=reply_to, thread=thread, text=body, entities=marks)

    async def writes(self, text: str, *, reply_to: Which | None = None) -> Message:
        """Send a text to the bot in private."""
        return await self.sends(self.id, text, reply_to=reply_to)

    @staticmethod
    def _sendable(text: str) -> str:
        body = text.strip()
        if not body or utf16_length(body) > 4096:
            raise TooLong("the app sends texts of 1 to 4,096 characters")
        return body

    # the private chat

    async def starts(self, payload: str = "") -> Message:
        """Press Start, or follow a deep link with *payload*; a blocked bot is unblocked by it."""
        if self.world.contact[self.id] == "blocked":
            await self.unblocks()
        return await self.writes(f"/start {payload}".strip())

    async def blocks(self) -> None:
        """Block the bot."""
        if self.world.contact[self.id] == "blocked":
            raise NotPossible("the bot is blocked already")
        self._contact_changes("member", "kicked")
        self.world.contact[self.id] = "blocked"

    async def unblocks(self) -> None:
        """Let the bot write again."""
        if self.world.contact[self.id] != "blocked":
            raise NotPossible("the bot is not blocked")
        self.world.contact[self.id] = "started"
        self._contact_changes("kicked", "member")

    # buttons

    async def taps(self, chat: At, message: Which, wanted: str) -> Tap:
        """Tap the inline button with this data or these words; refuse if the message has no such button."""
        place = self._writable(chat)
        found = self._message(place, message)
        button = found.button(wanted)
        if button is None:
            raise NotThere(f"no button {wanted!r} on {found}; it has {found.labels}")
        if "callback_data" not in button:
            raise NotPossible(f"the button {wanted!r} opens something; it tells the bot nothing")
        return self._tap(found, button["callback_data"])

    async def forges(self, chat: At, message: Which, data: str) -> Tap:
        """Send a callback query with any data, as a changed app may; the message may be deleted."""
        place = self._writable(chat)
        message_id = message if isinstance(message, int) else message.message_id
        return self._tap(place.message(message_id), data)

    def _tap(self, message: Message, data: str) -> Tap:
        return self.world.tap(self.user, message, data)

    def keyboard(self, chat: At | None = None) -> ReplyKeyboard | None:
        """Return the keyboard under this person's text field (in private if no chat is given)."""
        return self._place(self.id if chat is None else chat).keyboards.get(self.id)

    async def presses(
        self, label: str, chat: At | None = None, *, location: tuple[float, float] = (52.3702, 5.2141)
    ) -> Message:
        """Press a key of the keyboard under the text field: it sends its words, or where this person is.

        *location* is that place, in degrees of latitude and longitude.
        """
        place = self._place(self.id if chat is None else chat)
        keyboard = place.keyboards.get(self.id)
        keys = [key for row in keyboard.rows for key in row] if keyboard else []
        key = next((key for key in keys if key["text"] == label), None)
        if keyboard is None or key is None:
            raise NotThere(f"there is no key {label!r}; there are {[k['text'] for k in keys]}")
        if keyboard.one_time:
            del place.keyboards[self.id]
        if key.get("request_location"):
            return await self.sends_location(place, *location)
        if key.get("request_contact"):
            return await self.sends_contact(place, "+31600000000", self.user.first_name, user_id=self.id)
        return await self.sends(place, label)

    # own messages

    async def edits(self, chat: At, message: Which, text: str) -> Message:
        """Change the text or caption of one's own message."""
        found = self._own(self._writable(chat), message)
        if found.media and found.media not in {"photo", "video", "animation", "audio", "document", "voice"}:
            raise NotPossible("this message has no words to change")
        body = self._sendable(text) if not found.media else text.strip()
        found.history.append(Version(found.text, found.reply_markup, self.world.now()))
        found.text, found.entities = body, found_in(body)
        found.edited_at = self.world.now()
        self.world.changed(Change("edited", found.chat, found))
        deliver(self.world, found, "edited_message")
        return found

    async def deletes(self, chat: At, message: Which) -> None:
        """Delete one's own message, any message in private, or, as administrator with that right, anybody's.

        The bot is told nothing, as with the real one.
        """
        place = self._writable(chat)
        found = self._message(place, message)
        mine = found.sender is self.user
        if not mine and not place.private and not place.members[self.id].may("can_delete_messages"):
            raise NotPossible("only an administrator deletes what others wrote")
        self.world.remove(found, by=self.id)

    def _own(self, place: Chat, which: Which) -> Message:
        found = self._message(place, which)
        sender, _ = self._appears_in(place)
        if found.sender is not sender or found.service or found.forward_origin:
            raise NotPossible("this is not one's own message")
        return found

    async def reacts(self, chat: At, message: Which, emoji: str | None) -> None:
        """Put this emoji under a message, or take the reaction away with None."""
        place = self._writable(chat)
        found = self._message(place, message)
        old = found.reactions.get(self.id, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        found.reactions[self.id] = new
        self.world.changed(Change("reaction", place, found))
        self._reaction_update(found, old, new)

    async def forwards(self, from_chat: At, message: Which, to: At) -> Message:
        """Forward a message to another chat of one's own; refuse a protected one."""
        place = self._place(from_chat)
        found = self._message(place, message)
        if found.protect_content:
            raise NotPossible("this message is protected against forwarding")
        content = {name: getattr(found, name) for name in ("text", "entities", "media", "content")}
        return self._post(to, **content, forward_origin=forward_origin(found))
