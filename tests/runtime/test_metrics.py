"""The numbers: each thing that becomes of a message or an update is counted once, under a code."""

from datetime import timedelta

import pytest

from bot.domain.enums import Priority
from bot.runtime.clock import DemoClock
from bot.runtime.metrics import Metrics
from bot.runtime.sending import pauses
from handlers.views.drawing import NotAnyMore
from storage.engine import Database
from storage.queries import intake, watching
from tests.post_office import PostOffice
from tests.runtime.doors import door as open_door
from tests.runtime.numbers import numbers_in
from tests.runtime.office import START, Note, Office, words
from tests.runtime.raws import text
from tests.runtime.test_mailing import mailing, queued
from tests.services.desks import NOW, open_town


def counted(metrics: Metrics, *names: str) -> dict[str, float]:
    """Return the counters with one of these names that are not 0."""
    found = numbers_in(metrics.text())
    return {name: value for name, value in found.items() if value and name.startswith(names) and "created" not in name}


OUTCOMES = ("sent_total", "retried", "dropped", "failed_total")


async def test_what_becomes_of_messages_is_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "_FIRST_S", 0.02)
    fatima, omar = office.world.add_person("Fatima", started=True), office.world.add_person("Omar", started=True)
    await omar.blocks()
    office.world.faults.cut("sendMessage", chat_id=fatima.id)
    words[2] = NotAnyMore("cancelled")
    await office.put(Note(1), Note(2), chat=fatima.id, priority=Priority.REMINDER)
    await office.put(Note(3), chat=fatima.id, valid_until=START)
    await office.say("hoi", chat=omar.id)
    await office.idle()
    assert counted(office.metrics, *OUTCOMES) == {
        "sent_total{channel=telegram,priority=reminder}": 1,
        "retried_total{channel=telegram,reason=away}": 1,
        "dropped_total{channel=telegram,reason=cancelled}": 1,
        "dropped_total{channel=telegram,reason=late}": 1,
        "failed_total{channel=telegram,reason=blocked}": 1,
    }


async def test_what_becomes_of_mails_is_counted(database: Database, post: PostOffice) -> None:
    await open_town(database)
    metrics, clock = Metrics(), DemoClock(NOW)
    await queued(database)
    post.answers = ["451 busy"]
    async with mailing(database, post.server, clock, metrics) as mailer:
        await mailer.idle()
        due = await mailer.next_due()
        assert due is not None
        await clock.advance(due, next_due=mailer.next_due, settle=mailer.idle)
        post.answers = ["554 no"]
        await queued(database, summary="Nog een lamp.")
        await mailer.idle()
    assert counted(metrics, *OUTCOMES) == {
        "sent_total{channel=email,priority=card}": 1,
        "retried_total{channel=email,reason=away}": 1,
        "failed_total{channel=email,reason=554}": 1,
    }


async def test_updates_are_counted_by_kind_once(database: Database) -> None:
    async with open_door(database) as here:
        await here.gives([text("Hoi", update_id=1), text("Hoi", update_id=2), {"update_id": 3}])
        await here.gives([text("Hoi", update_id=2)])
        await here.gives([{"no": "update"}])
        assert counted(here.metrics, "updates") == {
            "updates_total{kind=message}": 2,
            "updates_total{kind=other}": 1,
            "updates_repeated_total": 1,
            "updates_set_aside_total": 1,
        }
        assert counted(here.metrics, "update_seconds_count") == {"update_seconds_count": 3}
        async with database.read(here.clock.now()) as work:
            assert await watching.dead_updates(work.session) == len(await intake.dead(work.session)) == 1


async def test_what_waits_is_told_by_age_and_late_reminders_apart(database: Database) -> None:
    ages = {5: Priority.ANSWER, 30: Priority.CARD, 59: Priority.REMINDER, 61: Priority.REMINDER, 900: Priority.REMINDER}
    async with database.write(START) as work:
        for seconds, priority in ages.items():
            due = START - timedelta(seconds=seconds)
            work.put(Note(seconds), chat=1, due_at=due, priority=priority)
        work.put(Note(1), chat=1, due_at=START + timedelta(seconds=1))
    async with database.read(START) as work:
        depths = await watching.outbox_depth(work.session, START)
    metrics = Metrics()
    metrics.show_outbox(depths, 2)
    assert counted(metrics, "outbox", "reminders", "dead") == {
        "outbox_waiting{age=under_10s,channel=telegram,priority=answer}": 1,
        "outbox_waiting{age=under_1m,channel=telegram,priority=card}": 1,
        "outbox_waiting{age=under_1m,channel=telegram,priority=reminder}": 1,
        "outbox_waiting{age=under_10m,channel=telegram,priority=reminder}": 1,
        "outbox_waiting{age=over_10m,channel=telegram,priority=reminder}": 1,
        "outbox_oldest_seconds{channel=telegram,priority=answer}": 5,
        "outbox_oldest_seconds{channel=telegram,priority=card}": 30,
        "outbox_oldest_seconds{channel=telegram,priority=reminder}": 900,
        "reminders_late": 2,
        "dead_updates": 2,
    }
    metrics.show_outbox([], 0)
    assert counted(metrics, "outbox", "reminders", "dead") == {}
