"""Removing a dialogue in the middle of a batch."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.engine import Database
from storage.models import Dialogue
from storage.queries import dialogues, people
from storage.work import Work
from tests.town import START


def _begin(work: Work, draft_id: int, *, user: int = 1) -> Dialogue:
    row = Dialogue(chat_id=user, user_id=user, about="report", draft_id=draft_id, step="tell", draft={})
    row.changed_at = START
    work.session.add(row)
    return row


async def _left(database: Database) -> Sequence[int]:
    async with database.read(START) as work:
        return (await work.session.scalars(select(Dialogue.draft_id).order_by(Dialogue.draft_id))).all()


async def test_one_that_was_not_written_yet_never_is(database: Database) -> None:
    async with database.write(START) as work:
        await dialogues.remove(work.session, _begin(work, 1))
        _begin(work, 2, user=2)
    assert await _left(database) == [2]


async def test_one_that_stood_there_makes_room_for_the_next_and_nothing_else_is_written_for_it(
    database: Database,
) -> None:
    async with database.write(START) as work:
        _begin(work, 1)
    async with database.write(START) as work:
        row = (await dialogues.fetch(work.session, [(1, 1)]))[1, 1, "report"]
        row.step = "kind"
        waiting = people.add(work.session, 7, now=START)
        await dialogues.remove(work.session, row)
        assert waiting in work.session.new
        assert row.draft_id == 1
        _begin(work, 3)
    assert await _left(database) == [3]


async def test_it_is_back_when_the_batch_fails(database: Database) -> None:
    async with database.write(START) as work:
        _begin(work, 1)
    try:
        async with database.write(START) as work:
            await dialogues.remove(work.session, (await dialogues.fetch(work.session, [(1, 1)]))[1, 1, "report"])
            raise RuntimeError
    except RuntimeError:
        pass
    assert await _left(database) == [1]
