"""Corners of the desk: closed cards, stale choices, the way back, who is led to the private chat first."""

from bot.domain.enums import CloseReason
from handlers.my_reports.buttons import NotSolved
from handlers.staff.buttons import CloseAs, Files, Open, WriteAnswer
from handlers.staff.writing import PickPartner
from handlers.triage.resident_buttons import ReadClosing
from tests.conversations.telling import NUISANCE, tells
from tests.town import Town


async def test_a_closed_card_keeps_its_notes_and_refuses_the_rest(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Afronden", on=told.card)
    await samira.taps("opgelost", on=told.card)
    await samira.taps("Meer…", on=told.card)
    rest = ["Notitie", "Openbare regel", "Waarom hier?", "Blokkeren", "Open in privé", "⬅️ Terug"]
    assert told.card.labels == rest
    report = await told.report()
    for button in (WriteAnswer(report.id, report.version), CloseAs(report.id, report.version, CloseReason.SOLVED)):
        await samira.forges(button.encode(), on=told.card)
        assert samira.toast == "Deze melding is al afgerond."
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Notitie", on=told.card)
    await samira.says("Was een oude lamp.")
    assert "Was een oude lamp." in told.card.text


async def test_who_never_started_the_bot_and_may_not_open_is_greeted_there(town: Town) -> None:
    omar, samira = town.worker("Omar"), town.worker("Samira")
    told = await tells(town, town.resident("Fatima"), "Ruzie op de galerij elke avond", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await omar.taps("Meer…", on=told.card)
    await omar.taps("Notitie", on=told.card)
    assert omar.was_told("Nu kan ik je hier schrijven. Ga terug naar de groep en tik nog eens.")
    await omar.taps("Notitie", on=told.card)
    assert "Schrijf je notitie." in omar.sees
    assert "galerij" not in omar.sees
    await omar.says("Ik ken die buren.")
    assert "Ik ken die buren." not in told.card.text


async def test_back_and_stop_while_writing(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Wij komen kijken.")
    await samira.says("terug")
    assert "Schrijf je antwoord aan de bewoner." in samira.sees
    await samira.says("terug")
    assert "Er is niets verstuurd over M-2026-0001." in samira.sees
    assert not told.resident.was_told("Wij komen kijken.")


async def test_a_choice_of_another_moment_changes_nothing(town: Town) -> None:
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    await samira.starts()
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    report = await told.report()
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Open in privé", on=told.card)
    for data in (PickPartner(1, 2).encode(), Files(1).encode(), Open(1).encode(), "ts:1:0:1", "tw:1"):
        await samira.forges(data)
        assert samira.toast
    await samira.forges("ts:1:0:1", on=told.card)
    assert samira.toast == "Dat kan nu niet. Kijk nog eens op de kaart."
    assert (await told.report()).version == report.version

    for button in (NotSolved(report.id), NotSolved(1), ReadClosing(report.id, 1)):
        await town.resident("Piet").starts()
        await town.resident("Piet").forges(button.encode())
        assert town.resident("Piet").was_told("Dit bericht is er niet meer.")
    await fatima.forges(NotSolved(report.id).encode())
    assert fatima.was_told("Deze melding is nog open.")


async def test_the_private_card_has_the_same_menus(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    await omar.starts()
    told = await tells(town, town.resident("Fatima"), "Ruzie op de galerij elke avond", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Meer…")
    await samira.taps("Waarom hier?")
    assert "Waarom hier? Regel 3: gebied Almere Stad West." in samira.sees
    await samira.taps("⬅️ Terug")
    await samira.taps("Meer…")
    await samira.taps("Overdragen")
    await samira.taps("Omar")
    assert samira.toast == "Omar heeft de melding nu."
    assert omar.was_told("Samira heeft M-2026-0001 aan jou overgedragen.")
    await omar.taps("Openen")
    assert "galerij" in omar.sees
    await omar.taps("Meer…")
    await omar.taps("Soort, thema, wijk")
    await omar.taps("Wijk")
    await omar.taps("Almere Stad West")
    await omar.taps("Literatuurwijk")
    assert "Literatuurwijk (Almere Stad West)" in told.card.text
    assert "Literatuurwijk (Almere Stad West)" in omar.sees


async def test_a_worker_can_be_a_resident_too(town: Town) -> None:
    samira = town.worker("Samira")
    told = await tells(town, samira, "Bij mij in de straat is de lamp kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Dat regel ik.")
    await samira.taps("Versturen")
    assert samira.was_told("Bericht van Samira van De Schoor over M-2026-0001:")
