"""The buttons under a resident's own reports and under what a worker wrote."""

from dataclasses import dataclass

from handlers.buttons import Button, button


@button("rp")
@dataclass(frozen=True)
class ReplyTo(Button):
    """*Antwoord terug*: the resident wants to say something about this report (id)."""

    report: int


@button("ra")
@dataclass(frozen=True)
class ReadAnswer(Button):
    """*Lezen*: show what the worker wrote (id of the report message) about a sealed report."""

    message: int


@button("mm")
@dataclass(frozen=True)
class OpenMine(Button):
    """The list, or its next page: what is older than this report."""

    before: int | None


@button("mo")
@dataclass(frozen=True)
class OpenOne(Button):
    """One report; `words` also shows what a sealed one says."""

    report: int
    words: bool


@button("mh")
@dataclass(frozen=True)
class Hide(Button):
    """*Sluit*: take a sealed message off the screen again."""

    message: int


@button("mw")
@dataclass(frozen=True)
class Withdraw(Button):
    """*Melding intrekken*, asked once more before it is done."""

    report: int
    sure: bool


@button("rn")
@dataclass(frozen=True)
class NotSolved(Button):
    """*Niet opgelost*: the report opens again."""

    report: int


@button("mn")
@dataclass(frozen=True)
class Rename(Button):
    """*Mijn voornaam* of a sent report."""

    report: int


@button("fr")
@dataclass(frozen=True)
class RemoveReplyPhoto(Button):
    """*Foto weg* of a photo that was sent along with a later message of a report."""

    message: int
    media: int


@button("md")
@dataclass(frozen=True)
class InDanger(Button):
    """An answer to "Is iemand nu in gevaar?" about what was said later (id of the report message)."""

    message: int
    yes: bool


@button("mu")
@dataclass(frozen=True)
class Unname(Button):
    """*Geen naam* for a sent report."""

    report: int
