"""More than 20 messages in 10 seconds: one polite pause. A backlog is no flood, and nothing is thrown away."""

from tests.conversations.report_steps import draft_of
from tests.town import Town

LINE = "Dat zijn veel berichten. Ik lees ze allemaal. Mijn antwoord komt zo. Gevaar? Bel 112."


async def test_more_than_twenty_messages_in_ten_seconds_make_one_polite_pause(town: Town) -> None:
    fatima = town.resident("Fatima")
    for number in range(30):
        await fatima.person.writes(f"Zin {number} over de lamp")
    await town.settle()
    told = [message.text for message in fatima.messages]
    assert told.count(LINE) == 1
    assert told[-1] == LINE  # the answers to what came after it wait
    said = len(told)
    await town.advance(minutes=1)
    assert len(fatima.messages) == said + 1  # one answer to all of it
    assert "Waar gaat het over?" in fatima.sees
    draft = await draft_of(fatima)
    assert [piece.text for piece in draft.pieces] == [f"Zin {number} over de lamp" for number in range(30)]
    await fatima.taps("Een plek op straat")
    assert "Waar hoort dit bij?" in fatima.sees


async def test_a_tap_is_answered_at_once_also_in_a_pause(town: Town) -> None:
    fatima = town.resident("Fatima")
    for number in range(25):
        await fatima.says(f"Zin {number}")
    await fatima.taps("Nu gevaar", on=next(m for m in reversed(fatima.messages) if "🆘 Nu gevaar" in m.labels))
    assert "Bel nu 112." in fatima.sees


async def test_a_backlog_is_no_flood(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("De lamp is kapot")
    await town.stop()
    for number in range(30):
        await fatima.person.writes(f"Zin {number} over de lamp")
        town.sleep(minutes=1)
    await town.restart()
    await town.settle()
    assert not fatima.was_told(LINE)
    assert len((await draft_of(fatima)).pieces) == 31


async def test_a_flood_that_waited_for_the_bot_is_answered_when_it_is_back(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("De lamp is kapot")
    await town.stop()
    for number in range(30):
        await fatima.person.writes(f"Zin {number} over de lamp")
    town.sleep(minutes=5)
    await town.restart()
    await town.settle()
    assert not fatima.was_told(LINE)
    assert "Waar gaat het over?" in fatima.sees


async def test_an_album_counts_as_one_message(town: Town) -> None:
    fatima = town.resident("Fatima")
    for _ in range(3):
        await fatima.sends_album(10)
    assert not fatima.was_told(LINE)
