"""Photos in later answers can be taken away too, by the resident and by the worker."""

from bot.demo.telegram.model import Message
from handlers.my_reports.buttons import RemoveReplyPhoto
from tests.conversations.telling import Told, tells
from tests.town import Town
from tests.town_people import Someone

NOTE = "Staan er mensen, kinderen of kentekens op? Haal de foto weg."


async def _adds(fatima: Someone, told: Told) -> None:
    await fatima.says("/meldingen")
    await fatima.taps(f"M-2026-{told.number}")
    await fatima.taps("Schrijf erbij")


def _files(messages: list[Message]) -> int:
    return len([message for message in messages if message.media])


def _note(fatima: Someone) -> Message:
    return next(message for message in reversed(fatima.messages) if message.text.startswith(NOTE))


async def test_a_resident_takes_a_later_photo_away_from_every_screen(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await _adds(fatima, told)
    await fatima.sends_photo("Zo ziet het eruit")
    assert fatima.was_told("Verstuurd. De buurtwerker leest het.")
    assert _files(desk.messages) == 1
    note = _note(fatima)
    await fatima.taps("Foto weg", on=note)
    assert fatima.toast == "De foto is weg."
    assert note.text == "De foto is weg."
    assert _files(desk.messages) == 0
    assert any("Zo ziet het eruit" in text for text in desk.texts)


async def test_of_an_album_each_photo_goes_by_itself(town: Town) -> None:
    fatima, desk = town.resident("Fatima"), town.desk("stad-west")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await _adds(fatima, told)
    await fatima.sends_album(3)
    note = _note(fatima)
    assert note.labels == ["🗑 Foto 1 weg", "🗑 Foto 2 weg", "🗑 Foto 3 weg"]
    assert _files(desk.messages) == 3
    await fatima.taps("Foto 2 weg", on=note)
    assert _files(desk.messages) == 2
    assert note.labels == ["🗑 Foto 1 weg", "🗑 Foto 2 weg"]


async def test_a_worker_takes_it_away_and_nobody_else_can(town: Town) -> None:
    fatima, other, samira = town.resident("Fatima"), town.resident("Iemand"), town.worker("Samira")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await _adds(fatima, told)
    await fatima.sends_photo("Kijk")
    note = _note(fatima)
    data = note.buttons[0][0]["callback_data"]
    assert RemoveReplyPhoto.decode(data)
    await other.starts()
    await other.forges(data)
    assert _files(town.desk("stad-west").messages) == 1
    card = told.card
    await samira.taps("Meer…", on=card)
    await samira.taps("🗑 Foto weg", on=card)
    await samira.taps("🗑 Foto weg", on=card)
    assert samira.toast == "De foto is weg."
    assert _files(town.desk("stad-west").messages) == 0
    assert note.text == "De foto is weg."
    await fatima.forges(data, on=note)
    assert fatima.toast
