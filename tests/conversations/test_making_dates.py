"""Looking after dates: moving one, another place, calling off one or the whole series; everybody is told, and why."""

from datetime import timedelta

from bot.domain.enums import RoleKey, RoleName
from bot.services.activities import rescheduling
from bot.services.desk import roles
from handlers.activities.making_buttons import CallOffDate, MoveDate, PlaceDate
from tests.conversations.meetings import ZONE, fill, occurrence, told
from tests.conversations.planning import dates_of, load_again, makes, occurrences_of
from tests.town import Town
from tests.town_people import Someone


async def _opens(someone: Someone, title: str, day: str) -> None:
    await someone.says("/activiteit")
    await someone.taps(title)
    await someone.taps(day)


async def test_one_date_moves_and_its_people_hear_when_and_why(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    row = (await occurrences_of(town, "Koffie"))[1]
    fatima, ali = await told(town, "Fatima", "Ali")
    await fill(town, row, RoleKey.VISITOR, [fatima])
    await _opens(omar, "Koffie", "dinsdag 1 december")
    assert omar.sees == "Koffie\ndinsdag 1 december, 10:00–12:00\n📍 Buurthuis\n1 aanmelding"
    await omar.taps("Verzetten")
    assert omar.sees.startswith("Nu is het dinsdag 1 december, 10:00–12:00.")
    await omar.says("ooit")
    assert omar.sees.startswith("Ik begrijp die dag of tijd niet.")
    await omar.says("vandaag 09:00")
    assert omar.sees.startswith("Dat is al geweest.")
    await omar.says("woensdag 2 december")
    assert omar.sees.startswith("Wat is de reden?")
    await omar.says("x" * 201)
    assert omar.sees.startswith("Typ een tekst van 1 tot 200 tekens")
    await omar.says("De zaal is <bezet>.")
    assert omar.sees == (
        "Koffie\nWas: dinsdag 1 december, 10:00–12:00\nWordt: woensdag 2 december, 10:00–12:00\n"
        "Reden: De zaal is <bezet>.\n1 persoon krijgt meteen bericht."
    )
    assert not fatima.was_told("nieuwe tijd")
    await town.restart()
    await omar.taps("Ja, doen")
    assert omar.sees.startswith("Gedaan. 1 persoon krijgt bericht.")
    assert fatima.sees.startswith(
        "🕐 Er is een nieuwe tijd.\nKoffie\nwoensdag 2 december, 10:00–12:00\nReden: De zaal is <bezet>."
    )
    assert not ali.was_told("Koffie")
    await town.advance(hours=2)
    dates = await dates_of(town, "Koffie")
    assert dates[:3] == ["24-11 10:00", "02-12 10:00", "08-12 10:00"]
    await _opens(omar, "Koffie", "woensdag 2 december")
    await omar.taps("Verzetten")
    await omar.says("14-17")
    await omar.taps("Zonder reden")
    await omar.taps("Ja, doen")
    assert fatima.sees.startswith("🕐 Er is een nieuwe tijd.\nKoffie\nwoensdag 2 december, 14:00–17:00")
    assert "Reden" not in fatima.sees


async def test_one_date_gets_another_place(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    meeting = await occurrence(town, "rc-stedenwijk", "2026-12-05")
    (fatima,) = await told(town, "Fatima")
    await fill(town, meeting, RoleKey.VISITOR, [fatima])
    await _opens(wilma, "Repair Café Stedenwijk", "zaterdag 5 december")
    await wilma.taps("Andere plek")
    await wilma.says("De Glasbak & co")
    await wilma.says("terug")
    assert wilma.sees.startswith("Waar is het op deze dag?")
    await wilma.says("De Glasbak & co")
    await wilma.says("Lekkage")
    assert "Was: Buurtcentrum Stedenwijk\nWordt: De Glasbak & co\nReden: Lekkage" in wilma.sees
    await wilma.taps("Ja, doen")
    assert fatima.sees.startswith(
        "📍 Er is een nieuwe plek.\nRepair Café Stedenwijk\nzaterdag 5 december, 13:00–16:00\nDe Glasbak & co\n"
        "Reden: Lekkage"
    )
    await load_again(town)
    assert (await occurrence(town, "rc-stedenwijk", "2026-12-05")).place == "De Glasbak & co"
    assert (await occurrence(town, "rc-stedenwijk", "2027-01-02")).place == "Buurtcentrum Stedenwijk"


async def test_one_date_is_called_off_with_a_reason(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    row = (await occurrences_of(town, "Koffie"))[0]
    (fatima,) = await told(town, "Fatima")
    await fill(town, row, RoleKey.VISITOR, [fatima])
    await _opens(omar, "Koffie", "dinsdag 24 november")
    await omar.taps("Deze dag afgelasten")
    await omar.says("De bakker is ziek")
    assert omar.sees.startswith("Wil je dit afgelasten?\nKoffie\n• dinsdag 24 november, 10:00–12:00")
    await omar.taps("Ja, doen")
    assert "Dit is afgelast." in omar.sees
    assert fatima.sees.startswith("🚫 Dit gaat niet door.\nKoffie")
    assert "Reden: De bakker is ziek" in fatima.sees
    for pressed in (MoveDate(row.id), PlaceDate(row.id), CallOffDate(row.id)):
        await omar.forges(pressed.encode())
        assert omar.sees.startswith("Dit kan niet meer")
    assert (await dates_of(town, "Koffie"))[:2] == ["24-11 10:00", "01-12 10:00"]


async def test_the_page_of_a_meeting_leads_to_a_reason_as_well(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await wilma.says("/activiteiten")
    await wilma.taps("Heel Almere")
    await wilma.says("1")
    await wilma.taps("🚫 Afgelasten")
    await wilma.taps("Met een reden")
    assert wilma.sees.startswith("Wat is de reden?")
    await wilma.says("Storm")
    await wilma.taps("Ja, doen")
    assert (await occurrence(town, "rc-stedenwijk", "2026-12-05")).called_off_why == "Storm"


async def test_a_whole_series_ends_and_everybody_is_told_at_once(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    rows = await occurrences_of(town, "Koffie")
    fatima, ali = await told(town, "Fatima", "Ali")
    await fill(town, rows[0], RoleKey.VISITOR, [fatima])
    await fill(town, rows[2], RoleKey.VISITOR, [ali])
    await omar.says("/activiteit")
    await omar.taps("Koffie")
    await omar.taps("Helemaal afgelasten")
    await omar.says("Het buurthuis sluit")
    assert omar.sees == (
        "Wil je dit afgelasten?\nKoffie\n• dinsdag 24 november, 10:00–12:00\n• dinsdag 8 december, 10:00–12:00\n"
        "Reden: Het buurthuis sluit\n2 mensen krijgen meteen bericht.\n"
        "De hele reeks stopt. Dagen zonder aanmeldingen verdwijnen."
    )
    await omar.taps("Ja, doen")
    assert omar.sees.startswith("Gedaan. 2 mensen krijgen bericht.")
    for someone in (fatima, ali):
        assert someone.sees.startswith("🚫 Dit gaat niet door.\nKoffie")
        assert "Reden: Het buurthuis sluit" in someone.sees
    await town.advance(hours=2)
    assert await dates_of(town, "Koffie") == ["24-11 10:00", "08-12 10:00"]
    assert all(row.called_off_at for row in await occurrences_of(town, "Koffie"))
    await omar.says("/activiteit")
    assert "Koffie" not in omar.buttons


async def test_a_series_of_the_set_up_file_that_ended_here_does_not_come_back(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await wilma.says("/activiteit")
    await wilma.taps("Repair Café Stedenwijk")
    await wilma.taps("Helemaal afgelasten")
    await wilma.taps("Zonder reden")
    await wilma.taps("Ja, doen")
    await load_again(town)
    await town.advance(hours=2)
    assert await dates_of(town, "Repair Café Stedenwijk") == []


async def test_a_change_that_somebody_else_made_first_is_not_overwritten(town: Town) -> None:
    wilma, omar = town.worker("Wilma"), town.worker("Omar")
    await makes(omar, "Koffie", "30-11 10:00-12:00")
    await wilma.starts()
    for someone, hours in ((omar, "11:00-13:00"), (wilma, "15:00-17:00")):
        await _opens(someone, "Koffie", "maandag 30 november")
        await someone.taps("Verzetten")
        await someone.says(hours)
        await someone.taps("Zonder reden")
    await omar.taps("Ja, doen")
    await wilma.taps("Ja, doen")
    assert wilma.sees.startswith("Er is intussen iets veranderd.")
    assert await dates_of(town, "Koffie") == ["30-11 11:00"]


async def test_who_lost_the_role_moves_nothing(town: Town) -> None:
    wilma, omar = town.worker("Wilma"), town.worker("Omar")
    await makes(omar, "Koffie", "30-11 10:00-12:00")
    await _opens(omar, "Koffie", "maandag 30 november")
    await omar.taps("Verzetten")
    await omar.says("11:00-13:00")
    await omar.taps("Zonder reden")
    async with town.writing() as work:
        await roles.take_away(work, wilma.id, omar.id, RoleName.WORKER)
    await omar.taps("Ja, doen")
    assert omar.sees == "Deze activiteit is er niet meer."
    assert [row.starts_at.astimezone(ZONE).hour for row in await occurrences_of(town, "Koffie")] == [10]


async def test_a_date_does_not_move_to_the_day_of_another_one(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    await omar.taps("dinsdag 1 december")
    await omar.taps("Verzetten")
    await omar.says("8 december")
    await omar.says("geen")
    await omar.says("ja")
    assert omar.sees.startswith("Op die dag is er al een andere keer van deze reeks.")
    assert (await dates_of(town, "Koffie"))[:3] == ["24-11 10:00", "01-12 10:00", "08-12 10:00"]


async def test_yes_and_no_can_be_typed_and_a_holiday_is_named(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    for answer, ends in (("nee", "Gestopt. Er is niets veranderd."), ("ja", "Gedaan.")):
        await _opens(omar, "Koffie", "dinsdag 1 december")
        await omar.taps("Verzetten")
        await omar.says("vrijdag 25 december half acht")
        await omar.says("ziek")
        assert omar.sees.endswith("⚠️ Let op, dit is een feestdag: vrijdag 25 december (Eerste kerstdag).")
        await omar.says(answer)
        assert omar.sees.startswith(ends)
    assert "25-12 07:30" in await dates_of(town, "Koffie")


async def test_a_date_that_moved_meanwhile_is_not_called_off_unseen(town: Town) -> None:
    wilma, omar = town.worker("Wilma"), town.worker("Omar")
    await makes(omar, "Koffie", "30-11 10:00-12:00")
    await wilma.starts()
    await _opens(wilma, "Koffie", "maandag 30 november")
    await wilma.taps("Deze dag afgelasten")
    await wilma.says("Storm")
    await _opens(omar, "Koffie", "maandag 30 november")
    await omar.taps("Verzetten")
    await omar.says("dinsdag 1 december 22:00-01:00")
    await omar.taps("Zonder reden")
    await omar.taps("Ja, doen")
    assert await dates_of(town, "Koffie") == ["01-12 22:00"]
    await wilma.taps("Ja, doen")
    assert wilma.sees.startswith("Er is intussen iets veranderd.")
    assert (await occurrences_of(town, "Koffie"))[0].called_off_at is None


async def test_two_changes_before_the_bot_comes_by_are_one_message_about_both(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    row = (await occurrences_of(town, "Koffie"))[1]
    (fatima,) = await told(town, "Fatima")
    await fill(town, row, RoleKey.VISITOR, [fatima])
    before = len(fatima.messages)
    later = row.starts_at + timedelta(hours=3), row.ends_at + timedelta(hours=3)
    async with town.writing() as work:
        await rescheduling.move(work, row.id, *later, why="De zaal is bezet")
        await rescheduling.move(work, row.id, *later, place="De kerk", why="De zaal is dicht")
    await town.settle()
    assert [message.text for message in fatima.messages[before:]] == [
        "🕐 Er is een nieuwe tijd.\n📍 Er is een nieuwe plek.\nKoffie\ndinsdag 1 december, 13:00–15:00\nDe kerk\n"
        "Reden: De zaal is dicht"
    ]


async def test_a_new_name_is_announced_before_it_is_kept_and_told_once(town: Town) -> None:
    omar = town.worker("Omar")
    await makes(omar, "Koffie", "morgen 10:00-12:00", repeats="Elke week")
    (fatima,) = await told(town, "Fatima")
    for row in (await occurrences_of(town, "Koffie"))[1:4]:
        await fill(town, row, RoleKey.VISITOR, [fatima])
    before = len(fatima.messages)
    await omar.taps("Veranderen")
    await omar.taps("✏️ Aantallen")
    await omar.taps("Bezoeker")
    await omar.taps("Iemand meenemen mag")
    assert omar.buttons[0] == "Bezoeker: 0 tot 20, iemand meenemen mag"
    await omar.taps("Zo is het goed")
    assert "Er is een nieuwe naam" not in omar.sees
    await omar.taps("✏️ Naam")
    await omar.says("Thee")
    assert "Er is een nieuwe naam. 1 persoon krijgt bericht." in omar.sees
    await omar.says("ja")
    assert omar.sees.startswith("Bewaard.")
    assert [message.text for message in fatima.messages[before:]] == [
        "✏️ Er is een nieuwe naam.\nThee\ndinsdag 1 december, 10:00–12:00"
    ]
