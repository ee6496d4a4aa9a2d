"""People join, leave, add, remove and promote; groups become supergroups; topics come and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.demo.telegram.actor import Actor, At
from bot.demo.telegram.delivery import deliver, member_changed
from bot.demo.telegram.errors import NotPossible
from bot.demo.telegram.model import ALL_RIGHTS, Chat, Json, Member, Message, Status, Topic, User
from bot.demo.telegram.observers import Change
from bot.demo.telegram.render import chat_json, user_json

if TYPE_CHECKING:
    from bot.demo.telegram.people import Person


class InGroups(Actor):
    """The actions on groups. Each tells the bot what the real one would be told."""

    async def joins(self, chat: At) -> Message:
        """Join a group by its link."""
        place = self._group(chat)
        if place.member(self.id):
            raise NotPossible(f"{self} is in {place} already")
        self._becomes(place, self.user, "member")
        return self._service(place, {"new_chat_members": [user_json(self.user)]})

    async def leaves(self, chat: At) -> Message:
        """Leave a group."""
        place = self._place(chat)
        self._becomes(place, self.user, "left")
        return self._service(place, {"left_chat_member": user_json(self.user)})

    async def adds(self, chat: At, other: Person) -> Message:
        """Put somebody else in a group."""
        return self._adds(self._place(chat), other.user)

    async def adds_bot(self, chat: At) -> Message:
        """Put the bot in a group."""
        return self._adds(self._place(chat), self.world.bot)

    async def removes(self, chat: At, other: Person) -> Message:
        """Throw somebody else out of a group."""
        return self._removes(self._place(chat), other.user)

    async def removes_bot(self, chat: At) -> Message:
        """Throw the bot out of a group."""
        return self._removes(self._place(chat), self.world.bot)

    async def promotes(self, chat: At, other: Person, rights: Iterable[str] = ALL_RIGHTS) -> None:
        """Make somebody administrator with these rights."""
        self._promotes(chat, other.user, rights)

    async def promotes_bot(self, chat: At, rights: Iterable[str] = ALL_RIGHTS) -> None:
        """Make the bot administrator with these rights."""
        self._promotes(chat, self.world.bot, rights)

    async def demotes(self, chat: At, other: Person) -> None:
        """Make an administrator an ordinary member."""
        self._becomes(self._led(chat), other.user, "member")

    async def demotes_bot(self, chat: At) -> None:
        """Make the bot an ordinary member."""
        self._becomes(self._led(chat), self.world.bot, "member")

    async def stays_anonymous(self, chat: At, *, on: bool = True) -> None:
        """Write in the group's name from now on, as administrators may; or stop that."""
        place = self._led(chat)
        place.members[self.id] = replace(place.members[self.id], is_anonymous=on)

    async def creates_group(self, title: str, *others: Person, with_bot: bool = False) -> Chat:
        """Make a basic group with these people, and the bot if asked."""
        place = self.world.add_group(title, admins=[self._me], members=others, bot="absent", supergroup=False)
        if with_bot:
            self._becomes(place, self.world.bot, "member")
            self._service(place, {"group_chat_created": True})
        return place

    async def upgrades(self, chat: At) -> Chat:
        """Turn a basic group into a supergroup and return that: a new id, new message ids, the same people."""
        return self.world.upgrade(self._led(chat), by=self.user)

    async def renames(self, chat: At, title: str) -> Message:
        """Give a group another title."""
        place = self._led(chat)
        place.title = title
        self.world.changed(Change("chat", place))
        return self._service(place, {"new_chat_title": title})

    async def opens_topic(self, chat: At, name: str) -> Topic:
        """Open a topic in a forum."""
        place = self._led(chat)
        if not place.is_forum:
            raise NotPossible(f"{place} is no forum")
        return self.world.open_topic(place, self.user, name)

    async def deletes_topic(self, chat: At, thread_id: int) -> None:
        """Delete a topic with everything in it; the bot is told nothing."""
        self.world.delete_topic(self._led(chat), thread_id, by=self.id)

    # how

    @property
    def _me(self) -> Person:
        return self.world.person(self.id)

    def _group(self, chat: At) -> Chat:
        place = chat if isinstance(chat, Chat) else self.world.chats[chat]
        if place.private or place.migrated_to is not None:
            raise NotPossible(f"{place} is no group one can join")
        return place

    def _led(self, chat: At) -> Chat:
        place = self._place(chat)
        if place.private or not place.members[self.id].admin:
            raise NotPossible(f"{self} is no administrator of {place}")
        return place

    def _adds(self, place: Chat, user: User) -> Message:
        if place.member(user.id):
            raise NotPossible(f"{user.name} is in {place} already")
        self._becomes(place, user, "member")
        return self._service(place, {"new_chat_members": [user_json(user)]})

    def _removes(self, place: Chat, user: User) -> Message:
        if not place.members[self.id].admin:
            raise NotPossible(f"{self} is no administrator of {place}")
        if not place.member(user.id):
            raise NotPossible(f"{user.name} is not in {place}")
        self._becomes(place, user, "kicked")
        return self._service(place, {"left_chat_member": user_json(user)})

    def _promotes(self, chat: At, user: User, rights: Iterable[str]) -> None:
        place = self._led(chat)
        if not place.member(user.id):
            raise NotPossible(f"{user.name} is not in {place}")
        self._becomes(place, user, "administrator", frozenset(rights))

    def _becomes(self, place: Chat, user: User, status: Status, rights: frozenset[str] = frozenset()) -> None:
        self.world.set_member(place, Member(user, status, rights), by=self.user)

    def _service(self, place: Chat, service: Json) -> Message:
        sender, sender_chat = (self.user, None) if self.id not in place.members else self._appears_in(place)
        message = self.world.new_message(place, sender, sender_chat=sender_chat, service=service)
        self.world.posted(message)
        deliver(self.world, message)
        return message

    def _contact_changes(self, old: Status, new: Status) -> None:
        bot = self.world.bot
        member_changed(self.world, self.chat, Member(bot, old), Member(bot, new), self.user)
        self.world.changed(Change("members", self.chat))

    def _reaction_update(self, message: Message, old: list[Json], new: list[Json]) -> None:
        place = message.chat
        me = place.member(self.world.bot.id)
        if me is None or (not place.private and not me.admin):
            return
        payload = {
            "chat": chat_json(place), "message_id": message.message_id, "user": user_json(self.user),
            "date": int(self.world.now().timestamp()), "old_reaction": old, "new_reaction": new,
        }  # fmt: skip
        self.world.updates.put("message_reaction", payload, lane=f"chat {place.id}")
