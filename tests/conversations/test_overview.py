"""The overview of 08:45: what waits at a desk, in its group, on the days it works, and only when there is something."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.domain.enums import ReportStatus
from storage.models import Desk, Report
from tests.conversations.telling import NUISANCE, tells
from tests.town import Town

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECRET = "Mijn bovenbuurman schreeuwt elke nacht"


def overviews(town: Town, desk: str = "stad-west") -> list[str]:
    return [text for text in town.desk(desk).texts if text.startswith("Overzicht")]


async def test_nothing_is_said_where_nothing_waits(town: Town) -> None:
    await town.advance(TUESDAY)
    assert [overviews(town, desk) for desk in ("stad-west", "veilig", "stad")] == [[], [], []]


async def test_what_waits_is_told_in_numbers_each_morning(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot")
    await tells(town, town.resident("Piet"), SECRET, kind=NUISANCE)
    bank = await tells(town, fatima, "De bank is stuk")
    await samira.taps("Ik pak het op", on=lamp.card)
    async with town.writing() as work:
        report = await work.session.get_one(Report, (await bank.report()).id)
        report.status, report.holder_id = ReportStatus.FORWARDED, samira.id

    await town.advance(datetime(2026, 11, 24, 7, 44, tzinfo=UTC))
    assert overviews(town) == []
    await town.advance(minutes=2)
    assert overviews(town) == [
        "Overzicht Stad West, dinsdag 24 november\nNog van niemand: 1 (0002)\nWacht op een partner: 1 (0003)"
    ]
    await town.advance(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    assert "Vandaag beloofd: 3 (0001, 0002, 0003)" in overviews(town)[-1]
    await town.advance(datetime(2026, 11, 27, 8, 0, tzinfo=UTC))
    assert "Te laat: 3 (0001, 0002, 0003)" in overviews(town)[-1]
    assert len(overviews(town)) == 4

    message = desk.messages[-1]
    assert message.labels == ["Open meldingen"]
    await samira.taps("Open meldingen", on=message)
    assert "Open meldingen bij Stad West" in desk.messages[-1].text
    assert "te laat" in desk.messages[-1].text
    assert "Overzicht" in message.text


async def test_weekends_are_left_out_and_a_desk_has_its_own_days(town: Town) -> None:
    await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await tells(town, town.resident("Piet"), "Een moestuin", kind="Een idee", area="Filmwijk", desk="stad")
    async with town.writing() as work:
        desk = (await work.session.scalars(select(Desk).where(Desk.key == "stad"))).one()
        desk.hours = "do, za 09:00-12:00"
    await town.advance(datetime(2026, 11, 26, 6, 0, tzinfo=UTC))
    before = len(overviews(town))
    await town.advance(datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    days = [text.splitlines()[0].split(", ")[1] for text in overviews(town)[before:]]
    assert days == ["donderdag 26 november", "vrijdag 27 november", "maandag 30 november"]
    other = [text.splitlines()[0].split(", ")[1] for text in overviews(town, "stad")]
    assert other == ["donderdag 26 november", "zaterdag 28 november"]
    silent = [message.silent for message in town.desk("stad").messages if message.text.startswith("Overzicht")]
    assert all(silent), "at 08:45 that desk is not open yet"
