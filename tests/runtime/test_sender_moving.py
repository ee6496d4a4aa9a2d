"""A group that becomes a supergroup takes everything of ours along."""

from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from bot.domain.enums import OutboxState, ReportStatus
from storage.models import Album, Dialogue, Person, Report
from storage.moving import chat_columns, chat_moved
from tests.runtime.office import Note, NoteCard, Office, texts, words
from tests.runtime.test_sender_trouble import a_report


@pytest.mark.chaos
async def test_what_is_said_to_the_old_group_arrives_in_the_new_one(office: Office) -> None:
    group = office.world.add_group("Desk", supergroup=False)
    await office.put(Note(1), chat=group.id)
    await office.idle()
    moved = office.world.upgrade(group, by=office.world.add_person("Samira").user)
    await office.put(Note(2), Note(3), chat=group.id)
    await office.idle()
    assert texts(moved)[-2:] == ["note 2", "note 3"]
    assert {row.chat_id for row in await office.rows()} == {moved.id}
    words[1] = "note 1, nieuwer"
    await office.put(Note(1), chat=moved.id)
    await office.idle()
    assert texts(moved)[-1] == "note 1, nieuwer", "its old message id means nothing there"


async def test_open_reports_come_as_one_list_and_nothing_else_comes_again(office: Office) -> None:
    group = office.world.add_group("Desk", supergroup=False)
    async with office.writing() as work:
        report_id = await a_report(work, 5, group.id)
        open_report = await work.session.get(Report, report_id)
        assert open_report is not None
        closed = Report(**{c.key: getattr(open_report, c.key) for c in Report.__table__.columns})
        closed.id, closed.draft_id, closed.number, closed.status = 77, 77, 43, ReportStatus.CLOSED
        work.session.add(closed)
        await work.session.flush()
        work.put(NoteCard(report_id), chat=group.id)
        work.put(NoteCard(77), chat=group.id)
        work.put(Note(1), chat=group.id)
    await office.idle()
    moved = office.world.upgrade(group, by=office.world.add_person("Samira").user)
    async with office.writing() as work:
        await chat_moved(work, group.id, moved.id)
        await chat_moved(work, group.id, moved.id)
    await office.idle()
    said = [message for message in moved.visible if message.sender is office.world.bot]
    assert [message.text for message in said] == [
        "Dit is een nieuwe plek. 1 melding staat nog open. Tik erop om de kaart te zien."
    ]
    assert said[0].labels == [f"note {report_id}"]
    words[report_id] = "opgepakt"
    await office.put(NoteCard(report_id), chat=moved.id)
    await office.idle()
    assert said[0].labels == ["opgepakt"]


async def test_every_column_of_type_chat_id_follows(office: Office) -> None:
    tables = {f"{table.name}.{column.name}" for table, column in chat_columns()}
    assert {"desk.chat_id", "outbox.chat_id", "team.chat_id", "dialogue.chat_id", "album.chat_id"} <= tables
    old, new = -5, -1005
    async with office.writing() as work:
        work.session.add(Person(id=1, created_at=work.now))
        for chat_id in (old, new):
            work.session.add(Album(chat_id=chat_id, media_group_id="a", at=work.now))
        work.session.add(Dialogue(chat_id=old, user_id=1, about="x", step="1", draft={}, changed_at=work.now))
    async with office.writing() as work:
        await chat_moved(work, old, new)
        await chat_moved(work, new, new)
    async with office.database.read(office.clock.now()) as work:
        assert list(await work.session.scalars(select(Album.chat_id))) == [new]
        assert list(await work.session.scalars(select(Dialogue.chat_id))) == [new]


async def test_a_message_on_the_wire_to_the_old_group_leaves_no_message_id_behind(office: Office) -> None:
    group = office.world.add_group("Desk", supergroup=False)
    office.world.faults.slow("sendMessage", seconds=0.2)
    await office.put(Note(1), chat=group.id)
    await office.world.until(lambda: group.messages)
    moved = office.world.upgrade(group, by=office.world.add_person("Samira").user)
    async with office.writing() as work:
        await chat_moved(work, group.id, moved.id)
    await office.idle()
    row = (await office.rows())[0]
    assert (row.chat_id, row.state) == (moved.id, OutboxState.SENT)
    assert row.message_id == moved.last.message_id
    assert texts(moved)[-1] == "note 1"


async def test_every_message_of_a_group_is_written_once_when_it_moves(office: Office) -> None:
    old, new = office.world.add_group("Desk", supergroup=False).id, -100123
    async with office.writing() as work:
        work.put(Note(1), chat=old)
    await office.idle()
    written: list[int] = []

    def count(_connection: Connection, cursor: Any, sql: str, *_rest: object) -> None:  # noqa: ANN401 the driver's own
        if sql.startswith("UPDATE outbox SET"):
            written.append(cursor.rowcount)

    async with office.writing() as work:
        event.listen(office.database.writer.sync_engine, "after_cursor_execute", count)
        await chat_moved(work, old, new)
        event.remove(office.database.writer.sync_engine, "after_cursor_execute", count)
    assert sum(written) == 1
    (row,) = await office.rows()
    assert (row.chat_id, row.message_id, row.version, row.fresh) == (new, None, 2, 2)


async def test_a_row_in_hand_that_gives_way_to_a_newer_one_is_let_go(office: Office) -> None:
    old, new = -5, -1005
    async with office.writing() as work:
        work.session.add_all([Album(chat_id=chat, media_group_id="a", at=work.now) for chat in (old, new)])
    async with office.writing() as work:
        rows = (await work.session.scalars(select(Album))).all()
        await chat_moved(work, old, new)
        assert [row.chat_id for row in rows if row in work.session] == [new]
