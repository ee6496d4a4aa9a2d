"""📆 In mijn agenda: a secret link, fetched as a phone does, with rights read anew each time."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from io import StringIO
from pathlib import Path
from shutil import copyfile

import aiohttp
import pytest

from bot.domain.enums import RoleKey
from bot.runtime import logs
from bot.runtime.web import WebAddress
from bot.services import patrol
from bot.services.activities import rescheduling
from handlers.activities.calendar import NewLink, RemoveLink
from storage.engine import Database
from storage.models import CalendarFeed
from tests.calendar_files import Read, file_in, read
from tests.conversations.joining import CAFE, CAFE_ON, open_first
from tests.conversations.meetings import fill, occurrence, told, wall
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.town import Town, living_in
from tests.town_people import Someone

PUBLIC = "https://bode.example.org"
SHIFT, SHIFT_ON = "ronde-filmwijk", "2026-12-03"


@pytest.fixture
async def online(town_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The example town with the bot's web server on a free port."""
    copyfile(town_file, tmp_path / "town.db")
    async with living_in(Database(sqlite_url(tmp_path / "town.db")), web=WebAddress(PUBLIC, port=0)) as town:
        yield town


async def link_of(someone: Someone) -> str:
    """Return the path of the link that somebody makes in the chat."""
    await someone.says("/agenda")
    await someone.taps("In mijn agenda")
    await someone.taps("Maak mijn link")
    return path_in(someone.sees)


def path_in(text: str) -> str:
    found = re.search(rf"{re.escape(PUBLIC)}(/agenda/[\w-]{{32}}\.ics)", text)
    assert found, text
    return found[1]


async def fetch(
    town: Town, path: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[int, bytes, dict[str, str]]:
    assert town.app.web is not None
    url = f"http://127.0.0.1:{town.app.web.port}{path}"
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE_S)) as session,
        session.request(method, url, headers=headers) as response,
    ):
        return response.status, await response.read(), {name.lower(): value for name, value in response.headers.items()}


async def feed(town: Town, path: str) -> Read:
    status, body, headers = await fetch(town, path)
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return read(body)


async def test_a_link_shows_where_somebody_goes_and_follows_every_change(online: Town) -> None:
    (ann,) = await told(online, "Ann")
    path = await link_of(ann)
    empty = await feed(online, path)
    assert (empty.method, empty.entries) == (None, [])
    assert str(empty.raw["x-wr-calname"]) == "Buurtbode: waar ik heen ga"
    await open_first(ann)
    await ann.taps("Ik help als gastvrouw of gastheer")
    entry = (await feed(online, path)).only
    assert (entry.wall, entry.status, entry.place) == ("2026-12-05 13:00", "CONFIRMED", "Buurtcentrum Stedenwijk")
    assert "organizer" not in entry.raw
    assert entry.uid == file_in(online, ann.calendar_files[0]).only.uid
    meeting = await occurrence(online, CAFE, CAFE_ON)
    async with online.writing() as work:
        await rescheduling.move(work, meeting.id, wall("2026-12-05T14:00"), wall("2026-12-05T17:00"))
    moved = (await feed(online, path)).only
    assert (moved.wall, moved.uid) == ("2026-12-05 14:00", entry.uid)
    assert moved.sequence > entry.sequence
    async with online.writing() as work:
        await rescheduling.call_off(work, meeting.id, None)
    gone = (await feed(online, path)).only
    assert (gone.status, gone.uid) == ("CANCELLED", entry.uid)
    assert gone.sequence > moved.sequence


