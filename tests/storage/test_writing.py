"""What nearly every message changes is written with one statement for each table, and like the session would."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, inspect, select, update
from sqlalchemy.orm.exc import StaleDataError

from bot.domain.enums import Language, Reachable
from storage.engine import Database
from storage.models import Area, Dialogue, Person
from storage.queries import dialogues, people
from storage.work import Work
from tests.town import START

EVERYBODY = (3, 1, 2)


async def _move_in(database: Database) -> None:
    async with database.write(START) as work:
        for number in EVERYBODY:
            people.add(work.session, number, now=START).recent = [number]
            work.session.add(
                Dialogue(chat_id=number, user_id=number, about="report", step="tell", draft={}, changed_at=START)
            )


async def _all(work: Work) -> tuple[dict[int, Person], dict[int, Dialogue]]:
    known = await people.fetch(work.session, EVERYBODY)
    open_ones = await dialogues.fetch(work.session, [(number, number) for number in EVERYBODY])
    return known, {chat: row for (chat, _user, _about), row in open_ones.items()}


def _statements(database: Database) -> list[str]:
    """Return a list to which every UPDATE is added from now on."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:  # noqa: ANN401
        if statement.startswith("UPDATE"):
            seen.append(statement)

    event.listen(database.writer.sync_engine, "before_cursor_execute", note)
    return seen


async def test_different_changes_of_many_are_one_statement_for_each_table(database: Database) -> None:
    await _move_in(database)
    async with database.write(START) as work:
        known, open_ones = await _all(work)
        seen = _statements(database)
        known[1].prompt, known[1].recent = [["Ja", "y"]], [1, 2]
        known[2].recent, known[2].reachable = None, Reachable.YES
        known[3].privacy_shown_at = START + timedelta(hours=1)
        open_ones[1].step, open_ones[2].draft = "kind", {"text": "Lamp kapot"}
    assert [statement.split()[1] for statement in seen] == ["dialogue", "person"]
    async with database.read(START) as work:
        known, open_ones = await _all(work)
        assert [known[number].recent for number in (1, 2, 3)] == [[1, 2], None, [3]]
        assert [known[number].prompt for number in (1, 2, 3)] == [[["Ja", "y"]], None, None]
        assert [known[number].reachable for number in (1, 2)] == [Reachable.NEVER_STARTED, Reachable.YES]
        assert known[3].privacy_shown_at == START + timedelta(hours=1)
        assert [open_ones[number].step for number in (1, 2, 3)] == ["kind", "tell", "tell"]
        assert [open_ones[number].draft for number in (1, 2, 3)] == [{}, {"text": "Lamp kapot"}, {}]


async def test_what_did_not_change_stays_as_the_database_has_it(database: Database) -> None:
    await _move_in(database)
    async with database.write(START) as work:
        known, _ = await _all(work)
        # As the sender does it meanwhile, in its own transaction, where there are several.
        connection = await work.session.connection()
        table = Person.metadata.tables["person"]
        await connection.execute(update(table).values(reachable=Reachable.BLOCKED))
        known[1].recent, known[2].prompt, known[3].reachable = [9], [["Nee", "n"]], Reachable.GONE
    async with database.read(START) as work:
        known, _ = await _all(work)
        assert [known[number].reachable for number in (1, 2, 3)] == [
            Reachable.BLOCKED,
            Reachable.BLOCKED,
            Reachable.GONE,
        ]


async def test_who_was_made_a_moment_ago_is_changed_along_with_others(database: Database) -> None:
    await _move_in(database)
    async with database.write(START) as work:
        known, _ = await _all(work)
        new = people.add(work.session, 4, now=START)
        await work.flush()
        new.recent, known[1].name, known[1].work_number = [4], "Sanne", "036 123 45 67"
    async with database.read(START) as work:
        known = await people.fetch(work.session, [1, 4])
        assert [(row.name, row.work_number, row.recent) for row in (known[1], known[4])] == [
            ("Sanne", "036 123 45 67", [1]),
            (None, None, [4]),
        ]


async def test_what_was_written_is_not_written_again(database: Database) -> None:
    await _move_in(database)
    async with database.write(START) as work:
        known, _ = await _all(work)
        seen = _statements(database)
        known[1].recent = [5]
        await work.flush()
        assert not work.session.dirty
        assert not inspect(known[1]).modified
        known[2].recent = [6]
        await work.flush()
        known[2].recent = [6]
    assert len(seen) == 2


async def test_what_points_at_another_row_is_written_too(database: Database) -> None:
    await _move_in(database)
    async with database.write(START) as work:
        known, _ = await _all(work)
        work.session.add(Area(code="WK000001", name="Nieuw", region="Almere Nieuw", lat=52.0, lon=5.0))
        await work.flush()
        known[1].area_code, known[1].language = "WK000001", Language.ENGLISH
        known[2].language = Language.ENGLISH
    async with database.read(START) as work:
        found = await work.session.execute(select(Person.area_code, Person.language).order_by(Person.id))
        assert [tuple(row) for row in found] == [
            ("WK000001", Language.ENGLISH),
            (None, Language.ENGLISH),
            (None, Language.DUTCH),
        ]


async def _change_who_is_gone(work: Work) -> None:
    known, _ = await _all(work)
    connection = await work.session.connection()
    table = Person.metadata.tables["person"]
    await connection.execute(table.delete().where(table.c.id == 2))
    known[2].recent = [9]
    await work.flush()


async def test_a_row_that_is_gone_is_no_success(database: Database) -> None:
    await _move_in(database)
    async with database.write(START) as work:
        with pytest.raises(StaleDataError):
            await _change_who_is_gone(work)
        await work.session.rollback()
    async with database.read(START) as work:
        assert len(await people.fetch(work.session, EVERYBODY)) == 3


async def test_what_a_savepoint_undid_reads_as_before(database: Database) -> None:
    await _move_in(database)
    async with database.write(START) as work:
        known, _ = await _all(work)
        with pytest.raises(LookupError):
            async with work.session.begin_nested():
                await _change_and_fail(work, known[1])
        assert inspect(known[1]).expired
        await work.session.refresh(known[1])
        assert known[1].recent == [1]
        known[1].recent = [4]
    async with database.read(START) as work:
        known, _ = await _all(work)
        assert known[1].recent == [4]


async def _change_and_fail(work: Work, person: Person) -> None:
    person.recent = [9]
    await work.session.flush()
    raise LookupError
