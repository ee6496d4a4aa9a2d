"""Use cases of triage, on SQLite and on PostgreSQL: two at once, exactly once, and who may."""

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.enums import CloseReason, Kind, MessageDirection, ReportStatus, RoleName, Theme
from bot.domain.notices.triage import ClosingToResident, PrivateCardAnew, ReportCard, ToResident
from bot.services import triage
from bot.services.delivery import DELIVERED, UNDELIVERABLE, Undeliverable
from bot.services.desk import cards, openings, showing
from bot.services.desk.openings import Redeemed
from bot.services.triage import Act, Verdict
from storage.engine import Database
from storage.models import Absence, Desk, DeskWorker, Report, ReportEvent, ReportMessage, RoleGrant
from storage.queries import triage as queries
from storage.work import Work
from tests.patience import PATIENCE_S
from tests.services.desks import FATIMA, NOW, OMAR, SAMIRA, WILMA, open_town, someone, told


async def _actions(work: Work, report_id: int) -> list[str]:
    rows = await work.session.scalars(
        select(ReportEvent.action).where(ReportEvent.report_id == report_id).order_by(ReportEvent.id)
    )
    return list(rows.all())


async def _held_by(work: Work, person_id: int, *, kind: Kind = Kind.PLACE) -> Report:
    report = await told(work, kind=kind)
    assert (await triage.take(work, report.id, await someone(work, person_id), report.version)).done
    return report


