"""Buurtpreventie: joining a team and leaving it, the VOG that its worker ticks, and the roster by month."""

from datetime import date

from sqlalchemy import select

from bot.domain.enums import RoleKey, SignupState
from bot.services.activities import rescheduling
from handlers.patrol.buttons import (
    AnswerRequest,
    AskWalk,
    JoinTeam,
    LeaveTeam,
    Members,
    Roster,
    StepIn,
    TickVog,
    WalkBack,
    WalkYes,
    WithdrawVog,
    WriteNews,
)
from storage.models import RoleGrant, Team, TeamMember
from tests.conversations.meetings import fill, jump, occurrence, signup_of, told, wall
from tests.town import Town
from tests.town_people import Someone

TEAM = "Buurtpreventie Filmwijk"
NOTHING = "Dit is er niet (meer), of het is niet voor jou."


async def the_team(town: Town) -> Team:
    async with town.reading() as work:
        return (await work.session.scalars(select(Team))).one()


async def member(town: Town, someone: Someone) -> TeamMember | None:
    async with town.reading() as work:
        team = (await work.session.scalars(select(Team.id))).one()
        return await work.session.get(TeamMember, (team, someone.id))


async def staff_starts(town: Town) -> tuple[Someone, Someone]:
    """Return Jan (coordinator) and Samira (the team's worker)."""
    jan, samira = town.person("Jan"), town.person("Samira")
    for someone in (jan, samira):
        await someone.starts()
    return jan, samira


async def asks_to_join(fatima: Someone, name: str = "Fatima") -> None:
    await fatima.says("/activiteiten")
    await fatima.taps("🦺 Buurtpreventie")
    await fatima.taps(TEAM)
    assert "Hulp van Samira, buurtwerker van De Schoor." in fatima.sees
    await fatima.taps("Ik wil meedoen")
    assert fatima.sees == "Meedoen kan vanaf 18 jaar. Ben je 18 jaar of ouder?"
    await fatima.taps("Ja")
    if "Wat is je voornaam?" in fatima.sees:
        await fatima.says(name)
    assert "De coördinator leest je voornaam: Fatima." in fatima.sees


async def test_a_resident_asks_the_coordinator_answers_and_the_worker_ticks_the_vog(town: Town) -> None:
    jan, samira = await staff_starts(town)
    (fatima,) = await told(town, "Fatima")
    await asks_to_join(fatima)
    assert jan.sees == f"🙋 Fatima wil meedoen met {TEAM}. Mag dat?"
    question = jan.message
    await jan.taps("Ja, welkom")
    assert question.text == f"✅ Fatima doet mee met {TEAM}. De buurtwerker kijkt naar de VOG."
    assert "– Fatima" in jan.sees
    assert "✓ John" in jan.sees
    assert not any(label.startswith("VOG") for label in jan.buttons)
    assert fatima.sees.startswith(f"✅ Welkom bij {TEAM}!")
    await fatima.taps("Naar het team")
    assert "Tot die tijd krijg je alleen nieuws van het team." in fatima.sees
    assert "🗓 Rooster" not in fatima.buttons

    assert samira.sees == f"🙋 Fatima doet mee met {TEAM}. Er is nog geen VOG afgevinkt."
    await samira.taps("VOG gezien: Fatima")
    assert "Stuur geen foto en geen nummer." in samira.sees
    await samira.says("volgende week")
    assert samira.sees.startswith("Schrijf de datum zoals 14-9-2026.")
    await samira.says("24-11-2026")
    assert samira.sees.startswith("Schrijf de datum zoals 14-9-2026.")
    await samira.says("14 september")
    assert samira.sees.startswith("✓ De VOG van Fatima is afgevinkt, van 14-09-2026.")
    assert "✓ Fatima · 14-09-2026" in samira.sees
    found = await member(town, fatima)
    assert found is not None
    assert (found.vog_on, found.vog_by) == (date(2026, 9, 14), samira.id)
    assert fatima.sees == f"✓ Je VOG is gezien. Je kunt nu rondes lopen met {TEAM}."
    await fatima.taps("Naar het team")
    await fatima.taps("Rooster")
    await fatima.taps("december 2026 ▶️")
    assert "1. di 1 20:00–21:00 · Avondronde · te weinig" in fatima.sees
    await jan.taps("⬅️ Naar het team")
    await jan.taps("👥 Leden")
    assert "✓ Fatima" in jan.sees
    assert "14-09" not in jan.sees


