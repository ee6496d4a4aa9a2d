"""No door that the bot has leads anybody outside to a shift: each is found by itself and tried with ids that exist.

Beside words that stand nowhere else, the answer itself may tell no more than that of a round that does not exist.
"""

import asyncio
import dataclasses
import itertools
import logging
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from typer.testing import CliRunner

from bot import cli
from bot.services.activities import calendars
from handlers.activities.buttons import OpenMeeting
from handlers.activities.round_buttons import OpenMonth
from handlers.buttons import REGISTRY, Button
from handlers.patrol.buttons import Roster
from handlers.views import VIEWS
from handlers.views.activities.calendar import feed
from storage.engine import Database
from storage.models import Person
from tests.conversations import door_list
from tests.conversations.doors import WEB, Doors, Told, trying
from tests.conversations.secret_team import (
    GROUPS,
    INSIDE,
    JAN,
    MEMBERS,
    NEWS,
    OUTSIDE,
    WORDS,
    Secrets,
    base36,
    fill,
)  # fmt: skip
from tests.databases import sqlite_url
from tests.town import START

#: Turned over in an id, it makes one that does not exist.
_NOBODYS = 1 << 20
#: What people say who try; none of it holds a secret itself.
SAID = ("ronde", "rooster", "rondes", "Ik ga om 18:05, wie loopt mee?", "verdacht", "kapot", "Quirin", "Wie loopt er?")
SEARCHED = ("Zwaluw", "ronde", "Xanthip", "lamp", "Filmwijk")


class Tried:
    """A filled town and its doors."""

    def __init__(self, doors: Doors, secrets: Secrets) -> None:
        self.doors, self.secrets = doors, secrets
        self.outsiders = itertools.cycle(OUTSIDE.values())

    def taps(self) -> list[Button]:
        return list(door_list.taps(self.secrets.by_name, self.secrets.few))

    def keeps(self, told: Sequence[Told], what: object) -> None:
        """Fail when somebody outside, or any group, was told a secret that *what* they tried did not hold itself."""
        mine = f"{what} {what.encode() if isinstance(what, Button) else ''}"
        for one in told:
            if one.reader in INSIDE:
                continue
            secret = [word for word in WORDS if word != NEWS or one.reader not in MEMBERS]
            secret += [form for number in self.secrets.ids for form in (str(number), base36(number))]
            found = [word for word in secret if word in one.text and word not in mine]
            assert not found, f"{what} told {_name(one.reader)} of {found}: {one.text}"


def _name(reader: int) -> str:
    return next((name for name, number in OUTSIDE.items() if number == reader), str(reader))


@pytest.fixture
async def tried(town_file: Path, tmp_path: Path) -> AsyncIterator[Tried]:
    shutil.copyfile(town_file, tmp_path / "town.db")
    database = Database(sqlite_url(tmp_path / "town.db"))
    async with database.write(START) as work:
        secrets = await fill(work)
    async with trying(database, now=START) as doors:
        yield Tried(doors, secrets)
    await database.close()


async def test_the_team_itself_reads_all_of_it(tried: Tried) -> None:
    """Else the other tests would prove nothing."""
    names, read = tried.secrets.by_name, ""
    pages = [Roster(names["team"][0]), OpenMonth(names["team"][0]), *map(OpenMeeting, names["occurrence"])]
    for page in pages:
        read += "".join(one.text for one in await tried.doors.tap(JAN, page.encode()) if one.reader == JAN)
    for notice in door_list.notices({**names, "person": [JAN]}, tried.secrets.few):
        if not all(word in read for word in WORDS):
            read += (await tried.doors.draw(notice, JAN)).text
    assert [word for word in WORDS if word not in read] == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
async def test_no_button_leads_outsiders_to_a_shift(tried: Tried, part: int) -> None:
    """Each outsider in turn taps every button, in private or in a group, and reads what a made-up id reads."""
    ids = frozenset(tried.secrets.ids)
    for number, button in enumerate(tried.taps()):
        if number % 4 != part:
            continue
        who = next(tried.outsiders)
        chat = GROUPS[number % len(GROUPS)] if number % 5 == 0 else None
        told = await tried.doors.tap(who, button.encode(), chat=chat)
        tried.keeps(told, button)
        values = {field.name: getattr(button, field.name) for field in dataclasses.fields(button)}
        other = {name: value ^ _NOBODYS if _is_id(value, ids) else value for name, value in values.items()}
        if other != values:
            nothing = await tried.doors.tap(who, type(button)(**other).encode(), chat=chat)
            numbers = [value for value in (*values.values(), *other.values()) if type(value) is int and value > 2**40]
            assert _without(told, numbers) == _without(nothing, numbers), f"{_name(who)}: {button} is told apart"


