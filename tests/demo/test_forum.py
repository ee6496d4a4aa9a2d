"""Forum topics: made, used, closed, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.telegram import NotPossible, Person, World
from tests.demo.client import Client


@pytest.fixture
def samira(world: World) -> Person:
    return world.add_person("Samira", username="samira")


async def test_forum_topics(world: World, bot: Client, samira: Person) -> None:
    forum = world.add_group("Forum", admins=[samira], bot="administrator", forum=True)
    at = {"chat_id": forum.id}
    topic = await bot.call("createForumTopic", **at, name="Noord")
    thread = {**at, "message_thread_id": topic["message_thread_id"]}
    sent = await bot.call("sendMessage", **thread, text="Kaart")
    assert (sent["is_topic_message"], sent["chat"]["is_forum"]) == (True, True)
    answer = await bot.call("sendMessage", **at, text="x", reply_parameters={"message_id": sent["message_id"]})
    assert answer["message_thread_id"] == topic["message_thread_id"]
    assert "message_thread_id" not in await bot.call("sendMessage", **at, text="in General")
    not_found = "400 Bad Request: message thread not found"
    assert await bot.refused("sendMessage", **at, message_thread_id=77, text="x") == not_found
    await samira.sends(forum, "hoi", thread=topic["message_thread_id"])
    await samira.sends(forum, "ja", reply_to=sent["message_id"])
    first, second = await bot.drain()
    assert {u["message"]["message_thread_id"] for u in (first, second)} == {topic["message_thread_id"]}
    assert await bot.call("editForumTopic", **thread, name="Zuid")
    assert "TOPIC_NOT_MODIFIED" in await bot.refused("editForumTopic", **thread, name="Zuid")
    assert await bot.call("closeForumTopic", **thread)
    assert "TOPIC_NOT_MODIFIED" in await bot.refused("closeForumTopic", **thread)
    assert await bot.call("reopenForumTopic", **thread)
    assert "TOPIC_NOT_MODIFIED" in await bot.refused("reopenForumTopic", **thread)
    assert await bot.call("deleteForumTopic", **thread)
    assert sent["message_id"] not in [m.message_id for m in forum.visible]
    assert await bot.refused("sendMessage", **thread, text="x") == not_found
    assert "TOPIC_ID_INVALID" in await bot.refused("deleteForumTopic", **thread)
    with pytest.raises(NotPossible):
        await samira.sends(forum, "hoi", thread=topic["message_thread_id"])


async def test_topics_need_a_forum_and_rights(world: World, bot: Client, samira: Person) -> None:
    plain = world.add_group("Triage", admins=[samira], bot="administrator")
    assert "the chat is not a forum" in await bot.refused("createForumTopic", chat_id=plain.id, name="x")
    forum = world.add_group("Forum", admins=[samira], bot="administrator", rights=[], forum=True)
    assert "not enough rights to create a topic" in await bot.refused("createForumTopic", chat_id=forum.id, name="x")
    opened = await samira.opens_topic(forum, "Noord")
    assert (await bot.drain())[0]["message"]["forum_topic_created"]["name"] == "Noord"
    assert "not enough rights" in await bot.refused(
        "deleteForumTopic", chat_id=forum.id, message_thread_id=opened.thread_id
    )
    forum.members[world.bot.id].status = "member"
    opened.closed = True
    thread: dict[str, Any] = {"chat_id": forum.id, "message_thread_id": opened.thread_id}
    assert "TOPIC_CLOSED" in await bot.refused("sendMessage", **thread, text="x")
    await samira.deletes_topic(forum, opened.thread_id)
    assert "message thread not found" in await bot.refused("sendMessage", **thread, text="x")
    await samira.promotes_bot(forum)
    for wrong in ({"name": " "}, {"name": "x" * 129}, {"name": "x", "icon_color": 1}):
        assert "400" in await bot.refused("createForumTopic", chat_id=forum.id, **wrong)
    with pytest.raises(NotPossible):
        await samira.opens_topic(plain, "x")
    with pytest.raises(NotPossible):
        await samira.deletes_topic(forum, 99)
