"""`/open` and `/mijn`: what is open at a desk or of a worker, page by page, and where a line leads."""

from datetime import UTC, datetime

from sqlalchemy import delete

from bot.domain.enums import ReportStatus
from storage.models import Outbox, Report
from tests.conversations.finding import has_many, said
from tests.conversations.telling import NUISANCE, tells
from tests.town import Town

SECRET = "Mijn bovenbuurman schreeuwt elke nacht"


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
