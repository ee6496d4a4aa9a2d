"""`/open`, `/mijn` and `/zoek`: what workers look up in their group and in private, and where it leads them."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from bot.demo.telegram.model import Message
from bot.domain.enums import Kind, ReportStatus, RoleName, Theme
from handlers.finding.buttons import FoundPage, OpenPage, ShowReport
from storage.models import Desk, Outbox, Report, RoleGrant
from tests.conversations.telling import NUISANCE, tells
from tests.town import Town
from tests.town_people import Desk as Group
from tests.town_people import Someone

SECRET = "Mijn bovenbuurman schreeuwt elke nacht"


def said(place: Group | Someone) -> Message:
    """The newest message of the bot there."""
    return place.messages[-1]


async def has_many(town: Town, count: int) -> None:
    """Write reports to Stad West past the conversation: number 1 has the oldest promise."""
    async with town.writing() as work:
        desk = await _desk_id(town, "stad-west")
        for number in range(1, count + 1):
            work.session.add(
                Report(
                    id=number,
                    draft_id=number,
                    year=2026,
                    number=number,
                    kind=Kind.PLACE,
                    theme=Theme.LIVABILITY,
                    area_code="WK003427",
                    text=f"De lantaarnpaal nummer {number} is kapot",
                    sealed=False,
                    desk_id=desk,
                    rule_position=2,
                    promise_on=date(2026, 11, 20 + number % 10) if number > 2 else date(2026, 11, 10 + number),
                    created_at=work.now,
                    changed_at=work.now,
                )
            )


async def _desk_id(town: Town, key: str) -> int:
    async with town.reading() as work:
        return (await work.session.scalars(select(Desk.id).where(Desk.key == key))).one()


async def test_open_lists_danger_first_then_the_oldest_promise_and_says_what_is_late(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    await tells(town, fatima, "De lantaarnpaal is kapot")
    await town.advance(datetime(2026, 11, 27, 9, tzinfo=UTC))
    await tells(town, fatima, SECRET, kind=NUISANCE)
    await tells(town, town.resident("Piet"), "Er wordt geschreeuwd", kind=NUISANCE, danger=True)

    await samira.says_in(desk, "/open")
    assert said(desk).text == (
        "Open meldingen bij Stad West\n\n"
        "⚠ 🔒 M-2026-0003 · 🏘 De straat en de buurt · Stedenwijk · nog van niemand\n"
        "M-2026-0001 · 🏘 De straat en de buurt · Stedenwijk · nog van niemand\n"
        "Beloofd: uiterlijk donderdag 26 november · te laat\n"
        "🔒 M-2026-0002 · 🏘 De straat en de buurt · Stedenwijk · nog van niemand\n"
        "Beloofd: uiterlijk woensdag 2 december"
    )
    assert said(desk).labels == ["⚠ 0003 · Stedenwijk", "0001 · Stedenwijk", "0002 · Stedenwijk", "🔄 Ververs"]


async def test_pages_stay_right_when_the_list_changes_under_them(town: Town) -> None:
    samira, omar, desk = town.worker("Samira"), town.worker("Omar"), town.desk("stad-west")
    await has_many(town, 20)
    await samira.says_in(desk, "/open")
    page = said(desk)
    first = page.labels[:8]
    assert first[:2] == ["0001 · Stedenwijk", "0002 · Stedenwijk"]
    assert page.labels[8:] == ["🔄 Ververs", "Volgende ➡️"]

    async with town.writing() as work:  # meanwhile three of this page are closed
        for number in (1, 2, int(first[5][:4])):
            report = await work.session.get_one(Report, number)
            report.status, report.closed_at = ReportStatus.CLOSED, work.now
    await omar.taps("Volgende", on=page)
    assert said(desk) is page, "the list turns where it stands, whoever taps"
    second = page.labels[:8]
    assert not set(first) & set(second)
    await samira.taps("Volgende", on=page)
    third = page.labels[:-2]
    assert sorted(int(label[:4]) for label in (*first, *second, *third)) == list(range(1, 21))
    assert page.labels[-2:] == ["⬅️ Vorige", "🔄 Ververs"]

    await samira.taps("Vorige", on=page)
    assert page.labels[:8] == second
    await samira.taps("Vorige", on=page)
    assert page.labels[:-2] == [label for label in first if label[:4] not in ("0001", "0002", first[5][:4])]


async def test_a_page_that_has_become_empty_shows_the_last_there_is(town: Town) -> None:
    samira = town.worker("Samira")
    await has_many(town, 10)
    await samira.says("/open")
    behind = [key["callback_data"] for row in samira.message.buttons for key in row if "Volgende" in key["text"]]
    async with town.writing() as work:
        for number in (9, 8):
            report = await work.session.get_one(Report, number)
            report.status, report.closed_at = ReportStatus.CLOSED, work.now
    await samira.forges(behind[0])
    assert len([label for label in samira.message.labels if "Stedenwijk" in label]) == 8


async def test_a_line_in_the_group_leads_to_the_card(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    card = told.card
    await samira.says_in(desk, "/open")
    listed = said(desk)
    await samira.says_in(desk, "/open")
    for each in (listed, said(desk)):  # an older list works as well as the newest
        await samira.taps("0001 · Stedenwijk", on=each)
        assert said(desk).text == "Dit is de kaart van M-2026-0001."
        assert said(desk).reply_to is card
        assert "Open meldingen" in each.text

    card.deleted = True
    await samira.taps("0001 · Stedenwijk", on=listed)
    assert "Status: ontvangen, nog van niemand" in said(desk).text
    assert said(desk).labels == ["Ik pak het op", "Meer…"]


async def test_a_list_that_no_row_knows_any_more_is_not_taken_for_a_card(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    card = told.card
    await samira.says_in(desk, "/open")
    listed = said(desk)
    async with town.writing() as work:
        await work.session.execute(delete(Outbox).where(Outbox.key.startswith("said:")))
    await samira.taps("0001 · Stedenwijk", on=listed)
    assert said(desk).reply_to is card
    assert listed.text.startswith("Open meldingen")
    await samira.taps("Ververs", on=listed)
    assert said(desk).text == listed.text


async def test_a_line_in_private_opens_the_report_as_its_card_would(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await tells(town, town.resident("Piet"), SECRET, kind=NUISANCE)
    await omar.says("/open")
    assert "bovenbuurman" not in omar.sees
    await omar.taps("0001 · Stedenwijk")
    assert "De lantaarnpaal is kapot" in omar.sees

    await omar.taps("0002 · Stedenwijk")
    assert "Deze melding is verzegeld." in omar.sees
    assert "bovenbuurman" not in omar.sees
    await omar.taps("Ik pak het op")
    assert SECRET in omar.sees

    await samira.says("/open")
    await samira.taps("0002 · Stedenwijk")  # the desk's contact may read it
    assert SECRET in samira.sees


async def test_mine_lists_what_i_have(town: Town) -> None:
    samira, omar, desk = town.worker("Samira"), town.worker("Omar"), town.desk("stad-west")
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await tells(town, town.resident("Piet"), "De bank is stuk")
    await samira.taps("Ik pak het op", on=lamp.card)
    await samira.says("/mijn")
    assert "Open meldingen van Samira" in samira.sees
    assert samira.buttons == ["0001 · Stedenwijk", "🔄 Ververs"]
    await omar.says("/mijn")
    assert omar.sees == "Open meldingen van Omar\n\nEr staat niets open."
    await samira.says_in(desk, "/mijn@buurtbode_bot")
    assert "opgepakt" not in said(desk).text
    assert "M-2026-0001 · 🏘 De straat en de buurt · Stedenwijk · Samira" in said(desk).text


@pytest.mark.parametrize(
    "typed",
    ["lantaarnpaal", "LANTAARNPALEN", "lantaarn", "kapotte lantaarnpalen", "lántaarnpaal Stedenwijk", "1", "0001",
     "M-2026-0001", "Stedenwijk", "wijk stedenwijk"],
)  # fmt: skip
async def test_search_finds_by_words_number_and_wijk(town: Town, typed: str) -> None:
    samira = town.worker("Samira")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal bij de school is kapot")
    await tells(town, town.resident("Piet"), "Een moestuin", kind="Een idee", area="Literatuurwijk")
    await samira.says(f"/zoek {typed}")
    assert "M-2026-0001" in samira.sees
    assert "M-2026-0002" not in samira.sees


async def test_search_asks_in_private_and_does_not_start_a_report(town: Town) -> None:
    samira = town.worker("Samira")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.says("/zoek")
    assert "Wat zoek je?" in samira.sees
    await samira.says("de het een")
    assert "Daar kan ik niet op zoeken." in samira.sees
    await samira.says("/zoek")
    await samira.says("lantaarnpaal")
    assert "M-2026-0001" in samira.sees
    await samira.says("/zoek niksvandit")
    assert "Niets gevonden." in samira.sees
    await samira.says("/zoek")
    await samira.says("stop")
    assert "Ik zoek niets." in samira.sees


async def test_search_in_the_group_repeats_no_words_and_turns_pages(town: Town) -> None:
    samira, omar, desk = town.worker("Samira"), town.worker("Omar"), town.desk("stad-west")
    await has_many(town, 12)
    await samira.says_in(desk, "/zoek")
    assert "bijvoorbeeld: /zoek lantaarnpaal" in said(desk).text
    await samira.says_in(desk, "/zoek kapotte lantaarnpaal")
    page = said(desk)
    assert page.text.startswith("Gevonden meldingen")
    assert "kapotte" not in page.text
    await omar.taps("Volgende", on=page)
    assert len(page.labels) == 4 + 2
    await samira.says_in(desk, "/zoek Stedenwijk")
    await samira.taps("Vorige", on=page)
    assert samira.toast == "Deze zoekvraag is oud. Zoek opnieuw met /zoek."


async def test_search_never_looks_inside_what_is_sealed(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, town.resident("Fatima"), "De bovenbuurman heeft een kapotte lantaarnpaal")
    await samira.says("/zoek lantaarnpaal")
    assert "M-2026-0001" in samira.sees
    await samira.taps("Meer…", on=told.card)
    for label in ("Soort, thema, wijk", "Soort", "Overlast of ruzie"):
        await samira.taps(label, on=told.card)
    for place in (samira, desk):
        await (samira.says("/zoek lantaarnpaal") if place is samira else samira.says_in(desk, "/zoek bovenbuurman"))
        assert "Niets gevonden." in said(place).text
        await (samira.says("/zoek 0001") if place is samira else samira.says_in(desk, "/zoek Stedenwijk"))
        assert "🔒 M-2026-0001" in said(place).text
        assert "lantaarnpaal" not in said(place).text


async def test_words_are_not_looked_for_in_a_group_with_somebody_unknown(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    async with town.writing() as work:
        (await work.session.get_one(Desk, await _desk_id(town, "stad-west"))).sealed_cards_only = True
    await samira.says_in(desk, "/zoek lantaarnpaal")
    assert said(desk).text == "Op woorden zoek je hier nu niet. Doe dat in je privéchat met mij."
    await samira.says("/zoek lantaarnpaal")
    assert "M-2026-0001" in samira.sees


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


async def test_a_reply_to_a_list_is_talk(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot")
    await tells(town, fatima, "De bank is stuk")
    await samira.starts()
    await samira.taps("Ik pak het op", on=lamp.card)
    await samira.taps("Antwoord", on=lamp.card)
    await samira.says_in(desk, "/open")
    words = await samira.says_in(desk, "Dat is wel erg veel.", reply_to=said(desk))
    assert not words.deleted
    assert "Dat is wel erg veel." not in samira.sees


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


async def test_what_can_not_be_looked_for_asks_again_and_says_so(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.says("/zoek")
    await samira.sends_photo()
    assert samira.sees.startswith("Daar kan ik niet op zoeken.")
    assert "Wat zoek je?" in samira.sees
    await samira.taps("Stoppen")
    assert samira.sees == "Goed. Ik zoek niets."


async def test_a_search_leaves_what_is_open_as_it_is(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.says("/signaal Er ligt afval bij de flat")
    await samira.says("/zoek lantaarn")
    assert samira.sees.startswith("Gevonden meldingen")
    await samira.says("terug")
    assert samira.sees.startswith("Wat is het signaal?")
