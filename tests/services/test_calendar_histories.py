"""Whatever happens to meetings and sign-ups: the last file in each chat is true, and each update counts up."""

import asyncio
import random
from datetime import UTC
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.enums import OutboxState, SignupState
from bot.domain.notices.calendar import CalendarFile
from handlers.views import VIEWS
from handlers.views.drawing import Drawing, NotAnyMore, Upload
from handlers.views.registry import Reading
from storage.engine import Database
from storage.models import Occurrence, Outbox, Signup
from storage.work import Work
from tests.calendar_files import Read, read
from tests.services.test_reminder_histories import START, begin, dutch, something

_STEPS = 25
_COMES = frozenset({SignupState.SIGNED_UP, SignupState.SEEKS_STAND_IN})


@pytest.mark.slow
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_the_last_file_is_true_and_each_one_counts_up(migrated_url: str, seed: int) -> None:
    asyncio.run(_live(migrated_url, random.Random(seed)))


class _UndoError(Exception):
    """Leaves the database as it was."""


async def _live(url: str, dice: random.Random) -> None:
    database, files = Database(url), dict[int, list[Read]]()
    try:
        async with database.write(START) as work:
            await begin(work)
            for _ in range(_STEPS):
                await something(work, dice)
                if dice.random() < 0.5:
                    await _send(work, files)
            await _send(work, files)
            await _judge(work, files)
            raise _UndoError
    except _UndoError:
        pass
    finally:
        await database.close()


async def _send(work: Work, files: dict[int, list[Read]]) -> None:
    """Do what the sender does with the files that wait."""
    await work.flush()
    waiting = select(Outbox).where(Outbox.kind == CalendarFile.kind, Outbox.state == OutboxState.WAITING)
    for row in (await work.session.scalars(waiting.execution_options(populate_existing=True))).all():
        notice = CalendarFile.from_payload(row.payload or {})
        reading = Reading(work, dutch(), row.chat_id, None, row.message_id, "bode_bot", dutch)
        drawn = await VIEWS[CalendarFile](notice, reading)
        if isinstance(drawn, NotAnyMore):
            row.state = OutboxState.DROPPED
            continue
        assert isinstance(drawn, Drawing)
        (upload,) = drawn.media
        assert isinstance(upload, Upload)
        assert isinstance(upload.content, bytes)
        files.setdefault(notice.signup, []).append(read(upload.content))
        row.state, row.message_id = OutboxState.SENT, notice.signup % 1_000_000 + 1
    await work.session.flush()


async def _judge(work: Work, files: dict[int, list[Read]]) -> None:
    """Fail when a chat shows what is not so, or an update would lose from an older file."""
    assert files
    for signup in (await work.session.scalars(select(Signup))).all():
        occurrence = await work.session.get(Occurrence, signup.occurrence_id)
        assert occurrence is not None
        comes = signup.state in _COMES and occurrence.called_off_at is None
        seen = files.get(signup.id, [])
        assert seen or not comes or occurrence.ends_at <= work.now
        if not seen:
            continue
        last = seen[-1]
        assert last.method == ("PUBLISH" if comes else "CANCEL")
        if comes:
            assert last.only.starts.astimezone(UTC) == occurrence.starts_at
        assert len({file.only.uid for file in seen}) == 1
        for earlier, later in pairwise(seen):
            assert later.only.sequence >= earlier.only.sequence
            if _says(later) != _says(earlier):
                assert later.only.sequence > earlier.only.sequence


def _says(file: Read) -> tuple[object, ...]:
    return file.method, file.only.status, file.only.starts, file.only.ends
