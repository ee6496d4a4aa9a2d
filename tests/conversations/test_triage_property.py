"""Whatever people tap and say in their groups: no sealed word there, and no word to a resident without *Versturen*."""

import json
import random
import re
from datetime import timedelta

import pytest

from bot.demo.telegram import Call
from bot.demo.telegram.model import Message
from bot.services.desk import cards
from storage.models import Report
from tests.conversations.telling import IDEA, NUISANCE, PLACE, Told, tells
from tests.secrecy import Secret, is_in, leaks, secrets_of
from tests.town import START, Town
from tests.town_people import Someone

SEEDS = (1, 20261123)
STEPS = 250
#: Words that nobody else uses: what was told, said among colleagues, written to a resident.
_OWN = re.compile(r"\b(?:verteld|praat|tekst)\d+\b")


class Life:
    """People who do things at random, and a record of what may have reached whom."""

    def __init__(self, town: Town, dice: random.Random) -> None:
        self.town, self.dice, self.count = town, dice, 0
        self.residents: list[Someone] = []
        self.workers = [town.worker(name) for name in ("Samira", "Omar", "Wilma")]
        self.reports: list[Told] = []
        self.told: dict[int, set[str]] = {}
        self.sent: set[str] = set()
        self.log: list[str] = []

    def word(self, kind: str) -> str:
        """Return a word that was never said before."""
        self.count += 1
        return f"{kind}{self.count}"

    async def tell(self) -> None:
        """A new resident reports something, open or sealed, sometimes with a photo or in danger."""
        word = self.word("verteld")
        resident = self.town.resident(f"Bewoner{self.count}")
        self.residents.append(resident)
        self.told[resident.id] = {word}
        kind = self.dice.choice((PLACE, NUISANCE, NUISANCE, IDEA))
        danger = self.dice.random() < 0.2
        photos = self.dice.choice((0, 0, 1, 2))
        told = await tells(self.town, resident, f"Er is {word} aan de hand", kind=kind, danger=danger, photos=photos)
        self.reports.append(told)
        async with self.town.writing() as work:
            report = await work.session.get(Report, (await told.report()).id)
            assert report is not None
            report.resident_name = self.word("verteld").capitalize()
            await cards.refresh(work, report)
        await self.town.settle()

    async def tap(self) -> None:
        """Somebody taps any button that they see."""
        who = self.dice.choice([*self.workers, *self.workers, *self.residents])
        seen = [message for message in self._sees(who) if message.labels]
        if not seen:
            return
        message = self.dice.choice(seen[-6:])
        label = self.dice.choice(message.labels)
        self.log.append(f"{who.person} taps {label!r}")
        if who in self.workers and "ersturen" in label:
            self.sent |= set(_OWN.findall(message.text))
        await who.taps(label, on=message)

    async def talk(self) -> None:
        """A worker says something in a group, as a reply or just so."""
        who = self.dice.choice(self.workers)
        desk = self.town.desk(self.dice.choice(("stad-west", "stad", "veilig")))
        if not desk.chat.member(who.id):
            return
        below = self.dice.choice(desk.messages) if desk.messages and self.dice.random() < 0.7 else None
        words = self.dice.choice(("Heb je {} gezien?", "Versturen {}", "{}", "ja {}"))
        self.log.append(f"{who.person} talks, {'as a reply' if below else 'just so'}")
        await who.says_in(desk, words.format(self.word("praat")), reply_to=below)

    async def write(self) -> None:
        """Somebody writes in private: an answer, a note, or anything else."""
        who = self.dice.choice([*self.workers, *self.workers, *self.residents])
        word = self.word("tekst" if who in self.workers else "verteld")
        if who in self.residents:
            self.told[who.id].add(word)
        self.log.append(f"{who.person} writes")
        await who.says(f"Dit is {word}")

    async def answer(self) -> None:
        """A worker goes the whole way from a card to the preview, and sometimes on."""
        if not self.reports:
            return
        told, who = self.dice.choice(self.reports), self.dice.choice(self.workers[:2])
        await who.forges(_first_data(told.card), on=told.card)
        for step in ("Antwoord", "write", "Versturen"):
            if step == "write":
                await who.says(f"Dit is {self.word('tekst')}")
            elif step in who.buttons and self.dice.random() < 0.8:
                await who.taps(step)
            elif f"✅ {step}" in who.buttons and self.dice.random() < 0.5:
                self.sent |= set(_OWN.findall(next(m.text for m in reversed(who.messages) if m.labels)))
                await who.taps(f"✅ {step}")

    def _sees(self, who: Someone) -> list[Message]:
        groups = (self.town.desk(key) for key in ("stad-west", "stad", "veilig"))
        return [*who.messages, *(m for desk in groups if desk.chat.member(who.id) for m in desk.messages)]

    def heard_by_residents(self) -> list[str]:
        """Return every word of somebody's own that a call took to a resident who had not said it, nor was sent it."""
        wrong = []
        for call in self.town.world.calls:
            own = self.told.get(call.params.get("chat_id", 0))
            if own is not None:
                said = json.dumps(call.params, default=str, ensure_ascii=False)
                wrong += [word for word in _OWN.findall(said) if word not in own and word not in self.sent]
        return wrong


def _first_data(card: Message) -> str:
    """Return what the first button of a card carries; an invented one when it has none."""
    return next((key["callback_data"] for row in card.buttons for key in row if "callback_data" in key), "tk:1:1")


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_random_days_at_the_desk_tell_nobody_what_is_not_theirs(town: Town, seed: int) -> None:
    life = Life(town, random.Random(seed))
    for worker in life.workers[:2]:
        await worker.starts()
    await life.tell()
    doings = [life.tell] + [life.tap] * 6 + [life.talk] * 3 + [life.write] * 3 + [life.answer] * 2
    for _ in range(STEPS):
        await life.dice.choice(doings)()

    assert life.heard_by_residents() == [], "\n".join(life.log)
    async with town.reading() as work:
        secrets = await secrets_of(work)
    assert secrets
    assert leaks(town.world.calls, secrets) == [], "\n".join(life.log)
    shown = [m.text for key in ("stad-west", "stad", "veilig") for m in town.desk(key).messages]
    assert not [secret for secret in secrets if any(is_in(secret.what, text) for text in shown)]
    assert life.sent, "nobody sent anything: the dice prove nothing"


def test_the_check_finds_a_leak() -> None:
    secret = Secret(1, "buurvrouw huilt al dagen", START)
    group = {"chat_id": -1001, "text": "Wie weet dat? Mijn buurvrouw huilt al dagen"}
    calls = [
        Call(1, "sendMessage", START, {**group, "chat_id": 9001}),
        Call(2, "sendMessage", START - timedelta(minutes=1), group),
        Call(3, "sendMessage", START, group),
    ]
    assert leaks(calls, [secret]) == ["sendMessage to -1001 holds 'buurvrouw huilt al dagen' of the sealed report 1"]