async def test_a_new_link_ends_the_old_one_and_no_link_ends_both(online: Town) -> None:
    (ann,) = await told(online, "Ann")
    old = await link_of(ann)
    await ann.taps("Nieuwe link")
    assert ann.sees.startswith("De oude link werkt dan niet meer.") or ann.was_told("De oude link werkt dan niet meer.")
    await ann.taps("✅ Ja")
    new = path_in(ann.sees)
    assert new != old
    assert (await fetch(online, old))[0] == 404
    assert (await fetch(online, new))[0] == 200
    await ann.taps("Link weghalen")
    await ann.taps("✅ Ja")
    assert ann.was_told("De link is weg.")
    assert (await fetch(online, new))[0] == 404
    async with online.reading() as work:
        assert await work.session.get(CalendarFeed, ann.id) is None


async def test_old_and_double_taps_make_no_second_link(online: Town) -> None:
    (ann,) = await told(online, "Ann")
    path = await link_of(ann)
    await ann.forges(NewLink(0, sure=False).encode())
    await ann.forges(NewLink(0, sure=True).encode())
    await ann.forges(NewLink(1, sure=True).encode())
    await ann.forges(RemoveLink(1, sure=True).encode())
    assert len([message for message in ann.messages if PUBLIC in message.text]) == 1
    assert (await fetch(online, path))[0] == 200


async def test_wrong_secrets_are_answered_like_pages_that_do_not_exist(online: Town) -> None:
    (ann,) = await told(online, "Ann")
    path = await link_of(ann)
    nothing = await fetch(online, "/nothing")
    others = [
        f"{path[:-5]}X.ics",
        "/agenda/x.ics",
        "/agenda/.ics",
        "/agenda/%00.ics",
        "/agenda",
        path.upper(),
        path[:-4],
        f"{path}/",
        "/agenda/x.ics/",
    ]
    for other in others:
        answer = await fetch(online, other)
        assert answer[:2] == nothing[:2] == (404, b"404"), other
        for kept in ("content-type", "content-length", "x-robots-tag", "referrer-policy"):
            assert answer[2][kept] == nothing[2][kept]
    assert (await fetch(online, path, method="POST"))[0] == 404
    assert (await fetch(online, path, method="HEAD"))[:2] == (200, b"")


async def test_who_guesses_has_to_wait(online: Town) -> None:
    statuses = [(await fetch(online, f"/agenda/{number}.ics"))[0] for number in range(30)]
    assert set(statuses) == {404, 429}
    assert statuses == sorted(statuses)
    status, _body, headers = await fetch(online, "/agenda/31.ics")
    assert (status, headers["retry-after"]) == (429, "60")


async def test_a_phone_that_has_it_already_gets_304(online: Town) -> None:
    (ann,) = await told(online, "Ann")
    path = await link_of(ann)
    _status, _body, headers = await fetch(online, path)
    etag, since = headers["etag"], headers["last-modified"]
    assert headers["cache-control"] == "private, no-cache"
    online.sleep(hours=5)
    for known in ({"If-None-Match": etag}, {"If-None-Match": f'"x", W/{etag}'}, {"If-Modified-Since": since}):
        assert (await fetch(online, path, headers=known))[:2] == (304, b"")
    for odd in ("yesterday", f"Mon, 01 Jan 2026 00:00:00 +{'9' * 20}", "Mon, 01 Jan 99999 00:00:00 GMT"):
        assert (await fetch(online, path, headers={"If-Modified-Since": odd}))[0] == 200, odd
    assert (await fetch(online, path, headers={"If-None-Match": '"x"', "If-Modified-Since": since}))[0] == 200
    await open_first(ann)
    await ann.taps("Ik help als gastvrouw of gastheer")
    for known in ({"If-None-Match": etag}, {"If-Modified-Since": since}):
        status, _body, fresh = await fetch(online, path, headers=known)
        assert status == 200
        assert parsedate_to_datetime(fresh["last-modified"]) > parsedate_to_datetime(since)


