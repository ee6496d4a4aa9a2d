"""*Zorgen om veiligheid?*: the meldcode for who has a sealed report; nothing is stored, nothing is sent."""

from sqlalchemy import func, select

from bot.domain.enums import ReportStatus
from storage.models import AuditEntry, Organisation, ReportEvent
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town

LABEL = "🛟 Zorgen om veiligheid?"


async def _taken(town: Town, *, danger: bool = False) -> Told:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), "Er wordt hard geschreeuwd", kind=NUISANCE, danger=danger)
    await samira.taps("Ik pak het op", on=told.card)
    return told


async def _written(town: Town) -> tuple[int | None, int | None]:
    async with town.reading() as work:
        events = await work.session.scalar(select(func.count()).select_from(ReportEvent))
        audits = await work.session.scalar(select(func.count()).select_from(AuditEntry))
    return events, audits


async def test_the_holder_reads_the_five_steps_and_whom_to_call(town: Town) -> None:
    await _taken(town)
    samira, fatima = town.worker("Samira"), town.resident("Fatima")
    assert samira.buttons == ["Antwoord", "Afronden", "Meer…", LABEL]
    before, heard, group = await _written(town), len(fatima.messages), len(town.desk("stad-west").messages)

    await samira.says("zorgen om veiligheid?")
    for step in ("1. ", "2. ", "3. ", "4. ", "5. "):
        assert f"\n{step}" in samira.sees
    assert "Advies zonder naam: Veilig Thuis 0800-2000" in samira.sees
    assert "Is er nu gevaar? Bel 112." in samira.sees
    assert "aandachtsfunctionaris van De Schoor" in samira.sees
    assert "M-2026-0001" not in samira.sees
    assert await _written(town) == before
    assert (len(fatima.messages), len(town.desk("stad-west").messages)) == (heard, group)

    await samira.taps("Naar de melding")
    assert "hard geschreeuwd" in samira.sees


async def test_the_set_up_names_the_officer(town: Town) -> None:
    await _taken(town, danger=True)
    async with town.writing() as work:
        organisation = await work.session.get(Organisation, 1)
        assert organisation is not None
        organisation.safety = {**organisation.safety, "attention_officer": "Ria, 036 000 0000"}
    await town.worker("Samira").taps("Zorgen om veiligheid?")
    assert "Aandachtsfunctionaris van De Schoor: Ria, 036 000 0000" in town.worker("Samira").sees


async def test_it_is_for_the_holder_in_private_and_never_on_an_open_report(town: Town) -> None:
    told = await _taken(town)
    samira, omar = town.worker("Samira"), town.worker("Omar")
    assert LABEL not in told.card.labels
    pressed = samira.message.buttons[-1][0]["callback_data"]
    await omar.starts()
    await omar.forges(pressed)
    assert not omar.was_told("meldcode")
    assert omar.was_told("Samira heeft deze melding.")
    await samira.forges(pressed, on=told.card)
    assert samira.toast == "Dit is voor wie een verzegelde melding heeft, in de privéchat."

    lamp = await tells(town, town.resident("Piet"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=lamp.card)
    await samira.taps("Meer…", on=lamp.card)
    await samira.taps("Open in privé", on=lamp.card)
    assert "lantaarnpaal" in samira.sees
    assert LABEL not in samira.buttons
    assert (await lamp.report()).status is ReportStatus.TAKEN
