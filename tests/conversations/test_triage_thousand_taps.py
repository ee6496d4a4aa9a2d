"""Two workers tap everything at random on the same 50 cards: every report stays legal, and its history explains it."""

import asyncio
import random

import pytest
from sqlalchemy import select

from bot.demo.telegram.model import Message
from bot.domain.enums import Kind, ReportStatus, Theme
from bot.services.desk import cards
from handlers.buttons import Button
from handlers.my_reports.buttons import NotSolved
from handlers.staff.buttons import HandTo, MergeInto, SetKind, SetTheme, Take, TakeOver, WriteQuestion
from storage.models import Report, ReportEvent
from tests.legality import wrong
from tests.services.desks import told
from tests.town import Town
from tests.town_people import Someone

SEED = 20261123
CARDS, TAPS = 50, 1000


class Table:
    """The two workers, the cards, and every button that either of them ever saw."""

    def __init__(self, town: Town, dice: random.Random) -> None:
        self.town, self.dice = town, dice
        self.workers = [town.worker("Samira"), town.worker("Omar")]
        self.seen: list[tuple[Message, str]] = []
        self.log: list[str] = []
        self.last: Message | None = None
        self.fatima = town.resident("Fatima")
        self.words = 0

    async def lay(self) -> None:
        """Lay the cards one by one, as more than five at once would become a list."""
        town = self.town
        await town.resident("Fatima").starts()
        for number in range(CARDS):
            async with town.writing() as work:
                kind = self.dice.choice((Kind.PLACE, Kind.PLACE, Kind.IDEA, Kind.NUISANCE))
                report = await told(work, kind=kind, danger=number % 10 == 9)
                report.resident_id = town.resident("Fatima").id
                report.text = f"Bij paal{number} is lantaarn{number} kapot"
                await work.session.flush()
                await cards.refresh(work, report)
            await town.settle()

    async def round(self) -> None:
        """Both tap at the same moment, half of the time on the same message; often on what is no longer there."""
        same = self.dice.random() < 0.5
        place = await self._reach() if self.dice.random() < 0.4 else self._pick(self.workers[0])
        taps = [self._tap(self.workers[0], *place), self._tap(self.workers[1], *(place if same else self._pick()))]
        await asyncio.gather(*taps)
        await self.town.settle()
        if self.dice.random() < 0.3:
            await self.reopen()
        for who in self.workers:
            if self.dice.random() < 0.3:
                self.words += 1
                number = f"{self.dice.randint(1, CARDS):04}"
                await who.says(number if "nummer" in who.sees else f"Wij{self.words} komen{self.words} kijken")

    async def reopen(self) -> None:
        """The resident says of a closed report that it is not solved, or there would soon be nothing left to tap."""
        async with self.town.reading() as work:
            query = select(Report.id).where(Report.status == ReportStatus.CLOSED).order_by(Report.id)
            closed = (await work.session.scalars(query)).all()
        if closed:
            await self.fatima.forges(NotSolved(self.dice.choice(closed)).encode())

    async def _reach(self) -> tuple[Message, str]:
        """Return a button of a menu that is not open now, as if it were, on the card of any report."""
        async with self.town.reading() as work:
            rows = (await work.session.scalars(select(Report).order_by(Report.number))).all()
        report, other = self.dice.choice(rows), self.dice.choice(rows)
        at = (report.id, report.version)
        button: Button = self.dice.choice(
            [
                TakeOver(*at),
                *[HandTo(*at, worker.id) for worker in self.workers],
                Take(*at),
                MergeInto(*at, other.id),
                SetTheme(*at, self.dice.choice((Theme.SUSTAINABILITY, Theme.LIVABILITY))),
                SetKind(*at, self.dice.choice((Kind.IDEA, Kind.PLACE, Kind.NUISANCE))),
                WriteQuestion(*at),
            ]
        )
        named = [message for message in self.town.desk("stad-west").messages if f"{report.number:04}" in message.text]
        return (named or self.town.desk("stad-west").messages)[0], button.encode()

    def _pick(self, who: Someone | None = None) -> tuple[Message, str]:
        """Return a button that stands somewhere now, or (one in five) one that was seen before."""
        reader = who or self.workers[1]
        private = [message for message in reader.messages[-3:] if message.labels]
        group = [message for message in self.town.desk("stad-west").messages if message.labels]
        message = self.dice.choice(private if private and self.dice.random() < 0.3 else group)
        if self.last is not None and self.last.labels and not self.last.deleted and self.dice.random() < 0.8:
            message = self.last  # further into the menu that just opened
        self.last = message
        data = self.dice.choice(
            [key["callback_data"] for row in message.buttons for key in row if "callback_data" in key]
        )
        self.seen.append((message, data))
        return self.dice.choice(self.seen) if self.dice.random() < 0.2 else (message, data)

    async def _tap(self, who: Someone, message: Message, data: str) -> None:
        if message.deleted or (message.chat.private and message.chat.id != who.id):
            data, message = "tk:1:1", who.messages[-1]
        self.log.append(f"{who.person} taps {data}")
        await who.person.forges(message.chat, message, data)


@pytest.mark.slow
async def test_a_thousand_taps_of_two_leave_every_report_legal_with_a_complete_history(town: Town) -> None:
    table = Table(town, random.Random(SEED))
    for worker in table.workers:
        await worker.starts()
    await table.lay()
    for _ in range(TAPS // 2):
        await table.round()

    async with town.reading() as work:
        rows = (await work.session.scalars(select(Report))).all()
        assert len(rows) == CARDS
        faults = [f"{row.number}: {why}" for row in rows if (why := await wrong(work, row))]
        done = set((await work.session.scalars(select(ReportEvent.action))).all())
    assert faults == [], "\n".join(table.log[-200:])
    assert {"taken", "taken_over", "handed_over", "closed", "merged", "kind", "theme", "sealed"} <= done, done
