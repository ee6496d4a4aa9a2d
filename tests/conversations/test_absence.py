"""Absence: `/afwezig`, who may set it, and a sick worker, three weeks of holiday, a report at two in the morning."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.desk.absence_buttons import SetAnew
from storage.models import Absence
from storage.queries import absence as queries
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town
from tests.town_people import Someone


async def _sleep(town: Town, to: datetime) -> None:
    """Let time pass without anybody looking, and then look for a minute."""
    town.sleep(to)
    await town.advance(minutes=1)


async def _absences(town: Town, name: str) -> list[Absence]:
    async with town.reading() as work:
        return list(await queries.of_person(work.session, town.worker(name).id))


async def _starts(town: Town, *names: str) -> list[Someone]:
    people = [town.worker(name) for name in names]
    for person in people:
        await person.starts()
    return people


async def _reply(resident: Someone, words: str) -> None:
    await resident.says(words, reply_to=next(m for m in resident.messages if "M-2026-0001" in m.text))


async def test_a_sick_worker(town: Town) -> None:
    """Samira is ill. Wilma says so, and Omar gets what her residents say and what is due."""
    samira, omar, wilma = await _starts(town, "Samira", "Omar", "Wilma")
    fatima = town.resident("Fatima")
    told = await tells(town, fatima, "Ruzie op de galerij elke avond", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)

    await wilma.says("/afwezig")
    assert wilma.sees == "Wie is er niet?"
    assert wilma.buttons == ["Ik", "Omar", "Samira", "⬅️ Terug", "✖️ Stoppen"]
    await wilma.taps("Samira")
    assert wilma.sees.startswith("Tot en met welke dag is Samira er niet?")
    await wilma.taps("t/m vrijdag 27 november")
    assert wilma.sees == "Wie neemt waar voor Samira? Die krijgt de meldingen van Samira te zien."
    assert wilma.buttons == ["Omar", "Niemand", "⬅️ Terug", "✖️ Stoppen"]
    await wilma.taps("Omar")
    assert wilma.sees == "Samira is er niet t/m vrijdag 27 november. Omar neemt waar."
    assert samira.sees == "Wilma heeft genoteerd dat je er niet bent t/m vrijdag 27 november. Omar neemt waar."
    assert omar.sees == (
        "Je neemt waar voor Samira t/m vrijdag 27 november. Berichten over de meldingen van Samira komen bij jou."
    )

    heard = len(samira.messages)
    await _reply(fatima, "Het is nu nog erger")
    assert "Het is nu nog erger" in omar.sees
    await _sleep(town, datetime(2026, 11, 26, 7, 30, tzinfo=UTC))
    assert omar.sees.startswith("⏰ Vandaag is de laatste dag.")
    assert len(samira.messages) == heard
    await omar.taps("Openen 0001")
    await omar.taps("Antwoord")
    await omar.says("Ik kom vanmiddag langs.")
    await omar.taps("Versturen")
    assert (await told.report()).kept_at is not None

    await samira.says("/afwezig")
    await samira.taps("Ik ben er weer")
    assert samira.sees == "Fijn dat je er weer bent."
    assert await _absences(town, "Samira") == []
    assert omar.was_told("M-2026-0001 is nu van Samira.")  # what he could read only for her is closed again
    assert not omar.was_told("Het is nu nog erger")
    await _reply(fatima, "Dank je wel")
    assert "Dank je wel" in samira.sees


async def test_three_weeks_of_holiday(town: Town) -> None:
    """Omar goes away for three weeks and is called for nothing; on the day after, he is there again by himself."""
    samira, omar = await _starts(town, "Samira", "Omar")
    fatima = town.resident("Fatima")
    told = await tells(town, fatima, "Ruzie op de galerij elke avond", kind=NUISANCE)
    await omar.taps("Ik pak het op", on=told.card)
    await omar.says("/afwezig")
    assert omar.sees.startswith("Tot en met welke dag ben je er niet?")
    assert omar.buttons[:5] == [
        "Alleen vandaag",
        "t/m vrijdag 27 november",
        "t/m maandag 30 november",
        "t/m maandag 7 december",
        "t/m maandag 14 december",
    ]
    await omar.says("14 december")
    await omar.says("samira")
    assert omar.sees == "Je bent er niet t/m maandag 14 december. Samira neemt waar."
    assert omar.buttons == ["Ik ben er weer", "Andere dag of vervanger"]

    heard = len(omar.messages)
    for day in (26, 27):  # the last day, and the day after
        await _sleep(town, datetime(2026, 11, day, 7, 30, tzinfo=UTC))
    await _sleep(town, datetime(2026, 12, 4, 7, 30, tzinfo=UTC))  # three times
    await _reply(fatima, "Het is nu nog erger")
    assert samira.was_told("Het is nu nog erger")
    assert samira.was_told("⏰ Stad West: deze bewoners wachten drie keer zo lang als beloofd.")
    assert len(omar.messages) == heard

    await _sleep(town, datetime(2026, 12, 14, 22, 50, tzinfo=UTC))  # ten minutes before midnight in Almere
    assert len(await _absences(town, "Omar")) == 1
    await town.advance(minutes=15)
    assert await _absences(town, "Omar") == []
    await _reply(fatima, "Hoe gaat het ermee?")
    assert omar.was_told("Hoe gaat het ermee?")


async def test_a_report_at_two_in_the_morning(town: Town) -> None:
    """Nobody is woken: the card makes no sound, nobody is called, and an answer goes out at eight."""
    samira, omar = await _starts(town, "Samira", "Omar")
    await _sleep(town, datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    desk = town.desk("stad-west")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    danger = await tells(town, town.resident("Amy"), "Ze vechten op straat", kind=NUISANCE, danger=True)
    assert told.card.silent
    assert danger.card.silent
    assert "uiterlijk vrijdag 27 november" in told.card.text  # three working days after Tuesday
    assert not any("tg://user" in message.html for message in desk.messages)
    await omar.taps("Ik pak het op", on=told.card)
    await omar.taps("Antwoord", on=told.card)
    await omar.says("Hij wordt morgen gemaakt.")
    await omar.taps("Versturen om 08:00")
    await town.advance(hours=4)
    assert not told.resident.was_told("Hij wordt morgen gemaakt.")
    await town.advance(datetime(2026, 11, 24, 7, 1, tzinfo=UTC))
    assert told.resident.was_told("Hij wordt morgen gemaakt.")
    assert not any("tg://user" in message.html for message in desk.messages)
    await town.advance(datetime(2026, 11, 24, 7, 31, tzinfo=UTC))
    assert "⚠ Samira, M-2026-0002 is een melding met gevaar. Open hem nu." in desk.texts
    assert not samira.was_told("⏰")


async def test_only_the_contact_and_a_beheerder_choose_a_colleague(town: Town) -> None:
    samira, omar, wilma = await _starts(town, "Samira", "Omar", "Wilma")
    await samira.says("/afwezig")  # the contact of Stad West
    assert samira.buttons[:2] == ["Ik", "Omar"]
    data = {label: key["callback_data"] for row in samira.message.buttons for key in row for label in [key["text"]]}
    await omar.says("/afwezig")
    assert omar.sees.startswith("Tot en met welke dag ben je er niet?")
    await omar.forges(data["Ik"])
    assert omar.toast == "Dat had je al beantwoord."
    fatima = town.resident("Fatima")
    await fatima.says("/afwezig")
    assert fatima.sees == "Dit is alleen voor medewerkers."
    await fatima.starts()
    await fatima.forges(SetAnew(None).encode())
    assert fatima.sees == "Dit is alleen voor medewerkers."
    await fatima.forges(f"abn:{_base36(omar.id)}")
    assert fatima.sees == "Dat kan alleen die collega zelf, de contactpersoon of een beheerder."
    await omar.forges(f"abn:{_base36(samira.id)}")
    assert omar.sees == "Dat kan alleen die collega zelf, de contactpersoon of een beheerder."
    assert await _absences(town, "Samira") == []
    assert wilma.messages


@pytest.mark.parametrize("words", ["😀", "31-02", "gisteren", "1 november 2020", "x" * 4096, "<b>ooit</b>"])
async def test_what_is_no_day_is_asked_again(town: Town, words: str) -> None:
    (omar,) = await _starts(town, "Omar")
    await omar.says("/afwezig")
    await omar.says(words)
    assert omar.sees.startswith("Ik zie geen datum tussen vandaag en over een jaar.\n\nTot en met welke dag")
    await omar.sends_photo()
    assert omar.sees.startswith("Ik zie geen datum")
    await omar.says("stop")
    assert omar.sees == "Gestopt. Er is niets veranderd."
    assert await _absences(town, "Omar") == []


async def test_back_and_stale_buttons_change_nothing(town: Town) -> None:
    omar, samira = await _starts(town, "Omar", "Samira")
    await omar.says("/afwezig")
    today = next(k["callback_data"] for row in omar.message.buttons for k in row if k["text"] == "Alleen vandaag")
    await omar.says("morgen")
    assert omar.buttons[0] == "Samira"
    await omar.says("terug")
    assert omar.sees.startswith("Tot en met welke dag")
    await omar.says("morgen")
    await omar.forges(today)
    assert omar.toast == "Dat had je al beantwoord."
    await omar.says("wie dan?")
    assert omar.sees.startswith("Kies een naam hieronder.")
    await omar.taps("Niemand")
    assert omar.sees == "Je bent er niet t/m dinsdag 24 november. Niemand neemt waar."
    back = next(k["callback_data"] for row in omar.message.buttons for k in row if k["text"] == "Ik ben er weer")
    await samira.forges(back, on=samira.message)  # the contact may; then it is over
    assert samira.sees == "Omar is er weer."
    await omar.forges(back)
    assert omar.sees == "Dat is al veranderd. Typ /afwezig om te zien hoe het nu is."


async def test_in_the_group_the_command_leads_to_the_private_chat(town: Town) -> None:
    omar, desk = town.worker("Omar"), town.desk("stad-west")
    await omar.says_in(desk, "/afwezig")
    assert desk.texts[-1] == "Dat doe je in je privéchat met mij."
    await omar.taps("Ik ben er niet", on=desk.messages[-1])
    assert omar.sees.startswith("Tot en met welke dag ben je er niet?")


async def test_a_desk_without_anybody_has_the_beheerder_take_over_what_residents_say(town: Town) -> None:
    samira, omar, wilma = await _starts(town, "Samira", "Omar", "Wilma")
    told: Told = await tells(town, town.resident("Fatima"), "Ruzie op de galerij elke avond", kind=NUISANCE)
    await omar.taps("Ik pak het op", on=told.card)
    await omar.says("/afwezig")
    await omar.says("vrijdag")
    await omar.taps("Niemand")
    await _reply(told.resident, "Het is nu nog erger")
    assert "Het is nu nog erger" in samira.sees  # the contact is there for who has no substitute
    await samira.says("/afwezig")
    await samira.taps("Ik")
    await samira.says("vrijdag")
    assert samira.buttons[0] == "Niemand"  # who is away replaces nobody
    await samira.taps("Niemand")
    await _reply(told.resident, "En nog erger")
    assert wilma.sees == ("💬 Er is een bericht van de bewoner over M-2026-0001. Omar is er niet. Wie neemt hem over?")
    await wilma.taps("Overnemen 0001")
    assert wilma.was_told("En nog erger")
    assert (await told.report()).holder_id == wilma.id


async def test_of_two_who_are_away_the_one_at_the_end_of_the_chain_is_called_when_it_may_read(town: Town) -> None:
    samira, omar = await _starts(town, "Samira", "Omar")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=told.card)
    async with town.writing() as work:
        until = town.now.date() + timedelta(days=5)
        for person, other in ((omar, samira), (samira, town.worker("Wilma"))):
            absent = Absence(person_id=person.id, since=work.now, until=until, substitute_id=other.id)
            work.session.add(absent)
    wilma = town.worker("Wilma")
    await wilma.starts()
    await _sleep(town, datetime(2026, 11, 26, 7, 30, tzinfo=UTC))
    assert wilma.was_told("⏰ Vandaag is de laatste dag.")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits
