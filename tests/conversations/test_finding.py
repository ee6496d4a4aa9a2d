"""`/open`, `/mijn` and `/zoek`: who may look things up, of which desks, and how one hears of the commands."""

from bot.domain.enums import RoleName
from handlers.finding.buttons import FoundPage, OpenPage, ShowReport
from storage.models import RoleGrant
from tests.conversations.finding import has_many, said
from tests.conversations.telling import tells
from tests.town import Town


async def test_only_reports_of_own_desks_are_found(town: Town) -> None:
    samira, wilma = town.worker("Samira"), town.worker("Wilma")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await tells(town, town.resident("Piet"), "Een lantaarnpaal erbij", kind="Een idee", area="Filmwijk", desk="stad")
    for command in ("/open", "/zoek lantaarnpaal"):
        await samira.says(command)
        assert ("M-2026-0001" in samira.sees, "M-2026-0002" in samira.sees) == (True, False)
        await wilma.says(command)
        assert ("M-2026-0001" in wilma.sees, "M-2026-0002" in wilma.sees) == (False, True)
    for command in ("/zoek 0002", "/zoek Filmwijk"):
        await samira.says(command)
        assert "Niets gevonden." in samira.sees
    await samira.forges(ShowReport(2).encode())
    assert samira.sees == "Deze melding staat niet (meer) bij jouw triagegroep."


async def test_nobody_else_gets_an_answer_with_anything_in_it(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    report = await told.report()
    await samira.says_in(desk, "/open")
    listed, before = said(desk), len(desk.messages)
    buttons = [OpenPage(None, None, False, None), OpenPage(None, None, False, samira.id), ShowReport(report.id)]
    buttons.append(FoundPage(None, None, False, 1, samira.id))
    for someone in (fatima, town.worker("Jan")):
        for command in ("/open", "/mijn", "/zoek lantaarnpaal", "/zoek", "/zoek 0001"):
            await someone.says(command)
            assert someone.sees.startswith("Dit is voor buurtwerkers.")
        for button in buttons[:3]:
            await someone.forges(button.encode())
            assert "Dit is voor buurtwerkers." in (someone.toast or someone.sees)
        await someone.does(lambda person: person.joins(desk.chat))
        for button in buttons:
            await someone.forges(button.encode(), on=listed)
            assert someone.toast
        await someone.says_in(desk, "/open")
        assert said(desk).text == "Alleen buurtwerkers van deze groep kunnen dit."
    assert len(desk.messages) == before + 3, "two refusals, and that somebody unknown came in"
    assert "M-2026-0001" in listed.text

    group = town.group(-2001)
    told_there = len(group.visible)
    await samira.says_in(group, "/open")
    await samira.says_in(group, "/zoek lantaarnpaal")
    assert len(group.visible) == told_there + 2, "only what was typed"


async def test_a_role_that_was_taken_away_counts_at_once(town: Town) -> None:
    samira = town.worker("Samira")
    await has_many(town, 10)
    await samira.says("/open")
    async with town.writing() as work:
        (await work.session.get_one(RoleGrant, (samira.id, RoleName.WORKER))).taken_at = work.now
    await samira.taps("Volgende")
    assert "M-2026" not in samira.toast
    await samira.says("/zoek lantaarnpaal")
    assert samira.sees.startswith("Dit is voor buurtwerkers.")


async def test_in_english_the_commands_have_english_names(town: Town) -> None:
    samira = town.worker("Samira")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.says("/language")
    await samira.taps("English")
    await samira.says("/search lantaarnpaal")
    assert samira.sees.startswith("Reports that were found")
    assert "Promised: Thursday 26 November at the latest" in samira.sees
    await samira.says("/mine")
    assert "Nothing is open." in samira.sees


async def test_the_group_hears_of_the_commands(town: Town) -> None:
    desk = town.desk("stad-west")
    await town.worker("Samira").says_in(desk, "/hulp")
    assert "/open · Open meldingen" in said(desk).text
    assert "/doorgeven" in said(desk).text


async def test_help_names_the_commands_that_one_may_use(town: Town) -> None:
    helped = {}
    for name in ("Samira", "Wilma", "Jan"):
        await town.person(name).says("/hulp")
        helped[name] = town.person(name).sees
    assert "/signaal · Een eigen signaal opschrijven" in helped["Samira"]
    assert "/rollen" not in helped["Samira"]
    assert "/rollen · Wie welke rol heeft" in helped["Wilma"]
    assert "/open" not in helped["Jan"]


async def test_forged_places_and_ids_are_answered(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    await has_many(town, 10)
    await samira.says("/open")
    await samira.says_in(desk, "/open")
    huge = "z" * 20
    for data in (
        f"fo:{huge}:1:0:",
        "fo:1:1:0:",
        "fo:1:1:1:",
        "fo:-1:-1:1:",
        f"fs:{huge}",
        "fs:1y2p0ij32e8e7",
        "fs:-5",
        "fz::::",
        "fo:1y2p0ij32e8e7:1y2p0ij32e8e7:1:1y2p0ij32e8e7",
        "fz:1:1:0:1y2p0ij32e8e7:1y2p0ij32e8e7",
        "fo:::0:0",
    ):
        for place in (samira.message, said(desk)):
            await samira.forges(data, on=place)
    await samira.says("/open")
    assert "M-2026-0001" in samira.sees
