"""Closing a round with a code and a line; an incident is told; nothing of a plate or a number is kept."""

import pytest

from bot.domain.enums import RoundOutcome, SignupState
from bot.domain.notices.patrol import RoundShort
from handlers.activities.round_buttons import CloseRound, WriteLine
from storage.models import Round
from tests.conversations.meetings import signup_of, wait_until
from tests.conversations.walking import ROUND_ON, round_of, walkers, walking
from tests.town import Town
from tests.town_people import Someone

WHEN = "dinsdag 1 december, 20:00–21:00"


async def test_either_walker_closes_it_with_one_tap(town: Town) -> None:
    shift, (jan, john) = await walking(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T21:05")
    await john.taps("Wij zijn thuis")
    assert john.sees == "Zijn jullie thuis? Hoe was de ronde?"
    assert john.buttons == [
        "✅ Geen bijzonderheden",
        "📝 Bijzonderheden",
        "⚠️ Incident",
        "🦺 Terug naar de ronde",
    ]
    await john.taps("Geen bijzonderheden")
    assert john.sees == "🏁 De ronde is klaar: geen bijzonderheden.\nDank je. Fijn dat jullie er weer zijn."
    assert jan.sees == f"🦺 Avondronde\n{WHEN}\n\n🏁 De ronde is klaar: geen bijzonderheden."
    walked = await round_of(town, shift)
    assert walked is not None
    assert (walked.outcome, walked.line) == ("geen_bijzonderheden", None)
    assert (await signup_of(town, jan, shift.id)).state is SignupState.DONE
    await town.advance(hours=2)
    assert not jan.was_told("Zijn jullie thuis?")
    assert not town.person("Samira").was_told("Incident")


async def test_who_is_home_before_the_time_is_not_told_that_nobody_walks(town: Town) -> None:
    shift, (jan, john) = await walking(town, "Jan", "John")
    await john.taps("Wij zijn thuis")
    await john.taps("Geen bijzonderheden")
    async with town.writing() as work:  # as if it had been on its way since before
        work.put(RoundShort(shift.id, shift.sequence, jan.id), chat=jan.id)
    await town.advance(minutes=11)
    for someone in (jan, john, town.person("Samira")):
        assert not someone.was_told("te weinig mensen")


async def test_the_second_of_two_reads_how_the_first_closed_it(town: Town) -> None:
    shift, (jan, john) = await walking(town, "Jan", "John")
    for someone in (jan, john):
        await someone.taps("Wij zijn thuis")
    await jan.taps("Bijzonderheden")
    await john.taps("Geen bijzonderheden")
    assert john.sees == "De ronde was al afgesloten: bijzonderheden."
    walked = await round_of(town, shift)
    assert walked is not None
    assert walked.outcome == "bijzonderheden"


async def test_an_incident_is_told_to_coordinator_and_worker_and_to_nobody_else(town: Town) -> None:
    _shift, (john, mia) = await walking(town, "John", "Mia")
    await mia.taps("Wij zijn thuis")
    await mia.taps("Incident")
    jan, samira = town.person("Jan"), town.person("Samira")
    told = f"⚠️ Incident tijdens een ronde\nAvondronde, {WHEN}\nLopers: John, Mia\n"
    for reader in (jan, samira):
        assert reader.sees == f"{told}Zij schreven er geen regel bij.\nNeem contact op met de lopers."
    assert not jan.message.silent
    assert samira.message.silent
    assert mia.sees.startswith("🏁 De ronde is klaar: incident.\nJe coördinator en de buurtwerker krijgen nu bericht.")
    await mia.says("Ruzie bij het plein. Politie was er.")
    assert mia.sees == "Dank je. Je regel staat erbij."
    for reader in (jan, samira):
        assert "Hun regel: Ruzie bij het plein. Politie was er." in reader.sees
    for other in ("Omar", "Wilma"):
        assert not town.person(other).was_told("ncident")
    for chat in town.world.chats.values():
        assert chat.private or not any("ncident" in message.text for message in chat.visible)
    assert not john.was_told("Ruzie")


async def test_an_incident_that_the_first_left_out_is_not_lost(town: Town) -> None:
    shift, (jan, john) = await walking(town, "Jan", "John")
    at = int(shift.starts_at.timestamp())
    for someone in (jan, john):
        await someone.taps("Wij zijn thuis")
    await jan.taps("Geen bijzonderheden")
    await john.taps("Incident")
    assert john.sees.startswith("🏁 De ronde is klaar: incident.")
    assert town.person("Samira").sees.startswith("⚠️ Incident tijdens een ronde")
    await jan.forges(CloseRound(shift.id, at, RoundOutcome.NOTHING).encode())
    assert jan.sees == "De ronde was al afgesloten: incident."
    await town.advance(hours=13)
    await jan.forges(WriteLine(shift.id, at).encode())
    assert jan.sees == "Dat kan niet meer. De ronde is te lang geleden."


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Bus 12-ABC-3 reed hard", "Daar staat een kenteken in."),
        ("Bus 12abc3 reed hard", "Daar staat een kenteken in."),
        ("Bel 06 12 34 56 78", "Daar staat een telefoonnummer in."),
        ("x" * 301, "Dat is te lang. Schrijf hooguit 300 tekens."),
    ],
)
async def test_a_plate_or_a_number_is_refused_and_kept_nowhere(town: Town, line: str, answer: str) -> None:
    shift, (jan, _john) = await walking(town, "Jan", "John")
    await jan.taps("Wij zijn thuis")
    await jan.taps("Bijzonderheden")
    assert "Schrijf geen naam, geen kenteken en niet hoe iemand eruitziet." in jan.sees
    await jan.says(line)
    assert jan.sees.startswith(answer)
    walked = await round_of(town, shift)
    assert walked is not None
    assert walked.line is None
    await jan.says("Twee lampen kapot\nbij het plein")
    assert jan.sees == "Dank je. Je regel staat erbij."
    walked = await round_of(town, shift)
    assert walked is not None
    assert walked.line == "Twee lampen kapot bij het plein"


