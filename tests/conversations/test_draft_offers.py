"""A draft that was left unfinished is offered again: after 10 minutes and once the next day, never a discreet one."""

from datetime import UTC, datetime

import pytest

from bot.domain.drafts import Step
from tests.conversations.report_steps import WAYS, draft_of, reach, says, step_of, taps
from tests.town import Town

OFFER = "Je melding is nog niet verstuurd:\nDe lantaarnpaal is kapot\nWil je verder?"


async def test_a_draft_is_offered_after_ten_minutes_and_once_the_next_day(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await town.advance(minutes=9)
    assert not fatima.was_told("nog niet verstuurd")
    await town.advance(minutes=2)
    assert fatima.sees == OFFER
    await town.advance(hours=6)
    assert [message.text for message in fatima.messages].count(OFFER) == 1
    await town.advance(datetime(2026, 11, 24, 9, 1, tzinfo=UTC))  # 10:01 in Almere
    assert [message.text for message in fatima.messages].count(OFFER) == 2
    await town.advance(days=3)
    assert [message.text for message in fatima.messages].count(OFFER) == 2
    await fatima.taps("Verder gaan")
    assert await step_of(fatima) is Step.THEME
    await fatima.taps("De straat en de buurt")
    assert await step_of(fatima) is Step.COUNTER


async def test_the_offer_can_be_typed_and_thrown_away(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WHERE)
    await town.advance(minutes=11)
    await fatima.says("verder gaan")
    assert await step_of(fatima) is Step.WHERE
    assert (await draft_of(fatima)).text == "De lantaarnpaal is kapot"
    await town.advance(datetime(2026, 11, 24, 9, 1, tzinfo=UTC))
    assert fatima.sees == OFFER
    await fatima.taps("Weggooien")
    assert fatima.sees == "Weggegooid. Er is niets verstuurd."
    assert await step_of(fatima) is None


async def test_who_goes_on_stops_or_sends_in_time_is_not_asked(town: Town) -> None:
    busy, stopped, sent = (town.resident(name) for name in ("Bezig", "Gestopt", "Verstuurd"))
    await reach(busy, Step.THEME)
    await reach(stopped, Step.THEME)
    await stopped.says("stop")
    await reach(sent, Step.SUMMARY)
    await sent.taps("Versturen")
    await town.advance(minutes=9)
    await busy.taps("De straat en de buurt")
    await town.advance(minutes=9)
    for person in (busy, stopped, sent):
        assert not person.was_told("nog niet verstuurd")


async def test_at_night_the_offer_waits_for_the_next_day(town: Town) -> None:
    fatima = town.resident("Fatima")
    await town.advance(datetime(2026, 11, 23, 20, 55, tzinfo=UTC))  # 21:55
    await reach(fatima, Step.THEME)
    await town.advance(datetime(2026, 11, 24, 8, 59, tzinfo=UTC))
    assert not fatima.was_told("nog niet verstuurd")
    await town.advance(minutes=2)
    assert fatima.sees == OFFER
    await town.advance(days=2)
    assert [message.text for message in fatima.messages].count(OFFER) == 1


@pytest.mark.parametrize(
    "way",
    [
        WAYS[Step.CONSENT],
        WAYS[Step.PEOPLE],
        WAYS[Step.CALL_112],
        [says("Mijn man slaat mij")],
        [says("Ik voel me niet goed")],
        [lambda person: person.sends_voice()],
        [says("Ik ben 14 en de lamp is kapot"), taps("Een plek op straat")],
    ],
    ids=["about oneself", "about people", "danger", "danger words", "not known yet", "spoken", "under 16"],
)
async def test_what_falls_under_discretion_is_never_offered(town: Town, way: list) -> None:  # type: ignore[type-arg]
    fatima = town.resident("Fatima")
    for move in way:
        await move(fatima)
    said = len(fatima.messages)
    await town.advance(days=2)
    assert len(fatima.messages) == said
