"""E-mail over an encrypted connection: only to a server whose certificate is right; else the mail waits."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from ssl import SSLContext

import pytest

from bot.domain.enums import OutboxState, PartnerMailState
from bot.runtime.clock import DemoClock
from bot.runtime.mailing import MailServer
from bot.runtime.mailing import post as transport
from storage.engine import Database
from tests.certificates import Authority, authority, server_context
from tests.post_office import PostOffice, text_of
from tests.runtime.test_mailing import mail_and_row, mailing, queued, town_database
from tests.services.desks import NOW

__all__ = ["town_database"]
Showing = Callable[[Path, Authority], SSLContext]


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this machine trusts, in the way that an organisation makes it trust its own."""
    ours = authority(tmp_path, "ours")
    monkeypatch.setenv("SSL_CERT_FILE", str(ours.file))
    return ours


async def _opens(
    office: PostOffice, shows: SSLContext, *, wrapped: bool, monkeypatch: pytest.MonkeyPatch
) -> MailServer:
    """Open the office anew with a certificate; the bot takes its port for the one that is encrypted from the start."""
    await office.closes()
    office.shows, office.wrapped = shows, wrapped
    await office.opens()
    if wrapped:
        monkeypatch.setattr(transport, "_TLS_PORT", office.port)
    return replace(office.server, starttls=True)


def _of_somebody_else(folder: Path, _trusted: Authority) -> SSLContext:
    return server_context(folder, authority(folder, "theirs"))


def _for_another_address(folder: Path, trusted: Authority) -> SSLContext:
    return server_context(folder, trusted, "10.0.0.1")


def _run_out(folder: Path, trusted: Authority) -> SSLContext:
    return server_context(folder, trusted, valid=timedelta(days=-1))


@pytest.mark.parametrize("wrapped", [False, True], ids=["starttls", "wrapped"])
async def test_a_mail_goes_encrypted_to_a_server_with_the_right_certificate(
    town_database: Database, post: PostOffice, trusted: Authority, tmp_path: Path, wrapped: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    await queued(town_database)
    server = await _opens(post, server_context(tmp_path, trusted), wrapped=wrapped, monkeypatch=monkeypatch)
    async with mailing(town_database, server, DemoClock(NOW)) as mailer:
        await mailer.idle()
    assert "Een lamp." in text_of(post.mail)


@pytest.mark.parametrize("wrapped", [False, True], ids=["starttls", "wrapped"])
@pytest.mark.parametrize(
    ("shows", "why"),
    [
        (_of_somebody_else, "unable to get local issuer certificate"),
        (_for_another_address, "IP address mismatch, certificate is not valid for '127.0.0.1'."),
        (_run_out, "certificate has expired"),
    ],
)
async def test_a_wrong_certificate_is_one_clear_line_and_the_mail_waits_for_a_right_one(
    town_database: Database, post: PostOffice, trusted: Authority, tmp_path: Path, shows: Showing, why: str,
    wrapped: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    mail_id = await queued(town_database)
    server = await _opens(post, shows(tmp_path, trusted), wrapped=wrapped, monkeypatch=monkeypatch)
    clock = DemoClock(NOW)
    with caplog.at_level(logging.INFO, logger="bot"):
        async with mailing(town_database, server, clock) as mailer:
            await mailer.idle()
    ours = [line for line in caplog.records if line.name.startswith("bot.")]
    assert [(line.getMessage(), vars(line)["reason"]) for line in ours] == [
        ("mail put off", f"certificate refused: {why}")
    ]
    mail, row = await mail_and_row(town_database, mail_id)
    assert (mail.state, row.state, row.attempts) == (PartnerMailState.WAITING, OutboxState.WAITING, 1)
    assert post.mails == []

    server = await _opens(post, server_context(tmp_path, trusted), wrapped=wrapped, monkeypatch=monkeypatch)
    async with mailing(town_database, server, clock) as mailer:
        await clock.advance(NOW + timedelta(minutes=2), next_due=mailer.next_due, settle=mailer.idle)
    assert len(post.mails) == 1


async def test_a_server_that_speaks_plain_words_on_the_encrypted_port_gets_no_mail(
    town_database: Database, post: PostOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await queued(town_database)
    monkeypatch.setattr(transport, "_TLS_PORT", post.port)
    async with mailing(town_database, replace(post.server, starttls=True), DemoClock(NOW)) as mailer:
        await mailer.idle()
    assert post.mails == []
    assert [vars(line)["reason"] for line in caplog.records if line.name.startswith("bot.")] == [
        "no encryption: WRONG_VERSION_NUMBER"
    ]
