"""News of activities: residents ask for it per wijk and kind, the maker announces a date to them, each once."""

from datetime import timedelta

from sqlalchemy import select

from bot.domain.enums import ActivityKind, Priority, RoleKey
from bot.services import retention
from bot.services.activities import news, rescheduling
from handlers.activities.making_buttons import Announce
from handlers.activities.news import WantNews
from storage.models import ActivityRole, Announcement, NewsWish, Outbox, Person
from tests.conversations.meetings import fill, jump, occurrence
from tests.conversations.planning import makes, occurrences_of
from tests.town import Town
from tests.town_people import Someone

NEWS = "📣 Er is iets te doen in Filmwijk.\nKoffie · Andere activiteit\nzaterdag 5 december, 10:00–12:00\n📍 Buurthuis"


async def _wants(someone: Someone, wijk: str = "Filmwijk", kind: str = "Andere activiteit") -> None:
    await someone.starts()
    await someone.says("/instellingen")
    await someone.taps("Nieuws over activiteiten")
    await someone.taps("Andere wijk")
    await someone.says(wijk)
    await someone.taps(f"🔔 Aan: {kind} in {wijk}")


async def _wishes(town: Town, someone: Someone) -> list[tuple[str, ActivityKind]]:
    async with town.reading() as work:
        rows = await work.session.scalars(select(NewsWish).where(NewsWish.person_id == someone.id))
        return [(row.area_code, row.kind) for row in rows]


async def _opens(omar: Someone) -> None:
    await omar.says("/activiteit")
    await omar.taps("Koffie")
    await omar.taps("zaterdag 5 december")
    await omar.taps("Bericht aan de buurt")


