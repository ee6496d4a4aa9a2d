"""Helpers for conversations about signing up: the example town's Repair Café and Rommelroute."""

from bot.domain.enums import RoleKey
from storage.models import Occurrence
from tests.conversations.meetings import fill, occurrence, told
from tests.town import Town
from tests.town_people import Someone

CAFE, CAFE_ON = "rc-stedenwijk", "2026-12-05"
MARKET, MARKET_ON = "rr-filmwijk", "2026-12-12"


async def open_first(someone: Someone, number: int = 1) -> None:
    """Open the page of a meeting by its number in the list of the whole town."""
    await someone.says("/activiteiten")
    await someone.taps("Heel Almere")
    await someone.says(str(number))


async def begin_visit(someone: Someone, item: str = "stofzuiger") -> None:
    await open_first(someone)
    await someone.taps("Ik breng iets mee")
    await someone.says(item)


async def full_of_hosts(town: Town) -> tuple[Occurrence, Someone, Someone, Someone]:
    """Return a Repair Café whose two host places are taken by Ann and Bob, with Fatima on the waiting list."""
    ann, bob, fatima = await told(town, "Ann", "Bob", "Fatima")
    meeting = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, meeting, RoleKey.HOST, [ann, bob])
    await open_first(fatima)
    await fatima.taps("Ik help als gastvrouw of gastheer (wachtlijst)")
    return meeting, ann, bob, fatima