def _is_id(value: Any, ids: frozenset[int]) -> bool:  # noqa: ANN401 any field's
    return type(value) is int and value in ids


def _without(told: Sequence[Told], numbers: Sequence[int]) -> list[tuple[int, str]]:
    found = []
    for one in told:
        text = one.text
        for number in numbers:
            text = text.replace(base36(number), "#").replace(str(number), "#")
        found.append((one.reader, text))
    return sorted(found)


@pytest.mark.slow
async def test_nothing_that_the_team_does_tells_anybody_outside(tried: Tried) -> None:
    """Members, coordinator and worker tap every button, in private and in groups: in the team's own as well."""
    team = itertools.cycle(sorted(INSIDE))
    for number, button in enumerate(tried.taps()):
        if number % 3 == 0:
            chat = GROUPS[number % len(GROUPS)] if number % 2 else None
            tried.keeps(await tried.doors.tap(next(team), button.encode(), chat=chat), button)
    for number, name in enumerate(door_list.commands()):
        tried.keeps(await tried.doors.say(next(team), f"/{name}", chat=GROUPS[number % len(GROUPS)]), name)
        tried.keeps(await tried.doors.say(next(team), f"/{name}", chat=GROUPS[-1]), name)


async def test_no_command_link_or_word_leads_outsiders_to_a_shift(tried: Tried) -> None:
    said = [f"/{name}" for name in door_list.commands()]
    said += door_list.words()
    said += [f"/start {link}" for link in door_list.links(tried.secrets.few)]
    said += [f"/{name} {word}" for name in ("zoek", "open", "mijn", "activiteiten") for word in SEARCHED]
    for number, text in enumerate([*said, *SAID]):
        who = next(tried.outsiders)
        tried.keeps(await tried.doors.say(who, text), (_name(who), text))
        if number % 4 == 0:
            chat = GROUPS[number // 4 % len(GROUPS)]
            tried.keeps(await tried.doors.say(who, text, chat=chat), (_name(who), text))
            tried.keeps(await tried.doors.say(who, text, edited=True), (_name(who), text))


async def test_nothing_is_drawn_for_who_may_not_know_any_more(tried: Tried) -> None:
    """A message that waited (for the morning, for a pause of Telegram) while its reader lost the right."""
    pool = {**tried.secrets.by_name, "person": list(OUTSIDE.values())}
    for number, notice in enumerate(door_list.notices(pool, tried.secrets.few)):
        person: int | None = getattr(notice, "person", None)
        chats = [person] if person is not None else [next(tried.outsiders), GROUPS[number % len(GROUPS)]]
        for chat in chats:
            tried.keeps([await tried.doors.draw(notice, chat)], (notice, _name(chat)))


async def test_no_feed_and_no_page_of_the_web_server_holds_a_shift_of_others(tried: Tried) -> None:
    doors = tried.doors
    async with doors.database.write(START) as work:
        secrets = []
        for number in OUTSIDE.values():
            person = await work.session.get_one(Person, number)
            drawn = await feed(work, doors.app.translators(person), person, bot_username="bode_bot")
            tried.keeps([Told(number, drawn.decode())], f"the feed of {_name(number)}")
            secrets.append((await calendars.make_link(work, person, seen=0))[1])
    routes = doors.app.web_routes()
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url=WEB) as phone:
        for route in routes:
            assert isinstance(route, Route), f"a new sort of door: {route}"
            for value in [*secrets, *tried.secrets.few, *map(base36, tried.secrets.few)]:
                path = route.path_format.format(**dict.fromkeys(route.param_convertors, value))
                for method in route.methods or {"GET"}:
                    answer = await phone.request(method, path)
                    tried.keeps([Told(0, f"{answer.headers} {answer.text}")], f"{method} {path}")


async def test_no_export_holds_a_shift(tried: Tried, monkeypatch: pytest.MonkeyPatch) -> None:
    url = tried.doors.database.url.render_as_string(hide_password=False)
    await tried.doors.database.close()
    monkeypatch.setenv("BUURTBODE_DATABASE_URL", url)
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    ways = door_list.exports()
    assert ["export", "repairs", "--unpowered"] in ways
    for words in ways:
        result = await asyncio.to_thread(CliRunner().invoke, cli.app, words)
        assert result.exit_code == 0, (words, result.output)
        tried.keeps([Told(0, result.output)], words)


def test_the_list_of_doors_is_a_real_one() -> None:
    assert {"zoek", "buurtpreventie"} <= set(door_list.commands())
    assert {"melden", "report something"} <= set(door_list.words())
    assert "route_5" in door_list.links([5])
    assert {type(button) for button in door_list.taps({}, [5])} == set(REGISTRY.values())
    assert {type(notice) for notice in door_list.notices({}, [5])} == set(VIEWS)