async def test_who_is_refused_hears_it_and_asks_again_after_a_week(town: Town) -> None:
    jan, _samira = await staff_starts(town)
    (fatima,) = await told(town, "Fatima")
    await asks_to_join(fatima)
    question = jan.message
    await jan.taps("❌ Nee")
    assert question.text == f"❌ Fatima doet niet mee met {TEAM}."
    await jan.forges(AnswerRequest((await the_team(town)).id, fatima.id, 1, yes=True).encode())
    assert jan.sees.startswith("Deze vraag is al beantwoord.")
    assert fatima.sees == f"Meedoen met {TEAM} kan nu niet. Praat erover met de buurtwerker."
    await fatima.taps("Naar het team")
    assert "🙋 Ik wil meedoen" not in fatima.buttons
    await fatima.forges(JoinTeam((await the_team(town)).id, adult=True).encode())
    assert not jan.sees.startswith("🙋")
    await jump(town, "2026-12-01T11:00")
    await asks_to_join(fatima)
    assert jan.sees.startswith("🙋 Fatima wil meedoen")


async def test_a_request_is_taken_back_and_made_again(town: Town) -> None:
    jan, _samira = await staff_starts(town)
    (fatima,) = await told(town, "Fatima")
    await asks_to_join(fatima)
    question = jan.message
    await fatima.taps("Toch niet meedoen")
    assert fatima.sees.startswith("Je vraag is weg.")
    assert question.text == f"↩️ Iemand wilde meedoen met {TEAM}, maar nu niet meer."
    assert question.labels == []
    await town.advance(minutes=1)
    await fatima.taps("Ik wil meedoen")
    await fatima.taps("Ja")
    assert jan.sees.startswith("🙋 Fatima wil meedoen")


async def test_nobody_under_18_joins(town: Town) -> None:
    jan, _samira = await staff_starts(town)
    (fatima,) = await told(town, "Fatima")
    await fatima.says("/buurtpreventie")
    await fatima.taps(TEAM)
    await fatima.taps("Ik wil meedoen")
    await fatima.taps("Nee")
    assert fatima.sees == "Meedoen kan vanaf 18 jaar. Misschien later!"
    assert await member(town, fatima) is None
    assert not jan.was_told("wil meedoen")


async def test_nobody_ticks_the_own_vog_and_no_other_worker_does(town: Town) -> None:
    jan, samira = await staff_starts(town)
    mia, omar = town.person("Mia"), town.person("Omar")
    team = await the_team(town)
    for someone in (mia, omar, jan, town.person("John"), town.person("Wilma")):
        await someone.starts()
        await someone.forges(TickVog(team.id, mia.id).encode())
        assert not someone.was_told("Welke datum staat erop?")
        await someone.forges(WithdrawVog(team.id, jan.id, sure=True).encode())
    async with town.writing() as work:
        work.session.add(TeamMember(team_id=team.id, person_id=samira.id, asked_at=town.now, accepted_at=town.now))
    await samira.forges(TickVog(team.id, samira.id).encode())
    assert samira.sees.startswith("Alleen de buurtwerker van dit team vinkt een VOG af, en nooit die van zichzelf.")
    assert "VOG gezien: Samira" not in samira.buttons
    for someone, cleared in ((mia, False), (samira, False), (jan, True)):
        found = await member(town, someone)
        assert found is not None
        assert (found.vog_on is not None and found.vog_withdrawn_at is None) is cleared


