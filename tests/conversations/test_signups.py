"""Signing up, waiting, leaving and answering offers, as people live it."""

import pytest

from bot.domain.enums import RoleKey
from storage.models import ActivityRole, Person
from storage.queries import signups as queries
from tests.conversations.joining import CAFE, CAFE_ON, begin_visit, open_first
from tests.conversations.meetings import occurrence, signup_of, told
from tests.town import Town


async def test_a_visitor_brings_something_at_a_time(town: Town) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima)
    await fatima.taps("Ik breng iets mee")
    assert "Wat neem je mee?" in fatima.sees
    await fatima.says("mijn boor doet het niet meer")
    assert fatima.sees.startswith("Welk ding bedoel je?")
    await fatima.taps("Boormachine")
    assert "Welk merk is het?" in fatima.sees
    await fatima.says("Bosch")
    await fatima.says("hij rookt")
    assert fatima.sees == "Hoe laat kom je?"
    await fatima.taps("13:30–14:00")
    assert "Repareren is op eigen risico." in fatima.sees
    await fatima.says("ja")
    assert fatima.sees == (
        "✅ Je bent aangemeld als bezoeker.\n"
        "Repair Café Stedenwijk\n"
        "zaterdag 5 december, 13:00–16:00\n"
        "Jouw tijd: 13:30.\n"
        "Je krijgt een herinnering op vrijdag 4 december 13:00."
    )
    meeting = await occurrence(town, CAFE, CAFE_ON)
    signup = await signup_of(town, fatima, meeting.id)
    async with town.reading() as work:
        item = await queries.repair_item(work.session, signup.id)
    assert item is not None
    assert (item.item_type, item.category, item.brand, item.fault) == (
        "Boormachine",
        "Power tool",
        "Bosch",
        "hij rookt",
    )


async def test_a_few_letters_are_enough_and_more_letters_search_again(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima, "dinges")
    assert fatima.sees.startswith("Je neemt mee: dinges.")
    await fatima.taps("Terug")
    await fatima.says("zuiger")
    assert fatima.buttons[:2] == ["Stofzuiger", "Robotstofzuiger"]
    assert "Iets anders: zuiger" in fatima.buttons
    await fatima.says("stoelen")
    assert fatima.buttons[0] == "Stoel"
    await fatima.says("1")
    assert fatima.sees.startswith("Je neemt mee: Stoel.")
    await fatima.says("ikea")
    await fatima.sends_photo("Een poot is los")
    assert fatima.sees == "Hoe laat kom je?"
    await fatima.taps("Ik loop binnen")
    await fatima.taps("Ja, dat is goed")
    meeting = await occurrence(town, CAFE, CAFE_ON)
    signup = await signup_of(town, fatima, meeting.id)
    async with town.reading() as work:
        item = await queries.repair_item(work.session, signup.id)
    assert item is not None
    assert (item.item_type, item.category, item.skill) == ("Stoel", "Unpowered - Furniture", "wood")
    assert (item.fault, bool(item.photo)) == ("Een poot is los", True)


async def test_house_rules_are_asked_once_and_a_photo_may_say_what_is_broken(town: Town) -> None:
    fatima = town.resident("Fatima")
    async with town.writing() as work:
        work.session.add(Person(id=fatima.id, created_at=town.now, house_rules_at=town.now))
    await begin_visit(fatima)
    await fatima.taps("Overslaan")
    await fatima.sends_photo()
    await fatima.says("15:30")
    assert "Jouw tijd: 15:30." in fatima.sees
    meeting = await occurrence(town, CAFE, CAFE_ON)
    signup = await signup_of(town, fatima, meeting.id)
    async with town.reading() as work:
        item = await queries.repair_item(work.session, signup.id)
    assert item is not None
    assert item.photo


async def test_it_is_never_full_for_visitors(town: Town) -> None:
    async with town.writing() as work:
        meeting = await occurrence(town, CAFE, CAFE_ON)
        role = await work.session.get(ActivityRole, (meeting.activity_id, RoleKey.VISITOR))
        assert role is not None
        role.maximum = 1
    ann, bob = town.resident("Ann"), town.resident("Bob")
    await begin_visit(bob, "naaimachine")
    await bob.taps("Overslaan")
    await begin_visit(ann)
    await ann.taps("Overslaan")
    await ann.taps("Overslaan")
    assert "🕐 13:00–13:30" in ann.buttons
    await ann.taps("13:00")
    await ann.taps("Ja")
    assert "Het is druk. Neem één ding mee." in ann.sees
    await bob.taps("Overslaan")
    assert "De tijden zijn vol. Binnenlopen mag. Dan wacht je op je beurt." in bob.sees
    await bob.taps("Ik loop binnen")
    await bob.taps("Ja")
    assert "Je loopt binnen. Dan wacht je op je beurt." in bob.sees


