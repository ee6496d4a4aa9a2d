"""Signing up others, bringing somebody, two things at one time, and what the coordinator hears."""

from bot.domain.enums import ActivityKind, RoleKey, SignupState
from bot.services.activities import meetings
from handlers.activities.along_buttons import Bring, JoinAnyway, OpenGuest, SignOther
from handlers.activities.buttons import NotComing, OpenMeeting
from storage.models import Activity, ActivityRole, Occurrence, Person, Signup
from storage.queries import signups as queries
from tests.conversations.joining import CAFE, CAFE_ON, full_of_hosts, open_first
from tests.conversations.meetings import fill, jump, occurrence, signup_of, told, wait_until, wall
from tests.town import Town
from tests.town_people import Someone

COORDINATOR = "Jan"


async def dinner(town: Town, *, maximum: int = 4) -> Occurrence:
    """Return a dinner on the day and hour of the Repair Café, where visitors may bring somebody; Jan looks after it."""
    cafe = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        activity = Activity(
            key="buurtdiner",
            kind=ActivityKind.OTHER,
            title="Buurtdiner",
            area_code=cafe.area_code,
            place="Buurtcentrum",
            starts="2026-12-05T14:00",
            ends="2026-12-05T16:00",
            coordinator_id=town.person(COORDINATOR).id,
        )
        work.session.add(activity)
        await work.session.flush()
        for role, most, plus_one in ((RoleKey.VISITOR, maximum, True), (RoleKey.HELPER, 2, False)):
            work.session.add(
                ActivityRole(activity_id=activity.id, role=role, minimum=0, maximum=most, plus_one=plus_one)
            )
        await work.session.flush()
        await meetings.extend_series(work)
    return await occurrence(town, "buurtdiner", CAFE_ON)


async def opens(someone: Someone, meeting: Occurrence) -> None:
    """Open the page of a meeting."""
    if not someone.messages:
        await someone.starts()
    await someone.forges(OpenMeeting(meeting.id).encode())


# -- without Telegram ------------------------------------------------------------------------------------------------


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


async def test_a_meeting_with_three_hundred_sign_ups_fits_into_its_messages(town: Town) -> None:
    meeting = await dinner(town, maximum=400)
    jan = town.person(COORDINATOR)
    async with town.writing() as work:
        activity = await work.session.get(Activity, meeting.activity_id)
        row = await work.session.get(Occurrence, meeting.id)
        assert activity is not None
        assert row is not None
        activity.title, row.place = "🎉<&م" * 30, "م🎉&>" * 50
        for number in range(300):
            work.session.add(
                Signup(
                    occurrence_id=meeting.id,
                    person_id=jan.id if number < 150 else 50_000 + number,
                    role=RoleKey.VISITOR,
                    for_name=f"{number:03}" + "&" * 27 if number < 150 else "",
                    state=SignupState.SIGNED_UP,
                    queued_at=town.now,
                    changed_at=town.now,
                    version=1,
                )
            )
    await opens(jan, meeting)
    assert "300 van de 400 plekken bezet" in jan.sees
    assert "En nog 142." in jan.sees
    assert len(jan.sees) <= 4096
    assert len([key for row in jan.message.buttons for key in row]) <= 100
    await jan.says("/agenda")
    await jan.says("8")
    assert "007&&&" in jan.sees
    assert "008&&&" not in jan.sees
    await opens(jan, meeting)
    await jan.taps("Afgelasten")
    await jan.taps("Ja, afgelasten")
    off = next(message for message in jan.messages if "Zeg het ook tegen:" in message.text)
    assert off.text.endswith("en nog 130.")
    assert len(off.text) <= 4096


async def test_a_roster_of_three_hundred_fits_into_its_message(town: Town) -> None:
    john = town.person("John")
    shift = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    async with town.writing() as work:
        for number in range(300):
            who = 60_000 + number
            work.session.add(Person(id=who, name="&" * 80, created_at=town.now))
            work.session.add(
                Signup(
                    occurrence_id=shift.id,
                    person_id=who,
                    role=RoleKey.WALKER,
                    state=SignupState.SIGNED_UP,
                    queued_at=town.now,
                    changed_at=town.now,
                    version=1,
                )
            )
    await opens(john, shift)
    assert "en nog 280" in john.sees
    assert len(john.sees) <= 4096


# -- who can't come --------------------------------------------------------------------------------------------------


async def test_a_reminder_says_what_was_answered_elsewhere(town: Town) -> None:
    (ann,) = await told(town, "Ann")
    cafe = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, cafe, RoleKey.HOST, [ann])
    await wait_until(town, "2026-11-28T13:00")
    reminder = ann.message
    assert "Kom je?" in reminder.text
    await opens(ann, cafe)
    await ann.taps("Ik kan niet", on=ann.message)
    assert ann.sees.startswith("Je bent afgemeld.")
    assert reminder.text.startswith("❌ Je komt niet.")