async def test_a_vog_that_is_withdrawn_frees_the_shifts_and_the_team_hears_no_reason(town: Town) -> None:
    jan, samira = await staff_starts(town)
    john = town.person("John")
    await john.starts()
    meeting = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    await fill(town, meeting, RoleKey.WALKER, [john, jan])
    said = len(jan.messages)
    await samira.says("/buurtpreventie")
    await samira.taps(TEAM)
    await samira.taps("Leden")
    await samira.taps("VOG intrekken: John")
    assert "Het team hoort niet waarom." in samira.sees
    await samira.taps("Ja, intrekken")
    assert samira.sees.startswith("De VOG van John is ingetrokken.")
    assert (await signup_of(town, john, meeting.id)).state is SignupState.CANCELLED
    assert john.sees.startswith(f"Je VOG voor {TEAM} is niet meer afgevinkt.")
    assert len(jan.messages) == said
    await john.says("/agenda")
    assert "Avondronde" not in john.sees


async def test_who_leaves_frees_the_shifts_and_the_coordinator_hears_it(town: Town) -> None:
    jan, samira = await staff_starts(town)
    john = town.person("John")
    await john.starts()
    meeting = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    await fill(town, meeting, RoleKey.WALKER, [john])
    await john.says("/buurtpreventie")
    await john.taps(f"⭐ {TEAM}")
    await john.taps("Ik stop met dit team")
    assert john.sees == f"Wil je stoppen met {TEAM}? Je rondes worden vrij."
    await john.taps("Ja, ik stop")
    assert john.sees.startswith(f"Je hoort niet meer bij {TEAM}.")
    assert jan.sees == samira.sees == f"John doet niet meer mee met {TEAM}."
    assert (await signup_of(town, john, meeting.id)).state is SignupState.CANCELLED
    await john.forges(Roster(meeting.team_id or 0).encode())
    assert john.sees == NOTHING
    await jan.forges(LeaveTeam(meeting.team_id or 0, sure=True).encode())
    assert jan.sees.startswith("Jij bent de coördinator.")


async def test_the_roster_turns_by_month_and_shows_who_walks(town: Town) -> None:
    jan, samira = await staff_starts(town)
    john = town.person("John")
    await john.starts()
    meeting = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    await fill(town, meeting, RoleKey.WALKER, [john])
    for someone in (john, jan, samira):
        await someone.says("/buurtpreventie")
        await someone.taps(TEAM)
        await someone.taps("Rooster")
        assert someone.sees.startswith(f"Rooster van {TEAM}\nnovember 2026\n\nEr zijn geen rondes in deze maand.")
        await someone.taps("december 2026 ▶️")
        assert "1. di 1 20:00–21:00 · Avondronde · te weinig\nJohn\n\n2. do 3" in someone.sees
        assert "8. do 24" in someone.sees
        await someone.taps("Verder in deze maand")
        assert "1. di 29 20:00–21:00" in someone.sees
        await someone.taps("Naar het begin")
        await someone.taps("1. 20:00")
        assert "dinsdag 1 december, 20:00–21:00" in someone.sees
        assert "Lopen mee: John" in someone.sees


async def test_to_anybody_else_every_button_of_a_team_answers_as_if_it_were_not_there(town: Town) -> None:
    await staff_starts(town)
    john, mia, omar = town.person("John"), town.person("Mia"), town.person("Omar")
    (fatima,) = await told(town, "Fatima")
    meeting = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    await fill(town, meeting, RoleKey.WALKER, [john])
    team = meeting.team_id or 0
    for someone in (mia, omar, fatima):
        await someone.starts()
        for real, made_up in (
            (Roster(team, 2026 * 12 + 11), Roster(5, 2026 * 12 + 11)),
            (Members(team), Members(5)),
            (TickVog(team, john.id), TickVog(5, john.id)),
            (WithdrawVog(team, john.id, sure=True), WithdrawVog(5, john.id, sure=True)),
            (AnswerRequest(team, john.id, 1, yes=True), AnswerRequest(5, john.id, 1, yes=True)),
            (AskWalk(team), AskWalk(5)),
            (StepIn(meeting.id), StepIn(5)),
            (WalkYes(team), WalkYes(5)),
            (WalkBack(team), WalkBack(5)),
        ):
            await someone.forges(real.encode())
            answer = (someone.sees, someone.buttons, someone.toast)
            await someone.forges(made_up.encode())
            assert (someone.sees, someone.buttons, someone.toast) == answer
        assert not someone.was_told("Avondronde")
        assert not someone.was_told("John")
    found = await member(town, john)
    assert found is not None
    assert found.vog_withdrawn_at is None


