"""Conversations on PostgreSQL, so that it too is asked how it would run what they send; and that asking finds a fault.

On SQLite every conversation of every test is judged so (`Town.check`, `tests.plans`), and PostgreSQL is asked about the
same (`tests.databases.asks_postgres`); here it is asked about what it is really sent.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Select, insert, text

from bot.domain.enums import OutboxState
from bot.domain.notices.system import OpenList
from bot.services.desk import roles
from storage.engine import Database
from storage.models import Outbox
from storage.queries import eyes, intake, listing
from storage.work import Work
from tests import plans
from tests.conversations import (
    test_after_closing,
    test_repair_day,
    test_report_drafts,
    test_rommelroute_day,
    test_rounds,
    test_sealed,
    test_signups_waiting,
    test_teams,
    test_triage_merging,
)
from tests.postgres import PostgresServer
from tests.town import START, Town, living_in, set_up

Told = Callable[[Town], Awaitable[None]]
TOUR: tuple[Told, ...] = (
    test_after_closing.test_a_thumb_with_a_line_comes_back_to_the_card,
    test_repair_day.test_an_hour_before_hosts_and_coordinator_get_the_list_in_private,
    test_report_drafts.test_a_stopped_draft_is_offered_when_somebody_comes_back,
    test_rommelroute_day.test_on_the_day_visitors_find_the_stalls_and_keep_favourites,
    test_rounds.test_two_who_are_there_open_the_round,
    test_sealed.test_a_one_time_link_works_once_and_for_nobody_else,
    test_signups_waiting.test_who_waits_is_offered_the_place_with_the_hour_named,
    test_teams.test_a_resident_asks_the_coordinator_answers_and_the_worker_ticks_the_vog,
    test_triage_merging.test_a_report_goes_on_in_another_and_its_resident_follows_that,
)
#: Somebody who has told nothing.
NOBODY = 7
GROUP = -1_001_999


@pytest.fixture
async def furnished(migrated_url: str) -> Database:
    await set_up(Database(migrated_url))
    return Database(migrated_url)


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("conversation", TOUR, ids=lambda told: told.__module__.rpartition(".test_")[2])
async def test_no_conversation_reads_a_whole_table_of_postgresql(furnished: Database, conversation: Told) -> None:
    async with living_in(furnished) as town:
        await conversation(town)


async def test_a_missing_index_is_found(furnished: Database) -> None:
    sent = plans.listen(furnished)
    async with furnished.write(START) as work:
        await roles.let_go(work, NOBODY)
    async with furnished.read(START) as work:
        there = await plans.whole_reads(await work.session.connection(), sent)
    async with furnished.write(START) as work:
        await work.session.execute(text("DROP INDEX ix_opening_unused"))
        plans.forget()
        gone = await plans.whole_reads(await work.session.connection(), sent)
    plans.forget()
    await furnished.close()
    assert there == []
    assert [line.splitlines()[0] for line in gone] == ["opening read whole by"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_missing_index_of_postgresql_is_found_by_what_sqlite_was_sent(
    furnished: Database, postgres_server: PostgresServer, migrated_template: str
) -> None:
    plans.listen(furnished)
    async with furnished.write(START) as work:
        await roles.let_go(work, NOBODY)
    await furnished.close()
    sent = {words: asked for words, asked in plans.FOR_POSTGRES.items() if "opening" in words}
    name = postgres_server.create(template=migrated_template)
    postgres = Database(postgres_server.url(name))
    plans.forget()
    async with postgres.write(START) as work:
        connection = await work.session.connection()
        there = await plans.whole_reads(connection, sent)
        await work.session.execute(text("DROP INDEX ix_opening_unused"))
        plans.forget()
        gone = await plans.whole_reads(connection, sent)
    plans.forget()
    await postgres.close()
    postgres_server.drop(name)
    assert sent
    assert there == []
    assert "opening read whole by" in [line.splitlines()[0] for line in gone]


async def test_what_a_group_was_told_last_is_found_without_a_walk_through_all_of_it(furnished: Database) -> None:
    told = [eyes.told_in_query(GROUP, ["card"], limit=5, below=below) for below in (None, 3)]
    queries = (*told, listing.current_query(OpenList, GROUP, None, START))
    async with furnished.write(START) as work:
        await work.session.execute(insert(Outbox), list(_told(9_000)))
        await work.session.execute(text("ANALYZE"))
        plans_of = [await _plan(work, query) for query in queries]
        found = await eyes.told_in(work.session, GROUP, ["card"], limit=5)
    await furnished.close()
    assert found == [9_000, 8_900, 8_800, 8_700, 8_600]
    for plan in plans_of[:2]:
        assert "ix_outbox_group" in plan
        assert not re.search("TEMP B-TREE|Sort", plan)
    # Of the few about no report any index may tell; not one of all messages of the group, nor of all that there are.
    assert re.search("ix_outbox_group|ix_outbox_about", plans_of[2]), plans_of[2]


def _told(count: int) -> Iterator[dict[str, Any]]:
    """Cards of as many reports, of every hundredth in one group."""
    when = {"created_at": START, "due_at": START, "sent_at": START}
    for about in range(1, count + 1):
        yield {"id": about, "kind": "card", "key": f"card:{about}", "chat_id": GROUP - about % 100, "about": about,
               "state": OutboxState.SENT, "message_id": about, **when}  # fmt: skip


async def _plan(work: Work, query: Select[Any]) -> str:
    """Return how the database would run *query*."""
    connection = await work.session.connection()
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    words = str(query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    return "\n".join(str(row[-1]) for row in await connection.exec_driver_sql(f"{explain} {words}"))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_tap_in_a_group_is_no_walk_through_all_that_the_group_was_told(furnished: Database) -> None:
    query = intake.cards_query([5, 6]).compile(furnished.reader.sync_engine, compile_kwargs={"literal_binds": True})
    async with furnished.read(START) as work:
        plan = (await (await work.session.connection()).exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")).all()
    await furnished.close()
    assert [row[-1] for row in plan] == ["SEARCH outbox USING INDEX ix_outbox_about (about=?)"]
