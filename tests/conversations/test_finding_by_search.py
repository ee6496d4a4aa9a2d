"""`/zoek`: by words, number or wijk; never inside what is sealed, and with no words in a group."""

import pytest

from storage.models import Desk
from tests.conversations.finding import desk_id, has_many, said
from tests.conversations.telling import tells
from tests.town import Town


@pytest.mark.parametrize(
    "typed",
    ["lantaarnpaal", "LANTAARNPALEN", "lantaarn", "kapotte lantaarnpalen", "lántaarnpaal Stedenwijk", "1", "0001",
     "M-2026-0001", "Stedenwijk", "wijk stedenwijk"],
)  # fmt: skip
async def test_search_finds_by_words_number_and_wijk(town: Town, typed: str) -> None:
    samira = town.worker("Samira")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal bij de school is kapot")
    await tells(town, town.resident("Piet"), "Een moestuin", kind="Een idee", area="Literatuurwijk")
    await samira.says(f"/zoek {typed}")
    assert "M-2026-0001" in samira.sees
    assert "M-2026-0002" not in samira.sees


async def test_search_asks_in_private_and_does_not_start_a_report(town: Town) -> None:
    samira = town.worker("Samira")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.says("/zoek")
    assert "Wat zoek je?" in samira.sees
    await samira.says("de het een")
    assert "Daar kan ik niet op zoeken." in samira.sees
    await samira.says("/zoek")
    await samira.says("lantaarnpaal")
    assert "M-2026-0001" in samira.sees
    await samira.says("/zoek niksvandit")
    assert "Niets gevonden." in samira.sees
    await samira.says("/zoek")
    await samira.says("stop")
    assert "Ik zoek niets." in samira.sees


async def test_search_in_the_group_repeats_no_words_and_turns_pages(town: Town) -> None:
    samira, omar, desk = town.worker("Samira"), town.worker("Omar"), town.desk("stad-west")
    await has_many(town, 12)
    await samira.says_in(desk, "/zoek")
    assert "bijvoorbeeld: /zoek lantaarnpaal" in said(desk).text
    await samira.says_in(desk, "/zoek kapotte lantaarnpaal")
    page = said(desk)
    assert page.text.startswith("Gevonden meldingen")
    assert "kapotte" not in page.text
    await omar.taps("Volgende", on=page)
    assert len(page.labels) == 4 + 2
    await samira.says_in(desk, "/zoek Stedenwijk")
    await samira.taps("Vorige", on=page)
    assert samira.toast == "Deze zoekvraag is oud. Zoek opnieuw met /zoek."


async def test_search_never_looks_inside_what_is_sealed(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, town.resident("Fatima"), "De bovenbuurman heeft een kapotte lantaarnpaal")
    await samira.says("/zoek lantaarnpaal")
    assert "M-2026-0001" in samira.sees
    await samira.taps("Meer…", on=told.card)
    for label in ("Soort, thema, wijk", "Soort", "Overlast of ruzie"):
        await samira.taps(label, on=told.card)
    for place in (samira, desk):
        await (samira.says("/zoek lantaarnpaal") if place is samira else samira.says_in(desk, "/zoek bovenbuurman"))
        assert "Niets gevonden." in said(place).text
        await (samira.says("/zoek 0001") if place is samira else samira.says_in(desk, "/zoek Stedenwijk"))
        assert "🔒 M-2026-0001" in said(place).text
        assert "lantaarnpaal" not in said(place).text


async def test_words_are_not_looked_for_in_a_group_with_somebody_unknown(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    async with town.writing() as work:
        (await work.session.get_one(Desk, await desk_id(town, "stad-west"))).sealed_cards_only = True
    await samira.says_in(desk, "/zoek lantaarnpaal")
    assert said(desk).text == "Op woorden zoek je hier nu niet. Doe dat in je privéchat met mij."
    await samira.says("/zoek lantaarnpaal")
    assert "M-2026-0001" in samira.sees


async def test_what_can_not_be_looked_for_asks_again_and_says_so(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.says("/zoek")
    await samira.sends_photo()
    assert samira.sees.startswith("Daar kan ik niet op zoeken.")
    assert "Wat zoek je?" in samira.sees
    await samira.taps("Stoppen")
    assert samira.sees == "Goed. Ik zoek niets."


async def test_a_search_leaves_what_is_open_as_it_is(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.says("/signaal Er ligt afval bij de flat")
    await samira.says("/zoek lantaarn")
    assert samira.sees.startswith("Gevonden meldingen")
    await samira.says("terug")
    assert samira.sees.startswith("Wat is het signaal?")
