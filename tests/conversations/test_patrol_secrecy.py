"""Nobody outside the team ever sees a shift: whatever they tap, type or forge, and in every message that goes out.

Each door by itself is tried in `test_patrol_doors`; here time passes and the team lives on.
Everybody plays at random with a filled town. What the team keeps to itself has words that stand nowhere else: title,
place and odd times of its rounds, names of its walkers. No call to anybody outside, or to any group, may
hold one of them, nor the id of a round, a sign-up for one, or a question "wie loopt mee?".
"""

import dataclasses
import json
import random
import re
import types
import typing
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.enums import ActivityKind, RoleKey, SignupState
from handlers import routes
from handlers.activities.buttons import OpenMeeting
from handlers.buttons import REGISTRY
from handlers.routes import OnCommand
from storage.models import Activity, Area, Occurrence, Person, Report, Signup, Team, TeamMember, WalkCall
from tests.conversations.meetings import fill, wall
from tests.town import START, Town
from tests.town_people import Someone

STEPS = 160
TITLE, PLACE = "Zwaluwronde", "Zwaluwplein"
TIMES = ("19:37", "20:43", "19:11")
WALKERS = {"Jan": "Xanthippe", "John": "Quirinus"}
#: What is said to the bot in private by people who try; none of it holds a secret itself.
SAID = (
    "ronde", "rondes", "Filmwijk", "1", "2", "3", "4", "ja", "nee", "terug", "stop", "rooster", "Zwaluw", "dinsdag",
    "Ik ga om 18:05, wie loopt mee?", "/zoek Zwaluw", "/zoek ronde", "/zoek Filmwijk", "/buurtpreventie", "Fatima",
)  # fmt: skip
LEADS = ("1d@19.00", "3h")
_HOMES = ("handlers.activities", "handlers.signups", "handlers.patrol")
#: The data of buttons about meetings and teams. Buttons about reports may give an id back that somebody made up.
_CODES = "|".join(cls.code for cls in REGISTRY.values() if cls.__module__.startswith(_HOMES))
_ABOUT_MEETINGS = re.compile(f'"((?:{_CODES}):[^"]*)"')


