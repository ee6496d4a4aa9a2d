"""Helpers for conversations about the Rommelroute: signing up with a stall, and living through its day."""

from datetime import datetime, timedelta

from bot.domain.enums import RoleKey
from bot.services.activities import signups
from bot.services.activities.signups import Extra
from bot.services.rommelroute.stalls import StallDraft
from storage.models import Occurrence, Person, Stall
from storage.queries import signups as queries
from tests.conversations.meetings import jump, occurrence, signup_of, told, wall
from tests.town import Town
from tests.town_people import Someone

MARKET, MARKET_ON = "rr-filmwijk", "2026-12-12"
DEADLINE = "2026-12-09T20:00"


async def open_market(someone: Someone) -> None:
    """Open the page of the Rommelroute from the list of the whole town."""
    await someone.says("/activiteiten")
    await someone.taps("Heel Almere")
    await someone.taps("Rommelroute Filmwijk")


async def begin(someone: Someone) -> None:
    """Begin to sign up with a stall."""
    await open_market(someone)
    await someone.taps("Ik wil verkopen")


async def sells(someone: Someone, address: str, what: str = "boeken") -> None:
    """Sign up with a stall at an address with its postcode, or (empty) on the shared field."""
    await begin(someone)
    if address:
        await someone.says(address)
        await someone.taps("Overslaan")
    else:
        await someone.taps("gedeelde veld")
    await someone.says(what)
    await someone.taps("Ja, meld mij aan")
    assert "Je bent aangemeld als verkoper." in someone.sees


async def with_stalls(town: Town, drafts: dict[str, StallDraft]) -> Occurrence:
    """Give people a stall, as if they had told it."""
    people = await told(town, *drafts)
    meeting = await occurrence(town, MARKET, MARKET_ON)
    async with town.writing() as work:
        for someone, draft in zip(people, drafts.values(), strict=True):
            person = await work.session.get_one(Person, someone.id)
            await signups.join(work, meeting.id, person, RoleKey.STALL, extra=Extra(stall=draft))
    return meeting


async def stall_of(town: Town, someone: Someone) -> Stall:
    """Return somebody's stall as it is in the database."""
    meeting = await occurrence(town, MARKET, MARKET_ON)
    signup = await signup_of(town, someone, meeting.id)
    async with town.reading() as work:
        stall = await queries.stall(work.session, signup.id)
    assert stall is not None
    return stall


async def live_until(town: Town, to: str) -> None:
    """Sleep until two minutes before a local wall time, then live through it."""
    before = datetime.fromisoformat(to) - timedelta(minutes=2)
    await jump(town, before.isoformat(timespec="minutes"))
    await town.advance(wall(to) + timedelta(seconds=90))


#: Three stalls: two in one street, one on the shared field.
THREE = {
    "Ann": StallDraft("Filmstraat", "4", "1325 AB", sells="kleding"),
    "Bob": StallDraft("Filmstraat", "3", "1325 AB", sells="<b>lego</b>"),
    "Cor": StallDraft(shared_field=True, sells="taart"),
}
