"""The buttons of a Rommelroute beside those of every activity: ids, so that the rights are read at each tap."""

from dataclasses import dataclass

from bot.domain.enums import StallState
from handlers.buttons import Button, button


@button("vrm")
@dataclass(frozen=True)
class ChangeStall(Button):
    """Put one's own stall elsewhere, or let it sell something else."""

    signup: int
    version: int


@button("vrg")
@dataclass(frozen=True)
class GoOnWithStall(Button):
    """Go on with a sign-up that was left unfinished."""

    occurrence: int
    draft: int


@button("vrl")
@dataclass(frozen=True)
class StallPage(Button):
    """The list of stalls by street, from after one of them on."""

    occurrence: int
    after: int | None = None


@button("vrw")
@dataclass(frozen=True)
class StreetPage(Button):
    """The streets of a route to choose from, from a position on."""

    occurrence: int
    start: int = 0


@button("vrf")
@dataclass(frozen=True)
class FavouritePage(Button):
    """The stalls that one marked with a star, from after one of them on."""

    occurrence: int
    after: int | None = None


@button("vrs")
@dataclass(frozen=True)
class OpenStall(Button):
    """The page of one stall."""

    stall: int


@button("vrx")
@dataclass(frozen=True)
class Star(Button):
    """Mark a stall with a star, or take it away."""

    stall: int
    on: bool


@button("vrk")
@dataclass(frozen=True)
class ShowMap(Button):
    """The map of the day: a new one, or that of *asked* drawn anew where it stands."""

    occurrence: int
    asked: int | None = None


@button("vrz")
@dataclass(frozen=True)
class SetStall(Button):
    """My stall is open, sold out or closed; *panel*: tapped on the message of the day."""

    stall: int
    state: StallState
    panel: bool


@button("vrp")
@dataclass(frozen=True)
class PrintRoute(Button):
    """The A4 route sheet, for the organiser."""

    occurrence: int
