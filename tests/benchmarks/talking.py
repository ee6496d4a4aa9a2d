"""Residents who talk at a steady pace, one line at a time, and how long each waits for an answer."""

import asyncio
import itertools
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from bot.demo.telegram import Change, Person, World
from tests.benchmarks.residents import story_of
from tests.benchmarks.running import PATIENCE_S

#: Nobody writes again sooner than this (seconds): Telegram lets one person have three messages in three seconds.
_PAUSE_S = 3.0
_NUMBER = re.compile(r"M-\d{4}-(\d{4,})")
#: A button of the list message that several new cards become names its report shortly.
_SHORT_NUMBER = re.compile(r"\b(\d{4,})\b")


@dataclass
class Heard:
    """What was heard in one talk: seconds from each line to its answer, and from each number to its card in a group."""

    took: list[float] = field(default_factory=list)
    unanswered: int = 0
    to_group: list[float] = field(default_factory=list)

    def ms(self, percent: int) -> float:
        """Return this percentile of the waits for an answer (milliseconds)."""
        return 1000 * quantiles(self.took, n=100)[percent - 1]


class Talk:
    """Talk of *people* until it ends; *world* tells what the bot says."""

    def __init__(self, world: World, people: Sequence[Person]) -> None:
        """Begin to listen."""
        self._world, self._people = world, people
        self._lines = {person.id: _stories(place) for place, person in enumerate(people)}
        self._asked: dict[int, float] = {}
        self._given: dict[str, float] = {}
        self._shown: dict[str, float] = {}
        self._took: list[float] = []
        self._end = world.on_change(self._hear)

    @classmethod
    def of(cls, world: World, *, rate: float) -> "Talk":
        """Return a talk of as many new residents as *rate* lines a second take."""
        count = round(rate * _PAUSE_S) + 1
        return cls(world, [world.add_person(f"Prater {number}") for number in range(count)])

    async def go_on(self, *, rate: float, seconds: float, until: asyncio.Event | None = None) -> Heard:
        """Write *rate* lines a second for *seconds*, or until the event is set, and wait for the last answers."""
        began, until = time.monotonic(), until or asyncio.Event()
        for number, person in enumerate(itertools.cycle(self._people)):
            at = began + number / rate
            if at - began > seconds or until.is_set():
                break
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            self._asked.setdefault(person.id, time.monotonic())
            await person.writes(next(self._lines[person.id]))
        await self._last_words()
        self._end()
        groups = [self._shown[number] - given for number, given in self._given.items() if number in self._shown]
        missing = len(self._given) - len(groups)
        return Heard(self._took, len(self._asked) + missing, groups)

    async def _last_words(self) -> None:
        def is_quiet() -> bool:
            return not self._asked and self._given.keys() <= self._shown.keys()

        try:
            await self._world.until(is_quiet, timeout=PATIENCE_S / 2)
        except TimeoutError:
            return

    def _hear(self, change: Change) -> None:
        message = change.message
        if change.kind not in ("message", "edited") or message is None or message.sender is not self._world.bot:
            return
        now = time.monotonic()
        if message.chat.private:
            asked = self._asked.pop(message.chat.id, None)
            if asked is not None:
                self._took.append(now - asked)
            for number in _NUMBER.findall(message.text):
                self._given.setdefault(number, now)
        else:
            for number in _SHORT_NUMBER.findall("\n".join((message.text, *message.labels))):
                self._shown.setdefault(number, now)


def _stories(place: int) -> Iterator[str]:
    """Yield the lines of one resident: one report after the other."""
    for number in itertools.count(place):
        yield from story_of(number).lines(number)
