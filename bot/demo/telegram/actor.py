"""What every action of a person shares: who they are, where they may write, and posting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.delivery import deliver
from bot.demo.telegram.errors import BotBlocked, NotPossible, NotThere
from bot.demo.telegram.model import Chat, Message, User
from bot.demo.telegram.render import GROUP_ANONYMOUS_BOT

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

At = int | Chat
Which = int | Message


class Actor:
    """Somebody with a phone, without the actions; `Person` has those."""

    def __init__(self, world: World, user: User) -> None:
        """Be this user in this world."""
        self.world = world
        self.user = user

    @property
    def id(self) -> int:
        """The user's id, which is also the id of the private chat with the bot."""
        return self.user.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.world.chats[self.id]

    def __repr__(self) -> str:
        """Show id and name."""
        return f"<Person {self.id} {self.user.name}>"

    def _post(
        self, chat: At, *, reply_to: Which | None = None, thread: int | None = None, **content: object
    ) -> Message:
        place = self._writable(chat)
        sender, sender_chat = self._appears_in(place)
        answered = None if reply_to is None else self._message(place, reply_to)
        if answered is None and (prompt := place.prompts.pop(self.id, None)) and not prompt.deleted:
            answered = prompt
        if place.is_forum and thread is None and answered is not None:
            thread = answered.thread_id
        if thread is not None and (thread not in place.topics or place.topics[thread].deleted):
            raise NotPossible(f"there is no topic {thread}")
        message = self.world.new_message(
            place, sender, sender_chat=sender_chat, reply_to=answered, thread_id=thread, **content
        )
        if place.private:
            self.world.contact[self.id] = "started"
        self.world.posted(message)
        deliver(self.world, message)
        return message

    def _place(self, chat: At) -> Chat:
        place = chat if isinstance(chat, Chat) else self.world.chats[chat]
        if place.private and place.id != self.id:
            raise NotPossible("this is somebody else's private chat")
        if not place.private and place.member(self.id) is None:
            raise NotPossible(f"{self} is not in {place}")
        return place

    def _writable(self, chat: At) -> Chat:
        place = self._place(chat)
        if self.user.deactivated:
            raise NotPossible("this account is deactivated")
        if place.migrated_to is not None:
            raise NotPossible(f"this group became supergroup {place.migrated_to}")
        if place.private and self.world.contact[self.id] == "blocked":
            raise BotBlocked("the bot is blocked; unblock it first")
        return place

    def _appears_in(self, place: Chat) -> tuple[User, Chat | None]:
        mine = place.members[self.id]
        return (GROUP_ANONYMOUS_BOT, place) if mine.is_anonymous else (self.user, None)

    @staticmethod
    def _message(place: Chat, which: Which) -> Message:
        message_id = which if isinstance(which, int) else which.message_id
        found = place.present(message_id)
        if found is None:
            raise NotThere(f"there is no message {message_id} to see in {place}")
        return found
