"""What a town looks like that is in use: reports that wait for a worker, and people who signed up."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.demo.telegram import World
from bot.domain.drafts import Piece, ReportDraft
from bot.domain.enums import Kind, Language, Reachable, RoleKey, Theme
from bot.services.activities import meetings, signups
from bot.services.reporting import reports
from storage.ids import new_id
from storage.models import Person
from storage.queries import town
from storage.work import Work


@dataclass(frozen=True)
class Story:
    """A report that was made before the demo began."""

    resident: int
    kind: Kind
    theme: Theme
    area: str
    text: str


FATIMA, HENK, AISHA, NOOR = 7001, 7002, 7003, 7004
RESIDENTS = {FATIMA: "Fatima", HENK: "Henk", AISHA: "Aisha", NOOR: "Noor"}
JAN, JOHN, MIA, SAMIRA = 9101, 9102, 9103, 9001
PATROL_GROUP = -2001

STORIES = [
    Story(
        AISHA, Kind.PLACE, Theme.LIVABILITY, "Staatsliedenwijk", "Naast de containers staat al een week een bankstel."
    ),
    Story(NOOR, Kind.PERSON, Theme.LONELINESS, "Stedenwijk", "Mijn bovenbuurvrouw komt al weken niet meer buiten."),
    Story(
        AISHA, Kind.IDEA, Theme.SUSTAINABILITY, "Kruidenwijk", "Zullen we samen een geveltuin beginnen in onze straat?"
    ),
]

PATROL_TALK = [
    (JAN, "Welkom in de groep van Buurtpreventie Filmwijk. Wie loopt de volgende avondronde mee?"),
    (JOHN, "Ik! Ik heb me opgegeven bij Buurtbode."),
    (MIA, "Ik kijk straks of er nog plek is. Neemt iemand de hesjes mee?"),
]


async def talk(world: World) -> None:
    """Let the patrol group talk among themselves; the bot hears nothing in it."""
    for person_id, words in PATROL_TALK:
        await world.person(person_id).sends(PATROL_GROUP, words)


async def fill(work: Work, staff: Sequence[int]) -> None:
    """Write the stories as reports, and sign people up for what is ahead; *staff* have all started the bot before."""
    for person_id in staff:
        (await work.session.get_one(Person, person_id)).reachable = Reachable.YES
    people = {person_id: await somebody(work, person_id) for person_id in RESIDENTS}
    codes = {area.name: area.code for area in await town.areas(work.session)}
    for story in STORIES:
        draft = ReportDraft(
            pieces=[Piece(message=1, text=story.text)],
            kind=story.kind,
            theme=story.theme,
            area=codes[story.area],
            danger=False,
            about_people=story.kind is Kind.PERSON,
            details_done=True,
            consent=True,
            may_write_back=True,
        )
        await reports.send(work, people[story.resident], draft, new_id())
    await _sign_up(work, people)


async def somebody(work: Work, person_id: int) -> Person:
    """Return somebody who has started the bot before."""
    person = await work.session.get(Person, person_id)
    if person is None:
        person = Person(id=person_id, name=None, created_at=work.now, language=Language.DUTCH)
        work.session.add(person)
    person.reachable = Reachable.YES
    await work.session.flush()
    return person


async def _sign_up(work: Work, people: dict[int, Person]) -> None:
    """Fill the small Repair Café with visitors who need a time, and put one walker on the first round."""
    page = await meetings.upcoming(work, area_code=None)
    small = next(meeting for meeting in page.meetings if meeting.activity.key == "rc-haven")
    for person in (people[AISHA], people[NOOR]):
        await signups.join(work, small.occurrence.id, person, RoleKey.REPAIRER)
    rounds = await meetings.shifts(work, JOHN)
    john = await somebody(work, JOHN)
    first = next(meeting for meeting in rounds.meetings if meeting.activity.key == "ronde-filmwijk")
    await signups.join(work, first.occurrence.id, john, RoleKey.WALKER)
