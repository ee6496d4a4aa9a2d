"""`buurtbode replay`: what failed is handled after all, once its reason is gone."""

import json

import pytest
from sqlalchemy import select

import handlers
from bot.demo.telegram import World, serve
from bot.runtime.replay import replay_all
from storage.engine import Database
from storage.models import Outbox
from storage.queries import intake as queries
from tests.runtime import echo, raws
from tests.runtime.doors import NOW

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.mark.chaos
async def test_what_was_set_aside_is_handled_or_stays(
    database: Database, migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "routes", lambda: echo.ROUTES)
    async with database.write(NOW) as work:
        for update_id, words in ((1, "hallo"), (2, "boom"), (3, "later")):
            raw = json.dumps(raws.text(words, update_id=update_id))
            await queries.set_aside(work.session, update_id, raw=raw, error="Oops", now=NOW)
        await queries.set_aside(work.session, -4, raw="null", error="Oops", now=NOW)
    async with serve(World()) as server:
        assert await replay_all("1:a", server.url, migrated_url, [1]) == {1: None}
        outcome = await replay_all("1:a", server.url, migrated_url, None)
    assert outcome == {-4: "UnreadableError", 2: "RuntimeError", 3: None}
    async with database.read(NOW) as work:
        assert [row.update_id for row in await queries.dead(work.session)] == [-4, 2]
        said = (await work.session.scalars(select(Outbox.payload).order_by(Outbox.id))).all()
    assert [payload["text"] for payload in said if payload] == ["echo hallo", "echo later"]
