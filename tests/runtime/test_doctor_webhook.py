"""`buurtbode doctor` and how updates come: what Telegram says of the webhook, and who answers at its address."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.responses import Response
from starlette.routing import Route

from bot.demo.telegram import World, serve
from bot.runtime.clock import DemoClock
from bot.runtime.doctor import Finding, Grade, webhook
from bot.runtime.reading import ALLOWED_UPDATES
from bot.runtime.router import make_bot
from bot.runtime.web import Web, WebAddress
from bot.runtime.webhook import MOST_WAITING, PATH, Door, secret_of
from tests.patience import PATIENCE_S

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    """The bot's own web server; nothing is taken in, since it has no intake."""
    async with serving(Door(World().token, lambda: None).routes()[0]) as web:
        yield web


class serving:  # noqa: N801 used like a function
    """A web server with one route."""

    def __init__(self, route: object) -> None:
        self._web = Web(WebAddress("https://bode.example.org", port=0), [route])  # type: ignore[list-item]  # a route
        self._web.bind()

    async def __aenter__(self) -> Web:
        self._task = asyncio.create_task(self._web.run())
        return self._web

    async def __aexit__(self, *_: object) -> None:
        await self._web.stop(PATIENCE_S)
        await asyncio.wait({self._task}, timeout=PATIENCE_S)


def answering(status: int) -> Route:
    async def answer(_request: object) -> Response:
        return Response(status_code=status)

    return Route(PATH, answer, methods=["POST"])


def address(web: Web) -> str:
    return f"http://127.0.0.1:{web.port}"


async def findings(world: World, wanted: str | None, now: datetime = NOW) -> dict[str, Finding]:
    async with serve(world) as server:
        bot = make_bot(world.token, server.url)
        await bot.initialize()
        found = [finding async for finding in webhook.look(bot, wanted, DemoClock(now))]
        await bot.shutdown()
    assert len({finding.what for finding in found}) == len(found)
    return {finding.what.partition("'s ")[2] or "itself": finding for finding in found}


def brings(
    world: World, url: str, connections: int = MOST_WAITING, *, allowed: tuple[str, ...] = ALLOWED_UPDATES
) -> None:
    world.updates.allow(list(allowed))
    world.webhook.set(url, secret_of(world.token), connections)


async def test_all_is_well_when_telegram_brings_updates_to_the_bots_own_door(web: Web) -> None:
    world = World(lambda: NOW)
    brings(world, address(web) + PATH)
    found = await findings(world, address(web))
    assert {finding.grade for finding in found.values()} == {Grade.OK}
    assert list(found) == ["address", "itself", "updates", "delivery"]
    assert not world.calls.of("setWebhook")
    assert not world.calls.of("deleteWebhook")


async def test_before_the_first_start_the_address_is_not_known_yet(web: Web) -> None:
    found = await findings(World(), address(web))
    assert found["itself"] == Finding(
        Grade.ADVICE, "webhook", "Telegram does not know the address yet: `buurtbode run` tells it"
    )


async def test_the_address_of_somebody_else_is_told_without_what_may_be_a_secret(web: Web) -> None:
    world = World()
    brings(world, "http://127.0.0.1:9/secret-path")
    for wanted in (address(web), None):
        found = (await findings(world, wanted))["itself"]
        assert found.grade is Grade.WRONG
        assert "127.0.0.1:9" in found.words
        assert "secret-path" not in found.words


async def test_without_a_webhook_in_the_settings_none_may_be_set() -> None:
    world = World()
    assert (await findings(world, None))["itself"].grade is Grade.OK
    brings(world, "http://127.0.0.1:9" + PATH)
    assert "refuses a bot that asks" in (await findings(world, None))["itself"].words


async def test_what_an_older_version_registered_is_told(web: Web) -> None:
    world = World()
    brings(world, address(web) + PATH, allowed=("message", "callback_query"))
    updates = (await findings(world, address(web)))["updates"]
    assert (updates.grade, updates.words.partition(":")[0]) == (
        Grade.WRONG,
        "Telegram leaves out chat_member, edited_message, my_chat_member",
    )
    brings(world, address(web) + PATH, 40)
    assert (await findings(world, address(web)))["updates"].grade is Grade.ADVICE


@pytest.mark.parametrize(
    ("status", "todo"),
    [(403, "another token"), (404, "pass on /telegram"), (502, "/readyz"), (418, "see what answers")],
)
async def test_what_telegram_could_not_bring_is_told_with_what_to_do(status: int, todo: str) -> None:
    world = World(lambda: NOW)
    async with serving(answering(status)) as web:
        brings(world, address(web) + PATH)
        world.updates.put("message", {"text": "Hallo"}, lane="1")
        async with asyncio.timeout(PATIENCE_S):
            while "last_error_message" not in world.webhook.info():  # noqa: ASYNC110 the stand-in has no event of it
                await asyncio.sleep(0.01)
        found = await findings(world, address(web), NOW + timedelta(minutes=7))
        world.updates.drop_all()
        over = await findings(world, address(web), NOW + timedelta(minutes=7))
        long_over = await findings(world, address(web), NOW + timedelta(hours=7))
        world.webhook.delete()
    assert found["delivery"].grade is Grade.WRONG
    assert found["delivery"].words.startswith("1 updates wait; 7 min ago Telegram could not bring one (Wrong response")
    assert todo in found["delivery"].words
    assert [each["delivery"].grade for each in (over, long_over)] == [Grade.ADVICE, Grade.OK]


@pytest.mark.parametrize(
    ("status", "grade", "words"),
    [
        (403, Grade.OK, "lets nobody in"),
        (200, Grade.WRONG, "it is not the bot that answers"),
        (404, Grade.WRONG, "answers 404: let the proxy pass on /telegram"),
        (502, Grade.WRONG, "answers 502: see whether the bot runs"),
    ],
)
async def test_who_answers_at_the_address_is_looked_at(status: int, grade: Grade, words: str) -> None:
    async with serving(answering(status)) as web:
        found = (await findings(World(), address(web)))["address"]
    assert (found.grade, words in found.words) == (grade, True)


async def test_an_address_that_nobody_answers_at_from_here_is_a_hint() -> None:
    found = (await findings(World(), "http://127.0.0.1:9"))["address"]
    assert (found.grade, "the port is open" in found.words) == (Grade.ADVICE, True)
