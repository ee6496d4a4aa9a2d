"""Danger that a resident tells of after sending: they read 112 at once, and with their *Ja* the report becomes ⚠."""

from bot.domain.enums import ReportStatus
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town

PING = "Samira, M-2026-0001 is een melding met gevaar. Open hem nu."


async def _adds(town: Town, told: Told, words: str) -> None:
    await told.resident.says("/meldingen")
    await told.resident.taps(f"M-2026-{told.number}")
    await told.resident.taps("Schrijf erbij")
    await told.resident.says(words)


async def test_danger_in_something_added_is_asked_about_and_makes_the_report_sealed(town: Town) -> None:
    fatima = town.resident("Fatima")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await _adds(town, told, "Er staat een man met een mes bij de paal")
    assert "Verstuurd. De buurtwerker leest het." in fatima.sees
    assert "Bel nu: Alarmnummer 112" in fatima.sees
    assert fatima.sees.endswith("Is iemand nu in gevaar?")
    assert fatima.buttons == ["Ja", "Nee"]

    await fatima.says("ja")
    assert fatima.sees.startswith("Bel nu 112. Buurtbode belt niet voor jou.")
    assert told.card.text.startswith("⚠ 🔒 M-2026-0001 · verzegeld")
    assert "beloofd" not in told.card.text
    desk = town.desk(told.desk)
    assert any(PING in text for text in desk.texts)
    assert not any("lantaarnpaal" in text or "mes" in text.split() for text in desk.texts)
    report = await told.report()
    assert (report.danger, report.sealed, report.promise_on) == (True, True, None)
    await town.advance(hours=1, minutes=1)
    assert any("nog niet geopend" in text for text in desk.texts)


async def test_who_has_the_report_gets_the_words_in_private(town: Town) -> None:
    fatima, samira, omar = town.resident("Fatima"), town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Vraag stellen", on=told.card)
    await samira.says("Welke paal is het?")
    await samira.taps("Versturen")
    await fatima.says("antwoord terug")
    await fatima.says("My neighbour is beating his wife right now")
    await fatima.taps("Ja")
    assert samira.was_told("My neighbour is beating his wife right now")
    assert not any("beating" in text for text in town.desk(told.desk).texts)
    assert any(PING in text for text in town.desk(told.desk).texts)
    await samira.taps("Openen")
    await town.advance(hours=1, minutes=1)
    assert not any("nog niet geopend" in text for text in town.desk(told.desk).texts)
    assert not omar.was_told("beating")


async def test_no_danger_after_all_changes_nothing(town: Town) -> None:
    fatima, piet = town.resident("Fatima"), town.resident("Piet")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await _adds(town, told, "Er staat een man met een mes bij de paal")
    yes = fatima.message.buttons[0][0]["callback_data"]
    await piet.starts()
    await piet.forges(yes)
    await fatima.says("nee")
    assert fatima.sees == "Is er nu gevaar? Bel 112. Wij lezen dit bericht later."
    report = await told.report()
    assert (report.danger, report.sealed) == (False, False)


async def test_of_a_closed_report_it_opens_it_again(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await samira.starts()
    told = await tells(town, fatima, "Mijn bovenbuurman schreeuwt", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Afronden")
    await samira.taps("gesprek gehad")
    await _adds(town, told, "Hij slaat zijn vrouw nu")
    await fatima.taps("Ja")
    report = await told.report()
    assert (report.danger, report.status) == (True, ReportStatus.TAKEN)
    assert any(PING in text for text in town.desk(told.desk).texts)
