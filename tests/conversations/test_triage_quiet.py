"""How little a group hears of the triage of one report: the rest are edits, or private."""

from tests.conversations.telling import NUISANCE, PLACE, tells
from tests.town import Town


def _sent_to_group(town: Town, chat: int) -> int:
    """Return how many messages the bot sent into a group (an edit is none)."""
    calls = [call for call in town.world.calls if call.params.get("chat_id") == chat]
    return sum(call.method.startswith(("send", "copy", "forward")) for call in calls)


async def _triage(town: Town, kind: str) -> int:
    """Card, take, ask, the answer comes back, answer, close; return how many messages the group got."""
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    await samira.starts()
    before = _sent_to_group(town, -1001)
    told = await tells(town, fatima, "Elke avond is er iets aan de hand", kind=kind)
    await samira.taps("Ik pak het op", on=told.card)
    on = None if kind == NUISANCE else told.card
    for label in ("Meer…", "Vraag stellen"):
        await samira.taps(label, on=on)
    await samira.says("Hoe laat begint het?")
    await samira.taps("Versturen")
    if kind == NUISANCE:
        await fatima.taps("Lezen")
    await fatima.taps("Antwoord terug")
    await fatima.says("Om tien uur.")
    await samira.taps("Antwoord", on=on)
    await samira.says("Wij komen kijken.")
    await samira.taps("Versturen")
    await samira.taps("Afronden", on=on)
    await samira.taps("gesprek gehad", on=on)
    assert "afgerond" in told.card.text
    return _sent_to_group(town, -1001) - before


async def test_the_triage_of_an_open_report_makes_at_most_six_messages_in_the_group(town: Town) -> None:
    assert await _triage(town, PLACE) <= 6


async def test_the_triage_of_a_sealed_report_makes_at_most_two(town: Town) -> None:
    assert await _triage(town, NUISANCE) <= 2
