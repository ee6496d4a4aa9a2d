"""Taps at intake: each is answered once, and proves that the message under it arrived."""

from sqlalchemy import select, update
from telegram import Update

from bot.domain.enums import OutboxState
from bot.domain.notices.triage import ReportCard
from handlers.context import Scope, Toast
from storage.engine import Database
from storage.models import Outbox, Person
from storage.queries import outbox
from tests.runtime import raws
from tests.runtime.doors import NOW, door
from tests.runtime.echo import Tapped


async def test_each_tap_is_answered_exactly_once_after_the_commit(database: Database) -> None:
    async def act(update: Update, scope: Scope) -> None:
        assert update.callback_query is not None
        if update.update_id == 2:
            scope.toasts[update.callback_query.id] = Toast(update.callback_query.id, "gelukt")
        if update.update_id == 3:
            raise RuntimeError

    async with door(database, act) as here:
        taps = [raws.tap("zz:1", update_id=n, message_id=n) for n in (1, 2, 3)]
        await here.gives(taps)
        await here.gives(taps)
    assert sorted((toast.query_id, toast.text) for toast in here.answered) == [
        ("q1", None),
        ("q2", "gelukt"),
        ("q3", None),
    ]


async def test_a_tap_proves_that_a_prompt_arrived(database: Database) -> None:
    keyboard = [[{"text": "Een", "callback_data": "zz:1"}]]
    async with database.write(NOW) as work:
        work.say({"text": "Kies", "keyboard": keyboard}, chat=501, key="prompt:501")
        work.say({"text": "Kies", "keyboard": keyboard}, chat=502, key="prompt:502")
        work.session.add_all([Person(id=501, created_at=NOW), Person(id=502, created_at=NOW)])
    known: list[int | None] = []

    async def act(update: Update, scope: Scope) -> None:
        assert update.effective_user is not None
        known.append(await outbox.shown_as(scope.work.session, f"prompt:{update.effective_user.id}"))

    async with door(database, act) as here:
        await here.gives(
            [
                raws.tap("zz:1", update_id=1, message_id=41, user=501),
                raws.tap("zz:2", update_id=2, message_id=42, user=502),
            ]
        )
    assert known == [41, None], "who asks past the session hears of it in the same batch"
    assert list(here.scopes[0].shown) == [(501, 41)], "a tap on another button is one on an older prompt"
    async with database.read(NOW) as work:
        rows = (await work.session.scalars(select(Outbox).order_by(Outbox.chat_id))).all()
    assert [(row.message_id, row.state) for row in rows] == [(41, OutboxState.WAITING), (None, OutboxState.WAITING)]


async def test_a_tap_proves_that_a_card_arrived_or_shows_that_it_came_twice(database: Database) -> None:
    async with database.write(NOW) as work:
        for number in (1, 2, 3):
            work.put(ReportCard(number, 7), chat=-100)
        await work.flush()
        await work.session.execute(
            update(Outbox).where(Outbox.about == 2).values(message_id=52, state=OutboxState.SENT)
        )
        work.session.add(Person(id=501, created_at=NOW))
    async with door(database) as here:
        taps = [raws.tap(Tapped(n).encode(), update_id=n, message_id=40 + n, chat=-100) for n in (1, 2)]
        await here.gives([*taps, raws.tap("nonsense", update_id=9, message_id=49, chat=-100)])
    assert list(here.scopes[0].shown) == [(-100, 41)]
    assert here.scopes[0].strays == {(-100, 42)}
    async with database.read(NOW) as work:
        rows = (await work.session.scalars(select(Outbox).order_by(Outbox.key))).all()
    assert [(row.key, row.message_id) for row in rows] == [
        ("card:1:7", 41),
        ("card:2:7", 52),
        ("card:3:7", None),
        ("stray_card:-100:42", 42),
    ]
