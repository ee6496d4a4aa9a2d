"""A report about a place in the street, from the first words to the card."""

from tests.town import Town

DANGER_LINE = "Is er nu gevaar? Bel 112. Wij lezen dit bericht later."


async def test_a_broken_lamp_is_reported_in_six_messages_and_taps(town: Town) -> None:
    fatima = town.resident("Fatima")

    await fatima.says("De lantaarnpaal is kapot")
    assert fatima.sees.endswith(DANGER_LINE)
    assert "🆘 Nu gevaar" in fatima.buttons

    await fatima.taps("Een plek op straat")
    assert "Waar hoort dit bij?" in fatima.sees
    assert fatima.buttons[0] == "🏘 De straat en de buurt"

    await fatima.taps("De straat en de buurt")
    assert "Dit maakt de gemeente. Meld het zelf: https://www.almere.nl/?id=4015 of 14 036." in fatima.sees

    await fatima.taps("Geef het door voor mij")
    assert "Waar is het?" in fatima.sees

    await fatima.says("1325")
    if "Welke wijk is het?" in fatima.sees:
        await fatima.taps(fatima.buttons[0])
    assert "Dit stuur ik. Klopt het?" in fatima.sees
    assert "De lantaarnpaal is kapot" in fatima.sees
    assert "Wij zien je naam niet. Telegram weet wel wie je bent." in fatima.sees
    assert "/privacy" in fatima.sees

    await fatima.taps("Versturen")
    assert "M-2026-0001" in fatima.sees
    assert "Je hoort iets vóór vrijdag 27 november." in fatima.sees
    assert "De buurtwerkers van De Schoor lezen dit." in fatima.sees
    assert not fatima.was_told("in gevaar?")
