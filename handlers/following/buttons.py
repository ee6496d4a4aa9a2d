"""The buttons of residents who follow a report."""

from dataclasses import dataclass

from handlers.buttons import Button, button


@button("fwo")
@dataclass(frozen=True)
class OpenFollowed(Button):
    """A followed report, from the list of one's own."""

    report: int


@button("fwp")
@dataclass(frozen=True)
class TurnFollowed(Button):
    """A page of all reports that somebody follows: what comes after this one, or (`back`) before it."""

    beside: int
    back: bool


@button("fwl")
@dataclass(frozen=True)
class Leave(Button):
    """*Geen bericht meer* about this report."""

    report: int
