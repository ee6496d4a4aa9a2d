"""Waiting for a place, offers that expire, and stand-ins, as people live them."""

from bot.domain.enums import RoleKey, SignupState
from handlers.activities.buttons import NotComing, OfferYes
from storage.queries import signups as queries
from tests.conversations.joining import full_of_hosts
from tests.conversations.meetings import fill, jump, occurrence, signup_of, told, wait_until
from tests.town import Town


async def test_who_waits_is_offered_the_place_with_the_hour_named(town: Town) -> None:
    _meeting, ann, _bob, fatima = await full_of_hosts(town)
    assert "Vol. Je bent de eerste op de wachtlijst." in fatima.sees
    await ann.presses("Waar ik heen ga")
    await ann.says("1")
    await ann.taps("Ik kan niet")
    assert "Er is een plek voor jou." in fatima.sees
    assert "Antwoord voor dinsdag 20:00." in fatima.sees
    await fatima.says("ja")
    assert "Je bent aangemeld als gastvrouw of gastheer." in fatima.sees
    assert fatima.was_told("✅ Je hebt de plek.")


async def test_no_leaves_the_list(town: Town) -> None:
    _meeting, ann, _bob, fatima = await full_of_hosts(town)
    await ann.says("/agenda")
    await ann.taps("1. Repair Café")
    await ann.taps("Ik kan niet")
    await fatima.taps("❌ Nee")
    assert "gaat naar een ander" in fatima.sees
    await fatima.presses("Waar ik heen ga")
    assert "Je bent nog nergens voor aangemeld." in fatima.sees


async def test_silence_passes_the_place_on(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    (kim,) = await told(town, "Kim")
    await fill(town, meeting, RoleKey.HOST, [kim])
    signup = await signup_of(town, ann, meeting.id)
    await ann.forges(NotComing(signup.id, signup.version).encode())
    offer_message = fatima.message
    await jump(town, "2026-11-24T19:50")
    await town.advance(minutes=11)
    assert "De tijd is voorbij." in offer_message.text
    assert "Er is een plek voor jou." in kim.sees
    await fatima.taps("Toch wel", on=offer_message)
    assert "Je bent de eerste op de wachtlijst." in fatima.sees
    await kim.taps("Ja, ik kom")
    await fatima.forges(OfferYes(1).encode())
    assert "Deze activiteit bestaat niet meer." in fatima.sees


async def test_in_the_last_hours_the_first_who_taps_has_it(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    (kim,) = await told(town, "Kim")
    await fill(town, meeting, RoleKey.HOST, [kim])
    await jump(town, "2026-12-05T11:00")
    signup = await signup_of(town, ann, meeting.id)
    async with town.writing() as work:
        row = await queries.anew(work.session, signup.id)
        assert row is not None
        row.state, row.changed_at = SignupState.CANCELLED, town.now
    await town.advance(minutes=1)
    assert "Wie het eerst tikt, heeft de plek." in fatima.sees
    await kim.taps("✅ Ik kom")
    assert "Je bent aangemeld als gastvrouw of gastheer." in kim.sees
    await fatima.taps("✅ Ik kom")
    assert "Iemand was je net voor." in fatima.sees


async def test_late_means_that_a_stand_in_is_looked_for_and_both_are_told(town: Town) -> None:
    meeting, ann, _bob, fatima = await full_of_hosts(town)
    await jump(town, "2026-12-05T09:30")
    await ann.says("/agenda")
    await ann.says("1")
    await ann.taps("Ik kan niet")
    assert "Wij zoeken iemand die jouw plek neemt." in ann.sees
    assert "Neem jij de plek over?" in fatima.sees
    assert "Ann" not in fatima.sees
    await fatima.says("ik neem het over")
    assert "Jij neemt de plek over. Bedankt!" in fatima.sees
    assert ann.was_told("Iemand anders neemt jouw plek over.")
    await town.advance(minutes=40)
    assert not town.person("Wilma").was_told("Nog niemand neemt de plek over.")
    states = {someone: (await signup_of(town, someone, meeting.id)).state for someone in (ann, fatima)}
    assert list(states.values()) == [SignupState.REPLACED, SignupState.SIGNED_UP]


async def test_the_coordinator_hears_that_nobody_took_it(town: Town) -> None:
    _meeting, ann, _bob, _fatima = await full_of_hosts(town)
    wilma = town.person("Wilma")
    await wilma.starts()
    await jump(town, "2026-12-05T09:30")
    await ann.says("/agenda")
    await ann.says("1")
    await ann.taps("Ik kan niet")
    await ann.taps("Toch wel")
    assert "Fijn, je komt." in ann.sees
    await ann.taps("Ik kan niet")
    assert not wilma.was_told("Nog niemand neemt de plek over.")
    await town.advance(minutes=31)
    assert "Nog niemand neemt de plek over." in wilma.sees


async def test_no_is_a_word_under_an_offer_and_under_a_reminder(town: Town) -> None:
    meeting = await occurrence(town, "rc-stedenwijk", "2026-12-05")
    people = await told(town, "Fatima", "Ali", "Bo", "Cas")
    fatima, ali, bo, cas = people
    await fill(town, meeting, RoleKey.HOST, people)
    given = await signup_of(town, fatima, meeting.id)
    await fatima.forges(NotComing(given.id, given.version).encode())
    assert bo.sees.startswith("🎟 Er is een plek voor jou.")
    await bo.says("nee")
    assert bo.sees == "Je zei nee. De plek bij Repair Café Stedenwijk gaat naar een ander."
    assert (await signup_of(town, bo, meeting.id)).state is SignupState.CANCELLED
    await cas.says("ja")
    assert (await signup_of(town, cas, meeting.id)).state is SignupState.SIGNED_UP
    await wait_until(town, "2026-12-04T13:00")
    assert ali.sees.startswith("⏰ Morgen: Repair Café Stedenwijk")
    await ali.says("nee")
    assert "Wij zoeken iemand die jouw plek neemt." in ali.sees
    assert (await signup_of(town, ali, meeting.id)).state is SignupState.SEEKS_STAND_IN
