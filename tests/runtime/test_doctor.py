"""`buurtbode doctor` against the stand-in, the test mail server and both databases: one line each, and what to do."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from bot.demo.telegram import Server, World, serve
from bot.demo.telegram.model import Member
from bot.demo.telegram.world import BOT_ID
from bot.runtime.clock import Clock, DemoClock
from bot.runtime.doctor import Finding, Grade, Patient, examine, in_database
from bot.runtime.doctor.at_telegram import _clock
from bot.runtime.mailing import MailServer
from storage import engine, failures, sqlite
from storage.engine import Database, threads_ended
from storage.queries import town
from tests.databases import sqlite_url
from tests.post_office import FROM, PostOffice
from tests.postgres import PostgresServer
from tests.town import START, TOWN_FILE, set_up

#: Failures that another address may mend.
_WRONG_ADDRESS = {
    "nothing answers there", "user or password is wrong", "there is no database of this name",
    "the file is no database", "the file can't be opened",
}  # fmt: skip
RIGHTS = frozenset({"can_delete_messages", "can_restrict_members", "can_manage_topics"})


@dataclass
class Ward:
    """Telegram with the groups of the example town, and what the settings say."""

    world: World
    server: Server
    patient: Patient

    async def findings(self, clock: Clock | None = None, **other: str | MailServer | None) -> dict[str, Finding]:
        """Examine, with *other* settings; what was found, by what it is about."""
        patient = replace(self.patient, **other)  # type: ignore[arg-type]  # the fields of Patient
        found = [finding async for finding in examine(patient, clock)]
        await threads_ended()
        assert len({finding.what for finding in found if finding.what != "database"}) >= len(found) - 2
        return {finding.what: finding for finding in found}

    async def wrong(self, clock: Clock | None = None, **other: str | MailServer | None) -> dict[str, str]:
        """Examine; only what is not in order, and its words."""
        found = (await self.findings(clock, **other)).values()
        return {finding.what: finding.words for finding in found if finding.grade is not Grade.OK}


@pytest.fixture
async def ward(town_file: Path, tmp_path: Path) -> AsyncIterator[Ward]:
    """A town in which everything is in order."""
    shutil.copyfile(town_file, tmp_path / "ward.db")
    world, file = World(), yaml.safe_load(TOWN_FILE.read_text())
    for place in [*file["desks"], *file["teams"]]:
        world.add_group(place["name"], id=place["chat"], bot="administrator", rights=RIGHTS)
    async with serve(world) as server:
        yield Ward(world, server, Patient(world.token, server.url, sqlite_url(tmp_path / "ward.db")))


async def test_a_healthy_town_has_a_line_for_everything(ward: Ward, post: PostOffice) -> None:
    found = await ward.findings(mail=post.server)
    assert {finding.grade for finding in found.values()} == {Grade.OK}
    file = yaml.safe_load(TOWN_FILE.read_text())
    groups = [f"desk {desk['key']}" for desk in file["desks"]] + [f"team {team['key']}" for team in file["teams"]]
    expected = ["token", "privacy mode", "clock", "webhook", "database", "tables", "writing", "set-up", *groups, "mail"]
    assert sorted(found) == sorted(expected)
    assert not post.mails
    assert not ward.world.calls.of("getUpdates")
    assert str(found["token"]) == "ok     token: Telegram knows the bot as @buurtbode_bot"


async def test_a_wrong_token_or_none_is_said_and_the_rest_is_looked_at(ward: Ward) -> None:
    found = await ward.wrong(token="")
    assert found.pop("token") == "there is none: put the token of @BotFather as BUURTBODE_TELEGRAM_TOKEN in .env"
    assert set(found.values()) == {"not looked at, since Telegram does not answer"}
    ward.world.tokens = ["another"]
    found = await ward.wrong()
    assert found["token"].startswith("Telegram does not know this token: check BUURTBODE_TELEGRAM_TOKEN")


async def test_without_the_network_token_clock_and_groups_say_so(ward: Ward) -> None:
    found = await ward.wrong(api_url="http://127.0.0.1:9")
    assert found["token"] == (
        "Telegram can't be reached (NetworkError): check the network of this machine, and BUURTBODE_TELEGRAM_API_URL"
    )
    assert found["clock"] == "can't be compared, since Telegram's server tells no time"


async def test_what_botfather_must_be_told_is_said(ward: Ward) -> None:
    ward.world.privacy_mode = False
    assert list(await ward.wrong()) == ["privacy mode"]


@pytest.mark.parametrize(("seconds", "words"), [(40, "is 40 s ahead of"), (-3_600, "is 3600 s behind")])
async def test_a_clock_that_goes_wrong_is_told_by_how_much(ward: Ward, seconds: int, words: str) -> None:
    clock = DemoClock(datetime.now(UTC) + timedelta(seconds=seconds))
    found = (await ward.wrong(clock))["clock"]
    number = int(found.split()[1])
    assert abs(number - abs(seconds)) <= 2
    assert found.replace(str(number), str(abs(seconds))).startswith(words)
    assert "timedatectl" in found


async def test_each_trouble_of_a_group_has_its_own_line(ward: Ward) -> None:
    file = yaml.safe_load(TOWN_FILE.read_text())
    desks = {desk["key"]: ward.world.chats[desk["chat"]] for desk in file["desks"]}
    team = ward.world.chats[file["teams"][0]["chat"]]
    key, chat = next(iter(desks.items()))
    bot = ward.world.bot

    async def line(member: Member | None) -> str:
        if member is None:
            del chat.members[BOT_ID]
        else:
            chat.members[BOT_ID] = member
        found = await ward.wrong()
        assert list(found) == [f"desk {key}"]
        return found[f"desk {key}"]

    absent = f"the bot is not in it: add @buurtbode_bot as administrator, or mend the number ({chat.id}) by /chatid"
    assert await line(Member(bot, "kicked")) == absent
    assert await line(None) == absent
    assert "no administrator there" in await line(Member(bot))
    assert "may not write" in await line(Member(bot, "restricted", can_send=False))
    words = await line(Member(bot, "administrator", frozenset({"can_delete_messages"})))
    assert words.startswith("the bot is administrator without: Ban users;")
    chat.members[BOT_ID] = Member(bot, "administrator", RIGHTS)
    team.members[BOT_ID] = Member(bot)
    assert list(await ward.wrong()) == [f"team {file['teams'][0]['key']}"]
    ward.world.faults.fail("getChat", status=502, chat_id=team.id)
    assert "can't be reached (NetworkError): check the" in (await ward.wrong())[f"team {file['teams'][0]['key']}"]


async def test_a_topic_in_a_group_without_topics_is_said(ward: Ward) -> None:
    database = Database(ward.patient.database_url)
    async with database.write(START) as work:
        desk = (await town.desks(work.session))[0]
        desk.thread_id, key, chat = 7, desk.key, desk.chat_id
    await database.close()
    assert "no topics: switch them on" in (await ward.wrong())[f"desk {key}"]
    ward.world.chats[chat].is_forum = True
    assert await ward.wrong() == {}
    ward.world.chats[chat].members[BOT_ID] = Member(ward.world.bot, "administrator", RIGHTS - {"can_manage_topics"})
    assert "Manage topics" in (await ward.wrong())[f"desk {key}"]


async def test_a_database_that_is_not_there_is_not_made(ward: Ward, tmp_path: Path) -> None:
    found = await ward.wrong(database_url=sqlite_url(tmp_path / "no.db"))
    assert "run `buurtbode setup FILE`, which makes it" in found["database"]
    assert not (tmp_path / "no.db").exists()
    await asyncio.to_thread((tmp_path / "no.db").write_bytes, b"Notes of a meeting. " * 100)
    found = await ward.wrong(database_url=sqlite_url(tmp_path / "no.db"))
    assert found["database"] == "can't be used (the file is no database): check BUURTBODE_DATABASE_URL"


async def test_an_empty_database_is_told_what_to_run(ward: Ward, database_kind: str, database_url: str) -> None:
    if database_kind == "sqlite":
        sqlite3.connect(database_url.partition("///")[2]).execute("PRAGMA user_version=1").connection.close()
    found = await ward.wrong(database_url=database_url)
    assert "buurtbode " + ("setup" if database_kind == "sqlite" else "migrate") in found["tables"]


async def test_a_database_without_a_town_is_told_what_to_run(ward: Ward, migrated_url: str) -> None:
    assert await ward.wrong(database_url=migrated_url) == {
        "set-up": "nothing is loaded yet: run `buurtbode setup FILE`"
    }
    await set_up(Database(migrated_url))
    assert await ward.wrong(database_url=migrated_url) == {}


async def test_a_wrong_address_of_postgresql_is_told(ward: Ward, postgres_server: PostgresServer) -> None:
    url = f"postgresql+asyncpg://postgres:geheim@/nowhere?host={postgres_server.folder}"
    found = await ward.wrong(database_url=url)
    assert found["database"] == "can't be used (there is no database of this name): check BUURTBODE_DATABASE_URL"


async def test_a_database_that_can_not_be_written_to_is_told_with_what_to_do(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MS", 50)
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    other = sqlite3.connect(ward.patient.database_url.partition("///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    words = (await ward.wrong())["database"]
    other.close()
    assert words == "can't be used (another program keeps it locked): see which one (`fuser` tells), and end it"


def test_of_each_failure_of_a_database_it_is_said_what_to_do() -> None:
    for why in {*failures._SQLITE.values(), *failures._POSTGRES.values()} - _WRONG_ADDRESS:
        assert "BUURTBODE_DATABASE_URL" not in in_database.todo(why), why
    for why in _WRONG_ADDRESS:
        assert in_database.todo(why) == "check BUURTBODE_DATABASE_URL"


async def test_what_is_wrong_with_the_mail_server_is_told(ward: Ward, post: PostOffice) -> None:
    words = (await ward.wrong(mail="BUURTBODE_SMTP_FROM is missing"))["mail"]
    assert words == "BUURTBODE_SMTP_FROM is missing"
    nobody = replace(post.server, user="bode", password="geheim")
    assert "geheim" not in (await ward.wrong(mail=nobody))["mail"]
    encrypted = MailServer("127.0.0.1", FROM, port=post.port)
    assert "does not let us in" in (await ward.wrong(mail=encrypted))["mail"]
    await post.closes()
    words = (await ward.wrong(mail=post.server))["mail"]
    assert words.endswith("check BUURTBODE_SMTP_HOST and _PORT")


@pytest.mark.parametrize("date", ["Mon, 23 Nov 2026 08:00:00 -0000", "Mon, 23 Nov 2026 08:00:00 +9999999", "soon", ""])
async def test_whatever_date_a_server_tells_is_no_crash(date: str) -> None:
    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answers, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        found = await _clock(f"http://127.0.0.1:{port}", DemoClock(START))
    assert found.grade is (Grade.WRONG if date.endswith("-0000") else Grade.ADVICE)
