"""What may not be kept goes from the screens of staff as well, not from the database alone."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from bot.domain.enums import CloseReason, Kind, Theme
from bot.services import triage
from bot.services.desk import cards
from storage.models import Desk, Outbox, Person, Report
from tests.conversations.telling import NUISANCE, PLACE, tells
from tests.town import Town
from tests.town_people import Someone


async def test_a_name_and_later_the_words_go_from_the_group_too(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, fatima, "De lantaarnpaal is kapot", photos=1)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Mijn voornaam")
    await fatima.says("Fatima")
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.says("Hij knippert ook.")
    for label in ("Ik pak het op", "Afronden", "opgelost"):
        await samira.taps(label, on=told.card)
    closed = town.now
    assert "Fatima" in told.card.text
    assert len([message for message in desk.messages if message.media == "photo"]) == 1
    assert any("knippert" in text for text in desk.texts)

    town.sleep(closed + timedelta(days=91))
    await town.advance(minutes=1)
    assert "Fatima" not in told.card.text
    assert "De lantaarnpaal is kapot" in told.card.text

    town.sleep(closed + timedelta(days=366))
    await town.advance(minutes=1)
    assert "lantaarnpaal" not in " ".join(desk.texts)
    assert "knippert" not in " ".join(desk.texts)
    assert [message for message in desk.messages if message.media == "photo"] == []
    assert "afgerond" in told.card.text


def _shown(town: Town, *but: Someone) -> str:
    """Return all that can be read in any chat but those of *but*: words and buttons of the bot's messages."""
    own = {one.id for one in but}
    return "\n".join(
        line
        for chat in town.world.chats.values()
        if chat.id not in own
        for message in chat.visible
        if message.sender is town.world.bot
        for line in (message.text, *message.labels)
    )


async def _named(resident: Someone, name: str, number: str = "0001") -> None:
    await resident.says("/meldingen")
    await resident.taps(number)
    await resident.taps("Mijn voornaam")
    await resident.says(name)


async def _adds(resident: Someone, words: str, number: str = "0001") -> None:
    await resident.says("/meldingen")
    await resident.taps(number)
    await resident.taps("Schrijf erbij")
    await resident.says(words)


async def _opens(worker: Someone, number: str = "0001") -> None:
    """Open the report in private (again): what stood there before stays above."""
    await worker.says("/mijn")
    await worker.taps(number, on=worker.message)


@pytest.mark.parametrize("kind", [PLACE, NUISANCE])
async def test_what_a_worker_has_in_private_follows(town: Town, kind: str) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "Het lawaai in de hal", kind=kind)
    await _named(fatima, "Fatima")
    await samira.taps("Ik pak het op", on=told.card)
    await _opens(samira)
    await _adds(fatima, "Elke nacht weer.")
    await samira.taps("Antwoord")
    await samira.says("Ik kom morgen langs.")
    await samira.taps("Versturen")
    await _opens(samira)
    await samira.taps("Afronden", on=samira.message)
    await samira.taps("opgelost", on=samira.message)
    closed = town.now
    before = [message.text for message in samira.messages if "lawaai" in message.text]
    assert len(before) > 2
    assert "Fatima" in "\n".join(before)

    town.sleep(closed + timedelta(days=91))
    await town.advance(minutes=1)
    assert "Fatima" not in _shown(town, fatima)
    (card,) = [message for message in samira.messages if "lawaai" in message.text]
    assert "Elke nacht" in card.text

    town.sleep(closed + timedelta(days=366))
    await town.advance(minutes=1)
    shown = _shown(town, fatima)
    for word in ("lawaai", "Elke nacht", "Fatima", "morgen langs"):
        assert word not in shown
    assert "M-2026-0001" in card.text
    assert "gewist" in "\n".join(message.text for message in samira.messages)


async def test_what_its_reader_deleted_does_not_come_back_to_be_erased(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, fatima, "Het lawaai in de hal", photos=1)
    await _named(fatima, "Fatima")
    await _adds(fatima, "Elke nacht weer.")
    await samira.taps("Ik pak het op", on=told.card)
    await _opens(samira)
    for label in ("Afronden", "opgelost"):
        await samira.taps(label, on=told.card)
    town.sleep(days=80)
    for message in [*samira.messages, *desk.messages]:
        message.deleted = True

    for days in (91, 366):
        town.sleep(days=days)
        await town.advance(minutes=1)
        assert desk.messages == []
        assert [message for message in samira.messages if "M-2026-0001" in message.text] == []


