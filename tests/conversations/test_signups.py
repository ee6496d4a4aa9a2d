"""Signing up, waiting, leaving and answering offers, as people live it."""

import pytest

from bot.domain.enums import RoleKey, SignupState
from bot.services import activities
from handlers.activities.buttons import Again, Coming, Join, NotComing, TakeFree, TakeOver
from handlers.buttons import Button
from handlers.signups.draft import FormAnswer, Step
from storage.models import Activity, ActivityRole, Occurrence, Person
from storage.queries import signups as queries
from tests.conversations.meetings import fill, jump, occurrence, signup_of, told
from tests.town import Town
from tests.town_people import Someone

CAFE, CAFE_ON = "rc-stedenwijk", "2026-12-05"
MARKET, MARKET_ON = "rr-filmwijk", "2026-12-12"


async def open_first(someone: Someone, number: int = 1) -> None:
    """Open the page of a meeting by its number in the list of the whole town."""
    await someone.says("/activiteiten")
    await someone.taps("Heel Almere")
    await someone.says(str(number))


async def begin_visit(someone: Someone, item: str = "stofzuiger") -> None:
    await open_first(someone)
    await someone.taps("Ik breng iets mee")
    await someone.says(item)


async def full_of_hosts(town: Town) -> tuple[Occurrence, Someone, Someone, Someone]:
    """Return a Repair Café whose two host places are taken by Ann and Bob, with Fatima on the waiting list."""
    ann, bob, fatima = await told(town, "Ann", "Bob", "Fatima")
    meeting = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, meeting, RoleKey.HOST, [ann, bob])
    await open_first(fatima)
    await fatima.taps("Ik help als gastvrouw of gastheer (wachtlijst)")
    return meeting, ann, bob, fatima


# -- Repair Café ----------------------------------------------------------------------------------------------------


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


# -- Rommelroute ----------------------------------------------------------------------------------------------------


async def test_a_stall_has_an_address_that_others_do_not_see(town: Town) -> None:
    fatima, bob = town.resident("Fatima"), town.resident("Bob")
    await open_first(fatima, 2)
    await fatima.taps("Ik wil verkopen")
    await fatima.says("filmstraat")
    assert "Ik zie geen huisnummer." in fatima.sees
    await fatima.says("filmstraat 12a 1012 ab")
    assert "Deze postcode is niet in Almere." in fatima.sees
    await fatima.says("filmstraat 12a, 1325ab")
    await fatima.taps("Overslaan")
    assert "Wat verkoop je?" in fatima.sees
    await fatima.says("boeken")
    assert "Adres: Filmstraat 12A, 1325 AB\nJe verkoopt: boeken" in fatima.sees
    assert "Alleen de organisator ziet je adres, tot de dag begint." in fatima.sees
    await fatima.taps("Ja, meld mij aan")
    assert "Je bent aangemeld als verkoper." in fatima.sees
    await fatima.taps("Bekijk de activiteit")
    assert "Jouw verkoopplek: Filmstraat 12A, 1325 AB" in fatima.sees
    await open_first(bob, 2)
    assert "1 van de 80 plekken bezet" in bob.sees
    assert not bob.was_told("Filmstraat")
    assert not bob.was_told("boeken")


async def test_people_in_flats_stand_on_the_shared_field(town: Town) -> None:
    fatima, bob = town.resident("Fatima"), town.resident("Bob")
    await open_first(fatima, 2)
    await fatima.taps("Ik wil verkopen")
    await fatima.says("Filmstraat 12, 4e etage flat 12")
    assert "Is dit een flat?" in fatima.sees
    await fatima.taps("gedeelde veld")
    await fatima.taps("Overslaan")
    assert "Plek: op het gedeelde veld" in fatima.sees
    await fatima.says("ja")
    assert "Je bent aangemeld als verkoper." in fatima.sees
    await open_first(bob, 2)
    await bob.taps("Ik wil verkopen")
    await bob.taps("gedeelde veld")
    await bob.says("nee")
    await bob.taps("Ja, meld mij aan")
    await bob.says("/agenda")
    assert "✅ Aangemeld als verkoper" in bob.sees


async def test_after_the_deadline_there_is_no_signing_up(town: Town) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima, 2)
    await jump(town, "2026-12-09T20:00")
    await fatima.taps("Ik wil verkopen")
    assert "Aanmelden kan niet meer. Dat kon tot woensdag 9 december 20:00." in fatima.sees
    assert "🛍 Ik wil verkopen" not in fatima.buttons


async def test_who_says_to_be_under_16_gets_no_stall(town: Town) -> None:
    kim = town.resident("Kim")
    await open_first(kim, 2)
    await kim.taps("Ik wil verkopen")
    await kim.says("ik ben 13 jaar")
    assert "Verkopen mag vanaf 16 jaar." in kim.sees
    assert "🛍 Ik wil verkopen" not in kim.buttons
    meeting = await occurrence(town, MARKET, MARKET_ON)
    await kim.forges(Join(meeting.id, meeting.version, RoleKey.STALL).encode())
    assert "Verkopen mag vanaf 16 jaar." in kim.sees


# -- stale and forged -----------------------------------------------------------------------------------------------


async def test_a_tap_on_an_older_page_changes_nothing_and_shows_how_it_is_now(town: Town) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima)
    async with town.writing() as work:
        meeting = await work.session.get(Occurrence, (await occurrence(town, CAFE, CAFE_ON)).id)
        assert meeting is not None
        meeting.version += 1
    await fatima.taps("Ik help met repareren")
    assert fatima.sees.startswith("Er is iets veranderd. Zo is het nu:")
    await fatima.taps("Ik breng iets mee")
    assert "Wat neem je mee?" in fatima.sees


