"""Whatever people tap and write: no resident's word is ever mailed, and about a person nothing but the number."""

import random
import re

import pytest

from bot.domain.enums import Kind
from handlers.staff.buttons import Forward, SetKind
from tests.conversations.telling import IDEA, NUISANCE, PLACE, Told, tells
from tests.post_office import PostOffice, text_of
from tests.town import Town

#: So many things happen, and more until both sorts of report were mailed.
STEPS, MOST_STEPS = 250, 2_000
#: The reports that are about a person from the start.
_PEOPLE = frozenset({"0002", "0004"})
_CALL = re.compile(r"M-2026-\d{4}\n\nWilt u mij bellen\?\n\n(?:Samira|Omar|Wilma)\n036 123 45 67\s*")


_OF_THE_WORKER = (
    "Gemeente", "Woningcorporatie", "mee", "Verder", "Versturen", "Vraag het", "Anders", "Ander werknummer",
)  # fmt: skip
_OF_THE_RESIDENT = ("Lezen", "Ja", "Nee", "Toch niet")


class Days:
    """People who pass reports on at random, and a record of what they did."""

    def __init__(self, town: Town, dice: random.Random) -> None:
        self.town, self.dice, self.log = town, dice, list[str]()
        self.workers = [town.worker(name) for name in ("Samira", "Omar", "Wilma")]
        self.reports: list[Told] = []
        self.count = 0

    async def begin(self) -> None:
        """A worker, most often the holder, taps *Doorzetten*, sometimes on an older card."""
        report = await self.dice.choice(self.reports).report()
        holder = next((who for who in self.workers if who.id == report.holder_id), self.workers[0])
        who = holder if self.dice.random() < 0.8 else self.dice.choice(self.workers)
        version = report.version - (self.dice.random() < 0.1)
        self.log.append(f"{who.person} begins with {report.number}")
        await who.forges(Forward(report.id, version).encode())

    async def press(self) -> None:
        """A worker taps a button of one of the newest messages."""
        who = self.dice.choice(self.workers[:2])
        seen = [(label, message) for message in who.messages[-4:] for label in message.labels]
        seen = [one for one in seen if self.dice.random() < 0.05 or any(word in one[0] for word in _OF_THE_WORKER)]
        if seen:
            label, message = self.dice.choice(seen[-4:])
            self.log.append(f"{who.person} taps {label!r}")
            await who.taps(label, on=message)

    async def write(self) -> None:
        """A worker writes a summary or a number where one is asked."""
        who = self.dice.choice(self.workers[:2])
        if any(word in who.sees for word in ("samenvatting", "werknummer", "telefoonnummer")):
            self.count += 1
            await who.says("036 123 45 67" if "nummer?" in who.sees else f"Dit is samenvatting{self.count}")

    async def resident(self) -> None:
        """A resident taps a button of one of the newest messages."""
        who = self.dice.choice(self.reports).resident
        seen = [(label, message) for message in who.messages[-5:] for label in message.labels]
        seen = [(label, message) for label, message in seen if label in _OF_THE_RESIDENT]
        if seen:
            label, message = self.dice.choice(seen)
            self.log.append(f"{who.person} taps {label!r}")
            await who.taps(label, on=message)

    async def correct(self) -> None:
        """Somebody corrects the kind of a report: what was a place is about a person now, or the other way round."""
        told = self.dice.choice(self.reports)
        report, kind = await told.report(), self.dice.choice((Kind.PLACE, Kind.IDEA, Kind.NUISANCE))
        if self.dice.random() < 0.2:
            self.log.append(f"{report.number} becomes {kind}")
            await self.workers[2].forges(SetKind(report.id, report.version, kind).encode())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [20261123])
async def test_random_days_mail_no_word_of_a_resident(mail_town: Town, post: PostOffice, seed: int) -> None:
    days = Days(mail_town, random.Random(seed))
    for worker in days.workers:
        await worker.starts()
    for number, kind in enumerate((PLACE, NUISANCE, IDEA, NUISANCE, PLACE)):
        resident = mail_town.resident(f"Bewoner{number}")
        told = await tells(mail_town, resident, f"Er is verteld{number} aan de hand", kind=kind, photos=number % 2)
        await days.workers[number % 2].taps("Ik pak het op", on=told.card)
        days.reports.append(told)
    doings = [days.begin] * 2 + [days.press] * 7 + [days.write] * 5 + [days.resident] * 4 + [days.correct]
    for step in range(MOST_STEPS):
        await days.dice.choice(doings)()
        if step >= STEPS and len(_about(post)) == 2:
            break

    for mail in post.mails:
        words = text_of(mail)
        assert "verteld" not in mail.as_string(), "\n".join(days.log)
        named = re.search(r"M-2026-(\d{4})", words)
        assert named is not None
        assert named[1] not in _PEOPLE or _CALL.fullmatch(words), words
    assert len(_about(post)) == 2, "too little was mailed: the dice prove nothing\n" + "\n".join(days.log)


def _about(post: PostOffice) -> set[bool]:
    """Tell of which sorts there was a mail: about a person (True), about a place (False)."""
    return {any(number in text_of(mail) for number in _PEOPLE) for mail in post.mails}
