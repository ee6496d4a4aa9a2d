"""The buttons of *Doorzetten*: a worker's draft, mails that stand already, and the resident's yes or no."""

from dataclasses import dataclass

from handlers.buttons import Button, button


@button("pfp")
@dataclass(frozen=True)
class PickForward(Button):
    """To this partner."""

    draft: int
    partner: int


@button("pfu")
@dataclass(frozen=True)
class TurnPartners(Button):
    """Another page of partners."""

    draft: int
    start: int


@button("pft")
@dataclass(frozen=True)
class TickPhoto(Button):
    """This photo goes along, or stays out again."""

    draft: int
    media: int


@button("pfg")
@dataclass(frozen=True)
class PhotosDone(Button):
    """*Verder*: all photos were looked at."""

    draft: int


@button("pfn")
@dataclass(frozen=True)
class OtherNumber(Button):
    """*Ander werknummer*."""

    draft: int


@button("pfw")
@dataclass(frozen=True)
class RewriteForward(Button):
    """*Anders schrijven*."""

    draft: int


@button("pfs")
@dataclass(frozen=True)
class SendForward(Button):
    """*Versturen*. `words` tells this preview from an earlier one of the same draft."""

    draft: int
    words: int


@button("pfa")
@dataclass(frozen=True)
class AgainMail(Button):
    """Send a mail once more; asked before it is done."""

    mail: int
    attempt: int
    sure: bool


@button("pfc")
@dataclass(frozen=True)
class CancelMail(Button):
    """Call a mail off that still waits."""

    mail: int
    attempt: int


@button("pfd")
@dataclass(frozen=True)
class AnsweredMail(Button):
    """The partner has answered."""

    mail: int
    attempt: int


@button("pfr")
@dataclass(frozen=True)
class ReadPass(Button):
    """*Lezen*: the resident reads what would go to whom."""

    mail: int


@button("pfy")
@dataclass(frozen=True)
class SayYes(Button):
    """*Ja, dat mag*."""

    mail: int


@button("pfx")
@dataclass(frozen=True)
class SayNo(Button):
    """*Nee, liever niet*."""

    mail: int


@button("pfb")
@dataclass(frozen=True)
class TakeYesBack(Button):
    """*Toch niet*."""

    mail: int
