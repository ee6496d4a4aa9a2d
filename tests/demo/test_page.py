"""The page's server: what each phone may see and do, and the clock that only goes forward."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.demo.page import application
from bot.demo.page.app import Page
from bot.demo.telegram import Chat, Person, World, serve
from tests.patience import PATIENCE_S

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


class StillTime:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START
        self.plan = [START + timedelta(hours=3)]
        self.on_due: Callable[[], Awaitable[object]] | None = None

    def now(self) -> datetime:
        return self.at

    async def advance(self, to: datetime) -> None:
        self.at = to
        self.plan = [due for due in self.plan if due > to]
        if not self.plan and self.on_due:
            await self.on_due()

    async def next_due(self) -> datetime | None:
        return min(self.plan, default=None)


class Street:
    """A small world with the page on it, and a bot by hand."""

    def __init__(self) -> None:
        self.time = StillTime()
        self.world = World(self.time.now)
        self.fatima: Person = self.world.add_person("Fatima", started=True)
        self.henk: Person = self.world.add_person("Henk")
        self.desk: Chat = self.world.add_group("Triage", admins=[self.henk], bot="administrator")
        phones = [{"person": self.fatima.id, "chat": self.fatima.id}]
        transport = httpx.ASGITransport(application(self.world, phones, self.time))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://page", timeout=PATIENCE_S)

    async def act(self, person: Person, what: str, *, chat: int | None = None, **more: object) -> httpx.Response:
        wanted = {"person": person.id, "chat": chat or person.id, "do": what, **more}
        return await self.client.post("/api/act", json=wanted)

    async def screen(self, person: Person, chat: int | None = None) -> dict[str, Any]:
        answer = await self.client.get("/api/screen", params={"person": person.id, "chat": chat or person.id})
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    street = Street()
    yield street
    await street.client.aclose()


async def test_the_page_and_its_parts_are_served(street: Street) -> None:
    assert "Buurtbode" in (await street.client.get("/")).text
    assert (await street.client.get("/static/page.js")).status_code == 200
    town = (await street.client.get("/api/town")).json()
    assert [person["name"] for person in town["people"]] == ["Fatima", "Henk"]
    assert [chat["title"] for chat in town["people"][1]["chats"]] == ["Buurtbode", "Triage"]
    assert len(town["areas"]) == 71
    assert town["next"] - town["now"] == 3 * 3600


async def test_what_is_typed_edited_and_deleted_is_seen(street: Street) -> None:
    assert (await street.act(street.fatima, "text", text="Lamp <kapot>")).json() == {"ok": True}
    message = (await street.screen(street.fatima))["messages"][-1]
    assert (message["html"], message["mine"], message["edited"]) == ("Lamp &lt;kapot&gt;", True, False)
    await street.act(street.fatima, "edit", message=message["id"], text="Lamp stuk")
    assert (await street.screen(street.fatima))["messages"][-1]["edited"]
    await street.act(street.fatima, "text", text="En vies", reply_to=message["id"])
    assert (await street.screen(street.fatima))["messages"][-1]["reply"]["text"] == "Lamp stuk"
    await street.act(street.fatima, "delete", message=message["id"])
    assert [seen["deleted"] for seen in (await street.screen(street.fatima))["messages"]] == [True, False]


async def test_photo_voice_and_location_can_be_sent(street: Street) -> None:
    await street.act(street.fatima, "photo", text="Kijk")
    await street.act(street.fatima, "voice")
    await street.act(street.fatima, "location", lat=52.37, lon=5.21)
    photo, voice, place = [seen["media"] for seen in (await street.screen(street.fatima))["messages"]]
    picture = await street.client.get(f"/file/{photo['file']}")
    assert (picture.headers["content-type"].split("/")[0], voice["kind"]) == ("image", "voice")
    assert place == {"kind": "location", "lat": 52.37, "lon": 5.21}
    assert (await street.client.get("/file/nothing")).status_code == 404
    await street.fatima.sends_document(street.fatima.id)
    document = (await street.screen(street.fatima))["messages"][-1]["media"]
    assert document["name"] == street.world.files.get(document["file"]).name


async def test_buttons_and_menu_keys_can_be_tapped(street: Street) -> None:
    async with serve(street.world) as server, httpx.AsyncClient(base_url=server.url, timeout=PATIENCE_S) as bot:
        keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
        words = {"chat_id": street.fatima.id, "text": "Klopt het?", "reply_markup": keyboard}
        await bot.post(f"/bot{street.world.token}/sendMessage", json=words)
        menu = {"keyboard": [[{"text": "Melden"}, {"text": "Mijn plek", "request_location": True}]]}
        words = {"chat_id": street.fatima.id, "text": "Kies", "reply_markup": menu}
        await bot.post(f"/bot{street.world.token}/sendMessage", json=words)
    screen = await street.screen(street.fatima)
    asked = screen["messages"][0]
    assert asked["buttons"] == [[{"text": "Ja", "data": "yes", "url": None}]]
    assert screen["menu"] == [[{"text": "Melden", "location": False}, {"text": "Mijn plek", "location": True}]]
    assert (await street.act(street.fatima, "tap", message=asked["id"], data="yes")).status_code == 200
    assert (await street.act(street.fatima, "tap", message=asked["id"], data="no")).status_code == 409
    assert (await street.act(street.fatima, "press", label="Melden")).status_code == 200
    assert (await street.screen(street.fatima))["messages"][-1]["html"] == "Melden"


async def test_the_bot_can_be_started_and_blocked(street: Street) -> None:
    assert (await street.act(street.henk, "start")).status_code == 200
    assert (await street.act(street.henk, "block")).status_code == 200
    assert (await street.screen(street.henk))["contact"] == "blocked"
    assert (await street.act(street.henk, "block")).status_code == 409
    assert (await street.act(street.henk, "unblock")).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"person": 1, "chat": 1, "do": "text"},
        {"person": "x", "chat": 1, "do": "text", "text": "?"},
        {"do": "fly"},
        [],
        {"person": 200000001, "chat": 200000001, "do": "text", "text": "  "},
        {"person": 200000001, "chat": 200000001, "do": "text"},
        {"person": 200000001, "chat": 200000001, "do": "location", "lat": 500, "lon": 5},
        {"person": 200000001, "chat": -5, "do": "text", "text": "hoi"},
    ],
)
async def test_what_no_phone_can_do_is_refused_in_a_sentence(street: Street, wanted: object) -> None:
    answer = await street.client.post("/api/act", json=wanted)
    assert answer.status_code in {400, 409}
    assert answer.json()["sorry"]


async def test_a_refusal_says_in_dutch_what_to_do(street: Street) -> None:
    async def sorry(what: str, **more: object) -> str:
        wanted = {"person": street.fatima.id, "chat": street.fatima.id, "do": what, **more}
        return str((await street.client.post("/api/act", json=wanted)).json()["sorry"])

    await street.act(street.fatima, "text", text="Hoi")
    assert await sorry("tap", message=1, data="yes") == "Dit bericht of deze knop is er niet meer."
    assert await sorry("press", label="Melden") == "Dit bericht of deze knop is er niet meer."
    assert await sorry("edit", message=99, text="x") == "Dit bericht of deze knop is er niet meer."
    assert (await sorry("text", text="x" * 4097)).startswith("Dit is te lang")
    assert (await sorry("photo", text="x" * 1025)).startswith("Dit is te lang")
    assert await sorry("location", lat=None, lon="x") == "Typ twee getallen, zoals 52,3680 en 5,2050."
    assert await sorry("unblock") == "Dit kan deze telefoon niet."
    await street.act(street.fatima, "block")
    assert "Blokkade opheffen" in await sorry("text", text="Hallo?")


async def test_broken_json_is_refused(street: Street) -> None:
    assert (await street.client.post("/api/act", content=b"{")).status_code == 400
    assert (await street.client.post("/api/clock", content=b"{")).status_code == 400


async def test_nobody_sees_somebody_elses_chat(street: Street) -> None:
    for person, chat in ((street.fatima.id, street.henk.id), (street.fatima.id, street.desk.id)):
        answer = await street.client.get("/api/screen", params={"person": person, "chat": chat})
        assert answer.status_code == 403
    assert (await street.client.get("/api/screen", params={"person": 1, "chat": 1})).status_code == 404
    assert (await street.screen(street.henk, street.desk.id))["title"] == "Triage"


async def test_the_clock_goes_forward_only_and_not_too_far(street: Street) -> None:
    moved = await street.client.post("/api/clock", json={"minutes": 60})
    assert moved.json()["now"] == int((START + timedelta(hours=1)).timestamp())
    await street.client.post("/api/clock", json={"next": True})
    assert street.time.at == START + timedelta(hours=3)
    for minutes in (-5, 1e9, "soon", 1e400):
        assert (await street.client.post("/api/clock", content=json.dumps({"minutes": minutes}))).status_code in {
            400,
            409,
        }
    street.time.plan = []
    assert (await street.client.post("/api/clock", json={"next": True})).status_code == 409


async def test_the_next_message_is_one_that_somebody_reads(street: Street) -> None:
    """A planned message that is needed no more is passed over."""
    async with serve(street.world) as server, httpx.AsyncClient(base_url=server.url, timeout=PATIENCE_S) as bot:

        async def remind() -> None:
            words = {"chat_id": street.fatima.id, "text": "Morgen is het zover"}
            await bot.post(f"/bot{street.world.token}/sendMessage", json=words)

        street.time.plan = [START - timedelta(minutes=1), START + timedelta(minutes=15), START + timedelta(hours=2)]
        street.time.on_due = remind
        moved = (await street.client.post("/api/clock", json={"next": True})).json()
    assert moved == {"now": int((START + timedelta(hours=2)).timestamp()), "next": None}


async def test_changes_and_toasts_are_streamed() -> None:
    street = Street()
    page = Page(street.world, [], street.time)
    stream = page._stream()
    assert (await anext(stream)).startswith("retry")
    await street.fatima.writes("hoi")
    told = json.loads((await anext(stream)).removeprefix("data: "))
    assert told == {"chat": street.fatima.id, "arrived": False}
    async with serve(street.world) as server, httpx.AsyncClient(base_url=server.url, timeout=PATIENCE_S) as bot:
        keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
        words = {"chat_id": street.fatima.id, "text": "Klopt het?", "reply_markup": keyboard}
        sent = (await bot.post(f"/bot{street.world.token}/sendMessage", json=words)).json()["result"]
        tap = await street.fatima.taps(street.fatima.id, sent["message_id"], "Ja")
        await bot.post(
            f"/bot{street.world.token}/answerCallbackQuery", json={"callback_query_id": tap.id, "text": "Dank"}
        )
        arrived = json.loads((await anext(stream)).removeprefix("data: "))
        assert arrived == {"chat": street.fatima.id, "arrived": True}
    async with asyncio.timeout(PATIENCE_S):
        while "toast" not in (told := json.loads((await anext(stream)).removeprefix("data: "))):
            pass
    assert (told["toast"], told["person"]) == ("Dank", street.fatima.id)
    page.close()
    async with asyncio.timeout(PATIENCE_S):
        assert [line async for line in stream] == []
    await street.client.aclose()
