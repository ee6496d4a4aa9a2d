"""📅 Activiteiten: lists by wijk and the page of one meeting, in private only."""

from datetime import timedelta

import pytest

from bot.domain.enums import ActivityKind, RoleKey
from handlers.activities.buttons import Join, ListPage, OpenMeeting, PickArea, ThisArea
from storage.models import Activity, ActivityRole, Occurrence
from tests.conversations.meetings import occurrence, wall
from tests.town import Town


async def test_a_wijk_is_chosen_once_and_remembered(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.starts()
    await fatima.presses("Activiteiten")
    assert fatima.sees == "Waar woon je? Kies een deel van Almere."
    await fatima.taps("Almere Stad West")
    assert "Kies je wijk in Almere Stad West." in fatima.sees
    await fatima.taps("Stedenwijk")
    assert "Activiteiten in Stedenwijk" in fatima.sees
    assert "1. Repair Café Stedenwijk\nzaterdag 5 december 13:00 · Stedenwijk · te weinig" in fatima.sees
    assert "Rommelroute" not in fatima.sees
    await fatima.says("/activiteiten")
    assert "Activiteiten in Stedenwijk" in fatima.sees


async def test_the_whole_town_and_back_to_my_wijk(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/activiteiten")
    await fatima.taps("Heel Almere")
    assert "Rommelroute Filmwijk\nzaterdag 12 december 10:00 · Filmwijk · gaat door" in fatima.sees
    await fatima.taps("Andere wijk")
    await fatima.says("filmwijk")
    assert "Activiteiten in Filmwijk" in fatima.sees
    await fatima.taps("Heel Almere")
    await fatima.taps("🏘 Filmwijk")
    assert "Activiteiten in Filmwijk" in fatima.sees


async def test_a_wijk_without_plans_shows_the_way(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/activiteiten")
    await fatima.taps("Almere Haven")
    await fatima.taps("De Wierden")
    assert "In De Wierden is nu niets gepland. Kijk in heel Almere." in fatima.sees
    assert "🏙 Heel Almere" in fatima.buttons


async def test_a_meeting_has_day_time_place_roles_and_state(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/activiteiten")
    await fatima.taps("Heel Almere")
    await fatima.says("1")
    assert fatima.sees == (
        "Repair Café Stedenwijk\n"
        "zaterdag 5 december, 13:00–16:00\n"
        "📍 Buurtcentrum Stedenwijk, Stedenwijk\n\n"
        "Stand: te weinig\n"
        "• Bezoeker: binnenlopen mag altijd\n"
        "• Reparateur: 0 van de 4 plekken bezet, nog 2 nodig\n"
        "• Gastvrouw of gastheer: 0 van de 2 plekken bezet, nog 1 nodig"
    )
    await fatima.taps("Alle activiteiten")
    await fatima.taps("2. Rommelroute")
    assert "Aanmelden kan tot woensdag 9 december 20:00." in fatima.sees


async def test_a_long_list_has_pages(town: Town) -> None:
    async with town.writing() as work:
        activity = Activity(
            key="lezen", kind=ActivityKind.OTHER, title="Lezen", starts="2026-12-20T10:00", ends="2026-12-20T11:00"
        )
        work.session.add(activity)
        await work.session.flush()
        work.session.add(ActivityRole(activity_id=activity.id, role=RoleKey.VISITOR))
        for week in range(8):
            starts_at = wall("2026-12-20T10:00") + timedelta(weeks=week)
            work.session.add(
                Occurrence(
                    activity_id=activity.id,
                    kind=ActivityKind.OTHER,
                    nominal_on=starts_at.date(),
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(hours=1),
                )
            )
    fatima = town.resident("Fatima")
    await fatima.says("/activiteiten")
    await fatima.taps("Heel Almere")
    assert fatima.sees.count("Lezen") == 3
    await fatima.taps("Later")
    assert fatima.sees.count("Lezen") == 5
    assert "Later" not in "".join(fatima.buttons)
    await fatima.taps("Naar het begin")
    assert "Repair Café Stedenwijk" in fatima.sees
    await fatima.taps("3. ")
    await fatima.taps("✅ Ik kom")
    assert "Je bent aangemeld als bezoeker." in fatima.sees


async def test_english_reads_english(town: Town) -> None:
    sam = town.resident("Sam", language="en")
    await sam.starts()
    await sam.taps("Taal")
    await sam.taps("English")
    await sam.says("/activities")
    await sam.taps("All of Almere")
    await sam.taps("1. ")
    assert "Saturday 5 December, 13:00–16:00" in sam.sees
    assert "• Repairer: 0 of 4 places taken, 2 more needed" in sam.sees


@pytest.mark.parametrize(
    "forged",
    [
        OpenMeeting(12345),
        Join(12345, 1, RoleKey.HOST),
        ListPage("WK9999"),
        ListPage(None, 2**70, 5),
        ListPage("WK003401", -5, 2**70),
        PickArea(99),
        PickArea(-1),
        ThisArea("nergens"),
    ],
)
async def test_forged_buttons_get_a_helpful_answer(town: Town, forged: OpenMeeting | Join | ListPage) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/activiteiten")
    before = len(fatima.messages)
    await fatima.forges(forged.encode())
    assert len(fatima.messages) == before
    assert fatima.buttons


async def test_in_a_group_our_buttons_do_nothing(town: Town) -> None:
    meeting = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    john = town.person("John")
    group = town.group(-2001)
    await john.says("/activiteiten")
    said = await john.says_in(group, "hoi")
    before = len(group.visible)
    await john.forges(OpenMeeting(meeting.id).encode(), on=said)
    assert len(group.visible) == before
    assert "werkt niet meer" in john.toast