async def test_of_two_who_tap_at_once_one_gets_it_and_the_other_hears_who(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        reports = [(await told(work)).id for _ in range(5)]
    ready = asyncio.Barrier(2)

    async def tap(report_id: int, person_id: int) -> tuple[Verdict, int]:
        if not database.is_sqlite:
            await asyncio.wait_for(ready.wait(), PATIENCE_S)
        async with database.write(NOW) as work:
            prefetched = await work.session.get(Report, report_id)
            assert prefetched is not None
            await asyncio.sleep(0)
            outcome = await triage.take(work, report_id, await someone(work, person_id), 1)
            assert outcome.other is not None
            return outcome.verdict, outcome.other.id

    for report_id in reports:
        first, second = await asyncio.gather(tap(report_id, SAMIRA), tap(report_id, OMAR))
        assert {first[0], second[0]} == {Verdict.DONE, Verdict.HELD}
        assert first[1] == second[1]
        async with database.read(NOW) as work:
            report = await work.session.get(Report, report_id)
            assert report is not None
            assert report.holder_id == first[1]
            assert await _actions(work, report_id) == ["taken"]


async def test_versturen_twice_at_once_sends_once(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, SAMIRA)
    ready = asyncio.Barrier(4)

    async def tap() -> Verdict:
        if not database.is_sqlite:
            await asyncio.wait_for(ready.wait(), PATIENCE_S)
        async with database.write(NOW) as work:
            sent = await triage.send(
                work,
                report.id,
                await someone(work, SAMIRA),
                draft_id=77,
                direction=MessageDirection.ANSWER,
                text="Wij komen kijken.",
            )
            return sent.outcome.verdict

    verdicts = Counter(await asyncio.gather(*(tap() for _ in range(4))))
    assert verdicts == {Verdict.DONE: 1, Verdict.SAME: 3}
    async with database.read(NOW) as work:
        assert await work.session.scalar(select(func.count()).select_from(ReportMessage)) == 1


async def test_only_what_arrived_keeps_the_promise(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, SAMIRA)
        samira = await someone(work, SAMIRA)
        await triage.send(work, report.id, samira, draft_id=1, direction=MessageDirection.QUESTION, text="Waar?")
        message = await queries.message_of_draft(work.session, 1)
        assert message is not None
        assert (report.status, report.kept_at) == (ReportStatus.ASKED, None)

        await DELIVERED[ToResident.kind](work, ToResident(report.id, message.id), 5)
        assert message.delivered_at == report.kept_at == NOW
    later = NOW + timedelta(days=1)
    async with database.write(later) as work:
        await DELIVERED[ToResident.kind](work, ToResident(report.id, message.id), 5)
        again = await work.session.get(Report, report.id)
        assert again is not None
        assert again.kept_at == NOW


async def test_a_closing_that_arrived_keeps_the_promise_as_well(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, SAMIRA)
        await triage.close(work, report.id, await someone(work, SAMIRA), None, reason=CloseReason.SOLVED)
        event = await queries.last_event(work.session, report.id, "closed")
        assert event is not None
        assert report.kept_at is None
        await DELIVERED[ClosingToResident.kind](work, ClosingToResident(report.id, event.id), 5)
        assert report.kept_at == NOW


async def test_a_reason_that_needs_a_word_is_refused_without_it(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, SAMIRA)
        samira = await someone(work, SAMIRA)
        for reason in (CloseReason.BELONGS_TO, CloseReason.NO_MOVEMENT):
            outcome = await triage.close(work, report.id, samira, None, reason=reason)
            assert outcome.verdict is Verdict.IMPOSSIBLE
        assert report.status is ReportStatus.TAKEN


async def test_who_may_open_a_sealed_report(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, OMAR, kind=Kind.NUISANCE)
        allowed = {person for person in (SAMIRA, OMAR, WILMA, FATIMA) if await triage.may_open(work, report, person)}
        assert allowed == {SAMIRA, OMAR}  # the desk's contact and the holder; the admin takes it first

        work.session.add(Absence(person_id=OMAR, since=NOW, until=NOW.date(), substitute_id=WILMA))
        await work.session.flush()
        assert await triage.may_open(work, report, WILMA)

        grant = await work.session.get(RoleGrant, (OMAR, RoleName.WORKER))
        assert grant is not None
        grant.taken_at = NOW
        await work.session.flush()
        assert not await triage.may_open(work, report, OMAR)


async def test_who_works_at_another_desk_now_may_not_act_as_holder(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, OMAR)
        place = await work.session.get(DeskWorker, (report.desk_id, OMAR))
        assert place is not None
        place.taken_at = NOW
        await work.session.flush()
        outcome = await triage.look(work, report.id, OMAR, None, Act.WRITE)
        assert outcome.verdict is Verdict.STRANGER


async def test_a_link_is_for_one_worker_once_within_a_day_and_while_they_may(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, OMAR, kind=Kind.NUISANCE)
        omar, wilma = await someone(work, OMAR), await someone(work, WILMA)
        tokens = [(await openings.open_for(work, report.id, omar)).token for _ in range(3)]
        assert (await openings.open_for(work, report.id, wilma)).token is None
        first, second, third = (token for token in tokens if token)

        assert await openings.redeem(work, first, wilma) is Redeemed.NOT_YOURS
        assert report.opened_at is None
        assert await openings.redeem(work, first, omar) is Redeemed.OPENED
        assert await openings.redeem(work, first, omar) is Redeemed.USED
        assert report.opened_at is None  # it may never arrive
        await DELIVERED[PrivateCardAnew.kind](work, PrivateCardAnew(report.id, WILMA), 1)
        assert report.opened_at is None  # she was shown that it is not hers
        await DELIVERED[PrivateCardAnew.kind](work, PrivateCardAnew(report.id, OMAR), 2)
        assert report.opened_at == NOW

        await triage.take_over(work, report.id, await someone(work, SAMIRA), report.version)
        assert await openings.redeem(work, second, omar) is Redeemed.NOT_ALLOWED
    async with database.write(NOW + timedelta(hours=25)) as work:
        assert await openings.redeem(work, third, await someone(work, OMAR)) is Redeemed.USED


async def test_handing_over_needs_a_colleague_of_the_desk(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, SAMIRA)
        samira = await someone(work, SAMIRA)
        for nobody in (FATIMA, 12345):
            outcome = await triage.hand_over(work, report.id, samira, nobody, report.version)
            assert outcome.verdict is Verdict.IMPOSSIBLE
        assert (await triage.hand_over(work, report.id, samira, OMAR, report.version)).done
        assert report.holder_id == OMAR
        assert (await triage.hand_over(work, report.id, samira, OMAR, report.version)).verdict is Verdict.SAME


async def test_another_theme_brings_it_to_another_desk_and_back_to_nobody(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, SAMIRA)
        samira, version = await someone(work, SAMIRA), report.version
        assert (await triage.correct(work, report.id, samira, version, theme=Theme.SAFETY)).done
        desk = await work.session.get(Desk, report.desk_id)
        assert desk is not None
        assert (desk.key, report.holder_id, report.status) == ("veilig", None, ReportStatus.RECEIVED)
        assert await _actions(work, report.id) == ["taken", "theme", "rerouted"]
        assert (await triage.correct(work, report.id, samira, version, theme=Theme.OTHER)).verdict is Verdict.STALE
        same = await triage.correct(work, report.id, samira, report.version, theme=Theme.SAFETY)
        nowhere = await triage.correct(work, report.id, samira, report.version, area="WK999999")
        assert (same.verdict, nowhere.verdict) == (Verdict.SAME, Verdict.IMPOSSIBLE)


async def test_a_group_that_is_lost_gives_its_card_to_the_desk_of_the_last_rule(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        await cards.refresh(work, report)
        desk = await work.session.get(Desk, report.desk_id)
        assert desk is not None
        for hook in UNDELIVERABLE:
            await hook(work, Undeliverable(desk.chat_id, None, ReportCard(report.id, desk.id)))
        now_at = await work.session.get(Desk, report.desk_id)
        assert now_at is not None
        assert now_at.key == "stad"


@pytest.mark.parametrize("kind", [Kind.PLACE, Kind.NUISANCE])
async def test_reopening_brings_it_back_to_its_holder_or_to_the_desk(database: Database, kind: Kind) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _held_by(work, SAMIRA, kind=kind)
        samira, fatima = await someone(work, SAMIRA), await someone(work, FATIMA)
        assert (await triage.reopen(work, report.id, fatima)).verdict is Verdict.SAME
        await triage.close(work, report.id, samira, None, reason=CloseReason.SOLVED)
        assert (await triage.reopen(work, report.id, samira)).verdict is Verdict.STRANGER
        assert (await triage.reopen(work, report.id, fatima)).done
        assert (report.status, report.holder_id) == (ReportStatus.TAKEN, SAMIRA)

        await triage.close(work, report.id, samira, None, reason=CloseReason.SOLVED)
        grant = await work.session.get(RoleGrant, (SAMIRA, RoleName.WORKER))
        assert grant is not None
        grant.taken_at = NOW
        await work.session.flush()
        assert (await triage.reopen(work, report.id, fatima)).done
        assert (report.status, report.holder_id) == (ReportStatus.RECEIVED, None)


async def test_what_is_gone_is_gone(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        samira = await someone(work, SAMIRA)
        assert (await triage.take(work, 1, samira, 1)).verdict is Verdict.GONE
        assert (await triage.reopen(work, 1, samira)).verdict is Verdict.GONE
        assert await openings.redeem(work, "open-nothing", samira) is Redeemed.UNKNOWN


async def test_the_cards_of_a_desk_are_shown_again_by_the_page_danger_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    await open_town(database)
    async with database.write(NOW) as work:
        made = [await told(work) for _ in range(4)]
        closed = await told(work)
        closed.status, closed.closed_at = ReportStatus.CLOSED, NOW
        for late, report in enumerate(made):
            report.promise_on = date(2026, 11, 27) - timedelta(days=late)
        danger = await told(work)
        danger.danger, danger.desk_id = True, made[0].desk_id
        desk_id, wanted = made[0].desk_id, [danger.id, *(report.id for report in reversed(made))]
    shown: list[list[int]] = []
    for page in range(3):
        async with database.write(NOW) as work:
            if page:
                assert await showing.next_page(work) == NOW
                await showing.go_on(work)
            else:
                await showing.begin(work, await work.session.get_one(Desk, desk_id))
            await work.flush()
            shown.append([item.about for item in work.written if item.kind == ReportCard.kind and item.about])
    assert shown == [wanted[:2], wanted[2:4], wanted[4:]]
    async with database.write(NOW) as work:
        assert await showing.next_page(work) is None
        await showing.go_on(work)
        await work.flush()
        assert work.written == []
