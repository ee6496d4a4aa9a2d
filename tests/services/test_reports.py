"""Sending a report: once, with a number of its year, a promise, and nothing too much."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event, func, select

from bot.domain.drafts import DraftMedia, ReportDraft
from bot.domain.enums import Kind, Language, MediaKind, MessageDirection, ReportStatus, Theme
from bot.services import setup
from bot.services.reporting import reports
from bot.services.town import areas
from storage.engine import Database
from storage.models import NumberSequence, Outbox, Person, Report, ReportEvent, ReportMedia, ReportMessage, ReportWord
from storage.queries import reports as queries
from tests.town import TOWN_FILE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FATIMA, OTHER = 5001, 5002


@pytest.fixture
async def town(database: Database) -> Database:
    """The example town on either database, with two residents."""
    file, lines = setup.parse(TOWN_FILE.read_text())
    async with database.write(NOW) as work:
        await setup.load(work, file, lines, areas.builtin())
        work.session.add_all(Person(id=person, created_at=NOW) for person in (FATIMA, OTHER))
    return database


def draft(**answers: object) -> ReportDraft:
    """Return a complete draft of a lamp."""
    whole = {"kind": Kind.PLACE, "theme": Theme.LIVABILITY, "area": "WK003427", **answers}
    return ReportDraft.model_validate({"pieces": [{"message": 1, "text": "Lamp kapot"}], **whole})


async def send(
    database: Database,
    draft_id: int,
    answers: dict[str, object] | None = None,
    *,
    now: datetime = NOW,
    person: int = FATIMA,
) -> reports.Sent:
    """Send a complete draft with *answers*."""
    async with database.write(now) as work:
        who = await work.session.get_one(Person, person)
        outcome = await reports.send(work, who, draft(**answers or {}), draft_id)
    assert isinstance(outcome, reports.Sent)
    return outcome


async def test_one_draft_becomes_one_report_however_often_it_is_sent(town: Database) -> None:
    first, second = await send(town, 1), await send(town, 1)
    assert (first.again, second.again) == (False, True)
    assert second.report.id == first.report.id
    async with town.read(NOW) as work:
        assert await work.session.scalar(select(func.count()).select_from(Report)) == 1
        assert (await work.session.get_one(NumberSequence, 2026)).last == 1
        receipts = await work.session.scalars(select(Outbox).where(Outbox.kind == "report_receipt"))
        assert [row.chat_id for row in receipts] == [FATIMA]


async def test_one_draft_is_one_report_also_within_one_batch(town: Database) -> None:
    async with town.write(NOW) as work:
        who = await work.session.get_one(Person, FATIMA)
        first, second = [await reports.send(work, who, draft(), 1) for _ in range(2)]
        assert isinstance(first, reports.Sent)
        assert second == reports.Sent(first.report, again=True)
    async with town.read(NOW) as work:
        assert (await work.session.scalars(select(Report.number))).all() == [1]
        events = (await work.session.scalars(select(ReportEvent))).all()
        assert [(step.report_id, step.action) for step in events] == [(first.report.id, "sent")]
        assert set((await work.session.scalars(select(ReportWord.report_id))).all()) == {first.report.id}


async def test_many_reports_of_one_batch_are_written_with_few_statements(town: Database) -> None:
    asked: list[str] = []
    event.listen(
        town.writer.sync_engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: asked.append(statement.partition(" (")[0]),
    )
    async with town.write(NOW) as work:
        who = await work.session.get_one(Person, FATIMA)
        for number in range(1, 21):
            await reports.send(work, who, draft(), number)
    for table in ("report", "report_event", "report_word", "outbox"):
        assert asked.count(f"INSERT INTO {table}") <= 2, table


async def test_twenty_reports_at_once_get_twenty_numbers(town: Database) -> None:
    sent = await asyncio.gather(*(send(town, number) for number in range(1, 21)))
    assert sorted(outcome.report.number for outcome in sent) == list(range(1, 21))


async def test_the_year_of_a_number_is_the_local_one(town: Database) -> None:
    old = await send(town, 1, now=datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    new = await send(town, 2, now=datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    assert (old.report.year, old.report.number) == (2026, 1)
    assert (new.report.year, new.report.number) == (2027, 1)


async def test_an_unfinished_draft_is_not_sent(town: Database) -> None:
    async with town.write(NOW) as work:
        person = await work.session.get_one(Person, FATIMA)
        outcome = await reports.send(work, person, draft(area=None), 1)
        assert outcome is reports.Unsendable.INCOMPLETE
        assert await work.session.scalar(select(func.count()).select_from(Report)) == 0


@pytest.mark.parametrize(
    ("answers", "promised"),
    [
        ({}, date(2026, 11, 26)),
        ({"theme": Theme.LONELINESS}, date(2026, 11, 25)),
        ({"theme": Theme.SAFETY, "danger": False, "details_done": True}, date(2026, 11, 24)),
        ({"danger": True, "may_write_back": True}, None),
    ],
)
async def test_the_promise_is_a_date_by_theme_and_none_in_danger(
    town: Database, answers: dict[str, Any], promised: date | None
) -> None:
    assert (await send(town, 1, answers)).report.promise_on == promised


async def test_the_holidays_do_not_count(town: Database) -> None:
    sent = await send(town, 1, now=datetime(2026, 12, 24, 9, 0, tzinfo=UTC))
    assert sent.report.promise_on == date(2026, 12, 30)


async def test_a_sealed_report_keeps_no_point(town: Database) -> None:
    place = await send(town, 1, {"lat": 52.3646, "lon": 5.2079})
    assert (place.report.lat, place.report.lon) == (52.3646, 5.2079)
    sealed = await send(town, 2, {"lat": 52.3646, "lon": 5.2079, "under_16": True, "may_write_back": False})
    assert (sealed.report.lat, sealed.report.sealed, sealed.report.may_write_back) == (None, True, False)
    async with town.read(NOW) as work:
        assert (await work.session.get_one(Person, FATIMA)).under_16


async def test_files_keep_the_ids_of_the_draft(town: Database) -> None:
    files = [DraftMedia(id=n, kind=MediaKind.PHOTO, file_id=f"f{n}", unique_id=f"u{n}", note=1) for n in (7, 8)]
    sent = await send(town, 1, {"media": [item.model_dump() for item in files]})
    async with town.write(NOW) as work:
        person = await work.session.get_one(Person, FATIMA)
        assert [row.id for row in await queries.media_of(work.session, sent.report.id)] == [7, 8]
        assert await reports.take_photo_away(work, person, 7)
        assert not await reports.take_photo_away(work, person, 7)
        assert not await reports.take_photo_away(work, person, 99)
    async with town.write(NOW) as work:
        stranger = await work.session.get_one(Person, OTHER)
        assert not await reports.take_photo_away(work, stranger, 8)
        assert [row.id for row in await queries.media_of(work.session, sent.report.id)] == [8]


async def test_a_late_part_of_an_album_joins_the_sent_report(town: Database) -> None:
    sent = await send(town, 1)
    async with town.write(NOW) as work:
        fatima, other = await work.session.get_one(Person, FATIMA), await work.session.get_one(Person, OTHER)
        for n in range(11):
            media = ReportMedia(id=100 + n, position=0, kind=MediaKind.PHOTO, file_id="f", file_unique_id=f"u{n}")
            assert await reports.add_media(work, fatima, 1, media) is (n < 10)
        late = ReportMedia(id=200, position=0, kind=MediaKind.PHOTO, file_id="f", file_unique_id="u")
        assert not await reports.add_media(work, other, 1, late)
        assert not await reports.add_media(work, fatima, 2, late)
        there = await queries.media_of(work.session, sent.report.id)
        assert [row.position for row in there] == list(range(10))


async def test_an_answer_is_kept_once_and_takes_a_question_off(town: Database) -> None:
    sent = await send(town, 1)
    async with town.write(NOW) as work:
        (await work.session.get_one(Report, sent.report.id)).status = ReportStatus.ASKED
    outcomes = []
    for person in (FATIMA, FATIMA, OTHER):
        async with town.write(NOW) as work:
            who = await work.session.get_one(Person, person)
            outcomes.append(await reports.reply(work, who, sent.report.id, draft_id=77, text="Ja"))
    assert outcomes == [
        reports.ReplyOutcome.SENT,
        reports.ReplyOutcome.SENT_BEFORE,
        reports.ReplyOutcome.NOT_YOURS,
    ]
    async with town.write(NOW) as work:
        fatima, other = await work.session.get_one(Person, FATIMA), await work.session.get_one(Person, OTHER)
        await reports.add_to_reply(work, fatima, 77, ["photo", "f1"])
        await reports.add_to_reply(work, other, 77, ["photo", "f2"])
        await reports.add_to_reply(work, fatima, 78, ["photo", "f3"])
        message = await work.session.get_one(ReportMessage, 77)
        assert (message.text, message.media) == ("Ja", [["photo", "f1"]])
        assert (await work.session.get_one(Report, sent.report.id)).status is ReportStatus.TAKEN


async def test_only_ones_own_report_is_read_renamed_and_taken_back(town: Database) -> None:
    sent = await send(town, 1)
    async with town.write(NOW) as work:
        work.session.add(
            ReportMessage(
                id=9, report_id=sent.report.id, direction=MessageDirection.ANSWER, text="Wij komen", created_at=NOW
            )
        )
    async with town.write(NOW) as work:
        other = await work.session.get_one(Person, OTHER)
        assert await reports.own(work, other, sent.report.id) is None
        assert await reports.read(work, other, 9) is None
        assert not await reports.rename(work, other, sent.report.id, "Piet")
        assert not await reports.withdraw(work, other, sent.report.id)
        fatima = await work.session.get_one(Person, FATIMA)
        assert await queries.unread(work.session, [sent.report.id]) == {sent.report.id}
        found = await reports.read(work, fatima, 9)
        assert found is not None
        assert found[1].read_at == NOW
        await work.flush()
        assert await queries.unread(work.session, [sent.report.id]) == frozenset()
        assert await reports.rename(work, fatima, sent.report.id, "Fatima")
        assert await reports.withdraw(work, fatima, sent.report.id)
        assert not await reports.withdraw(work, fatima, sent.report.id)
    async with town.read(NOW) as work:
        row = await work.session.get_one(Report, sent.report.id)
        assert (row.resident_name, row.status) == ("Fatima", ReportStatus.CLOSED)
        actions = (await work.session.scalars(select(ReportEvent.action).order_by(ReportEvent.id))).all()
        assert actions == ["sent", "withdrawn"]


async def test_own_reports_come_newest_first_and_by_page(town: Database) -> None:
    ids = [(await send(town, number)).report.id for number in range(1, 8)]
    await send(town, 50, person=OTHER)
    async with town.read(NOW) as work:
        fatima = await work.session.get_one(Person, FATIMA)
        first = await reports.mine(work, fatima)
        assert [report.id for report in first.reports] == ids[:1:-1]
        assert first.more
        rest = await reports.mine(work, fatima, before=first.reports[-1].id)
        assert [report.id for report in rest.reports] == ids[1::-1]
        assert not rest.more


async def test_the_language_of_the_resident_stands_on_the_report(town: Database) -> None:
    async with town.write(NOW) as work:
        (await work.session.get_one(Person, FATIMA)).language = Language.ENGLISH
    assert (await send(town, 1)).report.language is Language.ENGLISH
