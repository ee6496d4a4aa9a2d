"""The buttons of a round that is walked: the shift, and its start (seconds since 1970): a moved one is stale."""

from dataclasses import dataclass

from bot.domain.enums import RoundOutcome
from handlers.buttons import Button, button


@button("roa")
@dataclass(frozen=True)
class Here(Button):
    """*Ik ben er*."""

    occurrence: int
    at: int


@button("ron")
@dataclass(frozen=True)
class IsHere(Button):
    """This person is there too."""

    occurrence: int
    at: int
    person: int


@button("roo")
@dataclass(frozen=True)
class Others(Button):
    """*Iemand anders is er*: the members of the team who did not sign up."""

    occurrence: int
    at: int


@button("rod")
@dataclass(frozen=True)
class NotHere(Button):
    """*Ik ben er niet* of who was named, or *Ik loop niet*."""

    occurrence: int
    at: int


@button("rob")
@dataclass(frozen=True)
class Broken(Button):
    """*Kapot of vies*: begins a report."""

    occurrence: int
    at: int


@button("ros")
@dataclass(frozen=True)
class Suspect(Button):
    """*Verdacht*: shows the SAAR card."""

    occurrence: int
    at: int


@button("rok")
@dataclass(frozen=True)
class ShowRound(Button):
    """Back to the round: shows its message below."""

    occurrence: int
    at: int


@button("roh")
@dataclass(frozen=True)
class Home(Button):
    """*Wij zijn thuis*: asks how it was."""

    occurrence: int
    at: int


@button("roc")
@dataclass(frozen=True)
class CloseRound(Button):
    """How it was."""

    occurrence: int
    at: int
    outcome: RoundOutcome


@button("rol")
@dataclass(frozen=True)
class WriteLine(Button):
    """*Regel erbij*."""

    occurrence: int
    at: int


@button("rom")
@dataclass(frozen=True)
class OpenMonth(Button):
    """The overview of a team in a month (years times 12 plus month, from 0; None: this one)."""

    team: int
    month: int | None = None
