"""Every button can be typed, also one that stands on no prompt; greetings and help are never a report."""

import pytest

from bot.domain.drafts import Step
from tests.conversations.report_steps import draft_of, reach, reports_of, step_of
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town
from tests.town_people import Someone


async def _answered(town: Town, *, kind: str) -> tuple[Told, Someone]:
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    await samira.starts()
    told = await tells(town, fatima, "Het ruikt hier vies", kind=kind)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord", on=None if kind == NUISANCE else told.card)
    await samira.says("Wij komen langs.")
    await samira.taps("Versturen")
    return told, fatima


async def test_the_buttons_under_an_answer_can_be_typed(town: Town) -> None:
    told, fatima = await _answered(town, kind="Een plek op straat")
    await fatima.says("antwoord terug")
    assert fatima.sees.startswith(f"Schrijf je bericht over M-2026-{told.number}.")
    await fatima.says("Graag morgen")
    assert "Verstuurd. De buurtwerker leest het." in fatima.sees
    assert len(await reports_of(town, fatima)) == 1


async def test_a_sealed_answer_is_opened_by_typing_and_the_talk_wiped_by_typing(town: Town) -> None:
    _told, fatima = await _answered(town, kind=NUISANCE)
    assert fatima.sees == "Je hebt een bericht van De Schoor."
    await fatima.says("Lezen")
    assert "Wij komen langs." in fatima.sees
    await fatima.says("wis dit gesprek")
    assert "Ik heb de berichten van de laatste twee dagen gewist." in fatima.sees
    assert len(fatima.messages) == 1


async def test_not_solved_can_be_typed(town: Town) -> None:
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    await samira.starts()
    told = await tells(town, fatima, "Het ruikt hier vies", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Afronden")
    await samira.taps("opgelost")
    if "Versturen" in " ".join(samira.buttons):
        await samira.taps("Versturen")
    assert fatima.sees == "Je hebt een bericht van De Schoor."
    await fatima.says("lezen")
    assert "Het is opgelost." in fatima.sees
    assert "🧹 Wis dit gesprek" in fatima.buttons
    await fatima.says("/start")
    await fatima.says("niet opgelost")
    assert "Schrijf één zin." in fatima.sees
    assert "🧹 Wis dit gesprek" in fatima.buttons


async def test_such_words_begin_a_report_when_there_is_nothing_to_read(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Niet opgelost")
    assert await step_of(fatima) is Step.KIND
    assert (await draft_of(fatima)).text == "Niet opgelost"


@pytest.mark.parametrize("asks", ["help", "Hulp!", "ik snap het niet", "hoe werkt dit?"])
async def test_who_asks_for_help_gets_help_and_numbers(town: Town, asks: str) -> None:
    fatima = town.resident("Fatima")
    await fatima.says(asks)
    assert "Alarmnummer: 112" in fatima.sees
    assert await step_of(fatima) is None


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("melden", "Wat wil je melden?"),
        ("meldingen", "Je hebt nog niets gemeld."),
        ("agenda", "Je bent nog nergens voor aangemeld."),
        ("taal", "Welke taal wil je lezen?"),
        ("privacy", "Wat wij bewaren"),
    ],
)
async def test_the_name_of_a_command_is_understood_without_its_slash(town: Town, name: str, sees: str) -> None:
    fatima = town.resident("Fatima")
    await fatima.says(name)
    assert sees in fatima.sees


async def test_words_behind_the_command_are_the_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/melden De lantaarnpaal\nis kapot")
    assert await step_of(fatima) is Step.KIND
    assert (await draft_of(fatima)).text == "De lantaarnpaal\nis kapot"


async def test_a_greeting_with_a_report_behind_it_is_a_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("hallo brand hier")
    assert fatima.sees.startswith("Is iemand nu in gevaar?")
    assert (await draft_of(fatima)).text == "hallo brand hier"


async def test_thanks_and_greetings_do_not_join_the_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    before = await draft_of(fatima)
    await fatima.says("dank je wel")
    assert fatima.sees.startswith("Waar hoort dit bij?")
    assert (await draft_of(fatima)).text == before.text


async def test_no_is_no_more_to_tell(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.SUMMARY)
    before = await draft_of(fatima)
    await fatima.taps("Meer vertellen")
    await fatima.says("ja")
    assert await step_of(fatima) is Step.TELL
    await fatima.says("nee")
    assert await step_of(fatima) is Step.SUMMARY
    assert (await draft_of(fatima)).text == before.text


async def test_yes_is_no_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/melden")
    await fatima.says("ja")
    assert "Kun je het in woorden zeggen?" in fatima.sees
    assert (await draft_of(fatima)).empty


async def test_another_language_shows_the_open_question_in_it(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("/taal")
    await fatima.taps("English")
    assert await step_of(fatima) is Step.THEME
    assert "❔ Something else" in fatima.buttons


async def test_help_in_a_report_names_112_once(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.KIND)
    await fatima.says("help")
    assert fatima.sees.count("Bel 112") == 1
    assert await step_of(fatima) is Step.KIND