async def test_news_goes_to_all_members_those_without_a_vog_too(town: Town) -> None:
    jan, samira = await staff_starts(town)
    john, mia = town.person("John"), town.person("Mia")
    (fatima,) = await told(town, "Fatima")
    for someone in (john, mia):
        await someone.starts()
        assert "📣 Nieuws voor het team" not in someone.buttons
    await jan.says("/buurtpreventie")
    await jan.taps(TEAM)
    await jan.taps("Nieuws voor het team")
    assert "ook leden zonder VOG lezen dit" in jan.sees
    await jan.says("x" * 1001)
    assert jan.sees.startswith("Schrijf een tekst van hooguit 1000 tekens.")
    await jan.says("Er zijn <nieuwe> hesjes.")
    assert "Er zijn <nieuwe> hesjes." in jan.sees
    await jan.taps("Versturen")
    assert jan.sees.startswith("Verstuurd aan 2 leden.")
    for someone in (john, mia):
        assert someone.sees == f"📣 Nieuws van {TEAM}\nEr zijn <nieuwe> hesjes."
    for someone in (jan, samira, fatima):
        assert not someone.was_told("📣 Nieuws van")
    for someone in (mia, fatima, town.person("John")):
        await someone.forges(WriteNews((await the_team(town)).id).encode())
        assert someone.sees == NOTHING


async def test_a_request_at_night_waits_for_the_morning(town: Town) -> None:
    jan, _samira = await staff_starts(town)
    (fatima,) = await told(town, "Fatima")
    await jump(town, "2026-11-23T23:00")
    await asks_to_join(fatima)
    assert not jan.was_told("wil meedoen")
    await jump(town, "2026-11-24T08:01")
    assert jan.sees.startswith("🙋 Fatima wil meedoen")


async def test_a_worker_who_loses_the_role_meanwhile_ticks_nothing_and_reads_no_name(town: Town) -> None:
    _jan, samira = await staff_starts(town)
    mia, team = town.person("Mia"), await the_team(town)
    await samira.forges(TickVog(team.id, mia.id).encode())
    assert "Je hebt de VOG van Mia gezien." in samira.sees
    await samira.says("terug")
    assert samira.sees.startswith(f"Leden van {TEAM}")
    await samira.taps("VOG gezien: Mia")
    question = samira.message
    async with town.writing() as work:
        grant = await work.session.get(RoleGrant, (samira.id, "worker"))
        assert grant is not None
        grant.taken_at = town.now
    await samira.says("morgenochtend")
    assert samira.sees == NOTHING
    await samira.taps("Vandaag", on=question)
    found = await member(town, mia)
    assert found is not None
    assert found.vog_on is None


async def test_an_early_round_warns_who_is_left_alone_at_night_too(town: Town) -> None:
    jan, _samira = await staff_starts(town)
    john = town.person("John")
    await john.starts()
    meeting = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    async with town.writing() as work:
        await rescheduling.move(work, meeting.id, wall("2026-12-01T09:30"), wall("2026-12-01T10:30"))
    await fill(town, meeting, RoleKey.WALKER, [jan, john])
    await jump(town, "2026-11-30T19:05")
    for someone in (jan, john):
        await someone.taps("Ik loop mee")
    await town.advance(wall("2026-11-30T23:15"))
    assert not jan.was_told("De ronde gaat niet door.")
    await john.says("/agenda")
    await john.says("1")
    await john.taps("Ik kan niet")
    assert jan.was_told("⚠️ Je bent nu alleen. Ga niet op pad.")
