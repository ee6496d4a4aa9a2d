"""Signing up others, and bringing somebody."""

from bot.domain.enums import RoleKey, SignupState
from handlers.activities.along_buttons import Bring, OpenGuest, SignOther
from handlers.activities.buttons import NotComing
from storage.models import Person
from storage.queries import signups as queries
from tests.conversations.dinners import COORDINATOR, dinner, opens
from tests.conversations.joining import CAFE, CAFE_ON, open_first
from tests.conversations.meetings import fill, occurrence, signup_of, told
from tests.town import Town


async def test_a_host_signs_up_somebody_who_brings_something(town: Town) -> None:
    (ann,) = await told(town, "Ann")
    cafe = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, cafe, RoleKey.HOST, [ann])
    await open_first(ann)
    await ann.taps("Iemand aanmelden")
    assert "Wat gaat die persoon doen?" in ann.sees
    await ann.taps("Bezoeker")
    assert ann.sees == "Wie meld je aan? Typ alleen de voornaam."
    await ann.says("Piet 0612345678")
    assert "Geen nummer en geen adres." in ann.sees
    await ann.says("Piet")
    await ann.says("stofzuiger")
    await ann.taps("Overslaan")
    await ann.taps("Overslaan")
    await ann.taps("13:30–14:00")
    assert ann.sees.startswith("Lees dit voor aan Piet.")
    await ann.taps("Ja, dat is goed")
    assert ann.sees == (
        "✅ Piet is aangemeld als bezoeker.\n"
        "Repair Café Stedenwijk\n"
        "zaterdag 5 december, 13:00–16:00\n"
        "De tijd is 13:30.\n"
        "Piet krijgt geen berichten. Zeg zelf wat er verandert."
    )
    await ann.presses("Waar ik heen ga")
    assert "👤 Piet: ✅ Aangemeld als bezoeker, 13:30" in ann.sees
    await ann.says("2")
    assert "Je neemt mee: Stofzuiger" in ann.sees
    await ann.taps("Piet kan niet")
    assert ann.sees.startswith("Piet is afgemeld.")
    await ann.taps("Toch wel")
    assert "✅ Piet is aangemeld als bezoeker." in ann.sees
    async with town.reading() as work:
        person = await work.session.get(Person, ann.id)
    assert person is not None
    assert person.house_rules_at is None


async def test_the_same_name_twice_asks_for_a_letter(town: Town) -> None:
    meeting = await dinner(town)
    jan = town.person(COORDINATOR)
    for name in ("Piet", "Piet"):
        await opens(jan, meeting)
        await jan.taps("Iemand aanmelden")
        await jan.taps("Bezoeker")
        await jan.says(name)
    assert jan.sees.startswith("Je hebt hier al een Piet aangemeld.")
    await jan.taps("Iemand aanmelden")
    await jan.taps("Bezoeker")
    await jan.says("Piet B.")
    assert "✅ Piet B. is aangemeld als bezoeker." in jan.sees
    await jan.taps("Bekijk de activiteit")
    assert "2 van de 4 plekken bezet" in jan.sees


async def test_who_is_neither_host_nor_coordinator_signs_nobody_else_up(town: Town) -> None:
    meeting = await dinner(town)
    fatima, jan = town.resident("Fatima"), town.person(COORDINATOR)
    await opens(fatima, meeting)
    assert "🤝 Iemand aanmelden" not in fatima.buttons
    await fatima.forges(SignOther(meeting.id, meeting.version, RoleKey.VISITOR).encode())
    assert fatima.sees.startswith("Je kunt hier geen anderen aanmelden.")
    await opens(jan, meeting)
    await jan.taps("Iemand aanmelden")
    await jan.taps("Bezoeker")
    await jan.says("Piet")
    guest = await signup_of(town, jan, meeting.id)
    for button in (OpenGuest(guest.id), NotComing(guest.id, guest.version), Bring(guest.id, 1, companion=True)):
        await fatima.forges(button.encode())
        assert "Deze activiteit bestaat niet meer." in fatima.sees
    await fatima.forges(SignOther(5, 1).encode())
    assert "Deze activiteit bestaat niet meer." in fatima.sees
    assert not fatima.was_told("Piet")