class Play:
    """Outsiders who try everything, a team that lives on, and a check of every call."""

    def __init__(self, town: Town, dice: random.Random) -> None:
        self.town, self.dice, self.log = town, dice, list[str]()
        self.outsiders: list[Someone] = []
        self.commands = sorted({name for route in routes() if isinstance(route, OnCommand) for name in route.names})
        self.checked = 0
        self.pool: dict[type, list[Any]] = {}

    async def fill(self) -> None:
        """Fill the town: rounds with odd times, walkers with odd names, and everybody outside who may be curious."""
        for name in ("Jan", "John", "Samira"):
            await self.town.person(name).starts()
        for name in ("Mia", "Omar", "Wilma"):
            self.outsiders.append(self.town.person(name))
        self.outsiders += [self.town.resident(name) for name in ("Fatima", "Karim", "Lina", "Pim")]
        for someone in self.outsiders:
            await someone.starts()
        async with self.town.writing() as work:
            team = (await work.session.scalars(select(Team))).one()
            for name, secret in WALKERS.items():
                person = await work.session.get(Person, self.town.person(name).id)
                assert person is not None
                person.name = secret
            for activity in await work.session.scalars(select(Activity).where(Activity.kind == ActivityKind.PATROL)):
                activity.title, activity.place = TITLE, PLACE
            shifts = select(Occurrence).where(Occurrence.team_id == team.id).order_by(Occurrence.starts_at)
            rounds = (await work.session.scalars(shifts)).all()
            for number, row in enumerate(rounds):
                day = START.date() + timedelta(days=number + 1)  # one each day, so that they come by
                row.starts_at, row.ends_at = wall(f"{day}T{TIMES[0]}"), wall(f"{day}T{TIMES[1]}")
                row.place = PLACE
            for name, left, withdrawn, accepted in (
                ("Karim", True, False, True),
                ("Lina", False, True, True),
                ("Pim", False, False, False),
            ):
                someone = self.town.person(name)
                person = await work.session.get(Person, someone.id)
                assert person is not None
                person.name, person.area_code = name, team.area_code
                member = TeamMember(team_id=team.id, person_id=someone.id, asked_at=self.town.now)
                member.accepted_at = self.town.now if accepted else None
                member.vog_on = date(2026, 1, 1) if accepted else None
                member.left_at = self.town.now if left else None
                member.vog_withdrawn_at = self.town.now if withdrawn else None
                work.session.add(member)
            await work.session.flush()
            for former in ("Karim", "Lina"):
                work.session.add(
                    Signup(
                        occurrence_id=rounds[0].id,
                        person_id=self.town.person(former).id,
                        role=RoleKey.WALKER,
                        state=SignupState.SIGNED_UP,
                        queued_at=self.town.now,
                        changed_at=self.town.now,
                    )
                )
        for row in rounds[:3]:
            await fill(self.town, row, RoleKey.WALKER, [self.town.person("John")])
        await fill(self.town, rounds[1], RoleKey.WALKER, [self.town.person("Jan")])

    async def gather(self) -> set[str]:
        """Gather ids to forge buttons with; return those that nobody outside may read, as buttons write them."""
        async with self.town.reading() as work:
            session = work.session
            secret: list[int] = []
            shifts = (await session.scalars(select(Occurrence.id).where(Occurrence.team_id.is_not(None)))).all()
            secret += shifts
            secret += (await session.scalars(select(Signup.id).where(Signup.occurrence_id.in_(shifts)))).all()
            secret += (await session.scalars(select(WalkCall.id))).all()
            more = [
                *(await session.scalars(select(Team.id))).all(),
                *(await session.scalars(select(Report.id))).all(),
                *(await session.scalars(select(Activity.id))).all(),
                *(await session.scalars(select(Person.id))).all(),
                *(await session.scalars(select(Occurrence.id).where(Occurrence.team_id.is_(None)).limit(3))).all(),
            ]
            areas = (await session.scalars(select(Area.code).limit(3))).all()
        moments = [int(self.town.now.timestamp()), 2026 * 12 + 10, 2026 * 12 + 11]
        self.pool = {int: [*secret, *secret, *more, *moments, 0, 1, 2, 3], str: [*areas, *LEADS], bool: [True, False]}
        return {_base36(number) for number in secret}

    # -- what outsiders do ------------------------------------------------------------------------------------------

    async def command(self) -> None:
        """Give a command."""
        who, name = self.dice.choice(self.outsiders), self.dice.choice(self.commands)
        await self._does(who, f"/{name}", who.says(f"/{name}"))

    async def say(self) -> None:
        """Say something."""
        who, said = self.dice.choice(self.outsiders), self.dice.choice(SAID)
        await self._does(who, said, who.says(said))

    async def press(self) -> None:
        """Tap any button of one of the newest messages."""
        who = self.dice.choice(self.outsiders)
        seen = [(label, message) for message in who.messages[-4:] for row in message.buttons for label in _data(row)]
        if seen:
            data, message = self.dice.choice(seen)
            await self._does(who, f"taps {data}", who.forges(data, on=message))

    async def forge(self) -> None:
        """Tap a button that was never shown, with ids that exist."""
        who, made = self.dice.choice(self.outsiders), self._made_up()
        if made is not None:
            await self._does(who, f"forges {made}", who.forges(made))

    def _made_up(self) -> str | None:
        cls = self.dice.choice(list(REGISTRY.values()))
        hints = typing.get_type_hints(cls)
        try:
            return cls(*(self._value(hints[field.name]) for field in dataclasses.fields(cls))).encode()
        except ValueError:
            return None

    def _value(self, hint: Any) -> Any:  # noqa: ANN401 a type hint and a value of it
        options = [kind for kind in typing.get_args(hint) if kind is not types.NoneType] or [hint]
        kind = options[0]
        if type(None) in typing.get_args(hint) and self.dice.random() < 0.3:
            return None
        return self.dice.choice(list(kind) if isinstance(kind, type) and issubclass(kind, Enum) else self.pool[kind])

    async def group(self) -> None:
        """Give a command in a group, that of the team too."""
        chat = self.dice.choice([self.town.group(number) for number in (-1001, -1002, -1003, -2001)])
        there = [who for who in [*self.outsiders, self.town.person("John")] if chat.member(who.id)]
        if there:
            who, name = self.dice.choice(there), self.dice.choice(self.commands)
            await self._does(who, f"/{name} in {chat.id}", who.says_in(chat, f"/{name}"))

    # -- what the team does, and time -----------------------------------------------------------------------------

    async def live(self) -> None:
        """A member, the coordinator or the team's worker goes on with the team."""
        who = self.town.person(self.dice.choice(("Jan", "John", "John", "Samira")))
        seen = [(label, message) for message in who.messages[-3:] for label in message.labels]
        seen = [one for one in seen if not any(word in one[0] for word in ("VOG", "stop", "Ja, welkom", "🌐"))]
        if not seen or self.dice.random() < 0.3:
            said = self.dice.choice(("/buurtpreventie", "/agenda", "/activiteiten", self._question()))
            await self._does(who, said, who.says(said))
        else:
            label, message = self.dice.choice(seen)
            await self._does(who, label, who.taps(label, on=message))

    def _question(self) -> str:
        return f"Ik ga om {TIMES[2]}, wie loopt mee?"

    async def pass_time(self) -> None:
        """Let an hour or a few pass, sometimes to where the chain of a round begins."""
        self.town.sleep(self.town.now + timedelta(hours=self.dice.choice((1, 3, 5, 9))))
        self.log.append(f"it is {self.town.now:%a %H:%M}")
        await self.town.advance(minutes=self.dice.choice((1, 30)))

    async def _does(self, who: Someone, what: str, act: Any) -> None:  # noqa: ANN401 any action
        self.log.append(f"{who.person} {what}")
        await act
        self.town.sleep(seconds=5)

    # -- the check ------------------------------------------------------------------------------------------------

    async def check(self) -> None:
        """Fail when a call since the last check told somebody outside, or a group, what is the team's."""
        ids = await self.gather()
        inside = {self.town.person(name).id for name in ("Jan", "John", "Samira")}
        secrets = [TITLE, PLACE, *TIMES, *WALKERS.values()]
        new = [call for call in self.town.world.calls if call.id > self.checked]
        for call in new:
            self.checked = max(self.checked, call.id)
            if call.method == "answerCallbackQuery":
                tap = self.town.world.taps.get(str(call.params.get("callback_query_id")))
                reader = None if tap is None else tap.user.id
            else:
                reader = call.params.get("chat_id")
            if reader is None or reader in inside:
                continue
            told = json.dumps(call.params, default=str, ensure_ascii=False)
            found = [secret for secret in secrets if secret in told]
            found += [data for data in _ABOUT_MEETINGS.findall(told) if ids & set(data.split(":"))]
            assert not found, "\n".join([f"{call.method} to {reader} holds {found}: {told}", *self.log[-25:]])


def _data(row: list[dict[str, Any]]) -> Iterator[str]:
    return (key["callback_data"] for key in row if "callback_data" in key)


def _base36(number: int) -> str:
    return OpenMeeting(number).encode().partition(":")[2]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [20261203])
async def test_nobody_outside_the_team_ever_sees_a_shift(town: Town, seed: int) -> None:
    play = Play(town, random.Random(seed))
    await play.fill()
    await play.gather()
    doings = [play.command] * 3 + [play.say] * 3 + [play.press] * 6 + [play.forge] * 6 + [play.group] * 2
    doings += [play.live] * 5 + [play.pass_time]
    for step in range(STEPS):
        await play.dice.choice(doings)()
        if step % 5 == 0:
            await play.check()
    await play.check()
    team_read = [m.text for name in ("Jan", "John") for m in town.person(name).messages]
    assert any(TITLE in text for text in team_read), "the team saw no round either: the dice prove nothing"
