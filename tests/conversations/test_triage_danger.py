"""Danger: the contact is called by name in desk hours, the whole desk and the safety officer after an hour of them."""

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
