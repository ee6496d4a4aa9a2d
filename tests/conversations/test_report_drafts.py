"""Drafts: left, taken up again, changed, survived."""

import pytest

from bot.domain.drafts import Step
from storage.models import Person
from tests.conversations.report_steps import draft_of, reach, reports_of, step_of
from tests.town import Town


async def test_a_draft_survives_a_restart_and_the_same_button_still_works(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await town.restart()
    await fatima.taps("De straat en de buurt")
    assert await step_of(fatima) is Step.COUNTER


async def test_a_stopped_draft_is_offered_when_somebody_comes_back(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("stop")
    await fatima.says("Nog iets: er ligt glas")
    assert "Je was bezig met een melding:\nDe lantaarnpaal is kapot\nWil je daarmee verder?" in fatima.sees
    await fatima.taps("Verder gaan")
    assert (await draft_of(fatima)).text == "De lantaarnpaal is kapot\nNog iets: er ligt glas"
    assert await step_of(fatima) is Step.THEME


async def test_a_new_report_can_be_made_instead(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("stop")
    await fatima.says("Er ligt glas op het fietspad")
    await fatima.taps("Nieuwe melding")
    assert (await draft_of(fatima)).text == "Er ligt glas op het fietspad"
    assert await step_of(fatima) is Step.KIND


async def test_after_hours_of_silence_words_may_begin_another_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await town.advance(hours=5)
    await fatima.says("Er ligt glas op het fietspad")
    assert "Wil je daarmee verder?" in fatima.sees
    await fatima.taps("Nieuwe melding")
    assert (await draft_of(fatima)).text == "Er ligt glas op het fietspad"


@pytest.mark.parametrize("choice", ["Nieuwe melding", "Verder gaan"])
async def test_a_place_shared_before_the_choice_belongs_to_what_is_chosen(town: Town, choice: str) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.RESUME)
    await fatima.sends_location(52.364766, 5.207945)
    assert "Wil je daarmee verder?" in fatima.sees
    assert not (await draft_of(fatima)).choices, "it may be the place of something new"
    await fatima.taps(choice)
    assert fatima.sees.startswith("Ik heb de plek.")
    draft = await draft_of(fatima)
    assert draft.choices
    assert ("Nog een lamp" in draft.text, draft.incoming_point) == (True, None)


async def test_a_first_place_waits_for_the_choice_too(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("stop")
    await fatima.sends_location(52.364766, 5.207945)
    assert "Wil je daarmee verder?" in fatima.sees
    await fatima.taps("Nieuwe melding")
    assert fatima.sees.startswith("Ik heb de plek.\n\nWat wil je melden?")
    assert (await draft_of(fatima)).choices


async def test_the_menu_word_offers_the_open_draft(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WHERE)
    await fatima.says("📣 Iets melden")
    assert "Wil je daarmee verder?" in fatima.sees
    await fatima.says("verder gaan")
    assert await step_of(fatima) is Step.WHERE


async def test_a_draft_can_be_thrown_away(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("stop")
    await fatima.taps("Weggooien")
    assert fatima.sees == "Weggegooid. Er is niets verstuurd."
    await fatima.says("Er ligt glas op het fietspad")
    assert "Waar gaat het over?" in fatima.sees


async def test_an_edited_message_changes_the_draft(town: Town) -> None:
    fatima = town.resident("Fatima")
    said = await fatima.says("De lantarenpaal kapoet")
    await fatima.edits(said, "De lantaarnpaal is kapot")
    assert (await draft_of(fatima)).text == "De lantaarnpaal is kapot"
    await fatima.edits(said, "Er is brand in de flat")
    assert "Is iemand nu in gevaar?" in fatima.sees


async def test_an_edit_of_what_was_sent_changes_nothing(town: Town) -> None:
    fatima = town.resident("Fatima")
    said = await fatima.says("De lantaarnpaal is kapot")
    for label in ("Een plek op straat", "De straat en de buurt", "Geef het door voor mij", "Weet ik niet", "Versturen"):
        await fatima.taps(label)
    await fatima.edits(said, "Iets heel anders")
    (report,) = await reports_of(town, fatima)
    assert report.text == "De lantaarnpaal is kapot"


async def test_a_greeting_or_emoji_asks_what_there_is_to_tell(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Hallo 👋")
    assert "Wat wil je melden?" in fatima.sees
    await fatima.says("🤷")
    assert "Kun je het in woorden zeggen?" in fatima.sees
    await fatima.says("De lantaarnpaal is kapot")
    assert (await draft_of(fatima)).text == "De lantaarnpaal is kapot"


async def test_every_button_can_be_typed_by_word_or_number(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("De lantaarnpaal is kapot")
    await fatima.says("1")
    assert await step_of(fatima) is Step.THEME
    await fatima.says("de straat en de buurt")
    await fatima.says("geef het door")
    await fatima.says("stad west")
    assert await step_of(fatima) is Step.AREA
    await fatima.says("terug")
    assert await step_of(fatima) is Step.WHERE


async def test_an_unknown_command_keeps_the_report_open(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("/onzin")
    assert await step_of(fatima) is Step.THEME
    assert "Waar hoort dit bij?" in fatima.sees


async def test_somebody_who_was_blocked_still_reads_112(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.starts()
    async with town.writing() as work:
        person = await work.session.get_one(Person, fatima.id)
        person.blocked_at = town.now
    await fatima.says("De lantaarnpaal is kapot")
    assert "Gevaar? Bel 112." in fatima.sees
    assert "privacy@example.org" in fatima.sees
    assert await step_of(fatima) is None
