"""What a resident does with a sent report: add to it, take it back, change a word in the chat."""

from bot.domain.enums import CloseReason, ReportStatus
from tests.conversations.telling import NUISANCE, tells
from tests.town import Town


async def test_adding_to_a_report_reaches_the_desk_and_taking_it_back_its_worker(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await fatima.taps("Wat ik heb gemeld")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.says("Het is de derde paal vanaf de brug")
    assert fatima.sees == "Verstuurd. De buurtwerker leest het."
    assert any("Het is de derde paal vanaf de brug" in text for text in town.desk("stad-west").texts)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    assert "Het is de derde paal vanaf de brug" in fatima.sees
    await fatima.taps("Melding intrekken")
    await fatima.taps("Ja, intrekken")
    assert "M-2026-0001 is ingetrokken" in fatima.sees
    assert samira.sees == "De bewoner heeft M-2026-0001 ingetrokken. Je hoeft niets meer te doen."
    assert "ingetrokken" in told.card.text.casefold()
    report = await told.report()
    assert (report.status, report.close_reason) == (ReportStatus.CLOSED, CloseReason.WITHDRAWN)


async def test_a_sealed_report_is_taken_back_without_a_word_of_it(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "Ruzie over de heg", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Melding intrekken")
    await fatima.taps("Ja, intrekken")
    assert samira.was_told("De bewoner heeft M-2026-0001 ingetrokken.")
    assert not any("heg" in text for text in town.desk("stad-west").readable)


async def test_who_says_later_to_be_under_16_is_sealed_and_told_whom_to_talk_to(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    await samira.starts()
    told = await tells(town, fatima, "Er ligt glas bij de glijbaan", photos=1)
    await samira.taps("Ik pak het op", on=told.card)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.says("Ik ben 12")
    assert "Praat met iemand die je vertrouwt of bel gratis 0800-0432." in fatima.sees
    assert (await told.report()).sealed
    assert not any("glijbaan" in text or "Ik ben 12" in text for text in desk.readable)
    assert not any(message.media for message in desk.messages)
    assert samira.was_told("Ik ben 12")
