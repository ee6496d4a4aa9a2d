"""The theme is guessed from the words, a worker corrects it, and after a night the bot has learned from that."""

from datetime import UTC, datetime

from tests.conversations.telling import PLACE, tells
from tests.town import Town

BOOKS = "Het boekenhuisje bij de vijver is leeg"


async def _theme_buttons(town: Town, name: str, words: str) -> list[str]:
    """Return the buttons of the question about the theme, after *words* about a place."""
    resident = town.resident(name)
    await resident.says(words)
    await resident.taps(PLACE)
    assert "Waar hoort dit bij?" in resident.sees
    buttons = [label for label in resident.buttons if label[-1].isalpha()]
    await resident.taps("Stoppen")
    await resident.taps("Weggooien")
    return buttons


async def test_the_likely_theme_is_the_first_button_and_from_nothing_nothing_is_guessed(town: Town) -> None:
    sure = await _theme_buttons(town, "Fatima", "de schommel in de speeltuin piept")
    unsure = await _theme_buttons(town, "Bram", "kan iemand mij bellen")
    assert sure[0] == "🏘 De straat en de buurt"
    assert unsure[0] == "💶 Geld en armoede"
    assert sorted(sure) == sorted(unsure)


async def test_what_a_worker_corrects_for_several_residents_is_guessed_after_a_night(town: Town) -> None:
    samira = town.worker("Samira")
    before = await _theme_buttons(town, "Nadia", BOOKS)
    for name in ("Fatima", "Piet", "Bram", "Anouk", "Kees", "Joke", "Ali", "Els"):
        told = await tells(town, town.resident(name), BOOKS)
        for label in ("Meer…", "Soort, thema, wijk", "Thema", "Samen leven"):
            await samira.taps(label, on=told.card)
    assert await _theme_buttons(town, "Nadia", BOOKS) == before
    assert before[0] != "🤝 Samen leven"

    await town.advance(minutes=1)
    await town.advance(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert (await _theme_buttons(town, "Nadia", BOOKS))[0] == "🤝 Samen leven"
    await town.restart()
    assert (await _theme_buttons(town, "Nadia", BOOKS))[0] == "🤝 Samen leven"
