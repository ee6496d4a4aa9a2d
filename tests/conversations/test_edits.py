"""Messages that are edited: the draft changes along, what was sent stays and the bot says so."""

from bot.domain.drafts import Step
from tests.conversations.report_steps import draft_of, reach, reports_of, step_of
from tests.conversations.telling import NUISANCE, tells
from tests.town import Town


async def test_an_edit_changes_the_draft_at_every_moment_before_sending(town: Town) -> None:
    fatima = town.resident("Fatima")
    said = await fatima.says("De lantarenpaal kapoet")
    for label in ("Een plek op straat", "De straat en de buurt", "Geef het door voor mij", "Weet ik niet"):
        await fatima.taps(label)
    await fatima.edits(said, "De lantaarnpaal bij de brug is kapot")
    assert await step_of(fatima) is Step.SUMMARY
    assert "De lantaarnpaal bij de brug is kapot" in fatima.sees
    await fatima.edits(said, "Er is brand in de flat")
    assert "Is iemand nu in gevaar?" in fatima.sees
    await fatima.edits(said, "Ik ben 14 en de lamp is kapot")
    assert fatima.was_told("Praat met iemand die je vertrouwt of bel gratis 0800-0432.")


async def test_a_caption_that_comes_later_joins_the_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    picture = await fatima.sends_photo()
    await fatima.edits(picture, "Deze lamp is stuk")
    assert (await draft_of(fatima)).text == "Deze lamp is stuk"
    await fatima.edits(picture, "")
    assert (await draft_of(fatima)).text == ""


async def test_words_that_wait_beside_an_older_draft_change_too(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("stop")
    said = await fatima.says("Er ligt glaz")
    await fatima.edits(said, "Er ligt glas op het fietspad")
    await fatima.taps("Nieuwe melding")
    assert (await draft_of(fatima)).text == "Er ligt glas op het fietspad"


async def test_what_was_sent_stays_and_the_bot_says_so_without_a_word_of_it(town: Town) -> None:
    fatima = town.resident("Fatima")
    told = await tells(town, fatima, "Ruzie over de heg", kind=NUISANCE)
    mine = fatima.person.chat.visible[0]
    await fatima.edits(mine, "Ruzie over de muur")
    assert fatima.sees == "Dit was al verstuurd. Het verandert niet meer. Wil je er iets bij schrijven?"
    await fatima.taps("Wat ik heb gemeld")
    assert told.number in " ".join(fatima.buttons)
    (report,) = await reports_of(town, fatima)
    assert report.text == "Ruzie over de heg"

    await fatima.edits(mine, "Hij slaat zijn vrouw nu")
    assert "Dit was al verstuurd. Het verandert niet meer." in fatima.sees
    assert "Wacht niet op ons. Bel nu: Alarmnummer 112" in fatima.sees
