"""A round opens when two members are there, and has two big buttons while it is walked."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.enums import RoundOutcome, SignupState
from handlers.activities.round_buttons import Broken, CloseRound, Here, Home, IsHere, NotHere, ShowRound, Suspect
from handlers.buttons import Button
from storage.models import Area, Base, Report, RoundFinding
from tests.conversations.meetings import jump, signup_of, wait_until
from tests.conversations.walking import ROUND_ON, round_of, walkers, walking
from tests.town import Town

NOTHING = "Deze activiteit bestaat niet meer. Kies een andere."
HEAD = "🦺 Avondronde\ndinsdag 1 december, 20:00–21:00\n"
NEVER_ALONE = "Loop nooit alleen. Buurtbode let niet op jullie. Gevaar: 112."
OPEN = f"{HEAD}\n✅ De ronde is open. Samen lopen: Jan, John.\nBuurtbode let niet op jullie. Gevaar: 112."
BIG = ["🔧 Kapot of vies", "👀 Verdacht", "🏠 Wij zijn thuis"]


async def test_two_who_are_there_open_the_round(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T19:44")
    assert "Ben je er?" not in jan.sees
    await town.advance(minutes=1)
    for someone in (jan, john):
        assert someone.sees == f"{HEAD}📍 Wijkcentrum Filmwijk\n\nBen je er? Tik op de knop.\n{NEVER_ALONE}"
        assert someone.buttons == ["🦺 Ik ben er", "❌ Ik loop niet"]
        assert not someone.message.silent
    await jan.taps("Ik ben er")
    assert "Je bent er. Wacht op de ander. Staat de ander naast je? Tik op de naam." in jan.sees
    assert jan.buttons == ["👤 John is er ook", "❌ Ik loop niet"]
    assert "Er al: Jan." in john.sees
    assert await round_of(town, shift) is None
    await john.taps("Ik ben er")
    for someone in (jan, john):
        assert someone.sees == OPEN
        assert someone.buttons == BIG
    assert [len(row) for row in john.message.buttons] == [1, 1, 1]
    walked = await round_of(town, shift)
    assert walked is not None
    assert walked.walkers == [jan.id, john.id]
    assert (await signup_of(town, john, shift.id)).state is SignupState.PRESENT


async def test_one_names_the_second_who_hears_it_and_says_no(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T20:00")
    before = len(john.messages)
    await jan.taps("Ik ben er")
    await jan.taps("John is er ook")
    assert jan.sees == OPEN
    assert len(john.messages) == before + 1
    assert john.sees == f"{OPEN}\n\nJan zegt dat jij er ook bent. Klopt dat niet? Tik op Ik ben er niet."
    assert john.buttons == [*BIG, "❌ Ik ben er niet"]
    await john.taps("Ik ben er niet")
    assert john.sees == "Goed. Ga niet alleen op pad."
    assert await round_of(town, shift) is None
    assert jan.was_told("⚠️ Je bent nu alleen. Ga niet op pad.\nDe ander zegt: ik ben er niet.")
    assert not next(m for m in jan.messages if m.text.startswith("⚠️ Je bent nu alleen")).silent
    assert jan.was_told("Je bent er. Er is niemand anders aangemeld. Ga niet alleen op pad.")
    await john.taps("Ik ben er")
    assert john.was_told(OPEN)
    assert jan.was_told(OPEN)


async def test_of_three_one_may_say_no_and_two_walk_on(town: Town) -> None:
    shift, (jan, john, mia) = await walkers(town, "Jan", "John", "Mia")
    await wait_until(town, f"{ROUND_ON}T20:00")
    await jan.taps("Ik ben er")
    await jan.taps("John is er ook")
    assert "De ronde is open. Samen lopen: Jan, John." in mia.sees
    assert "Ben je er ook? Tik dan op de knop." in mia.sees
    await mia.taps("Ik ben er")
    assert "Samen lopen: Jan, John, Mia." in jan.sees
    await john.taps("Ik ben er niet")
    walked = await round_of(town, shift)
    assert walked is not None
    assert walked.walkers == [jan.id, mia.id]
    assert not jan.was_told("Je bent nu alleen")


async def test_who_was_named_confirms_by_ik_ben_er(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T20:00")
    at = int(shift.starts_at.timestamp())
    await jan.taps("Ik ben er")
    await jan.taps("John is er ook")
    assert "❌ Ik ben er niet" in john.buttons
    await john.forges(Here(shift.id, at).encode())
    assert john.buttons == BIG
    await john.forges(NotHere(shift.id, at).encode())
    assert await round_of(town, shift) is not None


async def test_the_page_of_the_shift_leads_into_the_round(town: Town) -> None:
    _shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T19:46")
    for someone in (jan, john):
        await someone.says("/agenda")
        await someone.says("1")
        await someone.taps("Ik ben er")
    assert jan.was_told(OPEN)
    await john.says("/agenda")
    await john.says("1")
    await john.taps("Terug naar de ronde")
    assert john.sees == OPEN


async def test_only_who_signed_up_and_may_walk_can_be_there(town: Town) -> None:
    shift, (_jan, john) = await walkers(town, "Jan", "John")
    (fatima,) = [town.resident("Fatima")]
    await fatima.starts()
    await jump(town, f"{ROUND_ON}T19:50")
    at = int(shift.starts_at.timestamp())
    tried: list[Button] = [
        Here(shift.id, at),
        IsHere(shift.id, at, john.id),
        NotHere(shift.id, at),
        Broken(shift.id, at),
        Suspect(shift.id, at),
        ShowRound(shift.id, at),
        Home(shift.id, at),
        CloseRound(shift.id, at, RoundOutcome.INCIDENT),
        Here(5, at),
        Suspect(5, 2**62),
    ]
    for someone in (fatima, town.person("Mia"), town.person("Omar"), town.person("Samira")):
        for pressed in tried:
            await someone.forges(pressed.encode())
            assert NOTHING in someone.sees, (someone.person, pressed)
    assert await round_of(town, shift) is None


async def test_stale_and_forged_taps_change_nothing_and_are_answered(town: Town) -> None:
    shift, (jan, john) = await walkers(town, "Jan", "John")
    at = int(shift.starts_at.timestamp())
    await jump(town, f"{ROUND_ON}T19:40")
    await jan.forges(Here(shift.id, at).encode())
    assert jan.sees == "Dat kan vanaf 19:45."
    await jan.forges(Here(shift.id, at - 3600).encode())
    assert jan.sees == "De ronde is op een andere tijd: dinsdag 1 december, 20:00–21:00."
    await wait_until(town, f"{ROUND_ON}T19:50")
    await jan.forges(IsHere(shift.id, at, john.id).encode())
    assert await round_of(town, shift) is None  # who names must be there
    await jan.taps("Ik ben er")
    await jan.forges(IsHere(shift.id, at, town.person("Mia").id).encode())
    await jan.forges(IsHere(shift.id, at, jan.id).encode())
    await jan.forges(Suspect(shift.id, at).encode())
    assert jan.was_told("Deze ronde is niet open.")
    assert await round_of(town, shift) is None
    await jump(town, f"{ROUND_ON}T21:00")
    await john.forges(Here(shift.id, at).encode())
    assert john.sees == "Deze ronde is voorbij."


# -- during the walk ------------------------------------------------------------------------------------------------


async def test_kapot_of_vies_becomes_an_ordinary_report_that_is_counted(town: Town) -> None:
    shift, (jan, john) = await walking(town, "Jan", "John")
    await jan.taps("Kapot of vies")
    assert "Bel 112" in jan.sees
    await jan.says("De lantaarnpaal is kapot")
    await jan.taps("De straat en de buurt")
    await jan.taps("Geef het door voor mij")
    assert jan.buttons[0] == "✅ Filmwijk"
    await jan.taps("✅ Filmwijk")
    await jan.taps("Versturen")
    assert jan.was_told("M-2026-0001")
    assert jan.sees == f"{OPEN}\nGemeld op deze ronde: 1 melding."
    assert jan.buttons == BIG
    walked = await round_of(town, shift)
    assert walked is not None
    async with town.reading() as work:
        (report,) = (await work.session.scalars(select(Report))).all()
        (finding,) = (await work.session.scalars(select(RoundFinding))).all()
        area = await work.session.get(Area, report.area_code)
        assert (finding.report_id, finding.round_id) == (report.id, walked.id)
        assert area is not None
        assert area.name == "Filmwijk"
        assert {column.name for column in RoundFinding.__table__.columns} == {"report_id", "round_id"}
    await john.taps("Kapot of vies")
    await john.says("Er ligt vuilnis")
    await john.says("stop")
    async with town.reading() as work:
        assert await work.session.scalar(select(func.count()).select_from(RoundFinding)) == 1


async def test_an_older_draft_is_offered_first_and_does_not_count(town: Town) -> None:
    _shift, (jan, _john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T18:50")
    await jan.says("De bank in het park is stuk")
    await wait_until(town, f"{ROUND_ON}T19:50")
    for name in ("Jan", "John"):
        await town.person(name).taps("Ik ben er")
    await jan.taps("Kapot of vies")
    await jan.taps("Nieuwe melding")
    await jan.says("De lantaarnpaal is kapot")
    assert "📍 Een plek op straat" not in jan.buttons
    await jan.taps("De straat en de buurt")
    await jan.taps("Geef het door voor mij")
    await jan.taps("✅ Filmwijk")
    await jan.taps("Versturen")
    assert jan.sees.endswith("Gemeld op deze ronde: 1 melding.")


async def test_words_about_people_still_seal_a_report_from_a_round(town: Town) -> None:
    _shift, (jan, _john) = await walking(town, "Jan", "John")
    await jan.taps("Kapot of vies")
    await jan.says("De buurman gooit afval op straat")
    assert "Gaat dit over mensen?" in jan.sees


async def snapshot(town: Town) -> dict[str, list[dict[str, Any]]]:
    """Return all that is stored, but for which updates were handled and who runs the bot."""
    found = {}
    async with town.reading() as work:
        for table in Base.metadata.sorted_tables:
            if table.name not in {"handled_update", "lease", "process_mark", "recurring"}:
                rows = [dict(row._mapping) for row in await work.session.execute(select(table))]
                found[table.name] = rows
    return found


async def test_verdacht_shows_what_to_do_and_stores_and_tells_nothing(town: Town) -> None:
    _shift, (jan, john) = await walking(town, "Jan", "John")
    before, said = await snapshot(town), {m: m.text for chat in town.world.chats.values() for m in chat.visible}
    await jan.taps("Verdacht")
    assert jan.sees == (
        "👀 Verdacht? Denk aan SAAR.\n\n"
        "Signaleer: kijk goed. Blijf op afstand.\n"
        "Alarmeer: gebeurt het nu? Bel 112. Geen spoed? Bel 0900-8844.\n"
        "App: zet het in de buurtapp. Geen namen, geen foto's van mensen.\n"
        "Reageer: praat alleen als het veilig is. Ga nooit achter iemand aan.\n\n"
        "Buurtbode bewaart dit niet en stuurt het niet door."
    )
    news = [m for chat in town.world.chats.values() for m in chat.visible if said.get(m) != m.text]
    assert news == [jan.message]
    after = await snapshot(town)
    for name, rows in after.items():
        if name == "outbox":
            assert not any(row["payload"] for row in rows)
            rows, before[name] = ([row for row in some if row["kind"] != "said"] for some in (rows, before[name]))
        if name == "person":
            for row in [*rows, *before[name]]:
                row.pop("prompt")
        assert rows == before[name], name
    assert "SAAR" not in json.dumps(after, default=str)
    await jan.taps("Terug naar de ronde")
    assert jan.sees == OPEN
    assert not john.was_told("SAAR")


@pytest.mark.parametrize("language", ["en"])
async def test_a_walker_reads_the_own_language(town: Town, language: str) -> None:
    _shift, (jan, john) = await walkers(town, "Jan", "John")
    await john.says("/taal")
    await john.taps("English")
    await wait_until(town, f"{ROUND_ON}T19:50")
    await jan.taps("Ik ben er")
    await john.taps("I am here")
    assert "✅ The round is open. Walking together: Jan, John." in john.sees
    assert john.buttons == ["🔧 Broken or dirty", "👀 Suspicious", "🏠 We are home"]


async def test_everything_can_be_typed(town: Town) -> None:
    _shift, (jan, john) = await walkers(town, "Jan", "John")
    await wait_until(town, f"{ROUND_ON}T19:50")
    for someone in (jan, john):
        await someone.says("ik ben er")
    assert jan.sees == OPEN
    await john.says("Verdacht")
    assert john.sees.startswith("👀 Verdacht?")
    await john.says("kapot of vies")
    await john.says("De lantaarnpaal is kapot")
    await john.says("stop")
    await jan.says("wij zijn thuis")
    await jan.says("geen bijzonderheden")
    assert jan.sees.startswith("🏁 De ronde is klaar: geen bijzonderheden.")
    await jan.says("Kapot of vies")  # now it tells something, like any other sentence
    assert "📍 Een plek op straat" in jan.buttons
