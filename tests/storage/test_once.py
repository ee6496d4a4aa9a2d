"""What is read once for many messages is never older than the transaction that is told it."""

import pytest
from sqlalchemy import event

from bot.services.town import places
from storage.engine import Database
from storage.models import Area
from storage.moving import chat_moved
from storage.queries import setup, themes, town
from tests.town import START


def _area(code: str) -> dict[str, object]:
    return {"code": code, "name": f"Wijk {code}", "region": "Stad", "lat": 52.0, "lon": 5.0}


async def test_many_questions_of_one_transaction_are_one(database: Database) -> None:
    asked: list[str] = []
    event.listen(
        database.writer.sync_engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: asked.append(statement),
    )
    async with database.write(START) as work:
        await setup.write_areas(work.session, [_area("a")])
        asked.clear()
        for _ in range(5):
            assert [area.code for area in await town.areas(work.session)] == ["a"]
            assert [area.code for area in await places.names(work)] == ["a"]
            assert await themes.digest(work.session) is None
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2


async def test_the_next_transactions_ask_whether_the_town_is_still_the_same_and_nothing_else(
    database: Database,
) -> None:
    async with database.write(START) as work:
        await setup.write_areas(work.session, [_area("a")])
    async with database.read(START) as work:
        first = await places.names(work)
        await themes.digest(work.session)
    asked: list[str] = []
    for engine in {database.writer, database.reader}:
        event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_rest: asked.append(statement),
        )
    for door in (database.read, database.write):
        asked.clear()
        async with door(START) as work:
            assert await places.names(work) is first
            assert await themes.digest(work.session) is None
            assert await town.area(work.session, "b") is None
        assert [statement.split()[0] for statement in asked if "process_mark" in statement or "area" in statement] == [
            "SELECT"
        ]


async def test_what_was_rolled_back_was_never_there(database: Database) -> None:
    async with database.write(START) as work:
        await setup.write_areas(work.session, [_area("a")])
    for _ in range(2):
        with pytest.raises(LookupError):
            await _write_in_vain(database)
        async with database.read(START) as work:
            assert [area.code for area in await places.names(work)] == ["a"]


async def test_an_open_transaction_that_wrote_the_town_is_not_heard_by_others(database: Database) -> None:
    async with database.write(START) as work:
        await setup.write_areas(work.session, [_area("a")])
        async with database.read(START) as other:
            assert await places.names(other) == []
        assert [area.code for area in await places.names(work)] == ["a"]
    async with database.read(START) as other:
        assert [area.code for area in await places.names(other)] == ["a"]


async def test_a_row_changed_through_a_session_begins_another_edition(database: Database) -> None:
    async with database.write(START) as work:
        await setup.write_areas(work.session, [_area("a")])
        assert [area.name for area in await places.names(work)] == ["Wijk a"]
    async with database.write(START) as work:
        (await work.session.get_one(Area, "a")).name = "Another"
    async with database.write(START) as work:
        assert [area.name for area in await places.names(work)] == ["Another"]
        await work.session.delete(await work.session.get_one(Area, "a"))
    async with database.read(START) as work:
        assert await places.names(work) == []


async def test_what_another_process_wrote_is_seen_by_the_next_transaction(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    async with database.write(START) as work:
        assert await places.names(work) == []
        assert await themes.digest(work.session) is None
    async with other.write(START) as work:
        await setup.write_areas(work.session, [_area("b")])
        await themes.keep(work.session, {"safety": {"lamp": 3}})
    await other.close()
    async with database.write(START) as work:
        assert [area.code for area in await places.names(work)] == ["b"]
        assert await themes.digest(work.session) is not None


async def test_what_the_transaction_wrote_itself_it_reads_again(database: Database) -> None:
    async with database.write(START) as work:
        assert await town.areas(work.session) == []
        assert await town.area(work.session, "c") is None
        assert await places.names(work) == []
        assert await themes.digest(work.session) is None
        await setup.write_areas(work.session, [_area("c")])
        await themes.keep(work.session, {"safety": {"lamp": 3}})
        assert [area.code for area in await town.areas(work.session)] == ["c"]
        assert await town.area(work.session, "c") is not None
        assert [area.name for area in await places.names(work)] == ["Wijk c"]
        assert await themes.digest(work.session) is not None


async def test_a_group_that_moves_leaves_all_that_was_read_in_hand(database: Database) -> None:
    async with database.write(START) as work:
        await setup.write_areas(work.session, [_area("a")])
        found = await town.area(work.session, "a")
        await chat_moved(work, -1, -2)
        assert found is not None
        assert found.name == "Wijk a"
        assert await town.area(work.session, "a") is not None


async def _write_in_vain(database: Database) -> None:
    async with database.write(START) as work:
        assert [area.code for area in await places.names(work)] == ["a"]
        await setup.write_areas(work.session, [_area("b")])
        assert [area.code for area in await places.names(work)] == ["a", "b"]
        raise LookupError
