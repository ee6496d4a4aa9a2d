"""A crowd with phones: everything is real but the wire. Taps go through intake, router and handlers; what is said goes
through the outbox and its views onto phones that keep each message as it reads now.

Without HTTP two hundred people are as quick as ten are with it.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

import handlers
from bot.domain.enums import HOLDING, ActivityKind, OfferState, OutboxState, Reachable, RoleKey, SignupState
from bot.domain.time import is_quiet
from bot.runtime.handling import Doors, Handling
from bot.runtime.reading import Taken
from bot.runtime.router import Router, make_router
from bot.runtime.sending.delivering import Shown
from bot.runtime.sending.drawing import Closed, Drawer, PutOff, Ready
from bot.runtime.sending.memory import Memory
from bot.runtime.sending.pauses import database_is_away
from bot.runtime.translators import Translators
from bot.services.activities import offers
from handlers.buttons import Button
from storage.engine import Database
from storage.models import Occurrence, Offer, Person, Signup
from storage.queries import sending
from storage.queries.sending import Mark
from tests.conversations.phones import DINNER, PARTY, TITLES, TRUTH, Message, Phone
from tests.runtime.doors import FixedClock
from tests.services.meetings import NOW, ZONE, make_town, meeting

FIRST = 1001
#: What handlers say stands a microsecond after what was said before it.
_A_MOMENT = timedelta(milliseconds=1)
_TAGS = re.compile(r"<[^>]+>")


class NoWire(BaseRequest):
    """Telegram, as far as a router needs it: it says who the bot is, and nothing may be asked of it."""

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    @property
    def read_timeout(self) -> float | None:
        """Wait for nothing."""
        return None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        """Answer getMe."""
        assert url.endswith("/getMe"), f"{method} {url}: a handler talks to Telegram"
        me = {"id": 1, "is_bot": True, "first_name": "Buurtbode", "username": "buurtbode_bot"}
        return 200, json.dumps({"ok": True, "result": me}).encode()


class Crowd:
    """*size* people around a dinner with *places* for hosts and a party for few; time stands still meanwhile."""

    def __init__(self, database: Database, *, size: int = 200, places: int = 12) -> None:
        self.database, self.places = database, {DINNER: places, PARTY: 3}
        self.people = range(FIRST, FIRST + size)
        self.clock = FixedClock(NOW)
        self.phones = {person: Phone() for person in self.people}
        self.meetings: dict[str, Occurrence] = {}
        self.said = self.updates = 0
        self.memory = Memory()
        translators = Translators(ZONE)
        self.drawer = Drawer(translators, "buurtbode_bot", self.memory)
        self._translators = translators
        self._router: Router | None = None

    async def open(self, *, hours: float) -> None:
        """Move everybody in, *hours* before the dinner; the party begins six hours after it."""
        bot: ExtBot[None] = ExtBot("1:x", request=NoWire(), get_updates_request=NoWire())
        await bot.initialize()
        self._router = await make_router(bot, handlers.routes())
        doors = Doors(self._router.process_update, lambda _toasts: None, self._translators, "buurtbode_bot")
        self.handling = Handling(self.database, self.clock, doors)
        async with self.database.write(NOW) as work:
            await make_town(work)
            work.session.add_all(
                Person(id=who, name=f"P{who}", created_at=NOW, last_seen_at=NOW, reachable=Reachable.YES)
                for who in self.people
            )
            for title, role, later in ((DINNER, RoleKey.HOST, 0), (PARTY, RoleKey.VISITOR, 6)):
                row = await meeting(
                    work, "2026-12-05T13:00", {role: (2, self.places[title])}, kind=ActivityKind.OTHER, title=title
                )
                row.starts_at = NOW + timedelta(hours=hours + later)
                row.ends_at = row.starts_at + timedelta(hours=3)
                self.meetings[title] = row

    async def close(self) -> None:
        """Let go of the router and the database."""
        if self._router is not None:
            await self._router.shutdown()
        await self.database.close()

    # -- doing --------------------------------------------------------------------------------------------------

    async def taps(self, *taps: tuple[int, Button | str, Message | None]) -> None:
        """Let people tap: all at once where the database can, else one right after another; then all is said."""
        raws = [self._tap(who, key if isinstance(key, str) else key.encode(), on) for who, key, on in taps]
        await self._take(raws)

    async def types(self, who: int, text: str) -> None:
        """Let somebody type."""
        self.updates += 1
        message = {"message_id": 5_000_000 + self.updates, **self._private(who), "text": text}
        await self._take([{"update_id": self.updates, "message": {**message, "from": _user(who)}}])

    async def _take(self, raws: Sequence[dict[str, Any]]) -> None:
        if self.database.is_sqlite:
            await self._handle(raws)
        else:
            await asyncio.gather(*(self._handle(raws[at::4]) for at in range(min(4, len(raws)))))
        await self.settle()

    async def _handle(self, raws: Sequence[dict[str, Any]]) -> None:
        loop = asyncio.get_running_loop()
        left = [Taken(raw, loop.create_future()) for raw in raws]
        while left:
            try:
                left = await self.handling.together(left)
            except Exception as error:
                # On a busy machine a handler, or a lock that the others keep, takes too long: the intake tries again.
                if not database_is_away(error.__cause__ or error):
                    raise

    def _tap(self, who: int, data: str, on: Message | None) -> dict[str, Any]:
        self.updates += 1
        shown = {"message_id": on.id if on else 1, **self._private(who), "text": "…"}
        tap = {"id": str(self.updates), "from": _user(who), "chat_instance": "1", "data": data, "message": shown}
        return {"update_id": self.updates, "callback_query": tap}

    def _private(self, who: int) -> dict[str, Any]:
        return {"date": int(self.clock.now().timestamp()), "chat": {"id": who, "type": "private", "first_name": "P"}}

    # -- time ---------------------------------------------------------------------------------------------------

    async def passes(self, hours: float) -> None:
        """Live through some hours, stopping at whatever is planned."""
        end = self.clock.at + timedelta(hours=hours)
        while self.clock.at < end:
            async with self.database.read(self.clock.at) as work:
                dues = [await offers.next_due(work), await sending.next_due(work.session, after=self.clock.at)]
            starts = [row.starts_at for row in self.meetings.values()]
            self.clock.at = min(due for due in (*dues, *starts, end) if due is not None and due > self.clock.at)
            await self.settle()

    async def sleeps(self, hours: float) -> None:
        """Let the bot be away for some hours: what was planned comes late."""
        self.clock.at += timedelta(hours=hours)
        await self.settle()

    async def settle(self) -> None:
        """Pass on and offer what there is, and say all that is due."""
        async with self.database.write(self.clock.at) as work:
            await offers.run(work)
        self.clock.at += _A_MOMENT
        while await self._say_some():
            pass

    async def _say_some(self) -> bool:
        async with self.database.read(self.clock.at) as work:
            due = await sending.waiting(work.session, until=self.clock.at)
        due.sort(key=lambda row: (row.priority, row.due_at, row.id))
        outcomes = await self.drawer.draw_all(self.database, self.clock, [row.id for row in due])
        marks = [mark for row in due if (mark := self._done(outcomes[row.id])) is not None]
        async with self.database.write(self.clock.at) as work:
            await sending.mark(work.session, marks)
        return bool(marks)

    def _done(self, outcome: object) -> Mark | None:
        """Put a drawn message on its phone, as Telegram would."""
        if isinstance(outcome, PutOff):
            row = outcome.row
            return Mark(row.id, row.version, OutboxState.WAITING, due_at=outcome.due_at)
        if isinstance(outcome, Closed):
            assert outcome.state is OutboxState.DROPPED, outcome.reason
            self.memory.dealt_with(outcome.row, self.memory.shown(outcome.row))
            return Mark(outcome.row.id, outcome.row.version, outcome.state, reason=outcome.reason)
        if not isinstance(outcome, Ready):
            return None
        row, drawn = outcome.row, outcome.drawn
        assert isinstance(drawn, dict)
        message_id = self.memory.shown(row).message_id
        if row.chat_id in self.phones:
            message_id = self._write(row.chat_id, drawn, message_id)
        self.memory.dealt_with(row, Shown(message_id or 1))
        return Mark(row.id, row.version, OutboxState.SENT, shown=True, message_id=message_id or 1, at=self.clock.at)

    def _write(self, who: int, payload: dict[str, Any], message_id: int | None) -> int:
        self.said += 1
        text = _TAGS.sub("", payload["text"])
        keys = [key["callback_data"] for line in payload.get("keyboard", []) for key in line]
        if message_id is None:
            self._may_be_said(text)
            message_id = 10 + self.said
        self.phones[who].messages[message_id] = Message(message_id, text, keys, self.said)
        return message_id

    def _may_be_said(self, text: str) -> None:
        """Judge a message that goes out now: no offer after the start, none at night but first-to-tap."""
        title = next((title for title in TITLES if title in text), None)
        first = "Wie het eerst tikt" in text
        if title is None or not (first or text.startswith("🎟 Er is een plek voor jou")):
            return
        starts_at = self.meetings[title].starts_at
        assert self.clock.at < starts_at, f"an offer after the start: {text}"
        if is_quiet(self.clock.at, ZONE):
            same_morning = first and starts_at.astimezone(ZONE).date() == self.clock.at.astimezone(ZONE).date()
            assert same_morning, f"an offer at night: {text}"

    # -- judging ------------------------------------------------------------------------------------------------

    async def check(self) -> None:
        """Fail when too many have a place, somebody has two, an offer outlives the start, or a phone tells a lie."""
        async with self.database.read(self.clock.at) as work:
            pending = (await work.session.scalars(select(Offer).where(Offer.state == OfferState.PENDING))).all()
            for title, row in self.meetings.items():
                mine = Signup.occurrence_id == row.id
                held = await work.session.scalar(select(func.sum(Signup.seats)).where(mine, Signup.state.in_(HOLDING)))
                assert (held or 0) <= self.places[title], f"{held} have a place at {title}"
                rows = (await work.session.execute(select(Signup.person_id, Signup.state).where(mine))).all()
                assert len(rows) == len({person for person, _state in rows}), f"somebody is there twice: {title}"
                self._check_phones(title, dict(rows), self._untold(pending, row))
            starts = {row.id: row.starts_at for row in self.meetings.values()}
            assert len(pending) == len({offer.person_id for offer in pending}), "somebody has two offers"
            assert all(self.clock.at < offer.expires_at <= starts[offer.occurrence_id] for offer in pending)

    def _untold(self, pending: Sequence[Offer], meeting: Occurrence) -> set[int]:
        """Return who is to be offered a place when the night is over, and waits for all that they know."""
        return {
            offer.person_id
            for offer in pending
            if offer.occurrence_id == meeting.id and offer.made_at > self.clock.at and is_quiet(self.clock.at, ZONE)
        }

    def _check_phones(self, title: str, states: dict[int, SignupState], untold: set[int]) -> None:
        for who in self.people:
            truth = TRUTH.get(states[who], "none") if who in states else None
            last = self.phones[who].last_about(title)
            if truth is None and last is None:
                continue
            assert last is not None, f"{who} was told nothing, and it is {truth}"
            said = last.claims[title]
            if who in untold and said == "waits":
                continue
            assert said == (truth or "none"), f"{who} reads {said!r}, and it is {truth!r}:\n{last.text}"

    def holding(self, codes: Iterable[str]) -> list[tuple[int, str, Message]]:
        """Return the keys with one of these codes on phones, as (person, data, message)."""
        return [
            (who, data, message)
            for who, phone in self.phones.items()
            for message in phone.messages.values()
            for data in message.keys
            if data.partition(":")[0] in codes
        ]


def _user(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": f"P{who}", "language_code": "nl"}
