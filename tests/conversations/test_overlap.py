"""Two things at one time: a question before signing up, never a wall."""

from bot.domain.enums import RoleKey
from handlers.activities.along_buttons import JoinAnyway
from tests.conversations.dinners import dinner, opens
from tests.conversations.joining import full_of_hosts, open_first
from tests.conversations.meetings import jump, told
from tests.town import Town


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
