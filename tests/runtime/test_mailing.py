"""The carrier of e-mail against a real mail server: headers that hold, once as far as SMTP lets us, patience."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enums import OutboxState, PartnerMailState
from bot.runtime.clock import DemoClock
from bot.runtime.mailing import Mailer, MailServer
from bot.runtime.mailing import mailer as mailer_module
from bot.runtime.mailing.composing import UnsendableError, compose
from bot.runtime.mailing.post import AwayError, RefusedError, hand_over
from bot.runtime.metrics import Metrics
from bot.runtime.router import make_bot
from bot.runtime.translators import Translators
from bot.services import partners, triage
from bot.services.partners import Letter as Previewed
from handlers.views.drawing import Letter
from storage.engine import Database
from storage.models import Outbox, Partner, PartnerMail
from storage.queries import outbox, sending
from storage.queries import partners as queries_of_partners
from storage.queries import triage as queries
from tests.patience import PATIENCE_S
from tests.post_office import FROM, PostOffice, text_of
from tests.runtime.failing import fails
from tests.services.desks import NOW, SAMIRA, open_town, someone, told

LETTER = Letter(
    to_name="Gemeente Almere",
    to_address="meldingen@example.org",
    from_name="De Schoor",
    reply_name="M-2026-0042",
    subject="Melding M-2026-0042 van De Schoor",
    body="Een lantaarnpaal brandt niet.\n",
)


@asynccontextmanager
async def mailing(
    database: Database,
    server: MailServer | None,
    clock: DemoClock,
    metrics: Metrics | None = None,
    may_send: Callable[[], bool] = lambda: True,
) -> AsyncIterator[Mailer]:
    """A mailer that runs, for partners of the example town."""
    bot = make_bot("1:x", "http://127.0.0.1:9")
    translators = Translators(ZoneInfo("Europe/Amsterdam"))
    mailer = Mailer(
        database=database,
        bot=bot,
        clock=clock,
        translators=translators,
        server=server,
        may_send=may_send,
        metrics=metrics,
    )
    database.on_outbox = mailer.push
    running = asyncio.create_task(mailer.run())
    try:
        yield mailer
    finally:
        await mailer.stop(PATIENCE_S)
        await asyncio.wait_for(running, PATIENCE_S)


async def queued(database: Database, *, summary: str = "Een lamp.") -> int:
    """A mail to the municipality that waits; return its id."""
    async with database.write(NOW) as work:
        report, samira = await told(work), await someone(work, SAMIRA)
        await triage.take(work, report.id, samira, 1)
        partner = next(one for one in await queries.partners(work.session) if one.key == "gemeente")
        letter = Previewed(partner=partner.id, only_number=False, summary=summary)
        assert (await partners.send(work, report.id, samira, letter, draft_id=report.id)).done
        ((mail, _partner),) = await partners.mails_of(work, report.id)
        return mail.id


async def mail_and_row(database: Database, mail_id: int) -> tuple[PartnerMail, Outbox]:
    async with database.read(NOW) as work:
        mail = await work.session.get(PartnerMail, mail_id)
        assert mail is not None
        row = await outbox.by_key(work.session, f"partner_letter:{mail.report_id}:{mail.id}:{mail.attempt}")
        assert row is not None
        return mail, row


@pytest.fixture
async def town_database(database: Database) -> Database:
    await open_town(database)
    return database


async def test_a_mail_goes_once_and_is_marked(town_database: Database, post: PostOffice) -> None:
    mail_id = await queued(town_database)
    async with mailing(town_database, post.server, DemoClock(NOW)) as mailer:
        await mailer.idle()
        await mailer.idle()
    assert "Een lamp." in text_of(post.mail)
    mail, row = await mail_and_row(town_database, mail_id)
    assert (mail.state, row.state, row.payload) == (PartnerMailState.SENT, OutboxState.SENT, None)
    assert row.sent_at is not None


async def test_a_mail_that_is_another_process_turn_by_now_is_not_handed_over(
    town_database: Database, post: PostOffice
) -> None:
    mail_id, asked = await queued(town_database), 0

    def may_send() -> bool:
        nonlocal asked
        asked += 1
        return asked != 3  # it looks, begins with this one, and stands still while the server lets it in

    async with mailing(town_database, post.server, DemoClock(NOW), may_send=may_send) as mailer:
        await mailer.idle()
    assert asked > 4, "it begins anew with this one"
    assert len(post.mails) == 1
    _, row = await mail_and_row(town_database, mail_id)
    assert (row.state, row.attempts) == (OutboxState.SENT, 0)


async def test_refused_for_good_is_failed_and_not_tried_again(town_database: Database, post: PostOffice) -> None:
    mail_id = await queued(town_database)
    post.answers = ["554 5.7.1 spam from meldingen@example.org"]
    clock = DemoClock(NOW)
    async with mailing(town_database, post.server, clock) as mailer:
        await mailer.idle()
        await mailer.idle()
    mail, row = await mail_and_row(town_database, mail_id)
    assert (mail.state, mail.reason, row.state, row.reason) == (
        PartnerMailState.FAILED,
        "554",
        OutboxState.FAILED,
        "554",
    )
    assert post.mails == []


async def test_when_the_line_drops_after_the_server_took_it_the_repetition_is_recognisable(
    town_database: Database, post: PostOffice
) -> None:
    await queued(town_database)
    post.hangs_up = 1
    clock = DemoClock(NOW)
    async with mailing(town_database, post.server, clock) as mailer:
        await mailer.idle()
        due = await mailer.next_due()
        assert due is not None
        assert timedelta(minutes=1) <= due - NOW < timedelta(minutes=2)
        await clock.advance(due, next_due=mailer.next_due, settle=mailer.idle)
    assert len(post.mails) == 2
    assert post.mails[0]["Message-ID"] == post.mails[1]["Message-ID"]
    assert post.mails[0].as_bytes().replace(b"\r", b"") == post.mails[1].as_bytes().replace(b"\r", b"")


async def test_without_a_mail_server_it_waits_for_one(town_database: Database, post: PostOffice) -> None:
    mail_id = await queued(town_database)
    async with mailing(town_database, None, DemoClock(NOW)) as mailer:
        await mailer.idle()
        assert await mailer.next_due() is None
    mail, row = await mail_and_row(town_database, mail_id)
    assert (mail.state, row.state, row.attempts) == (PartnerMailState.WAITING, OutboxState.WAITING, 0)
    async with mailing(town_database, post.server, DemoClock(NOW)) as mailer:
        await mailer.idle()
    assert len(post.mails) == 1


async def test_our_own_mistake_mails_nothing_twice_and_ends_nothing(
    town_database: Database, post: PostOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def stumble(*_: object) -> None:
        raise RuntimeError

    mail_id = await queued(town_database)
    with monkeypatch.context() as patched:
        for hook in ("accepted", "failed"):
            patched.setattr(partners, hook, stumble)
        async with mailing(town_database, post.server, DemoClock(NOW)) as mailer:
            await mailer.idle()
    async with mailing(town_database, post.server, DemoClock(NOW)) as mailer:
        await mailer.idle()
    assert len(post.mails) == 1
    _, row = await mail_and_row(town_database, mail_id)
    assert (row.state, row.reason) == (OutboxState.FAILED, "own_mistake")
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == [
        "a mail failed",
        "not mailed",
        "somebody who hears of mails failed",
    ]


@pytest.mark.parametrize("where", ["waiting", "rows", "mark"])
async def test_while_the_database_is_away_it_waits_and_mails_once(
    town_database: Database, post: PostOffice, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    for name in ("_DATABASE_PAUSE_S", "_LOOK_S"):
        monkeypatch.setattr(mailer_module, name, 0.02)
    mail_id = await queued(town_database)
    failing = fails(monkeypatch, queries_of_partners if where == "waiting" else sending, where)
    async with mailing(town_database, post.server, DemoClock(NOW)) as mailer:
        async with asyncio.timeout(PATIENCE_S):
            while failing.left or not post.mails:
                await mailer.idle()
        await mailer.idle()
    assert len(post.mails) == 1
    mail, row = await mail_and_row(town_database, mail_id)
    assert (mail.state, row.state) == (PartnerMailState.SENT, OutboxState.SENT)


async def test_no_log_line_holds_words_names_or_addresses(
    town_database: Database, post: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    await queued(town_database, summary="Geheime samenvatting")
    post.answers = ["451 4.0.0 later, meldingen@example.org", "554 never, meldingen@example.org"]
    clock = DemoClock(NOW)
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with mailing(town_database, post.server, clock) as mailer:
            await mailer.idle()
            await clock.advance(NOW + timedelta(minutes=2), next_due=mailer.next_due, settle=mailer.idle)
    said = "\n".join(str(vars(record)) for record in caplog.records)
    assert "not mailed" in said
    for secret in ("Geheime", "Gemeente Almere", "@example.org", "Samira"):
        assert secret not in said


async def test_a_mail_to_a_partner_that_left_the_set_up_does_not_go(town_database: Database, post: PostOffice) -> None:
    mail_id = await queued(town_database)
    async with town_database.write(NOW) as work:
        mail = await work.session.get_one(PartnerMail, mail_id)
        (await work.session.get_one(Partner, mail.partner_id)).email = None
    async with mailing(town_database, post.server, DemoClock(NOW)) as mailer:
        await mailer.idle()
    mail, row = await mail_and_row(town_database, mail_id)
    assert (mail.state, row.state, post.mails) == (PartnerMailState.FAILED, OutboxState.DROPPED, [])


@pytest.mark.parametrize("answer", ["550 no", "553 5.1.3 no"])
async def test_the_servers_no_is_final_and_its_words_stay_out(post: PostOffice, answer: str) -> None:
    post.refuses[LETTER.to_address] = f"{answer}: {LETTER.to_address}"
    with pytest.raises(RefusedError) as caught:
        await hand_over(post.server, _message(LETTER), LETTER.to_address)
    assert str(caught.value) == answer[:3]


@pytest.mark.parametrize("answer", ["450 busy", "421 going down", "530 5.7.0 log in first"])
async def test_the_servers_later_is_not_final(post: PostOffice, answer: str) -> None:
    post.refuses[LETTER.to_address] = answer
    with pytest.raises(AwayError):
        await hand_over(post.server, _message(LETTER), LETTER.to_address)


async def test_no_mail_without_encryption_unless_the_settings_say_so(post: PostOffice) -> None:
    server = MailServer(host="127.0.0.1", port=post.port, sender=FROM)
    with pytest.raises(AwayError):
        await hand_over(server, _message(LETTER), LETTER.to_address)
    assert post.mails == []


async def test_a_server_that_is_not_there_is_away(post: PostOffice) -> None:
    await post.closes()
    with pytest.raises(AwayError):
        await hand_over(post.server, _message(LETTER), LETTER.to_address)


@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_typed_becomes_a_header(name: str, subject: str, body: str, organisation: str) -> None:
    evil = "\r\nBcc: iedereen@example.org\r\n\r\n"
    letter = Letter(
        to_name=name + evil, to_address=LETTER.to_address, from_name=organisation + evil, reply_name="M-2026-0042",
        subject=subject + evil + subject, body=body.encode("utf-8", "ignore").decode() + evil,
    )  # fmt: skip
    try:
        message = _message(letter)
    except UnsendableError:
        return
    raw = message.as_bytes().partition(b"\r\n\r\n")[0]
    assert message["Bcc"] is None
    assert b"\r\nbcc" not in raw.lower()
    assert [address.addr_spec for address in message["To"].addresses] == [LETTER.to_address]
    assert [address.addr_spec for address in message["From"].addresses] == [FROM]


@pytest.mark.parametrize("address", ["x@y.nl\r\nBcc: z@y.nl", "x y@z.nl", "", "geen adres", "a@b.nl, c@d.nl"])
def test_a_wrong_address_is_refused(address: str) -> None:
    with pytest.raises(UnsendableError):
        _message(Letter(**{**vars(LETTER), "to_address": address}))


def test_replies_name_the_number() -> None:
    message = _message(LETTER, reply_to="meldingen+{number}@example.org")
    assert message["Reply-To"] == "M-2026-0042 <meldingen+m-2026-0042@example.org>"
    assert message["Message-ID"] == "<buurtbode.7@example.org>"


def _message(letter: Letter, reply_to: str = FROM) -> EmailMessage:
    return compose(letter, [], row_id=7, at=datetime(2026, 11, 23, 9, tzinfo=UTC), sender=FROM, reply_to=reply_to)