async def test_a_tap_on_an_older_question_shows_the_open_one(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    old = FormAnswer(1, Step.BRAND, "skip").encode()
    await fatima.forges(old)
    assert fatima.toast == "Dat had je al beantwoord."
    assert "Welk merk is het?" in fatima.sees


async def test_a_forged_answer_to_the_open_question_changes_nothing(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    await fatima.taps("Overslaan")
    await fatima.taps("Overslaan")
    data = fatima.message.buttons[0][0]["callback_data"]
    for value in ("1", "x", "99999999999"):
        await fatima.forges(data.rpartition(":")[0] + ":" + value)
        assert "Hoe laat kom je?" in fatima.sees
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.reading() as work:
        assert await queries.of_occurrence(work.session, meeting.id) == []


async def test_buttons_of_somebody_else_s_sign_up_do_nothing(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    signup = await signup_of(town, ann, meeting.id)
    forged: list[Button] = [
        NotComing(signup.id, signup.version),
        Coming(signup.id, signup.version),
        Again(signup.id, signup.version),
        TakeFree(signup.id, signup.version),
    ]
    for button in forged:
        await fatima.forges(button.encode())
        assert "Deze activiteit bestaat niet meer." in fatima.sees
    await fatima.forges(TakeOver(signup.id, signup.version).encode())
    assert "Deze plek is al gevuld." in fatima.sees
    assert (await signup_of(town, ann, meeting.id)).state is SignupState.SIGNED_UP


async def test_one_s_own_sign_ups_come_in_pages(town: Town) -> None:
    (fatima,) = await told(town, "Fatima")
    async with town.writing() as work:
        activity = await work.session.get(Activity, (await occurrence(town, CAFE, CAFE_ON)).activity_id)
        assert activity is not None
        activity.starts, activity.ends, activity.repeats = "2026-11-24T13:00", "2026-11-24T16:00", "FREQ=DAILY;COUNT=9"
    async with town.writing() as work:
        await activities.extend_series(work)
        page = await activities.upcoming(work, area_code="WK003427")
        later = await activities.upcoming(work, area_code="WK003427", after=page.following)
        found = [shown.occurrence for shown in [*page.meetings, *later.meetings]]
    for meeting in found:
        await fill(town, meeting, RoleKey.HOST, [fatima])
    await fatima.presses("Waar ik heen ga")
    assert fatima.sees.count("Aangemeld als") == 8
    await fatima.taps("Later")
    assert fatima.sees.count("Aangemeld als") == len(found) - 8
    await fatima.taps("Naar het begin")
    assert fatima.sees.count("Aangemeld als") == 8


async def test_one_s_own_list_says_how_each_stands(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    await fatima.presses("Waar ik heen ga")
    assert "⏳ Op de wachtlijst, nummer 1" in fatima.sees
    signup = await signup_of(town, ann, meeting.id)
    await ann.forges(NotComing(signup.id, signup.version).encode())
    await fatima.presses("Waar ik heen ga")
    assert "🎟 Er is een plek voor jou. Antwoord voor dinsdag 20:00." in fatima.sees
    await fatima.says("1")
    await fatima.taps("Ja, ik kom")
    assert "Je bent aangemeld als gastvrouw of gastheer." in fatima.sees
    await jump(town, "2026-12-05T09:00")
    await fatima.says("/agenda")
    await fatima.says("1")
    await fatima.taps("Ik kan niet")
    await fatima.presses("Waar ik heen ga")
    assert "🔁 Je kunt niet. Wij zoeken iemand anders." in fatima.sees
    await fatima.says("1")
    await fatima.taps("Toch wel")
    assert "Fijn, je komt." in fatima.sees


async def test_who_waits_can_stop_waiting(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    await fatima.taps("Ik kan niet")
    assert "Je staat niet meer op de wachtlijst van Repair Café Stedenwijk." in fatima.sees
    await fatima.taps("Toch wel")
    assert "Je bent de eerste op de wachtlijst." in fatima.sees
    signup = await signup_of(town, ann, meeting.id)
    await ann.forges(NotComing(signup.id, signup.version).encode())
    await fatima.says("/agenda")
    await fatima.says("1")
    await fatima.taps("❌ Nee")
    assert (await signup_of(town, fatima, meeting.id)).state is SignupState.CANCELLED


async def test_two_roles_are_two_places_and_each_is_left_by_itself(town: Town) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima)
    await fatima.taps("Ik help met repareren")
    await fatima.taps("Bekijk de activiteit")
    await fatima.taps("Ik help als gastvrouw of gastheer")
    await fatima.taps("Bekijk de activiteit")
    await fatima.taps("❌ Ik kan niet (reparateur)")
    await fatima.taps("Bekijk de activiteit")
    assert "Aangemeld als gastvrouw of gastheer" in fatima.sees
    assert "Aangemeld als reparateur" not in fatima.sees


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


async def test_signing_up_twice_says_so(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin_visit(fatima)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    join = Join(meeting.id, meeting.version, RoleKey.VISITOR).encode()
    for answer in ("sla over", "sla over", "14:00", "ja"):
        await fatima.says(answer)
    await fatima.forges(join)
    assert fatima.sees.startswith("Je bent al aangemeld.")
    await jump(town, "2026-12-05T13:01")
    await fatima.forges(join)
    assert fatima.sees.startswith("Je bent al aangemeld.")
    signup = await signup_of(town, fatima, meeting.id)
    await fatima.forges(NotComing(signup.id, signup.version).encode())
    assert fatima.sees.startswith("Het is al begonnen.")
    await fatima.forges(Coming(signup.id, signup.version).encode())
    assert fatima.sees.startswith("Het is al begonnen.")
    await fatima.forges(Join(meeting.id, meeting.version, RoleKey.HOST).encode())
    assert fatima.sees.startswith("Het is al begonnen.")