async def test_who_stopped_being_host_meanwhile_signs_nobody_up(town: Town) -> None:
    (ann,) = await told(town, "Ann")
    cafe = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, cafe, RoleKey.HOST, [ann])
    await open_first(ann)
    await ann.taps("Iemand aanmelden")
    await ann.taps("Reparateur")
    async with town.writing() as work:
        row = await queries.of_person(work.session, cafe.id, ann.id, RoleKey.HOST)
        assert row is not None
        row.state = SignupState.CANCELLED
    await ann.says("Piet")
    assert ann.sees.startswith("Je kunt hier geen anderen aanmelden.")


async def test_an_offer_for_somebody_else_says_whom_to_ask_and_a_call_off_whom_to_tell(town: Town) -> None:
    meeting = await dinner(town, maximum=1)
    jan, fatima = town.person(COORDINATOR), town.resident("Fatima")
    await opens(fatima, meeting)
    await fatima.taps("Ik kom")
    await opens(jan, meeting)
    await jan.taps("Iemand aanmelden")
    await jan.taps("Bezoeker")
    await jan.says("Piet")
    assert "Vol. Piet staat op de wachtlijst, nummer 1." in jan.sees
    await fatima.taps("Ik kan niet")
    assert jan.sees.startswith("👤 Dit gaat over Piet. Vraag het na.\n🎟 Er is een plek voor jou.")
    await jan.taps("Ja, ik kom")
    assert "✅ Piet is aangemeld als bezoeker." in jan.sees
    await opens(jan, meeting)
    await jan.taps("Afgelasten")
    await jan.taps("Ja, afgelasten")
    assert jan.was_told("Zeg het ook tegen: Piet.")


async def test_somebody_comes_along_and_stays_home_after_all(town: Town) -> None:
    meeting = await dinner(town, maximum=3)
    ann, bob, fatima = await told(town, "Ann", "Bob", "Fatima")
    await opens(ann, meeting)
    await ann.taps("Ik kom")
    await ann.taps("Ik neem iemand mee")
    assert "👥 Je komt met z'n tweeën." in ann.sees
    assert "2 van de 3 plekken bezet" in ann.sees
    await opens(bob, meeting)
    await bob.taps("Ik kom")
    await bob.taps("Ik neem iemand mee")
    assert "Er is geen plek voor nog iemand." in bob.sees
    await opens(fatima, meeting)
    await fatima.taps("Ik kom (wachtlijst)")
    old = Bring((await signup_of(town, ann, meeting.id)).id, 1, companion=False)
    await ann.taps("Ik kom alleen")
    assert "met z'n tweeën" not in ann.sees
    assert "Er is een plek voor jou." in fatima.sees
    await ann.forges(old.encode())
    assert ann.sees.startswith("Er is iets veranderd.")


async def test_two_wait_for_two_places_and_are_offered_two(town: Town) -> None:
    meeting = await dinner(town, maximum=2)
    ann, bob, fatima = await told(town, "Ann", "Bob", "Fatima")
    await fill(town, meeting, RoleKey.VISITOR, [ann, bob])
    await opens(fatima, meeting)
    await fatima.taps("Ik kom (wachtlijst)")
    await fatima.taps("Ik neem iemand mee")
    assert "👥 Je wacht op twee plekken." in fatima.sees
    for someone in (ann, bob):
        assert not fatima.was_told("Er is een plek voor jou.")
        await opens(someone, meeting)
        await someone.taps("Ik kan niet")
    assert fatima.sees.endswith("👥 Het zijn twee plekken.")
    await fatima.says("ja")
    assert "👥 Je komt met z'n tweeën." in fatima.sees


async def test_a_role_without_it_has_no_such_button(town: Town) -> None:
    meeting = await dinner(town)
    (ann,) = await told(town, "Ann")
    await opens(ann, meeting)
    await ann.taps("Ik help mee")
    assert "👥 Ik neem iemand mee" not in ann.buttons
    signup = await signup_of(town, ann, meeting.id)
    await ann.forges(Bring(signup.id, signup.version, companion=True).encode())
    assert ann.sees.startswith("Dit kan nu niet meer.")
