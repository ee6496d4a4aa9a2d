"""Danger, without a gate: 112 in the text, the draft kept, no promise in days."""

from bot.domain.drafts import Step
from tests.conversations.report_steps import draft_of, reach, reports_of, step_of
from tests.town import Town

CALL = "Bel nu 112. Buurtbode belt niet voor jou."


async def test_now_danger_says_112_asks_nothing_and_keeps_the_draft(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Er ligt glas bij de school")
    await fatima.taps("Nu gevaar")
    assert fatima.sees == CALL
    assert [label for label in fatima.buttons if "Wis" not in label] == [
        "Ik heb gebeld, ik wil nog iets melden",
        "Het was geen gevaar",
        "✖️ Stoppen",
    ]
    await fatima.taps("Stoppen")
    assert (await draft_of(fatima)).text == "Er ligt glas bij de school"


async def test_danger_words_are_asked_about_first(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Er staat een schuur in brand")
    assert fatima.sees.startswith("Is iemand nu in gevaar?")
    assert fatima.sees.endswith("Is er nu gevaar? Bel 112. Wij lezen dit bericht later.")
    await fatima.says("ja")
    assert fatima.sees == CALL
    await fatima.says("ik heb gebeld, ik wil nog iets melden")
    assert "Waar gaat het over?" in fatima.sees
    assert (await draft_of(fatima)).danger is True


async def test_danger_words_that_come_later_are_asked_about_too(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WHERE)
    await fatima.says("mijn buurman slaat zijn vrouw, help")
    assert "Is iemand nu in gevaar?" in fatima.sees
    await fatima.taps("Nee")
    assert (await draft_of(fatima)).danger is False


async def test_a_danger_report_is_sealed_and_promises_no_day(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Er staat een schuur in brand")
    await fatima.taps("Ja")
    await fatima.taps("Ik heb gebeld")
    await fatima.taps("Een plek op straat")
    await fatima.taps("De straat en de buurt")
    await fatima.taps("Weet ik niet")
    assert fatima.sees == "Mogen wij je hier terugschrijven?"
    await fatima.taps("Ja")
    await fatima.taps("Versturen")
    assert "Wij lezen dit op werkdagen tussen 9 en 17 uur. Wacht niet op ons. Bel nu: Alarmnummer 112" in fatima.sees
    assert "Je hoort iets" not in fatima.sees
    (report,) = await reports_of(town, fatima)
    assert (report.danger, report.sealed, report.promise_on, report.danger_words) == (True, True, None, "fire")
    assert not any("schuur" in text for text in town.desk("stad").texts)


async def test_it_was_no_danger_after_all(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Lantaarnpaal kapot")
    await fatima.taps("Nu gevaar")
    await fatima.taps("Het was geen gevaar")
    assert await step_of(fatima) is Step.KIND
    assert (await draft_of(fatima)).sealed is False


async def test_a_voice_message_gets_the_help_line_and_no_question(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.sends_voice()
    assert (
        "Heb je nu hulp nodig? Bel:\nAlarmnummer 112 · 113 Zelfmoordpreventie 0800-0113 · Veilig Thuis 0800-2000"
        in (fatima.sees)
    )
    await fatima.taps("Een plek op straat")
    assert "Waar hoort dit bij?" in fatima.sees


async def test_safety_asks_what_where_and_when_but_never_who(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Er wordt gedeald bij het station")
    await fatima.taps("Een plek op straat")
    for _ in range(3):
        if await step_of(fatima) is Step.PEOPLE:
            await fatima.taps("Nee")
    await fatima.taps("Veiligheid")
    assert fatima.sees == "Is iemand nu in gevaar?"
    await fatima.taps("Nee")
    assert "Schrijf geen naam, kenteken of hoe iemand eruitziet. Weet je dat?" in fatima.sees
    assert "Bel de politie 0900-8844, of anoniem 0800-7000." in fatima.sees
    await fatima.says("Elke avond om 22 uur bij de fietsenstalling")
    assert "Waar is het?" in fatima.sees


async def test_a_photo_that_begins_a_report_has_the_danger_line_in_its_first_message(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.sends_photo()
    note, question = fatima.messages
    assert note.text.startswith("Staan er mensen, kinderen of kentekens op? Haal de foto weg.")
    for message in (note, question):
        assert message.text.endswith("Is er nu gevaar? Bel 112. Wij lezen dit bericht later.")
    await fatima.taps("Een plek op straat")
    await fatima.sends_photo()
    assert not fatima.messages[-2].text.endswith("later.")


async def test_a_voice_message_later_on_gets_the_help_line_too(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.sends_voice()
    assert "Heb je nu hulp nodig? Bel:" in fatima.sees
    assert "Waar hoort dit bij?" in fatima.sees


async def test_words_in_a_script_without_a_list_get_the_help_line_too(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("النجدة بيتي يحترق")
    assert "Heb je nu hulp nodig? Bel:\nAlarmnummer 112" in fatima.sees
    assert "Waar gaat het over?" in fatima.sees