async def test_a_shift_stands_only_in_the_feed_of_who_may_walk_it_and_without_names(online: Town) -> None:
    john, jan = online.person("John"), online.person("Jan")
    shift = await occurrence(online, SHIFT, SHIFT_ON)
    await fill(online, shift, RoleKey.WALKER, [john, jan])
    path, others = await link_of(john), [await link_of(who) for who in (online.person("Mia"), online.person("Samira"))]
    status, body, _headers = await fetch(online, path)
    assert (status, read(body).only.title, read(body).only.private) == (200, "Avondronde", True)
    assert not re.search(r"\b(Jan|John|Mia|Samira)\b", body.decode())
    for other in others:
        assert (await feed(online, other)).entries == []
    async with online.writing() as work:
        await patrol.withdraw_vog(work, shift.team_id or 0, john.id, by=online.person("Samira").id)
    assert (await feed(online, path)).entries == []


async def test_who_really_follows_the_link_gets_no_files_any_more(online: Town) -> None:
    ann, bob = await told(online, "Ann", "Bob")
    path = await link_of(ann)
    looked = await link_of(bob)
    for who in (path, looked):
        await fetch(online, who)
    online.sleep(hours=2)
    await fetch(online, path)
    for someone in (ann, bob):
        await open_first(someone)
        await someone.taps("Ik help als gastvrouw of gastheer")
    assert ann.calendar_files == []
    assert len(bob.calendar_files) == 1
    async with online.reading() as work:
        row = await work.session.get(CalendarFeed, ann.id)
        assert row is not None
        assert online.now - row.seen_at < timedelta(minutes=1)
    online.sleep(days=15)
    await open_first(ann, 2)
    await ann.taps("Ik help als gastvrouw of gastheer")
    assert len(ann.calendar_files) == 1


async def test_no_secret_and_no_name_reaches_a_log(online: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = StringIO()
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    # Even if somebody turned the server's own access log on again.
    monkeypatch.setattr(logging.getLogger("uvicorn.access"), "propagate", True)
    logs.set_up("DEBUG", stream=lines)
    (ann,) = await told(online, "Annemarie")
    path = await link_of(ann)
    await fetch(online, path)
    await fetch(online, path.replace(".ics", "x.ics"))
    logging.getLogger("bot").info("the log works")
    secret = path.split("/")[-1].removesuffix(".ics")
    assert "the log works" in lines.getvalue()
    assert secret not in lines.getvalue()
    assert "Annemarie" not in lines.getvalue()
    async with online.reading() as work:
        row = await work.session.get(CalendarFeed, ann.id)
        assert row is not None
        assert secret not in str(vars(row))


async def test_without_an_address_there_is_no_link_but_there_are_files(town: Town) -> None:
    assert town.app.web is None
    (ann,) = await told(town, "Ann")
    await ann.says("/agenda")
    assert not [label for label in ann.buttons if "agenda" in label]
    await ann.forges(NewLink(0, sure=False).encode())
    assert ann.sees.startswith("Een link voor je agenda is er nu niet.")
    async with town.reading() as work:
        assert await work.session.get(CalendarFeed, ann.id) is None


async def test_a_feed_that_nobody_looks_at_ends_after_half_a_year(online: Town) -> None:
    ann, bob = await told(online, "Ann", "Bob")
    path, other = await link_of(ann), await link_of(bob)
    online.sleep(days=100)
    assert (await fetch(online, path))[0] == 200
    online.sleep(days=100)
    await online.advance(hours=2)
    assert (await fetch(online, path))[0] == 200
    assert (await fetch(online, other))[0] == 404


async def test_stopping_ends_the_web_server_too(online: Town) -> None:
    (ann,) = await told(online, "Ann")
    path = await link_of(ann)
    await asyncio.gather(*(fetch(online, path) for _ in range(10)))
    assert online.app.web is not None
    port = online.app.web.port
    await online.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        async with aiohttp.ClientSession() as session:
            await session.get(f"http://127.0.0.1:{port}{path}")
    online.database = Database(online.database.url.render_as_string(hide_password=False))
    await online.start()
    await ann.says("/agenda")
    assert (await fetch(online, path))[0] == 200
