"""Reports without movement: after half a year a worker is asked, after nine months they close."""

from datetime import UTC, datetime, timedelta

from bot.domain.enums import CloseReason, ReportStatus
from storage.models import Report
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town


async def _stood_still(town: Town, told: Told, days: int) -> None:
    """Let nothing have happened to a report for so many days, and the desk be open."""
    async with town.writing() as work:
        report = await work.session.get(Report, (await told.report()).id)
        assert report is not None
        report.changed_at = work.now - timedelta(days=days)
    await town.advance(minutes=1)


async def test_after_half_a_year_who_has_it_is_asked_and_after_nine_months_it_closes(town: Town) -> None:
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    await samira.starts()
    told = await tells(town, fatima, "Ruzie op de galerij elke avond", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await _stood_still(town, told, 182)
    assert not samira.was_told("een half jaar niets gebeurd")
    await _stood_still(town, told, 184)
    assert samira.sees == (
        "🕰 In deze meldingen is een half jaar niets gebeurd. Rond ze af, of ga ermee verder:\n"
        "M-2026-0001 · niets sinds zaterdag 23 mei\n"
        "Gebeurt er niets, dan sluit ik ze na negen maanden."
    )
    asked = len(samira.messages)
    await town.advance(hours=2)
    assert len(samira.messages) == asked
    await _stood_still(town, told, 275)
    report = await told.report()
    assert (report.status, report.close_reason) == (ReportStatus.CLOSED, CloseReason.NO_MOVEMENT)
    assert "Je hebt een bericht van De Schoor." in fatima.sees
    await fatima.taps("Lezen")
    assert "Er is lang niets mee gebeurd. Speelt het nog? Zeg het ons." in fatima.sees
    assert "afgerond" in told.card.text


async def test_what_nobody_has_is_asked_in_the_group_in_desk_hours(town: Town) -> None:
    omar, desk = town.worker("Omar"), town.desk("stad-west")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await town.advance(hours=10)  # 20:00 in Almere
    await _stood_still(town, told, 184)
    assert not any("🕰" in text for text in desk.texts)
    await town.advance(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    asked = next(message for message in desk.messages if "een half jaar niets gebeurd" in message.text)
    assert "lantaarnpaal" not in asked.text
    await omar.taps("Ik pak 0001 op", on=asked)
    assert (await told.report()).holder_id == omar.id


async def test_who_stopped_the_bot_is_asked_through_the_group(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    town.world.contact[samira.id] = "blocked"  # and the bot has not heard of it
    await _stood_still(town, told, 184)
    assert town.desk("stad-west").texts[-1].startswith("🕰 In deze meldingen is een half jaar niets gebeurd.")
