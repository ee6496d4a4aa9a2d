"""How to reach each step of the report conversation, and what stands in the database there."""

from collections.abc import Awaitable, Callable

from bot.domain.drafts import ReportDraft, Step
from storage.models import Dialogue, Report
from storage.queries import reports as queries
from tests.town import Town
from tests.town_people import Someone

Move = Callable[[Someone], Awaitable[object]]


def says(text: str) -> Move:
    """Return the move of typing *text*."""
    return lambda person: person.says(text)


def taps(label: str) -> Move:
    """Return the move of tapping a button."""
    return lambda person: person.taps(label)


_LAMP = [says("De lantaarnpaal is kapot")]
_PLACE = [*_LAMP, taps("Een plek op straat")]
_COUNTER = [*_PLACE, taps("De straat en de buurt")]
_WHERE = [*_COUNTER, taps("Geef het door voor mij")]
_SUMMARY = [*_WHERE, taps("Weet ik niet")]
_SELF = [says("Ik ben heel vaak alleen"), taps("Mijzelf of mijn gezin")]
_CONSENT = [*_SELF, taps("Nee"), taps("Eenzaam zijn"), taps("Weet ik niet")]
_PHONE = [*_PLACE, taps("Bel mij liever")]

#: The moves of a new person that lead to each step.
WAYS: dict[Step, list[Move]] = {
    Step.RESUME: [*_LAMP, taps("Een plek op straat"), says("stop"), says("Nog een lamp")],
    Step.TELL: [says("/melden")],
    Step.KIND: _LAMP,
    Step.DANGER: _SELF,
    Step.CALL_112: [*_LAMP, taps("Nu gevaar")],
    Step.COMPLAINT: [says("Ik heb een klacht over De Schoor")],
    Step.PEOPLE: [says("De buurman gooit afval op straat"), taps("Een plek op straat")],
    Step.PEOPLE_KIND: [says("De buurman gooit afval op straat"), taps("Een plek op straat"), taps("Ja")],
    Step.WORDS: [lambda person: person.sends_photo(), taps("Een plek op straat")],
    Step.THEME: _PLACE,
    Step.DETAILS: [*_PLACE, taps("Veiligheid"), taps("Nee")],
    Step.COUNTER: _COUNTER,
    Step.WHERE: _WHERE,
    Step.AREA: [*_WHERE, taps("Almere Stad West")],
    Step.CHOICE: [*_WHERE, lambda person: person.sends_location(52.364766, 5.207945)],
    Step.OUTSIDE: [*_WHERE, says("1012 AB")],
    Step.CONSENT: _CONSENT,
    Step.WRITE_BACK: [*_CONSENT, taps("Daar vertel ik niets over")],
    Step.SUMMARY: _SUMMARY,
    Step.CHANGE: [*_SUMMARY, taps("Iets veranderen")],
    Step.REWRITE: [*_SUMMARY, taps("Iets veranderen"), taps("Wat ik schreef")],
    Step.NAME: [*_SUMMARY, taps("Mijn voornaam")],
    Step.PHOTO: [*_SUMMARY, taps("Foto erbij")],
    Step.PHONE: _PHONE,
    Step.DAY_PART: [*_PHONE, says("06 12345678")],
    Step.CALL_LANGUAGE: [*_PHONE, says("06 12345678"), taps("Maakt niet uit")],
}


async def reach(person: Someone, step: Step) -> None:
    """Bring a new person to *step*."""
    for move in WAYS[step]:
        await move(person)
    assert await step_of(person) is step, f"{person.sees!r} {person.buttons}"


async def dialogue(person: Someone, about: str = "report") -> Dialogue | None:
    """Return somebody's dialogue as it stands in the database."""
    async with person.town.reading() as work:
        return await work.session.get(Dialogue, (person.id, person.id, about))


async def step_of(person: Someone) -> Step | None:
    """Return the open step of somebody's report, None without an open one."""
    row = await dialogue(person)
    return Step(row.step) if row is not None and row.active else None


async def draft_of(person: Someone) -> ReportDraft:
    """Return somebody's draft."""
    row = await dialogue(person)
    assert row is not None
    return ReportDraft.model_validate(row.draft)


async def reports_of(town: Town, person: Someone) -> list[Report]:
    """Return what somebody has sent, newest first."""
    async with town.reading() as work:
        return list(await queries.of_resident(work.session, person.id, limit=50))
