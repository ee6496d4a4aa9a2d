"""How words get there: typed buttons, two languages, long answers, and a resident who stopped the bot."""

from tests.conversations.telling import NUISANCE, tells
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
    assert "Message from Samira from De Schoor about M-2026-0001:" in john.sees
    await samira.taps("Afronden", on=card)
    await samira.taps("opgelost", on=card)
    assert "Your report M-2026-0001 was closed by Samira from De Schoor." in john.sees
    assert "It has been solved." in john.sees


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


async def test_who_can_not_be_written_to_is_called_in_the_group_when_the_desk_opens(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    await samira.starts()
    told = await tells(town, fatima, "Ruzie op de galerij elke avond", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.blocks()
    await town.advance(hours=10)  # 20:00 in Almere
    for words in ("Het is nu nog erger", "En nog steeds"):
        await fatima.says(words, reply_to=next(m for m in fatima.messages if "M-2026-0001" in m.text))
    assert not any(text.startswith("Samira,") for text in desk.texts)
    await town.advance(hours=13)
    calls = [message for message in desk.messages if message.text.startswith("Samira, er is een bericht over M-2026")]
    assert calls
    assert not any(message.silent for message in calls)


async def test_who_read_it_in_the_meantime_is_not_called(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    await samira.starts()
    told = await tells(town, fatima, "Ruzie op de galerij elke avond", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.blocks()
    await town.advance(hours=10)
    await fatima.says("Het is nu nog erger", reply_to=next(m for m in fatima.messages if "M-2026-0001" in m.text))
    await samira.unblocks()
    await samira.taps("🔒 Openen", on=told.card)
    assert "Het is nu nog erger" in samira.sees
    await town.advance(hours=13)
    assert not any(text.startswith("Samira,") for text in desk.texts)


async def test_a_report_that_changes_hands_is_told_in_the_group_to_who_can_not_be_written_to(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    town.world.contact[town.worker("Omar").id] = "never"
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    for label in ("Meer…", "Overdragen", "Omar"):
        await samira.taps(label, on=told.card)
    assert desk.texts[-1] == "Omar, Samira heeft M-2026-0001 aan jou overgedragen."
    for label in ("Meer…", "Overnemen"):
        await samira.taps(label, on=told.card)
    assert desk.texts[-1] == "Omar, Samira heeft M-2026-0001 overgenomen."


async def test_outside_desk_hours_staff_hear_no_sound(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await omar.starts()
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=told.card)
    await town.advance(hours=8)  # 18:00 in Almere
    await omar.taps("Antwoord", on=told.card)
    await town.advance(minutes=16)
    assert omar.sees == "Nog niets verstuurd over 0001."
    assert omar.message.silent
    for label in ("Meer…", "Overnemen"):
        await samira.taps(label, on=told.card)
    assert omar.sees == "Samira heeft M-2026-0001 overgenomen."
    assert omar.message.silent