async def test_a_menu_opens_on_a_card_of_long_ago_of_which_nothing_is_known_any_more(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "Het lawaai in de hal")
    await samira.taps("Ik pak het op", on=told.card)
    await _opens(samira)
    card = samira.message
    for label in ("Afronden", "opgelost"):
        await samira.taps(label, on=told.card)
    town.sleep(days=95)
    await town.advance(minutes=1)
    async with town.writing() as work:  # as retention does once the report has nothing more to lose
        await work.session.execute(delete(Outbox).where(Outbox.chat_id == samira.id))
    await samira.taps("Meer…", on=card)
    assert "Notitie" in samira.message.labels
    assert "M-2026-0001" in samira.sees


@pytest.mark.parametrize("change", ["name", "photo"])
async def test_what_was_asked_for_a_day_does_not_come_back_by_a_change(town: Town, change: str) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "Het lawaai in de hal", photos=2)
    await samira.taps("Ik pak het op", on=told.card)
    await _adds(fatima, "Elke nacht weer.")
    await _opens(samira)
    card, shown = samira.message, len(samira.messages)
    await samira.taps("Meer…", on=card)
    await samira.taps("Hele tekst en bestanden", on=card)
    assert len(samira.messages) == shown + 4
    await town.advance(hours=25)
    assert len(samira.messages) == shown
    if change == "name":
        await _named(fatima, "Noor")
        assert "Van Noor" in card.text
    else:
        await fatima.says("/meldingen")
        await fatima.taps("0001")
        await fatima.taps("Foto 1 weg")
        assert "1 foto" in card.text
    assert len(samira.messages) == shown


@pytest.mark.parametrize("kind", [PLACE, NUISANCE])
async def test_a_name_that_is_changed_changes_in_all_that_workers_read(town: Town, kind: str) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "Het lawaai in de hal", kind=kind)
    await samira.taps("Ik pak het op", on=told.card)
    await _named(fatima, "Fatima")
    await _adds(fatima, "Elke nacht weer.")
    await _opens(samira)
    await _opens(samira)
    assert _shown(town, fatima).count("Fatima") > 3
    await _named(fatima, "Noor")
    assert "Fatima" not in _shown(town, fatima)
    assert "Noor over M-2026-0001" in _shown(town, fatima)


@pytest.mark.parametrize("ending", ["afronden", "intrekken"])
async def test_a_number_to_call_goes_from_earlier_cards_when_the_report_is_closed(town: Town, ending: str) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await tells(town, fatima, "Het lawaai in de hal", kind=NUISANCE, send=False)
    await fatima.taps("Bel mij liever")
    await fatima.says("06 12345678")
    await fatima.taps("'s Ochtends")
    await fatima.says("Arabisch")
    await fatima.taps("Versturen")
    card = town.desk("stad-west").card(1)
    await samira.taps("Ik pak het op", on=card)
    await _opens(samira)
    assert _shown(town, fatima).count("06 12345678 ('s Ochtends, Arabisch)") == 2
    if ending == "afronden":
        await samira.taps("Afronden", on=samira.message)
        await samira.taps("opgelost", on=samira.message)
    else:
        await fatima.says("/meldingen")
        await fatima.taps("0001")
        await fatima.taps("Melding intrekken")
        await fatima.taps("Ja, intrekken")
    assert "afgerond" in card.text.lower() or "ingetrokken" in card.text
    assert "12345678" not in _shown(town, fatima)


async def test_a_line_of_a_list_goes_when_its_report_is_closed_and_none_comes_back(town: Town) -> None:
    desk, samira = town.desk("stad-west"), town.worker("Samira")
    async with town.writing() as work:
        at = (await work.session.scalars(select(Desk).where(Desk.key == "stad-west"))).one()
        for number in range(1, 8):
            facts = {"kind": Kind.PLACE, "theme": Theme.LIVABILITY, "sealed": False, "text": "Lamp kapot"}
            numbers = {"id": number, "draft_id": number, "year": 2026, "number": number, "rule_position": 2}
            when = {"created_at": work.now, "changed_at": work.now}
            report = Report(**facts, **numbers, **when, desk_id=at.id, resident_name="Fatima")
            work.session.add(report)
            await work.session.flush()
            await cards.begin(work, report)
    await town.restart()
    await town.settle()
    assert len(desk.readable) == 8

    async with town.writing() as work:
        for number in (2, 5):
            report = await work.session.get_one(Report, number)
            await triage.take(work, number, await work.session.get_one(Person, samira.id), report.version)
            await triage.close(
                work, number, await work.session.get_one(Person, samira.id), None, reason=CloseReason.SOLVED
            )
    await town.restart()
    await town.settle()
    lines = [line for line in desk.readable if "M-2026-" in line]
    assert sorted(line[:11] for line in lines) == [f"M-2026-000{number}" for number in (1, 3, 4, 6, 7)]
    for days in (91, 366):
        town.sleep(town.now + timedelta(days=days))
        await town.advance(minutes=1)
        assert "Fatima" not in "".join(desk.readable)
        assert [message for message in desk.messages if "0002" in message.text or "0005" in message.text] == []
