"""A real mail server in the test's own loop: it takes, refuses, or is away, and keeps what it took."""

from __future__ import annotations

import asyncio
import logging
import shutil
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.runtime.mailing import MailServer
from storage.engine import Database
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.town import Town, living_in

FROM = "buurtbode@example.org"


class PostOffice:
    """What was mailed. `refuses` holds the answers to recipients; `answers` the answer to each message, in turn.

    `hangs_up`: after taking a message it closes the connection before it says so.
    `shows`: the certificate that it shows, after STARTTLS or (`wrapped`) from the first byte; None: no encryption.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str | None, list[str]]] = []
        self.refuses: dict[str, str] = {}
        self.answers: list[str] = []
        self.hangs_up = 0
        self.port = 0
        self.shows: ssl.SSLContext | None = None
        self.wrapped = False
        self._server: asyncio.Server | None = None
        self._open: set[SMTP] = set()

    @property
    def server(self) -> MailServer:
        """Where it is, as the bot is told."""
        return MailServer(host="127.0.0.1", port=self.port, sender=FROM, starttls=False)

    @property
    def mail(self) -> EmailMessage:
        """The only mail that it took."""
        assert len(self.mails) == 1, [mail["Subject"] for mail in self.mails]
        return self.mails[0]

    async def opens(self) -> None:
        """Begin to listen, on the same port as before."""
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        loop = asyncio.get_running_loop()
        wrapping = self.shows if self.wrapped else None
        self._server = await loop.create_server(self._session, "127.0.0.1", self.port, ssl=wrapping)
        self.port = self._server.sockets[0].getsockname()[1]

    async def closes(self) -> None:
        """Be away."""
        if self._server is not None:
            self._server.close()
            for session in list(self._open):
                if session.transport is not None:
                    session.transport.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_S):
                    await self._server.wait_closed()
            # aiosmtpd ends these tasks by cancelling them, and waits for none.
            talking = [session._handler_coroutine for session in self._open if session._handler_coroutine]
            if talking:
                await asyncio.wait(talking, timeout=PATIENCE_S)
            self._open.clear()
            self._server = None

    def _session(self) -> SMTP:
        session = SMTP(
            Counter(self),
            hostname="post.example.org",
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
            tls_context=None if self.wrapped else self.shows,
            require_starttls=self.shows is not None and not self.wrapped,
        )
        self._open.add(session)
        return session


class Counter:
    """Where the server asks what to answer; apart, because it looks at every attribute of this."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_RCPT(  # noqa: N802 aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address in self._office.refuses:
            return self._office.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take or refuse a message."""
        office = self._office
        answer = office.answers.pop(0) if office.answers else "250 OK"
        if answer.startswith("2"):
            content: Any = envelope.content
            office.mails.append(message_from_bytes(content, _class=EmailMessage, policy=SMTP_POLICY))
            office.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        if office.hangs_up and server.transport is not None:
            office.hangs_up -= 1
            server.transport.close()
        return answer


def text_of(mail: EmailMessage) -> str:
    """Return the words of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@asynccontextmanager
async def open_office() -> AsyncIterator[PostOffice]:
    """A post office that is open."""
    office = PostOffice()
    await office.opens()
    try:
        yield office
    finally:
        await office.closes()


@pytest.fixture
async def post() -> AsyncIterator[PostOffice]:
    """A post office on a port of its own."""
    async with open_office() as office:
        yield office


@pytest.fixture
async def mail_town(town_file: Path, tmp_path: Path, post: PostOffice) -> AsyncIterator[Town]:
    """The example town whose bot mails through `post`."""
    shutil.copyfile(town_file, tmp_path / "town.db")
    async with living_in(Database(sqlite_url(tmp_path / "town.db")), mail=post.server) as town:
        yield town
