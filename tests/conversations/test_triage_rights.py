"""Who may tap: rights are read at each tap, and a tap that does not count changes nothing."""

import pytest

from bot.domain.enums import CloseReason, Kind, RoleName, Theme
from handlers.buttons import Button
from handlers.staff.buttons import CloseAs, HandTo, Menu, Open, SetKind, SetTheme, ShowMenu, Take, TakeOver, WriteAnswer
from storage.models import RoleGrant
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town
from tests.town_people import Someone

STRANGER = "Dit kunnen alleen de buurtwerkers van deze triagegroep."


async def _state(told: Told) -> tuple[object, ...]:
    report = await told.report()
    return report.version, report.status, report.holder_id, report.kind, report.theme, report.desk_id


def _all_buttons(report: int, version: int, person: int) -> list[Button]:
    return [
        Take(report, version),
        TakeOver(report, version),
        HandTo(report, version, person),
        Open(report),
        WriteAnswer(report, version),
        CloseAs(report, version, CloseReason.SOLVED),
        SetKind(report, version, Kind.IDEA),
        SetTheme(report, version, Theme.HEALTH),
        ShowMenu(report, version, Menu.CLOSE),
    ]


@pytest.mark.parametrize("kind", ["Een plek op straat", NUISANCE])
async def test_taps_of_people_who_are_no_workers_change_nothing(town: Town, kind: str) -> None:
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot", kind=kind)
    report, before = await told.report(), await _state(told)
    for stranger in (town.resident("Piet"), told.resident, town.worker("Jan")):
        await _joins(stranger, told)
        for button in _all_buttons(report.id, report.version, stranger.id):
            await stranger.forges(button.encode(), on=told.card)
            assert stranger.toast == STRANGER, button
    assert await _state(told) == before


async def test_a_worker_of_another_desk_may_only_correct_and_note(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), "Een moestuin", kind="Een idee", area="Filmwijk", desk="stad")
    report, before, omar = await told.report(), await _state(told), town.worker("Omar")
    await _joins(omar, told)
    for button in _all_buttons(report.id, report.version, omar.id)[:6]:
        await omar.forges(button.encode(), on=told.card)
        assert omar.toast == STRANGER, button
    assert await _state(told) == before
    await omar.forges(SetTheme(report.id, report.version, Theme.HEALTH).encode(), on=told.card)
    assert omar.toast == "Aangepast."
    assert (await told.report()).theme is Theme.HEALTH


async def test_an_admin_may_tap_anywhere(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    wilma = town.worker("Wilma")
    await _joins(wilma, told)
    report = await told.report()
    await wilma.forges(Take(report.id, report.version).encode(), on=told.card)
    assert "opgepakt door Wilma" in told.card.text


async def test_a_role_that_was_taken_away_counts_at_once(town: Town) -> None:
    told, samira = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot"), town.worker("Samira")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Wij komen kijken.")
    await _take_role(town, samira)

    await samira.taps("Versturen")
    assert not told.resident.was_told("Wij komen kijken.")
    await samira.taps("Afronden", on=told.card)
    assert samira.toast == STRANGER
    assert (await told.report()).closed_at is None


async def test_an_old_version_changes_nothing_and_the_card_is_shown_as_it_is(town: Town) -> None:
    told, samira = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot"), town.worker("Samira")
    report = await told.report()
    await samira.taps("Ik pak het op", on=told.card)
    await samira.forges(CloseAs(report.id, report.version, CloseReason.SOLVED).encode(), on=told.card)
    assert samira.toast == "De melding is net veranderd. Kijk nog eens op de kaart."
    assert (await told.report()).closed_at is None


async def test_a_card_does_nothing_in_another_group(town: Town) -> None:
    told, wilma = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot"), town.worker("Wilma")
    other = await tells(town, town.resident("Piet"), "Een moestuin", kind="Een idee", area="Filmwijk", desk="stad")
    report = await told.report()
    await wilma.forges(Take(report.id, report.version).encode(), on=other.card)
    assert wilma.toast == "Deze melding staat nu bij Stad West."
    assert (await told.report()).holder_id is None


async def test_forged_data_is_answered(town: Town) -> None:
    told, samira = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot"), town.worker("Samira")
    before = await _state(told)
    for data in ("tk:1:1", "tk", "tsk:1:1:nonsens", "tm:zz:1:meer", "tsa:1:1:WK9999", "to:0", "x" * 64):
        await samira.forges(data, on=told.card)
        assert samira.toast
    assert await _state(told) == before


async def test_an_anonymous_admin_is_asked_to_switch_that_off(town: Town) -> None:
    told, samira = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot"), town.worker("Samira")
    await samira.does(lambda person: person.stays_anonymous(told.card.chat))
    await samira.says_in(town.desk("stad-west"), "Ik ga erheen.", reply_to=told.card)
    assert "Je bent hier anoniem beheerder." in town.desk("stad-west").messages[-1].text


async def test_a_colleague_hands_over_and_takes_over(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await omar.starts()
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Overdragen", on=told.card)
    await samira.taps("Omar", on=told.card)
    assert "opgepakt door Omar" in told.card.text
    assert omar.was_told("Samira heeft M-2026-0001 aan jou overgedragen.")
    await samira.starts()
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Overnemen", on=told.card)
    assert "opgepakt door Samira" in told.card.text
    assert omar.was_told("Samira heeft M-2026-0001 overgenomen.")


async def _take_role(town: Town, worker: Someone) -> None:
    async with town.writing() as work:
        grant = await work.session.get(RoleGrant, (worker.id, RoleName.WORKER))
        assert grant is not None
        grant.taken_at = work.now


async def _joins(someone: Someone, told: Told) -> None:
    await someone.does(lambda person: person.joins(told.card.chat))