async def test_a_photo_is_no_line_and_the_line_can_be_left_out_and_added_later(town: Town) -> None:
    shift, (jan, john) = await walking(town, "Jan", "John")
    await jan.taps("Wij zijn thuis")
    await jan.taps("Bijzonderheden")
    await jan.sends_photo()
    assert jan.sees.startswith("Schrijf een korte zin.")
    await jan.taps("Klaar, geen regel")
    assert jan.sees == "Goed. Er komt geen regel bij."
    await john.taps("Regel erbij")
    await john.says("Hek open")
    await jan.forges(WriteLine(shift.id, int(shift.starts_at.timestamp())).encode())
    assert jan.sees == "Er staat al een regel bij deze ronde."


async def test_hours_later_a_sentence_is_a_report_and_not_the_line(town: Town) -> None:
    shift, (jan, _john) = await walking(town, "Jan", "John")
    await jan.taps("Wij zijn thuis")
    await jan.taps("Bijzonderheden")
    town.sleep(hours=5)
    await jan.says("De lantaarnpaal is kapot")
    assert "Een plek op straat" in " ".join(jan.buttons)
    walked = await round_of(town, shift)
    assert walked is not None
    assert walked.line is None


async def test_the_line_and_who_walked_are_gone_after_90_days(town: Town) -> None:
    shift, (jan, _john) = await walking(town, "Jan", "John")
    await jan.taps("Wij zijn thuis")
    await jan.taps("Bijzonderheden")
    await jan.says("Hek open")
    town.sleep(days=89)
    await town.settle()
    before = await round_of(town, shift)
    assert before is not None
    assert before.line == "Hek open"
    town.sleep(days=2)
    await town.advance(hours=1)
    after = await round_of(town, shift)
    assert after is not None
    assert isinstance(after, Round)
    assert (after.line, after.walkers, after.opened_by, after.outcome) == (None, [], None, "bijzonderheden")


async def test_nobody_closes_what_is_not_open(town: Town) -> None:
    shift, people = await walkers(town, "Jan", "John")
    jan: Someone = people[0]
    await wait_until(town, f"{ROUND_ON}T19:50")
    await jan.forges(CloseRound(shift.id, int(shift.starts_at.timestamp()), RoundOutcome.INCIDENT).encode())
    assert jan.was_told("Deze ronde is niet open.")
    assert await round_of(town, shift) is None
