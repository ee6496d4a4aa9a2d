"""Two hundred people compete for twelve places, whatever they do and however time goes on."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.domain.enums import RoleKey
from handlers.activities.buttons import (
    Again,
    Coming,
    Join,
    NotComing,
    OfferNo,
    OfferYes,
    OpenMeeting,
    OpenMine,
    ReminderNo,
    ReminderYes,
    TakeFree,
    TakeOver,
)
from handlers.buttons import Button
from storage.engine import Database
from tests.conversations.crowd import Crowd
from tests.conversations.phones import DINNER, PARTY
from tests.databases import sqlite_url
from tests.postgres import PostgresServer

#: So many lives are lived on each database; more of them by CROWD_EXAMPLES=500.
EXAMPLES = int(os.environ.get("CROWD_EXAMPLES", "5"))
ROLES = {DINNER: RoleKey.HOST, PARTY: RoleKey.VISITOR}
PEOPLE = st.integers(0, 199)
ANY = st.integers(0, 10_000)
Open = Callable[[], tuple[Database, Callable[[], None]]]


class Competition(RuleBasedStateMachine):
    """The crowd, told by hypothesis what to do; after each step all of it is judged."""

    opens: ClassVar[Open]

    @initialize(hours=st.sampled_from([26, 4, 12, 31, 50, 80, 120, 1]), queue=st.integers(15, 30))
    def begins(self, hours: int, queue: int) -> None:
        """Open the doors, some hours before the dinner, with people who wait for a place."""
        self.runner = asyncio.Runner()
        database, self.end = type(self).opens()
        self.crowd = Crowd(database)
        self.does(self.crowd.open(hours=hours))
        for title, count in ((DINNER, queue), (PARTY, queue // 2)):
            self.join_together(title, self.crowd.people[:count])

    def does(self, act: Awaitable[None]) -> None:
        """Wait for something."""
        self.runner.run(_await(act))

    @rule(title=st.sampled_from([DINNER, DINNER, PARTY]), first=PEOPLE, count=st.integers(1, 12))
    def join_at_once(self, title: str, first: int, count: int) -> None:
        """Neighbours tap the same button in the same moment."""
        self.join_together(title, [self.crowd.people[(first + number) % 200] for number in range(count)])

    def join_together(self, title: str, people: Sequence[int]) -> None:
        """Let these people tap the button of a meeting."""
        row = self.crowd.meetings[title]
        if people:
            self.does(self.crowd.taps(*((who, Join(row.id, row.version, ROLES[title]), None) for who in people)))

    @rule(pick=ANY, count=st.integers(1, 5))
    def leave(self, pick: int, count: int) -> None:
        """People tap *Ik kan niet* or *Toch wel*, on whatever message of theirs has it."""
        self._press(pick, count, NotComing, ReminderNo, Coming, Again)

    @rule(pick=ANY, count=st.integers(1, 5))
    def leave_for_good(self, pick: int, count: int) -> None:
        """People give up the places they have."""
        self._press(pick, count, NotComing, claims="place")

    @rule(pick=ANY, count=st.integers(1, 8))
    def answer(self, pick: int, count: int) -> None:
        """People answer offers, calls for stand-ins and reminders, also old ones."""
        self._press(pick, count, OfferYes, OfferNo, TakeFree, TakeOver, ReminderYes)

    @rule(pick=ANY, count=st.integers(2, 12))
    def first_to_tap(self, pick: int, count: int) -> None:
        """Many want the same place at once."""
        self._press(pick, count, TakeFree, TakeOver)

    @rule(who=PEOPLE, words=st.sampled_from(["ja", "nee", "ik kan niet", "ik neem het over"]))
    def answer_in_words(self, who: int, words: str) -> None:
        """Somebody answers in words."""
        self.does(self.crowd.types(self.crowd.people[who], words))

    @rule(who=PEOPLE)
    def look(self, who: int) -> None:
        """Somebody looks at 🎟 Waar ik heen ga."""
        self.does(self.crowd.taps((self.crowd.people[who], OpenMine(), None)))

    @rule(pick=ANY)
    def open_what_there_is(self, pick: int) -> None:
        """Somebody opens the page of the meeting from any message."""
        self._press(pick, 1, OpenMeeting)

    @rule(hours=st.one_of(st.integers(1, 12), st.integers(20, 50)))
    def time_passes(self, hours: int) -> None:
        """Time goes on, and all that is planned is done."""
        self.does(self.crowd.passes(hours))

    @rule(hours=st.integers(1, 30))
    def bot_is_away(self, hours: int) -> None:
        """The bot is down for hours."""
        self.does(self.crowd.sleeps(hours))

    def _press(self, pick: int, count: int, *buttons: type[Button], claims: str | None = None) -> None:
        there = self.crowd.holding({button.code for button in buttons})
        there = [key for key in there if claims is None or claims in key[2].claims.values()]
        if there:
            chosen = {(pick + number * 7) % len(there) for number in range(count)}
            taps = {there[at][0]: there[at] for at in sorted(chosen)}
            self.does(self.crowd.taps(*taps.values()))

    @invariant()
    def all_is_well(self) -> None:
        """Nobody too many, nobody twice, nothing too late, and every last message is true."""
        self.does(self.crowd.check())

    def teardown(self) -> None:
        """Close the doors."""
        self.does(self.crowd.close())
        self.runner.close()
        self.end()


async def _await(act: Awaitable[None]) -> None:
    await act


@pytest.fixture
def opens(database_kind: str, request: pytest.FixtureRequest) -> Open:
    """Open a database of its own for each life, and close it after."""
    if database_kind == "sqlite":
        template: Path = request.getfixturevalue("migrated_file")
        folder = Path(request.getfixturevalue("tmp_path"))

        def copied() -> tuple[Database, Callable[[], None]]:
            place = Path(tempfile.mkdtemp(dir=folder))
            shutil.copyfile(template, place / "town.db")
            return Database(sqlite_url(place / "town.db")), lambda: shutil.rmtree(place)

        return copied
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name_of_template: str = request.getfixturevalue("migrated_template")

    def made() -> tuple[Database, Callable[[], None]]:
        name = server.create(template=name_of_template)
        return Database(server.url(name)), lambda: server.drop(name)

    return made


@pytest.mark.slow
def test_twelve_places_for_two_hundred_people(opens: Open) -> None:
    machine = type("Competition", (Competition,), {"opens": staticmethod(opens)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=int(os.environ.get("CROWD_STEPS", "20")),
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a life takes seconds: shrinking one would take an hour
        ),
    )


async def test_two_hundred_tap_in_the_same_moment(opens: Open) -> None:
    database, end = opens()
    crowd = Crowd(database)
    await crowd.open(hours=100)
    row = crowd.meetings[DINNER]
    await crowd.taps(*((who, Join(row.id, row.version, ROLES[DINNER]), None) for who in crowd.people))
    await crowd.check()
    said = [crowd.phones[who].last_about(DINNER) for who in crowd.people]
    places = [message for message in said if message is not None and message.claims[DINNER] == "place"]
    assert len(places) == 12
    positions = {message.text.partition("nummer ")[2].partition(" ")[0] for message in said if message is not None}
    assert {str(position) for position in range(2, 189)} <= positions
    await crowd.close()
    end()
