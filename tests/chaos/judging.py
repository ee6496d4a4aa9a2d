"""What may have come of hostile updates: judged by all that the bot called, logged and set aside."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import aiogram.types
from sqlalchemy import select

from bot.demo.telegram import Call
from storage.models import Activity, Desk, DeskWorker, Person, ReportNote, RoleGrant, Signup, Team, TeamMember
from storage.work import Work
from tests import telegram_checks
from tests.chaos.canaries import Canaries, alias_in, said_in, speaker, word_in
from tests.conversations import secret_team
from tests.town import Town

_MOST_ID = 2**52
#: No number that is larger fits into a database: nobody there has it.
_MOST_KEPT = 2**63


class Judge:
    """Knows who may be told what in a town that lived; `mistakes` are what it found."""

    def __init__(self, town: Town, canaries: Canaries) -> None:
        self._town, self._canaries = town, canaries
        self._forget()
        self.mistakes: list[str] = []
        self.told = 0
        self._began_again = False

    async def judge(self, raws: Sequence[Any]) -> None:
        """Judge all that was called since the last time, which these updates led to."""
        async with self._town.reading() as work:
            staff, groups, notes = await _staff(work), await _groups(work), await _notes(work)
            reach = await _reach(work, raws, staff)
        for call in self._town.world.calls:
            if call.method in ("getUpdates", "getMe"):
                continue
            self.told += 1
            reader = self._reader(call)
            self.mistakes += [f"{line}: {raws!r:.1500}" for line in self._of(call, reader, staff, groups, notes)]
            # Who walks hears of their own round by the schedule, whoever spoke last.
            walkers = secret_team.INSIDE if secret_team.TITLE in said_in(call) else frozenset[int]()
            if reader is not None and reader not in self._with_moved(reach | staff | groups | walkers):
                self.mistakes.append(
                    f"{call.method} to {reader}, whom nobody here reaches: {call.params} {raws!r:.1500}"
                )
            self.mistakes += telegram_checks.check_call(call)
        self._logs()
        self._forget()

    def _with_moved(self, chats: set[int]) -> set[int]:
        """Return *chats*, and what Telegram itself says that they became."""
        world = self._town.world
        moved = (world.chats[chat].migrated_to for chat in chats if chat in world.chats)
        return chats | {chat for chat in moved if chat is not None}

    def _reader(self, call: Call) -> int | None:
        if call.method == "answerCallbackQuery":
            return None  # who tapped is known by the id of the tap only, which Telegram made
        reader = call.params.get("chat_id")
        return reader if isinstance(reader, int) else None

    def _of(self, call: Call, reader: int | None, staff: set[int], groups: set[int], notes: set[str]) -> Iterable[str]:
        text = said_in(call)
        if alias := alias_in(text):
            yield f"{call.method} to {reader} tells Telegram's name {alias}"
        for word, known in self._canaries.who_said(call):
            by_staff = bool(known & staff) and word not in notes
            if reader is not None and reader not in known | staff | groups and not by_staff:
                yield f"{call.method} to {reader} tells {word} of {known}: {text:.600}"
        if reader is not None and reader not in secret_team.INSIDE | secret_team.MEMBERS:
            secret = [word for word in secret_team.WORDS if word in text and word not in ("19:37", "20:43", "19:11")]
            if secret:
                yield f"{call.method} to {reader} tells {secret} of the team: {text:.600}"

    def _forget(self) -> None:
        """Let what was judged go, or it would be gone through again and again."""
        self._town.world.calls.clear()
        self._town.log.seek(0)
        self._town.log.truncate()

    def _logs(self) -> None:
        for line in self._town.log.getvalue().splitlines():
            if word_in(line) or alias_in(line):
                self.mistakes.append(f"the log tells: {line}")
            # Of two transactions that wait for each other PostgreSQL has one begin again, which nobody notices; one of
            # 50,000 updates did. More than one in a round would be an order of locks that is wrong.
            if "others were first" in line and not self._began_again:
                self._began_again = True
                continue
            if "database failed" in line or "batch failed" in line or "update failed" in line:
                self.mistakes.append(line[:1500])


async def _staff(work: Work) -> set[int]:
    """Return workers, and who looks after activities or a team: they may read what residents write."""
    session = work.session
    grants = (await session.scalars(select(RoleGrant.person_id).where(RoleGrant.taken_at.is_(None)))).all()
    desks = (await session.scalars(select(DeskWorker.person_id))).all()
    led = [
        *(await session.scalars(select(Activity.coordinator_id))).all(),
        *(await session.scalars(select(Team.coordinator_id))).all(),
        *(await session.scalars(select(Team.worker_id))).all(),
    ]
    return {who for who in (*grants, *desks, *led) if who is not None}


async def _groups(work: Work) -> set[int]:
    desks = (await work.session.scalars(select(Desk.chat_id))).all()
    teams = (await work.session.scalars(select(Team.chat_id))).all()
    return {chat for chat in (*desks, *teams) if chat is not None}


async def _notes(work: Work) -> set[str]:
    """Return the words that workers wrote for each other."""
    texts = (await work.session.scalars(select(ReportNote.text))).all()
    return {word.lower() for text in texts if text and (word := word_in(text))}


async def _reach(work: Work, raws: Sequence[Any], staff: set[int]) -> set[int]:
    """Return the chats that the senders of these updates reach: their own, and of who goes where they go.

    A worker, or who looks after a meeting, reaches everybody that the town knows.
    """
    session = work.session
    named = {place for raw in raws for place in (*speaker(raw), *_moved(raw)) if place is not None}
    speakers = {place for place in named if abs(place) < _MOST_KEPT}
    if speakers & staff:
        return speakers | set((await session.scalars(select(Person.id))).all())
    meetings = select(Signup.occurrence_id).where(Signup.person_id.in_(speakers))
    beside = (await session.scalars(select(Signup.person_id).where(Signup.occurrence_id.in_(meetings)))).all()
    teams = select(TeamMember.team_id).where(TeamMember.person_id.in_(speakers))
    members = (await session.scalars(select(TeamMember.person_id).where(TeamMember.team_id.in_(teams)))).all()
    return {*speakers, *beside, *members}


def _moved(raw: Any) -> Iterable[int]:  # noqa: ANN401 an update, perhaps
    """Yield the chats that a group became, or was: it is told there what waited."""
    return [
        value for name, value in _leaves(raw) if name.startswith("migrate_") and isinstance(value, int) and value < 0
    ]


def is_impossible(raw: str) -> bool:
    """Tell whether Telegram never sends this, by a second library's types and what is promised of ids and places."""
    try:
        update = json.loads(raw)
    except ValueError:
        return True
    if not isinstance(update, dict) or list(telegram_checks._object(aiogram.types.Update, update, "")):
        return True
    kinds = [kind for kind in update if kind != "update_id"]
    return len(kinds) != 1 or _is_out_of_place(update) or any(_is_out_of_range(*one) for one in _leaves(update))


def _is_out_of_place(update: Any) -> bool:  # noqa: ANN401 JSON
    who, chat = speaker(update)
    (body,) = [body for kind, body in update.items() if kind != "update_id"]
    place = (body if "chat" in body else body.get("message") or {}).get("chat") or {}
    private = place.get("type") == "private"
    return who is None or who <= 0 or (private and who != chat) or (chat is not None and private != (chat > 0))


def _leaves(value: Any, name: str = "") -> Iterable[tuple[str, Any]]:  # noqa: ANN401 JSON
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, name)
    else:
        yield name, value


def _is_out_of_range(name: str, value: Any) -> bool:  # noqa: ANN401 JSON
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    low, high = _RANGES.get(name, (-_MOST_ID, _MOST_ID))
    return not low <= value <= high


_RANGES = {
    "message_id": (0, 2**31 - 1),
    "message_thread_id": (0, 2**31 - 1),
    "date": (0, 253_402_300_799),
    "edit_date": (0, 253_402_300_799),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "migrate_to_chat_id": (-_MOST_ID, -1),
    "migrate_from_chat_id": (-_MOST_ID, -1),
    "offset": (0, _MOST_ID),
    "length": (0, _MOST_ID),
}
