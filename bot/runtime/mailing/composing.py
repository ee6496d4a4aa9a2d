"""From a letter to an e-mail message. What people typed can't become a header: every header is one clean line."""

from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.domain.partners import one_line
from handlers.views.drawing import Letter


class UnsendableError(Exception):
    """This letter can't become an e-mail: an address or a name will not do."""


def compose(
    letter: Letter, photos: Sequence[bytes], *, row_id: int, at: datetime, sender: str, reply_to: str
) -> EmailMessage:
    """Return the message. The same row gives the same Message-ID and date, so that a repetition can be recognised.

    *sender* is our own address; *reply_to* the address for replies, in which "{number}" stands for the report's.
    Raises UnsendableError.
    """
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = _address(letter.from_name, sender)
        message["To"] = _address(letter.to_name, letter.to_address)
        message["Reply-To"] = _address(letter.reply_name, reply_to.replace("{number}", letter.reply_name.lower()))
        message["Subject"] = one_line(letter.subject)
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<buurtbode.{row_id}@{sender.rpartition('@')[2]}>"
        message.set_content(letter.body, charset="utf-8", cte="quoted-printable")
        for position, photo in enumerate(photos, start=1):
            name = f"{letter.reply_name}-{position}.jpg"
            message.add_attachment(photo, maintype="image", subtype="jpeg", filename=name)
    except (ValueError, MessageError, IndexError) as error:
        raise UnsendableError(type(error).__name__) from None
    return message


def _address(name: str, address: str) -> Address:
    if one_line(address) != address or " " in address:
        raise ValueError("not an address")
    return Address(display_name=one_line(name), addr_spec=address)