async def test_a_time_that_goes_meanwhile_is_asked_again(town: Town) -> None:
    async with town.writing() as work:
        meeting = await occurrence(town, CAFE, CAFE_ON)
        role = await work.session.get(ActivityRole, (meeting.activity_id, RoleKey.VISITOR))
        assert role is not None
        role.maximum = 6
    ann, bob = town.resident("Ann"), town.resident("Bob")
    for someone in (ann, bob):
        await begin_visit(someone)
        await someone.taps("Overslaan")
        await someone.taps("Overslaan")
    await ann.taps("13:00")
    await bob.taps("13:00")
    await ann.taps("Ja")
    await bob.taps("Ja")
    assert "Deze tijd is net bezet. Kies een andere." in bob.sees
    assert "🕐 13:00–13:30" not in bob.buttons
    await bob.taps("13:30")
    assert "Jouw tijd: 13:30." in bob.sees


async def test_a_repairer_signs_up_with_one_tap_and_can_think_again(town: Town) -> None:
    omar = town.resident("Bilal")
    await open_first(omar)
    await omar.taps("Ik help met repareren")
    assert "Je bent aangemeld als reparateur." in omar.sees
    assert "Je krijgt een herinnering op zaterdag 28 november 13:00." in omar.sees
    await omar.taps("Ik kan niet")
    assert omar.sees.startswith("Je bent afgemeld.")
    await omar.taps("Toch wel")
    assert "Je bent aangemeld als reparateur." in omar.sees


async def test_back_stop_and_words_work_at_every_step(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    await fatima.says("terug")
    assert "Wat neem je mee?" in fatima.sees
    await fatima.says("lamp")
    await fatima.says("sla over")
    assert "Wat is er stuk?" in fatima.sees
    await fatima.taps("Terug")
    assert "Welk merk is het?" in fatima.sees
    await fatima.says("stop")
    assert "Gestopt. Je bent niet aangemeld." in fatima.sees
    assert "🔧 Ik breng iets mee" in fatima.buttons
    await fatima.taps("Ik breng iets mee")
    await fatima.taps("Terug")
    assert "Gestopt." in fatima.sees


@pytest.mark.parametrize("answers", [[], ["lamp"], ["lamp", "sla over"], ["lamp", "sla over", "sla over"]])
async def test_bad_input_gets_a_helpful_answer_and_loses_nothing(town: Town, answers: list[str]) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima)
    await fatima.taps("Ik breng iets mee")
    for answer in answers:
        await fatima.says(answer)
    question = fatima.sees.split("\n")[-1]
    await fatima.sends_voice()
    assert question in fatima.sees
    await fatima.says("🙈🙈")
    assert question in fatima.sees
    assert "Typ het in woorden." in fatima.sees
    await fatima.says("x" * 4096)
    assert question in fatima.sees
    await fatima.says("/bestaatniet")
    newest = [message.text for message in fatima.messages[-2:]]
    assert any(question in text for text in newest)
    assert any("/bestaatniet" in text for text in newest)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.reading() as work:
        assert await queries.of_occurrence(work.session, meeting.id) == []


async def test_html_is_shown_as_typed(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima, "<b>ding</b> & co")
    assert "Je neemt mee: <b>ding</b> & co." in fatima.sees


async def test_a_visit_is_taken_again_with_its_item_and_time_or_another_time(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    for answer in ("Philips", "kapot", "13:00", "ja"):
        await fatima.says(answer)
    await fatima.taps("Ik kan niet")
    await fatima.taps("Toch wel")
    assert "Jouw tijd: 13:00." in fatima.sees
    await fatima.taps("Ik kan niet")
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        role = await work.session.get(ActivityRole, (meeting.activity_id, RoleKey.VISITOR))
        assert role is not None
        role.maximum = 1
    (bob,) = await told(town, "Bob")
    await begin_visit(bob)
    for answer in ("sla over", "sla over", "13:00", "ja"):
        await bob.says(answer)
    await fatima.taps("Toch wel")
    assert "Wat neem je mee?" in fatima.sees


async def test_words_that_are_too_long_or_fit_no_button_are_asked_again(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    await fatima.says("m" * 81)
    assert "Dat is te lang. Schrijf het korter: hooguit 80 tekens." in fatima.sees
    await fatima.says("geen")
    await fatima.says("k" * 501)
    assert "hooguit 500 tekens" in fatima.sees
    await fatima.says("geen")
    await fatima.says("kwart voor drie")
    assert "Dat snap ik niet. Kies een knop." in fatima.sees
    await fatima.says("14:30")
    await fatima.says("misschien")
    assert "Dat snap ik niet. Kies een knop." in fatima.sees
    bob = town.resident("Bob")
    await open_first(bob, 2)
    await bob.taps("Ik wil verkopen")
    await bob.says("galerij 4 hoog 12")
    await bob.says("nee")
    await bob.says("1325 AB")
    await bob.says("nee")
    await bob.says("v" * 201)
    assert "hooguit 200 tekens" in bob.sees
