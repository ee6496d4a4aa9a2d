"""What is told of a Repair Café by itself: the list before, the one post after."""

from bot.domain.enums import RoleKey
from bot.services.activities import rescheduling
from bot.services.repair_cafe import repair_day
from handlers.activities.repair_buttons import DayList
from tests.conversations.meetings import jump, occurrence, wall
from tests.conversations.repair_days import CAFE, CAFE_ON, TITLE, arrives, helps, open_list, the_day_comes, visits
from tests.town import Town


async def test_after_closing_one_post_tells_counts_and_rounded_kilograms(town: Town) -> None:
    for name, item in (("Fatima", "Lamp"), ("Bilal", "Stofzuiger"), ("Cas", "Broek"), ("Dina", "Laptop")):
        await visits(town, name, item)
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    for number, (item, outcome) in enumerate(
        (("Lamp", "Gelukt"), ("Stofzuiger", "Gelukt"), ("Broek", "Deels")), start=1
    ):
        await arrives(host, item)
        await host.taps(f"{number} · {item}")
        await host.taps(outcome)
    await host.taps("Geen reden")
    jan, desk = town.person("Jan"), town.desk("stad-west")
    await town.advance(wall("2026-12-05T16:29"))
    assert not jan.was_told("reparaties")
    await town.advance(wall("2026-12-05T16:31"))
    told = (
        f"🔧 {TITLE}, zaterdag 5 december\n3 reparaties, 2 gelukt, 1 deels, 0 niet gelukt.\n± 9 kg blijft in gebruik.\n"
        "Zo gerekend: wat gelukt is, maal het gemiddelde gewicht per soort (The Restart Project, Fixometer 2021)."
    )
    assert jan.sees == told
    assert told in desk.texts
    await jan.taps("De lijst van de dag")
    await jan.taps("Klaar (3)")
    await jan.taps("3 · Broek")
    await jan.taps("Gelukt")
    corrected = [text for text in (*desk.texts, *(m.text for m in jan.messages)) if "reparaties" in text]
    assert [text.splitlines()[1] for text in corrected] == ["3 reparaties, 3 gelukt, 0 deels, 0 niet gelukt."] * 2


async def test_a_day_without_repairs_is_not_told_and_a_called_off_one_has_no_list(town: Town) -> None:
    await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp")
    await host.taps("1 · Lamp")
    await host.taps("Toch nog niet gekomen")
    await town.advance(wall("2026-12-05T16:31"))
    assert not town.person("Jan").was_told("reparatie,")
    assert "reparatie" not in " ".join(town.desk("stad-west").texts)
    await jump(town, "2027-01-01T12:00")
    await host.forges(DayList(meeting.id).encode())
    assert host.sees == "Deze activiteit bestaat niet meer. Kies een andere."


async def test_a_busy_day_stays_within_telegrams_lengths(town: Town) -> None:
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    async with town.writing() as work:
        for _number in range(40):
            await repair_day.walk_in(work, meeting.id, host.id, repair_day.as_item("<&>" * 26))
        for visit in (await repair_day.visits(work, meeting.id))[:12]:
            await repair_day.call(work, visit.signup.id, host.id, version=visit.signup.version)
    await open_list(host)
    assert "en nog 18" in host.sees
    await host.taps("Meer")
    await host.taps("Meer")
    assert host.buttons[0].startswith("33 · <&>")
    jan = town.person("Jan")
    await open_list(jan)
    await jan.taps("Wie was er?")
    for _page in range(3):
        await jan.taps("Meer")
    assert "41. Bezoeker · 40 · <&>" in jan.sees


async def test_nobody_is_woken_for_an_early_list_or_a_late_post(town: Town) -> None:
    await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        await rescheduling.move(work, meeting.id, wall("2026-12-05T08:30"), wall("2026-12-05T21:45"))
    await jump(town, "2026-12-05T07:00")
    await town.advance(wall("2026-12-05T07:45"))
    assert not host.was_told("bezoeker is aangemeld")
    await town.advance(wall("2026-12-05T08:01"))
    assert host.was_told("1 bezoeker is aangemeld")
    await open_list(host)
    await arrives(host, "Lamp")
    await jump(town, "2026-12-05T21:30")
    await town.advance(wall("2026-12-05T22:20"))
    wilma = town.person("Wilma")
    assert not wilma.was_told("reparaties,")
    await jump(town, "2026-12-06T07:30")
    await town.advance(wall("2026-12-06T08:01"))
    assert wilma.was_told(
        "0 reparaties, 0 gelukt, 0 deels, 0 niet gelukt.\nVan 1 bezoeker met een nummer is niets genoteerd."
    )
