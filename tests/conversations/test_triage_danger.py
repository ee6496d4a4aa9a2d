"""Danger: the contact is called by name in desk hours, the whole desk and the safety officer after an hour of them."""

from datetime import timedelta

from storage.models import Absence
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town


async def _danger(town: Town) -> Told:
    return await tells(town, town.resident("Fatima"), "Ze vechten op straat", kind=NUISANCE, danger=True)


def _said(town: Town, words: str) -> list[str]:
    return [text for text in town.desk("stad-west").texts if words in text]


async def test_in_desk_hours_the_contact_is_called_at_once(town: Town) -> None:
    told = await _danger(town)
    assert told.card.text.startswith("⚠ 🔒 M-2026-0001 · verzegeld")
    assert "beloofd" not in told.card.text
    assert _said(town, "Samira, M-2026-0001 is een melding met gevaar. Open hem nu.")
    ping = town.desk("stad-west").messages[-1]
    assert "tg://user?id=9001" in ping.html


async def test_at_night_nobody_is_called_before_the_desk_opens(town: Town) -> None:
    await town.advance(hours=10)  # 20:00 in Almere
    told = await _danger(town)
    assert told.card.silent
    assert not _said(town, "Open hem nu.")
    await town.advance(hours=12)
    assert not _said(town, "Open hem nu.")
    await town.advance(minutes=31)
    assert _said(town, "Open hem nu.")


async def test_unopened_after_one_working_hour_it_goes_to_the_whole_desk_and_the_safety_officer(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await town.advance(hours=6, minutes=30)  # 16:30, half an hour before closing
    await _danger(town)
    await town.advance(hours=15, minutes=55)
    assert not _said(town, "nog niet geopend")
    await town.advance(hours=1)  # past half an hour of the next morning
    assert _said(town, "⚠ Samira, Omar: M-2026-0001 is een melding met gevaar en nog niet geopend.")
    assert "M-2026-0001 bij Stad West is een melding met gevaar." in wilma.sees
    assert "vechten" not in wilma.sees


async def test_a_safety_officer_whom_the_bot_cannot_write_to_is_called_in_the_group(town: Town) -> None:
    await _danger(town)
    await town.advance(hours=1, minutes=1)
    assert _said(town, "⚠ Samira, Omar, Wilma: M-2026-0001")


async def test_once_opened_nobody_else_is_called(town: Town) -> None:
    told, samira = await _danger(town), town.worker("Samira")
    await samira.taps("Ik pak het op", on=told.card)
    assert samira.was_told("Ze vechten op straat")
    await town.advance(hours=3)
    assert not _said(town, "nog niet geopend")


async def test_a_report_that_never_reached_who_took_it_counts_as_unopened(town: Town) -> None:
    told, samira = await _danger(town), town.worker("Samira")
    await samira.starts()
    town.world.contact[samira.id] = "blocked"  # and the bot has not heard of it
    await samira.taps("Ik pak het op", on=told.card)
    assert (await told.report()).opened_at is None
    await town.advance(hours=1, minutes=1)
    assert _said(town, "nog niet geopend")


async def test_at_another_desk_it_calls_there_also_when_the_first_desk_opened_it(town: Town) -> None:
    told, samira = await _danger(town), town.worker("Samira")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    for label in ("Meer…", "Soort, thema, wijk", "Thema", "Veiligheid"):
        await samira.taps(label, on=told.card)
    assert "⚠ Wilma, M-2026-0001 is een melding met gevaar. Open hem nu." in town.desk("veilig").texts


async def _is_away(town: Town, name: str, substitute: str | None = None) -> None:
    async with town.writing() as work:
        replaced_by = town.worker(substitute).id if substitute else None
        until = town.now.date() + timedelta(days=7)
        absent = Absence(person_id=town.worker(name).id, since=work.now, until=until, substitute_id=replaced_by)
        work.session.add(absent)


async def test_who_replaces_the_contact_is_called_and_nobody_who_is_away(town: Town) -> None:
    await _is_away(town, "Samira", "Omar")
    await _danger(town)
    assert _said(town, "⚠ Omar, M-2026-0001 is een melding met gevaar. Open hem nu.")
    await town.advance(hours=1, minutes=1)
    assert _said(town, "⚠ Omar, Wilma: M-2026-0001 is een melding met gevaar en nog niet geopend.")


async def test_without_a_substitute_who_is_there_is_called(town: Town) -> None:
    await _is_away(town, "Samira")
    await _danger(town)
    assert _said(town, "⚠ Omar, M-2026-0001 is een melding met gevaar. Open hem nu.")


async def test_at_a_desk_with_nobody_present_the_beheerder_is_told_and_takes_it(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    for name in ("Samira", "Omar"):
        await _is_away(town, name)
    await _danger(town)
    assert "⚠ M-2026-0001 bij Stad West is een melding met gevaar. Bij Stad West is niemand aanwezig." in wilma.sees
    assert "vechten" not in wilma.sees
    await wilma.taps("Ik pak 0001 op")
    assert "Ze vechten op straat" in wilma.sees
    await town.advance(hours=1, minutes=1)
    assert not _said(town, "nog niet geopend")


async def test_who_is_there_for_the_safety_officer_is_told(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    await _is_away(town, "Wilma", "Samira")
    await _danger(town)
    await town.advance(hours=1, minutes=1)
    assert samira.was_told("M-2026-0001 bij Stad West is een melding met gevaar. Na een uur")
