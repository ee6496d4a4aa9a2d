"""What stands in a worker's private chat while writing shows some of a report's words, and goes when it must."""

from tests.conversations.telling import NUISANCE, Told, tells
from tests.conversations.test_roles import takes_role_from
from tests.town import Town
from tests.town_people import Someone

SECRET = "Mijn bovenbuurman schreeuwt elke nacht"


async def _writes(town: Town) -> tuple[Someone, Told]:
    """Omar writes twice about a sealed report, and leaves the second answer open."""
    omar = town.worker("Omar")
    await omar.starts()
    told = await tells(town, town.resident("Fatima"), SECRET, kind=NUISANCE)
    await omar.taps("Ik pak het op", on=told.card)
    for words in ("Ik bel je", "Ik kom langs"):
        await omar.taps("Antwoord")
        await omar.says(words)
        if words == "Ik bel je":
            await omar.taps("Versturen")
    shown = f"M-2026-0001 “{SECRET}”\n"
    assert sum(m.text.startswith(f"{shown}Schrijf je antwoord aan de bewoner.") for m in omar.messages) == 2
    assert omar.sees.startswith(f"{shown}Dit gaat naar de bewoner:\nIk kom langs")
    return omar, told


async def test_no_word_stays_with_who_lost_the_role(town: Town) -> None:
    omar, _told = await _writes(town)
    await takes_role_from(town, "Omar")
    assert not omar.was_told(SECRET)


async def test_nor_after_more_than_two_days_when_nobody_can_delete_it(town: Town) -> None:
    omar, _told = await _writes(town)
    await town.advance(days=9)
    await takes_role_from(town, "Omar")
    assert not omar.was_told(SECRET)


async def test_an_open_report_from_the_group_as_well(town: Town) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    told = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=told.card)
    await omar.taps("Antwoord", on=told.card)
    await omar.says("Wij kijken ernaar")
    await takes_role_from(town, "Omar")
    assert not omar.was_told("lantaarnpaal")


async def test_nor_with_who_handed_a_sealed_report_over(town: Town) -> None:
    omar, _told = await _writes(town)
    await omar.taps("Meer…")
    await omar.taps("Overdragen")
    await omar.taps("Samira")
    assert not omar.was_told(SECRET)


async def test_nor_after_it_went_to_the_workers_own_file(town: Town) -> None:
    omar, told = await _writes(town)
    await omar.taps("Afronden")
    await omar.taps("overgedragen naar eigen dossier")
    assert (await told.report()).text == ""
    assert not omar.was_told(SECRET)
