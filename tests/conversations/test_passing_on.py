"""The municipality's own counter: *Geef het door voor mij*, and the desk's list that is sent in one go."""

from datetime import UTC, datetime

from bot.domain.enums import Kind
from bot.services import triage
from handlers.staff.buttons import PassedOnAll
from storage.models import Person
from tests.conversations.telling import tells
from tests.town import Town

TUESDAY_NINE = datetime(2026, 11, 24, 8, 1, tzinfo=UTC)


async def test_the_desk_gets_a_list_in_the_morning_and_passes_it_on_in_one_go(town: Town) -> None:
    fatima, mo, samira = town.resident("Fatima"), town.resident("Mo"), town.worker("Samira")
    first = await tells(town, fatima, "De lantaarnpaal <hier> is kapot", photos=2)
    second = await tells(town, mo, "De stoeptegel ligt los")
    card = second.card
    assert "Vraagt: geef het door aan de gemeente." in first.card.text
    await town.advance(TUESDAY_NINE)
    listed = town.desk("stad-west").messages[-1]
    assert listed.text.startswith("📤 Doorgeven aan de gemeente")
    for words in (
        "M-2026-0001 Stedenwijk",
        "De lantaarnpaal <hier> is kapot",
        "2 foto's of bestanden bij de kaart",
        "M-2026-0002 Stedenwijk",
        "14 036",
    ):
        assert words in listed.text
    await town.advance(hours=25)
    assert [m.text.startswith("📤") for m in town.desk("stad-west").messages].count(
        True
    ) == 1  # nothing new, no new list
    await samira.taps("Doorgegeven", on=listed)
    assert samira.toast == "Genoteerd. De bewoners van deze 2 meldingen krijgen bericht."
    assert listed.text == "📤 Alles is doorgegeven aan de gemeente."
    assert fatima.sees == "Wij hebben je melding M-2026-0001 doorgegeven aan de gemeente."
    assert mo.sees == "Wij hebben je melding M-2026-0002 doorgegeven aan de gemeente."
    assert "Doorgegeven aan de gemeente op woensdag 25 november." in card.text
    await mo.says("/meldingen")
    await mo.taps("M-2026-0002")
    assert "Doorgegeven aan de gemeente op woensdag 25 november." in mo.sees


async def test_it_can_be_asked_for_and_what_came_since_is_not_marked_unseen(town: Town) -> None:
    fatima, samira, omar = town.resident("Fatima"), town.worker("Samira"), town.worker("Omar")
    desk = town.desk("stad-west")
    await samira.says_in(desk, "/doorgeven")
    assert desk.texts[-1] == "Er is nu niets om door te geven aan de gemeente."
    await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.says_in(desk, "/doorgeven")
    listed = desk.messages[-1]
    old = listed.buttons[0][0]["callback_data"]
    await tells(town, fatima, "De stoeptegel ligt los")
    assert "De stoeptegel ligt los" in listed.text
    await samira.forges(old, on=listed)
    assert "De lijst is net veranderd." in samira.toast
    await omar.taps("Doorgegeven", on=listed)
    await samira.forges(old, on=listed)  # nothing is left to pass on
    assert [m.text for m in fatima.messages if "doorgegeven aan de gemeente" in m.text] == [
        f"Wij hebben je melding M-2026-000{n} doorgegeven aan de gemeente." for n in (1, 2)
    ]


async def test_a_newer_list_replaces_the_older_and_strangers_change_nothing(town: Town) -> None:
    fatima, samira, john = town.resident("Fatima"), town.worker("Samira"), town.resident("Iemand")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    desk = town.desk("stad-west")
    await samira.says_in(desk, "/doorgeven")
    older = desk.messages[-1]
    await samira.says_in(desk, "/doorgeven")
    assert older.text == "📤 Er is een nieuwere lijst om door te geven."
    newer = desk.messages[-1]
    data = newer.buttons[0][0]["callback_data"]
    await john.starts()
    await john.forges(data)
    button = PassedOnAll.decode(data)
    assert button is not None
    await samira.starts()
    await samira.forges(data)  # in private, where no list stands
    await samira.forges(PassedOnAll(button.desk + 1, button.mark).encode(), on=newer)
    assert (await told.report()).passed_on_at is None


async def test_what_is_withdrawn_or_sealed_leaves_the_list(town: Town) -> None:
    fatima, mo, samira = town.resident("Fatima"), town.resident("Mo"), town.worker("Samira")
    await tells(town, fatima, "De lantaarnpaal is kapot")
    second = await tells(town, mo, "De stoeptegel ligt los")
    desk = town.desk("stad-west")
    await samira.says_in(desk, "/doorgeven")
    listed = desk.messages[-1]
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Melding intrekken")
    await fatima.taps("Ja, intrekken")
    assert "lantaarnpaal" not in listed.text
    async with town.writing() as work:
        report, worker = await second.report(), await work.session.get_one(Person, samira.id)
        await triage.correct(work, report.id, worker, report.version, kind=Kind.NUISANCE)
    await town.settle()
    assert listed.text == "📤 Alles is doorgegeven aan de gemeente."
    assert not any("stoeptegel" in text for text in desk.readable)
