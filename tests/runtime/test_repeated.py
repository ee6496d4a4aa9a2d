"""What a crash may repeat does no harm: cards and prompts that came twice."""

from sqlalchemy import select

from storage.models import Report
from tests.conversations.report_steps import reports_of
from tests.town import Town


async def _report(town: Town) -> None:
    """Have Fatima report a broken lamp in Stedenwijk."""
    fatima = town.resident("Fatima")
    await fatima.says("De lantaarnpaal is kapot")
    for label in (
        "Een plek op straat",
        "De straat en de buurt",
        "Geef het door voor mij",
        "Almere Stad West",
        "Stedenwijk",
    ):
        await fatima.taps(label)
    await fatima.taps("Versturen")


async def test_a_tap_on_a_repeated_card_acts_once_and_the_stray_points_to_the_real_one(town: Town) -> None:
    desk = town.desk("stad-west")
    town.world.faults.cut("sendMessage", done=True, chat_id=desk.chat.id)
    await _report(town)
    stray, card = [message for message in desk.messages if "M-2026-0001" in message.text]

    await town.worker("Samira").taps("Ik pak het op", on=stray)

    (report,) = await reports_of(town, town.resident("Fatima"))
    assert report.holder_id == town.worker("Samira").id
    assert "Samira" in card.text
    assert (stray.text, stray.labels) == ("Deze kaart staat hierboven.", [])


async def test_a_tap_on_a_repeated_prompt_leads_to_one_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    town.world.faults.cut("sendMessage", done=True, chat_id=fatima.id)
    await fatima.says("De lantaarnpaal is kapot")
    first, second = fatima.messages
    assert first.text == second.text
    await fatima.taps("Een plek op straat", on=first)
    await fatima.taps("Een plek op straat", on=second)
    assert fatima.toast == "Dat had je al beantwoord."
    for label in ("De straat en de buurt", "Geef het door voor mij", "Almere Stad West", "Stedenwijk", "Versturen"):
        await fatima.taps(label)
    async with town.reading() as work:
        assert len((await work.session.scalars(select(Report))).all()) == 1
