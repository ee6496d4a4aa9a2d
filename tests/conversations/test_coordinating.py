"""What who looks after a meeting hears: how full it became, and who can't come; never at night."""

from bot.domain.enums import RoleKey
from storage.models import ActivityRole
from tests.conversations.dinners import COORDINATOR, dinner, opens
from tests.conversations.joining import CAFE, CAFE_ON
from tests.conversations.meetings import fill, jump, occurrence, told, wait_until, wall
from tests.town import Town


async def test_the_coordinator_hears_how_full_it_became_once_and_not_at_night(town: Town) -> None:
    meeting = await dinner(town, maximum=2)
    jan = town.person(COORDINATOR)
    ann, bob = await told(town, "Ann", "Bob")
    await town.advance(minutes=2)
    assert not jan.was_told("De stand is nu")
    await fill(town, meeting, RoleKey.VISITOR, [ann])
    async with town.writing() as work:
        role = await work.session.get(ActivityRole, (meeting.activity_id, RoleKey.HELPER))
        assert role is not None
        await work.session.delete(role)
    await town.advance(minutes=2)
    assert jan.sees == (
        "📊 De stand is nu: bijna vol\n"
        "Buurtdiner\n"
        "zaterdag 5 december, 14:00–16:00\n"
        "• Bezoeker: 1 van de 2 plekken bezet"
    )
    before = len(jan.messages)
    await jump(town, "2026-11-23T22:30")
    await fill(town, meeting, RoleKey.VISITOR, [bob])
    await town.advance(hours=2)
    assert len(jan.messages) == before
    await town.advance(hours=8)
    assert jan.sees.startswith("📊 De stand is nu: vol")
    assert len(jan.messages) == before + 1
    assert not ann.was_told("De stand is nu")


async def test_a_reminder_says_what_was_answered_elsewhere(town: Town) -> None:
    (ann,) = await told(town, "Ann")
    cafe = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, cafe, RoleKey.HOST, [ann])
    await wait_until(town, "2026-11-28T13:00")
    reminder = ann.message
    assert "Kom je?" in reminder.text
    await opens(ann, cafe)
    await ann.taps("Ik kan niet", on=ann.message)
    assert ann.sees.startswith("Je bent afgemeld.")
    assert reminder.text.startswith("❌ Je komt niet.")


async def test_the_coordinator_is_not_woken_about_who_can_t_come_tomorrow(town: Town) -> None:
    (ann,) = await told(town, "Ann")
    cafe = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, cafe, RoleKey.HOST, [ann])
    wilma = town.person("Wilma")
    await jump(town, "2026-12-04T23:00")
    await opens(ann, cafe)
    await ann.taps("Ik kan niet", on=ann.message)
    assert not wilma.was_told("Nog niemand neemt de plek over.")
    await town.advance(wall("2026-12-05T08:01"))
    assert wilma.was_told("Nog niemand neemt de plek over.")
