"""The mail server: handing it one message, and what its answer means."""

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

#: Answers that are about our own log-in, not about the message: an operator can mend them.
_OUR_LOGIN = frozenset({530, 534, 535, 538})
_TIMEOUT_S = 30.0
#: The port on which a connection is encrypted from its first byte.
_TLS_PORT = 465


@dataclass(frozen=True)
class MailServer:
    """A mail server and what we are called there; `starttls`: no mail without an encrypted connection.

    `reply_to` may hold "{number}" for the number of the report.
    """

    host: str
    sender: str
    port: int = 587
    user: str | None = None
    password: str | None = None
    starttls: bool = True
    reply_to: str | None = None


class RefusedError(Exception):
    """The server will never take this message; `code` is its answer."""

    def __init__(self, code: int) -> None:
        """Hold the code."""
        super().__init__(str(code))
        self.code = code


class AwayError(Exception):
    """The server could not be reached, or asks to try again later; the text is a code."""


async def hand_over(
    server: MailServer, message: EmailMessage, recipient: str, *, may_send: Callable[[], bool] = lambda: True
) -> bool:
    """Return True once the server has accepted *message* for *recipient*; RefusedError or AwayError otherwise.

    Neither holds what the server wrote, since that may repeat an address. False: nothing was sent, since *may_send*
    said no by the time that the server let us in.
    """
    client = _client(server)
    try:
        await client.connect()
        if not may_send():
            return False
        await client.send_message(message, sender=server.sender, recipients=[recipient])
        return True
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        code = _refusal(error)
        if code is not None:
            raise RefusedError(code) from None
        raise AwayError(_name(error)) from None
    finally:
        await _leave(client)


async def knock(server: MailServer) -> None:
    """Return once the server let us in, with encryption and log-in as for a message; AwayError otherwise."""
    client = _client(server)
    try:
        await client.connect()
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise AwayError(_name(error)) from None
    finally:
        await _leave(client)


def _client(server: MailServer) -> aiosmtplib.SMTP:
    implicit = server.port == _TLS_PORT
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=implicit,
        start_tls=server.starttls and not implicit,
        username=server.user,
        password=server.password,
        timeout=_TIMEOUT_S,
    )


async def _leave(client: aiosmtplib.SMTP) -> None:
    with suppress(aiosmtplib.SMTPException, OSError):  # what was accepted stays accepted
        if client.is_connected:
            await client.quit(timeout=_TIMEOUT_S)
    client.close()


def _refusal(error: Exception) -> int | None:
    """Return the code of an answer that is final and about this message, None for anything else."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = [one.code for one in error.recipients]
    elif isinstance(error, aiosmtplib.SMTPRecipientRefused | aiosmtplib.SMTPSenderRefused | aiosmtplib.SMTPDataError):
        codes = [error.code]
    else:
        return None
    return next((code for code in codes if 500 <= code < 600 and code not in _OUR_LOGIN), None)


def _name(error: Exception) -> str:
    encryption = error if isinstance(error, ssl.SSLError) else error.__cause__
    if isinstance(encryption, ssl.SSLCertVerificationError):
        return f"certificate refused: {encryption.verify_message}"
    if isinstance(encryption, ssl.SSLError):
        return f"no encryption: {encryption.reason}"
    code = getattr(error, "code", None)
    return f"{type(error).__name__} {code}" if isinstance(code, int) else type(error).__name__
