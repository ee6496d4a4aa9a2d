"""A round and its team in one evening: who comes unplanned, who does not come, who can't be reached, who must go."""

from handlers.patrol.buttons import StepIn
from tests.conversations.meetings import wait_until
from tests.conversations.walking import ROUND_ON, clear, walkers, walking
from tests.town import Town


async def test_somebody_comes_along_who_did_not_sign_up(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    mia = town.person("Mia")
    await clear(town, shift, [mia])
    await wait_until(town, f"{ROUND_ON}T20:00")
    await john.taps("Ik loop niet")
    assert john.sees == "Goed. Ga niet alleen op pad."
    assert jan.sees.startswith("⚠️ Je bent nu alleen. Ga niet op pad.")
    assert not jan.message.silent
    assert jan.was_told("Er loopt nu niemand anders mee. Ga niet alleen. Is er toch iemand bij je? Tik op de knop.")
    await jan.taps("Ik ben er")
    assert jan.was_told("Je bent er. Er is niemand anders aangemeld. Ga niet alleen op pad.")
    await mia.forges(StepIn(shift.id).encode())
    assert mia.sees.startswith("De ronde is al begonnen. Ben je er al bij? Laat de ander op jouw naam tikken.")
    await jan.says("iemand anders is er")
    assert jan.sees == "Wie is er bij je? Alleen leden met een VOG lopen mee. Tik op de naam."
    assert jan.buttons == ["👤 Mia is er ook", "🦺 Terug naar de ronde"]
    await jan.taps("Mia is er ook")
    assert jan.was_told("✅ De ronde is open. Samen lopen: Jan, Mia.")
    assert "Jan zegt dat jij er ook bent." in mia.sees
    assert mia.buttons[:3] == ["🔧 Kapot of vies", "👀 Verdacht", "🏠 Wij zijn thuis"]


async def test_who_stops_a_report_on_a_round_stands_at_its_big_buttons_again(town: Town) -> None:
    _shift, (jan, _john) = await walking(town, "Jan", "John")
    big = ["🔧 Kapot of vies", "👀 Verdacht", "🏠 Wij zijn thuis"]
    await jan.taps("Kapot of vies")
    await jan.taps("Stoppen")
    assert jan.buttons == big
    await jan.taps("Kapot of vies")
    await jan.says("Er wordt nu ingebroken")
    await jan.taps("Ja")
    assert jan.sees == "Bel nu 112. Buurtbode belt niet voor jou."
    await jan.says("stop")
    assert jan.buttons == big


async def test_of_a_walker_who_blocked_the_bot_the_coordinator_hears_whom_to_call(town: Town) -> None:
    _shift, (mia, john) = await walkers(town, "Mia", "John")
    await wait_until(town, f"{ROUND_ON}T19:30")
    await john.blocks()
    await mia.says("/agenda")
    await mia.says("1")
    await mia.taps("Ik kan niet")
    jan = town.person("Jan")
    assert jan.was_told(
        "📵 John krijgt geen bericht van de bot. Bel nu.\nJohn is nu alleen. Ga niet op pad.\n"
        "Avondronde\ndinsdag 1 december, 20:00–21:00"
    )
    assert not town.person("Samira").was_told("📵")
    await town.advance(minutes=31)
    assert jan.was_told("🚫 De ronde gaat niet door. Ga niet alleen.")


async def test_the_coordinator_takes_a_member_out_who_is_walking(town: Town) -> None:
    _shift, (mia, john) = await walking(town, "Mia", "John")
    jan = town.person("Jan")
    await jan.says("/buurtpreventie")
    await jan.taps("Filmwijk")
    await jan.taps("Leden")
    await jan.taps("Iemand uit het team")
    assert jan.buttons == ["🚪 John", "🚪 Mia", "👥 Leden"]
    await jan.taps("Mia")
    assert jan.sees == (
        "Mia uit Buurtpreventie Filmwijk halen? De rondes van Mia worden meteen vrij. Mia krijgt bericht."
    )
    await jan.taps("Ja, uit het team")
    assert jan.sees.startswith("Mia is uit het team.\n\nLeden van Buurtpreventie Filmwijk")
    assert "– Mia" not in jan.sees
    assert "✓ Mia" not in jan.sees
    assert mia.was_told("Je hoort niet meer bij Buurtpreventie Filmwijk. Je rondes zijn vrij.")
    assert mia.was_told("Je loopt niet mee in deze ronde.")
    assert mia.was_told("Samen lopen") is False
    assert john.sees.startswith("⚠️ Je bent nu alleen. Loop niet verder. Ga naar huis.")
    await john.taps("Terug naar de ronde")
    assert "⚠️ Je bent nu alleen. Loop niet verder. Ga naar huis." in john.sees
    await mia.taps("Wij zijn thuis")
    await mia.taps("Geen bijzonderheden")
    assert john.was_told("🏁 De ronde is klaar: geen bijzonderheden.")
    assert not town.person("Samira").was_told("VOG")
