"""A resident tells something in a few taps, for tests that begin where the card stands."""

from dataclasses import dataclass

from bot.demo.telegram.model import Message
from storage.models import Report
from storage.queries import triage as queries
from tests.town import Town
from tests.town_people import Someone

PLACE = "Een plek op straat"
NUISANCE = "Overlast of ruzie"
PERSON = "Ik maak me zorgen om iemand"
IDEA = "Een idee voor de buurt"
#: What to answer to each question on the way, by what its message says.
_ANSWERS = (
    ("Is iemand nu in gevaar?", "Nee"),
    ("Dit maakt de gemeente.", "Geef het door voor mij"),
    ("Gaat dit over mensen?", "Nee"),
    ("Mogen wij je hier terugschrijven?", "Ja"),
    ("Dit stuur ik.", "Versturen"),
)


@dataclass
class Told:
    """A report that was sent: who told it, its number and the desk whose group has its card."""

    town: Town
    resident: Someone
    number: str
    desk: str

    @property
    def card(self) -> Message:
        """The card in the group."""
        return self.town.desk(self.desk).card(self.number)

    async def report(self) -> Report:
        """The row as it is now."""
        async with self.town.reading() as work:
            found = await queries.by_number(work.session, 2026, int(self.number))
            assert found is not None
            return found


async def tells(
    town: Town,
    resident: Someone,
    text: str,
    *,
    kind: str = PLACE,
    theme: str = "De straat en de buurt",
    area: str = "Stedenwijk",
    desk: str = "stad-west",
    photos: int = 0,
    voice: bool = False,
    write_back: bool = True,
    danger: bool = False,
    point: tuple[float, float] | None = None,
    send: bool = True,
) -> Told:
    """Tell *text* and answer every question until the receipt; the report must come to *desk*.

    *point* is shared as the place; without *send* it ends at the summary.
    """
    answers = dict(_ANSWERS) | {"Waar gaat het over?": kind, "Waar hoort dit bij?": theme}
    if not write_back:
        answers["Mogen wij je hier terugschrijven?"] = "Nee, ik kom zelf terug"
    await resident.says(text)
    if photos == 1:
        await resident.sends_photo()
    elif photos:
        await resident.sends_album(photos)
    if voice:
        await resident.sends_voice()
    if danger:
        await resident.taps("Nu gevaar")
        await resident.taps("Ik heb gebeld")
    for _ in range(14):
        if not send and "Versturen" in " ".join(resident.buttons):
            return Told(town, resident, "", desk)
        seen = next(message.text for message in reversed(resident.messages) if "Haal de foto weg" not in message.text)
        if "M-2026-" in seen:
            number = seen[seen.index("M-2026-") + 7 :][:4]
            return Told(town, resident, number, desk)
        answer = next((label for question, label in answers.items() if question in seen), None)
        if answer is not None:
            await resident.taps(answer)
        elif "Welke wijk is het?" in seen and point is not None:
            await resident.taps(area)
        elif "wijk" in seen and point is not None:
            await resident.sends_location(*point)
        elif "wijk" in seen:
            await resident.says(area)
        else:
            break
    raise AssertionError(f"the conversation stopped at: {resident.sees} {resident.buttons}")
