"""How words get there: typed buttons, two languages, long answers, and a resident who stopped the bot."""

from tests.conversations.telling import tells
from tests.town import Town


async def test_who_stopped_the_bot_is_not_reached_and_the_card_says_so(town: Town) -> None:
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    await samira.starts()
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await fatima.blocks()
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Hij wordt morgen gemaakt.")
    await samira.taps("Versturen")

    assert "⛔ Een bericht komt niet aan: de bewoner heeft Buurtbode gestopt." in told.card.text
    assert "De bewoner kreeg bericht" not in told.card.text
    assert (await told.report()).kept_at is None


async def test_buttons_of_the_private_card_can_be_typed(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Open in privé", on=told.card)
    await samira.says("antwoord")
    assert "Schrijf je antwoord aan de bewoner." in samira.sees
    await samira.says("Hij wordt morgen gemaakt.")
    await samira.says("1")
    assert told.resident.was_told("Hij wordt morgen gemaakt.")


async def test_each_reads_their_own_language(town: Town) -> None:
    samira, john = town.worker("Samira"), town.resident("Amy", language="en")
    await samira.starts()
    await john.says("The lamp is broken")
    for label in ("A place in the street", "The street", "Pass it on"):
        await john.taps(label)
    await john.says("Stedenwijk")
    await john.taps("Send")
    card = town.desk("stad-west").card("0001")
    assert "Leest Engels." in card.text
    await samira.taps("Ik pak het op", on=card)
    await samira.taps("Antwoord", on=card)
    assert "De bewoner leest Engels." in samira.sees
    await samira.says("It will be mended tomorrow.")
    await samira.taps("Versturen")
    assert "Message from Samira of De Schoor about M-2026-0001:" in john.sees
    await samira.taps("Afronden", on=card)
    await samira.taps("opgelost", on=card)
    assert "Your report M-2026-0001 was closed by Samira of De Schoor." in john.sees
    assert "It is solved." in john.sees


async def test_a_long_answer_of_a_resident_is_cut_in_the_group_and_whole_in_private(town: Town) -> None:
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    await samira.starts()
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Waar precies?")
    await samira.taps("Versturen")
    long = "Bij de brug. " + "😀" * 2041
    await fatima.taps("Antwoord terug")
    await fatima.says(long)
    below = town.desk("stad-west").messages[-1]
    assert below.text.endswith("😀…")
    await samira.taps("Open de melding", on=below)
    await samira.taps("Meer…")
    await samira.taps("Hele tekst en bestanden")
    assert samira.was_told(long)