async def test_the_coordinator_is_not_woken_about_who_can_t_come_tomorrow(town: Town) -> None:
    (ann,) = await told(town, "Ann")
    cafe = await occurrence(town, CAFE, CAFE_ON)
    await fill(town, cafe, RoleKey.HOST, [ann])
    wilma = town.person("Wilma")
    await jump(town, "2026-12-04T23:00")
    await opens(ann, cafe)
    await ann.taps("Ik kan niet", on=ann.message)
    assert not wilma.was_told("Nog niemand neemt de plek over.")
    await town.advance(wall("2026-12-05T08:01"))
    assert wilma.was_told("Nog niemand neemt de plek over.")


# -- a companion -----------------------------------------------------------------------------------------------------


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


# -- two things at one time ------------------------------------------------------------------------------------------


async def test_two_things_at_one_time_are_a_question_and_no_wall(town: Town) -> None:
    meeting = await dinner(town)
    (ann,) = await told(town, "Ann")
    await open_first(ann)
    await ann.taps("Ik help met repareren")
    await opens(ann, meeting)
    await ann.taps("Ik help mee")
    assert ann.sees == "Je gaat dan al naar Repair Café Stedenwijk. Toch aanmelden?"
    await ann.taps("Nee, terug")
    assert "🙋 Ik help mee" in ann.buttons
    await ann.taps("Ik help mee")
    await ann.says("ja")
    assert "✅ Je bent aangemeld als helper." in ann.sees
    assert "Let op: je gaat dan ook naar Repair Café Stedenwijk." in ann.sees
    await ann.taps("Ik kan niet")
    await ann.taps("Toch wel")
    assert "Toch aanmelden?" in ann.sees
    await ann.taps("Ja, toch aanmelden")
    assert "✅ Je bent aangemeld als helper." in ann.sees


async def test_who_waits_or_left_goes_nowhere_then(town: Town) -> None:
    meeting = await dinner(town)
    _cafe, _ann, bob, fatima = await full_of_hosts(town)
    await opens(fatima, meeting)
    await fatima.taps("Ik help mee")
    assert "✅ Je bent aangemeld als helper." in fatima.sees
    await bob.says("/agenda")
    await bob.says("1")
    await bob.taps("Ik kan niet")
    await opens(bob, meeting)
    await bob.taps("Ik help mee")
    assert "✅ Je bent aangemeld als helper." in bob.sees
    assert "Er is een plek voor jou." in fatima.sees
    await fatima.taps("Ja, ik kom")
    assert "Let op: je gaat dan ook naar Buurtdiner." in fatima.sees


async def test_a_stand_in_who_goes_elsewhere_is_asked_first(town: Town) -> None:
    meeting = await dinner(town)
    cafe, ann, _bob, fatima = await full_of_hosts(town)
    await opens(fatima, meeting)
    await fatima.taps("Ik help mee")
    await jump(town, "2026-12-05T09:30")
    await ann.says("/agenda")
    await ann.says("1")
    await ann.taps("Ik kan niet")
    assert ann.sees.startswith("Repair Café Stedenwijk\nzaterdag 5 december, 13:00–16:00\n\nHet is al bijna zover.")
    await opens(town.resident("Kim"), cafe)
    assert "🔁 Gastvrouw of gastheer: 1 zoekt vervanger" in town.resident("Kim").sees
    await fatima.taps("Ik neem het over")
    assert fatima.sees == "Je gaat dan al naar Buurtdiner. Toch aanmelden?"
    await fatima.taps("Ja, toch aanmelden")
    assert "Jij neemt de plek over. Bedankt!" in fatima.sees


async def test_a_forged_yes_to_a_question_that_was_not_asked_signs_up_as_always(town: Town) -> None:
    meeting = await dinner(town, maximum=1)
    ann, bob = await told(town, "Ann", "Bob")
    for someone in (ann, bob):
        await opens(someone, meeting)
        await someone.forges(JoinAnyway(meeting.id, meeting.version, RoleKey.VISITOR).encode())
    assert "✅ Je bent aangemeld als bezoeker." in ann.sees
    assert "Je bent de eerste op de wachtlijst." in bob.sees


# -- the coordinator -------------------------------------------------------------------------------------------------


async def test_the_coordinator_hears_how_full_it_became_once_and_not_at_night(town: Town) -> None:
    meeting = await dinner(town, maximum=2)
    jan = town.person(COORDINATOR)
    ann, bob = await told(town, "Ann", "Bob")
    await town.advance(minutes=2)
    assert not jan.was_told("De stand is nu")
    await fill(town, meeting, RoleKey.VISITOR, [ann])
    async with town.writing() as work:
        role = await work.session.get(ActivityRole, (meeting.activity_id, RoleKey.HELPER))
        assert role is not None
        await work.session.delete(role)
    await town.advance(minutes=2)
    assert jan.sees == (
        "📊 De stand is nu: bijna vol\n"
        "Buurtdiner\n"
        "zaterdag 5 december, 14:00–16:00\n"
        "• Bezoeker: 1 van de 2 plekken bezet"
    )
    before = len(jan.messages)
    await jump(town, "2026-11-23T22:30")
    await fill(town, meeting, RoleKey.VISITOR, [bob])
    await town.advance(hours=2)
    assert len(jan.messages) == before
    await town.advance(hours=8)
    assert jan.sees.startswith("📊 De stand is nu: vol")
    assert len(jan.messages) == before + 1
    assert not ann.was_told("De stand is nu")
