"""Who came to a meeting and what was written there goes from the screens of who read it, 90 days after."""

from datetime import timedelta

from sqlalchemy import update

from bot.domain.enums import RoleKey
from handlers.activities.buttons import OpenMeeting
from handlers.patrol.buttons import Roster
from storage.models import RepairItem
from tests.conversations.meetings import signup_of
from tests.conversations.repair_days import arrives, helps, open_list, the_day_comes, visits
from tests.conversations.walking import walkers, walking
from tests.town import Town


def _shown(town: Town) -> str:
    """Return all that can be read of the bot's messages: words and buttons."""
    return "\n".join(
        line
        for chat in town.world.chats.values()
        for message in chat.visible
        if message.sender is town.world.bot
        for line in (message.text, *message.labels)
    )


async def test_the_line_of_a_round_and_who_walked_it(town: Town) -> None:
    _shift, (_john, mia) = await walking(town, "John", "Mia")
    for act in (mia.taps("Wij zijn thuis"), mia.taps("Incident"), mia.says("Ruzie bij het plein.")):
        await act
    assert _shown(town).count("Ruzie bij het plein.") == 2
    for days in (80, 20):
        town.sleep(days=days)
        await town.advance(minutes=1)
    assert "Ruzie" not in _shown(town)
    assert "Lopers: John, Mia" not in _shown(town)


async def test_the_pages_that_say_who_walks(town: Town) -> None:
    shift, (john, mia) = await walkers(town, "John", "Mia")
    await john.forges(OpenMeeting(shift.id).encode())
    assert shift.team_id is not None
    await mia.forges(Roster(shift.team_id, 2026 * 12 + 11).encode())
    pages = john.message, mia.message
    assert all("John" in page.text and "Mia" in page.text for page in pages)
    for someone in (john, mia):
        await someone.says("/start")  # the page stays above
    for days, stays in ((80, True), (20, False)):
        town.sleep(days=days)
        await town.advance(minutes=1)
        assert [not page.deleted and "Mia" in page.text for page in pages] == [stays, stays]


async def test_the_pages_of_a_repair_cafe(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    signup = await signup_of(town, fatima, meeting.id)
    async with town.writing() as work:
        item = update(RepairItem).where(RepairItem.signup_id == signup.id)
        await work.session.execute(item.values(brand="Zonnig", fault="Valt uit bij regen."))
    await open_list(host)
    await arrives(host, "Lamp")
    await host.taps("1 · Lamp")
    await host.says("/start")  # the page stays above
    assert "Valt uit bij regen." in _shown(town)
    town.sleep(days=80)
    await town.advance(minutes=1)
    assert "Valt uit bij regen." in _shown(town)
    town.sleep(meeting.ends_at + timedelta(days=91))
    await town.advance(minutes=1)
    for word in ("Valt uit bij regen.", "Zonnig"):
        assert word not in _shown(town)
