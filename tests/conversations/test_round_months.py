"""The month of a team: rounds, hours and findings by theme, for coordinator and worker, without a name."""

from sqlalchemy import select

from bot.domain.enums import RoundOutcome
from handlers.activities.round_buttons import OpenMonth
from storage.models import Occurrence, Round
from tests.conversations.meetings import jump, occurrence, wait_until
from tests.conversations.walking import ROUND, ROUND_ON, walking
from tests.town import Town

DECEMBER = 2026 * 12 + 11
NOTHING = "Deze activiteit bestaat niet meer. Kies een andere."
OVERVIEW = (
    "📊 Buurtpreventie Filmwijk, december 2026\n\n"
    "1 ronde, samen 1 uur en 10 minuten.\n\n"
    "Zo werden ze afgesloten:\n• bijzonderheden: 1\n\n"
    "Gemeld tijdens de rondes:\n• 🏘 De straat en de buurt: 1\n\n"
    "Wat lopers schreven:\n• dinsdag 1 december, bijzonderheden: Hek open"
)


async def walked(town: Town) -> None:
    """Have John and Mia walk on 1 December, report a lamp, and close the round with a line."""
    _shift, (john, mia) = await walking(town, "John", "Mia")
    await john.taps("Kapot of vies")
    await john.says("De lantaarnpaal is kapot")
    await john.taps("De straat en de buurt")
    await john.taps("Geef het door voor mij")
    await john.taps("✅ Filmwijk")
    await john.taps("Versturen")
    await wait_until(town, f"{ROUND_ON}T21:05")
    await mia.taps("Wij zijn thuis")
    await mia.taps("Bijzonderheden")
    await mia.says("Hek open")


async def test_coordinator_and_worker_see_the_month_by_a_button(town: Town) -> None:
    await walked(town)
    for name in ("Jan", "Samira"):
        reader = town.person(name)
        await reader.says("/activiteiten")
        await reader.taps("Rondes van mijn team")
        await reader.taps("Maandoverzicht")
        assert reader.sees == OVERVIEW
        assert reader.buttons == ["⬅️ Maand eerder"]
        await reader.taps("Maand eerder")
        assert reader.sees == "📊 Buurtpreventie Filmwijk, november 2026\n\nEr is geen ronde gelopen."
        await reader.taps("Maand later")
        assert reader.sees == OVERVIEW


async def test_nobody_else_has_a_month(town: Town) -> None:
    await walked(town)
    shift = await occurrence(town, ROUND, ROUND_ON)
    assert shift.team_id is not None
    john = town.person("John")
    await john.says("/activiteiten")
    await john.taps("Rondes van mijn team")
    assert "📊 Maandoverzicht" not in john.buttons
    fatima = town.resident("Fatima")
    await fatima.starts()
    for someone in (john, fatima, town.person("Omar"), town.person("Wilma")):
        for month in (None, DECEMBER, -1, 2**62):
            await someone.forges(OpenMonth(shift.team_id, month).encode())
            assert someone.sees == NOTHING
            await someone.forges(OpenMonth(7, month).encode())
            assert someone.sees == NOTHING
    await town.person("Jan").forges(OpenMonth(shift.team_id, 2**62).encode())
    assert town.person("Jan").sees == NOTHING


async def test_it_comes_on_the_first_working_day_at_nine(town: Town) -> None:
    await walked(town)
    jan, samira = town.person("Jan"), town.person("Samira")
    await jump(town, "2026-12-31T12:00")
    await jump(town, "2027-01-03T12:00")  # New Year's Day was a Friday
    assert not jan.was_told("december 2026")
    await wait_until(town, "2027-01-04T08:59")
    assert not jan.was_told("december 2026")
    await town.advance(minutes=1)
    lamp = "1 ronde, samen 1 uur en 10 minuten."
    for reader in (jan, samira):
        assert reader.sees.startswith(f"📊 Buurtpreventie Filmwijk, december 2026\n\n{lamp}")
        for name in ("Jan", "John", "Mia"):
            assert name not in reader.sees
    for name in ("John", "Mia", "Omar", "Wilma"):
        assert not town.person(name).was_told("december 2026")
    await jump(town, "2027-01-20T12:00")
    assert sum("december 2026" in message.text for message in jan.messages) == 1


async def test_a_month_of_many_long_lines_fits_into_one_message(town: Town) -> None:
    shift, _people = await walking(town, "John", "Mia")
    await jump(town, "2026-12-31T12:00")
    async with town.writing() as work:
        query = select(Occurrence).where(Occurrence.team_id == shift.team_id, Occurrence.id != shift.id)
        rows = [row for row in await work.session.scalars(query) if row.nominal_on.month == 12]
        for row in rows:
            work.session.add(
                Round(
                    occurrence_id=row.id,
                    opened_at=row.starts_at,
                    opened_by=1,
                    walkers=[],
                    closed_at=row.ends_at,
                    outcome=RoundOutcome.INCIDENT.value,
                    line="🦺<&" * 100,
                )
            )
    jan = town.person("Jan")
    await jan.forges(OpenMonth(shift.team_id or 0, DECEMBER).encode())
    assert f"{len(rows) + 1} rondes, samen" in jan.sees
    assert f"En nog {len(rows) - 6} van eerder." in jan.sees
