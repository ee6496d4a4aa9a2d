"""Notices about partners: the mail itself, the question to the resident, and what the holder is told."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class PartnerLetter(Notice):
    """The e-mail to a partner; every attempt is a row of its own, so that a repeated one is known by its id."""

    kind: ClassVar[str] = "partner_letter"
    once: ClassVar[bool] = True
    report: int
    mail: int
    attempt: int


@notice
@dataclass(frozen=True)
class PartnerAsk(Notice):
    """To the resident: may this go to this partner? Of a sealed report the screen says only that there is a message."""

    kind: ClassVar[str] = "partner_ask"
    once: ClassVar[bool] = True
    report: int
    mail: int


@notice
@dataclass(frozen=True)
class PartnerNews(Notice):
    """To the holder in private: the resident's yes or no, or that a mail was refused; `event` is the step."""

    kind: ClassVar[str] = "partner_news"
    once: ClassVar[bool] = True
    report: int
    mail: int
    event: int
    person: int


@notice
@dataclass(frozen=True)
class PartnerSilent(Notice):
    """To the holder in private: this partner has been silent for two weeks; `event` tells one nudge from the next."""

    kind: ClassVar[str] = "partner_silent"
    once: ClassVar[bool] = True
    report: int
    mail: int
    event: int
    person: int


@notice
@dataclass(frozen=True)
class PartnerPhoto(Notice):
    """One photo of a place report, shown to the worker who ticks whether it goes along; gone with the draft."""

    kind: ClassVar[str] = "partner_photo"
    priority: ClassVar[Priority] = Priority.ANSWER
    report: int
    media: int
    draft: int
    person: int
