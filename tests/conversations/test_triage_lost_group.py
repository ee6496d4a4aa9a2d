"""A desk's group is lost: its reports come to the desk of the last rule, words and all, and home when it is back."""

import pytest

from bot.services.desk import cards
from storage.models import Person
from tests.conversations.telling import tells
from tests.services import desks
from tests.town import Town


async def _loses(town: Town) -> None:
    await town.worker("Samira").does(lambda person: person.removes_bot(town.desk("stad-west").chat))


async def _finds(town: Town) -> None:
    await town.worker("Samira").does(lambda person: person.adds_bot(town.desk("stad-west").chat))


async def test_a_burst_of_reports_for_a_lost_group_is_seen_at_the_last_desk(town: Town) -> None:
    await _loses(town)
    async with town.writing() as work:
        work.session.add(Person(id=desks.FATIMA, created_at=work.now))
        await work.session.flush()
        reports = [await desks.told(work) for _ in range(9)]
        for report in reports:
            await cards.refresh(work, report)
    await town.settle()
    shown = " ".join(town.desk("stad").readable)
    assert [report.number for report in reports if f"M-2026-{report.number:04}" not in shown] == []


@pytest.mark.chaos
async def test_what_stood_in_a_group_that_puts_the_bot_out_goes_to_the_last_desk_with_its_words(town: Town) -> None:
    fatima = town.resident("Fatima")
    told = await tells(town, fatima, "De lantaarnpaal is kapot", photos=1)
    receipt = next(message for message in fatima.messages if "M-2026-0001" in message.text)
    await fatima.says("Hij valt bijna om.", reply_to=receipt)
    await _loses(town)

    said = town.desk("stad").messages
    card = town.desk("stad").card(told.number)
    assert "De lantaarnpaal is kapot" in card.text
    assert any("Hij valt bijna om." in message.text and message.reply_to is card for message in said), said
    assert any(message.media for message in said)


@pytest.mark.chaos
async def test_a_report_that_nobody_took_comes_home_with_the_group(town: Town) -> None:
    free = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    held = await tells(town, town.resident("Piet"), "De bank is stuk")
    await _loses(town)
    await town.worker("Wilma").taps("Ik pak het op", on=town.desk("stad").card(held.number))
    await _finds(town)

    assert free.card.labels == ["Ik pak het op", "Meer…"]
    assert "staat nu bij Stad West" in town.desk("stad").card(free.number).text
    assert "opgepakt door Wilma" in town.desk("stad").card(held.number).text