async def test_a_resident_asks_for_news_and_withdraws_it(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.starts()
    await fatima.says("/instellingen")
    await fatima.taps("Nieuws over activiteiten")
    assert fatima.sees == (
        "Nieuws over activiteiten\n\nWil je bericht krijgen als er iets te doen is? Kies hieronder.\n"
        "Wij bewaren je keuze. Je zet het altijd weer uit.\nNa 2 jaar wissen wij je keuze.\n\n"
        "Je krijgt nu geen nieuws."
    )
    await fatima.taps("Andere wijk")
    assert fatima.sees == "Nieuws uit welk deel van Almere? Kies hieronder."
    await fatima.says("Centrum Haven")
    assert fatima.buttons[0] == "🔔 Aan: Repair Café in Centrum Almere Haven"
    await fatima.taps("Andere wijk")
    await fatima.taps("Almere Stad Oost")
    await fatima.taps("Filmwijk")
    assert fatima.buttons[:3] == [
        "🔔 Aan: Repair Café in Filmwijk",
        "🔔 Aan: Rommelroute in Filmwijk",
        "🔔 Aan: Andere activiteit in Filmwijk",
    ]
    await fatima.taps("Repair Café in Filmwijk")
    assert "Je krijgt nieuws over:\n• Repair Café in Filmwijk, sinds maandag 23 november" in fatima.sees
    await fatima.taps("Rommelroute in Filmwijk")
    await fatima.taps("🔕 Uit: Repair Café in Filmwijk")
    assert "Repair Café in Filmwijk, sinds" not in fatima.sees
    assert [kind for _area, kind in await _wishes(town, fatima)] == [ActivityKind.ROMMELROUTE]
    await fatima.taps("Geen nieuws meer")
    assert fatima.sees.endswith("Je krijgt nu geen nieuws.")
    assert await _wishes(town, fatima) == []


async def test_nobody_can_ask_for_news_of_rounds_or_of_a_wijk_that_is_none(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.starts()
    await fatima.forges(WantNews("WK003401", ActivityKind.PATROL, wanted=True).encode())
    await fatima.forges(WantNews("nowhere", ActivityKind.OTHER, wanted=True).encode())
    assert await _wishes(town, fatima) == []


async def test_an_announcement_goes_to_who_asked_for_it_and_to_each_once(town: Town) -> None:
    omar = town.worker("Omar")
    fatima, ali, bea, chris = (town.resident(name) for name in ("Fatima", "Ali", "Bea", "Chris"))
    await _wants(fatima)
    await _wants(fatima, "Stedenwijk")
    await _wants(ali, "Stedenwijk")
    await _wants(bea, kind="Repair Café")
    await _wants(chris)
    await chris.blocks()
    await makes(omar, "Koffie", "5-12 10:00-12:00")
    await _opens(omar)
    assert "Gekozen: Filmwijk." in omar.sees
    assert omar.sees.endswith("1 persoon krijgt dit.")
    await omar.says("nergensland")
    assert omar.sees.startswith("Die wijk ken ik niet.")
    await omar.says("Stedenwijk")
    assert omar.sees.endswith("2 mensen krijgen dit.")
    await omar.taps("➡️ Verder")
    await omar.taps("Zonder eigen tekst")
    assert omar.sees == f"{NEWS}\n\nNaar: Filmwijk, Stedenwijk. 2 mensen krijgen dit."
    assert not fatima.was_told("Er is iets te doen in")
    await omar.taps("Versturen")
    assert omar.sees.startswith("Verstuurd aan 2 mensen.")
    assert fatima.sees == NEWS
    assert ali.sees == NEWS
    assert not bea.was_told("Er is iets te doen in")
    row = (await occurrences_of(town, "Koffie"))[0]
    async with town.reading() as work:
        sent = (await work.session.scalars(select(Outbox).where(Outbox.kind == "announced"))).all()
    assert {(message.chat_id, message.priority, message.about) for message in sent} == {
        (someone.id, int(Priority.ANNOUNCEMENT), row.id) for someone in (fatima, ali)
    }
    await _opens(omar)
    await omar.says("Stedenwijk")
    await omar.taps("➡️ Verder")
    await omar.taps("Zonder eigen tekst")
    await omar.taps("Versturen")
    assert omar.sees.startswith("Niemand in deze wijken vroeg om dit nieuws, of iedereen heeft het al.")
    await fatima.taps("Bekijk en meld je aan")
    assert fatima.sees.startswith("Koffie\nzaterdag 5 december")


async def test_news_of_what_is_full_says_that_there_is_a_waiting_list(town: Town) -> None:
    omar = town.worker("Omar")
    (fatima, ali) = (town.resident(name) for name in ("Fatima", "Ali"))
    await _wants(fatima)
    await ali.starts()
    await makes(omar, "Koffie", "5-12 10:00-12:00")
    (row,) = await occurrences_of(town, "Koffie")
    async with town.writing() as work:
        role = await work.session.get(ActivityRole, (row.activity_id, RoleKey.VISITOR))
        assert role is not None
        role.maximum = 1
    await fill(town, row, RoleKey.VISITOR, [ali])
    await _opens(omar)
    await omar.taps("➡️ Verder")
    await omar.taps("Zonder eigen tekst")
    assert omar.sees.startswith(f"{NEWS}\nHet is nu vol. Je kunt op de wachtlijst.")
    await omar.taps("Versturen")
    assert fatima.sees == f"{NEWS}\nHet is nu vol. Je kunt op de wachtlijst."


async def test_at_night_it_waits_and_what_is_called_off_or_withdrawn_is_not_sent_any_more(town: Town) -> None:
    omar = town.worker("Omar")
    fatima, ali = town.resident("Fatima"), town.resident("Ali")
    await _wants(fatima)
    await _wants(ali)
    await makes(omar, "Koffie", "5-12 10:00-12:00")
    await jump(town, "2026-11-23T23:00")
    await _opens(omar)
    await omar.taps("➡️ Verder")
    await omar.taps("Zonder eigen tekst")
    await omar.taps("Versturen")
    assert omar.sees.startswith("Verstuurd aan 2 mensen. Het is nu nacht: het komt om 08:00 aan.")
    await ali.says("/instellingen")
    await ali.taps("Nieuws over activiteiten")
    await ali.taps("Geen nieuws meer")
    await town.advance(hours=8, minutes=30)
    assert not fatima.was_told("Er is iets te doen in")
    await town.advance(hours=1)
    assert fatima.was_told("Er is iets te doen in")
    assert not ali.was_told("Er is iets te doen in")


async def test_what_was_called_off_before_it_went_out_is_not_announced(town: Town) -> None:
    omar, fatima = town.worker("Omar"), town.resident("Fatima")
    await _wants(fatima)
    await makes(omar, "Koffie", "5-12 10:00-12:00")
    await jump(town, "2026-11-23T23:00")
    await _opens(omar)
    await omar.taps("➡️ Verder")
    await omar.taps("Zonder eigen tekst")
    await omar.taps("Versturen")
    row = (await occurrences_of(town, "Koffie"))[0]
    async with town.writing() as work:
        await rescheduling.call_off(work, row.id, None)
    await town.advance(hours=12)
    assert not fatima.was_told("Er is iets te doen in")


async def test_only_who_looks_after_it_announces_and_never_a_round(town: Town) -> None:
    omar, fatima, jan = town.worker("Omar"), town.resident("Fatima"), town.person("Jan")
    await makes(omar, "Koffie", "5-12 10:00-12:00")
    row = (await occurrences_of(town, "Koffie"))[0]
    await fatima.starts()
    await fatima.forges(Announce(row.id).encode())
    assert fatima.sees == "Deze activiteit is er niet meer."
    shift = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    await jan.starts()
    await jan.forges(Announce(shift.id).encode())
    assert jan.sees.startswith("Dit kan niet meer")
    assert "📣 Bericht aan de buurt" not in jan.buttons


async def test_a_wish_is_erased_two_years_after_it_was_given(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _wants(fatima)
    for days, kept in ((700, 1), (740, 0)):
        async with town.database.write(town.now + timedelta(days=days)) as work:
            while any((await retention.erase_some(work)).values()):
                pass
        assert len(await _wishes(town, fatima)) == kept


async def test_its_sender_adds_a_line_and_everybody_reads_it_as_typed(town: Town) -> None:
    omar, fatima = town.worker("Omar"), town.resident("Fatima")
    await _wants(fatima)
    await makes(omar, "Koffie", "5-12 10:00-12:00")
    await _opens(omar)
    await omar.taps("➡️ Verder")
    assert omar.sees.startswith("Wil je er zelf iets bij zeggen?")
    await omar.says("x" * 201)
    assert omar.sees.startswith("Typ een tekst van 1 tot 200 tekens")
    await omar.says("2 soorten taart! <gratis>")
    assert omar.sees == f"{NEWS}\n\n2 soorten taart! <gratis>\n\nNaar: Filmwijk. 1 persoon krijgt dit."
    await omar.taps("✏️ Eigen tekst")
    await omar.says("Neem een vriend mee.")
    await omar.says("versturen")
    assert omar.sees.startswith("Verstuurd aan 1 persoon.")
    assert fatima.sees == f"{NEWS}\n\nNeem een vriend mee."


async def test_who_read_the_news_and_did_not_sign_up_hears_that_it_moved_or_is_off(town: Town) -> None:
    omar, fatima = town.worker("Omar"), town.resident("Fatima")
    await _wants(fatima)
    await makes(omar, "Koffie", "5-12 10:00-12:00")
    await _opens(omar)
    await omar.taps("➡️ Verder")
    await omar.says("geen")
    await omar.taps("Versturen")
    row = (await occurrences_of(town, "Koffie"))[0]
    await jump(town, "2026-11-24T23:00")
    async with town.writing() as work:
        later = row.starts_at + timedelta(days=1), row.ends_at + timedelta(days=1)
        await rescheduling.move(work, row.id, *later, why="Zaal bezet")
    await town.settle()
    assert fatima.sees == NEWS
    await town.advance(hours=10)
    assert fatima.sees == (
        "📣 Let op, dit is veranderd.\nKoffie\nzondag 6 december, 10:00–12:00\n📍 Buurthuis\nReden: Zaal bezet"
    )
    async with town.writing() as work:
        await rescheduling.call_off(work, row.id, None)
    await town.settle()
    assert fatima.sees.startswith("🚫 Dit gaat niet door.\nKoffie\nzondag 6 december")


async def test_news_of_what_is_far_ahead_is_not_sent_twice(town: Town) -> None:
    omar, fatima = town.worker("Omar"), town.resident("Fatima")
    await _wants(fatima)
    await makes(omar, "Koffie", "5-6-2027 10:00-12:00")
    row = (await occurrences_of(town, "Koffie"))[0]
    areas = [row.area_code or ""]
    async with town.writing() as work:
        person = await work.session.get(Person, omar.id)
        assert person is not None
        assert await news.announce(work, person, row.id, areas, line="Kom!") == (news.Told.SENT, 1)
    await town.settle()
    for days, kept in ((100, 1), (193, 1), (285, 0)):
        async with town.database.write(town.now + timedelta(days=days)) as work:
            while any((await retention.erase_some(work)).values()):
                pass
            if kept:
                assert await news.announce(work, person, row.id, areas) == (news.Told.NOBODY, 0)
            assert len((await work.session.scalars(select(Announcement))).all()) == kept
            rows = await work.session.scalars(select(Outbox).where(Outbox.kind == "announced"))
            assert len(rows.all()) == kept


async def test_an_announcement_goes_back_step_by_step_and_is_sent_by_a_word(town: Town) -> None:
    omar, fatima = town.worker("Omar"), town.resident("Fatima")
    await _wants(fatima)
    await makes(omar, "Koffie", "5 december 10:00-12:00")
    await _opens(omar)
    await omar.taps("Almere Stad Oost")
    assert "Danswijk" in omar.buttons
    await omar.taps("Terug")
    assert "Danswijk" not in omar.buttons
    await omar.taps("🗑 Filmwijk")
    await omar.taps("Verder")
    assert omar.sees.startswith("Kies eerst een wijk.")
    await omar.sends_photo()
    assert omar.sees.startswith("Typ het, of kies een knop.")
    await omar.says("Filmwijk")
    await omar.taps("Verder")
    await omar.taps("Zonder eigen tekst")
    await omar.says("hm")
    assert omar.sees.startswith("Dat begrijp ik niet. Kies een knop hieronder.")
    for question in ("Wil je er zelf iets bij zeggen?", "Alleen wie om nieuws vroeg", "Koffie\n"):
        await omar.says("terug")
        assert omar.sees.startswith(question)
    await omar.taps("Bericht aan de buurt")
    await omar.says("stop")
    assert omar.sees == "Gestopt. Er is niets verstuurd."
    assert not fatima.was_told(NEWS)
    await _opens(omar)
    await omar.taps("Verder")
    await omar.taps("Zonder eigen tekst")
    await omar.says("versturen")
    assert fatima.was_told(NEWS)


async def test_what_began_meanwhile_is_not_announced_any_more(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "5 december 10:00-12:00")
    await _opens(omar)
    await omar.taps("Verder")
    await jump(town, "2026-12-05T10:30")
    await omar.taps("Zonder eigen tekst")
    assert not omar.sees.startswith("📣")
    assert "Koffie" in omar.sees
