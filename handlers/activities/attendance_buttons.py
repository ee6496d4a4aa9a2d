"""The buttons of attendance."""

from dataclasses import dataclass

from bot.domain.enums import SignupState
from handlers.buttons import Button, button


@button("qu")
@dataclass(frozen=True)
class OpenAttendance(Button):
    """A page (from 0) of who was there."""

    occurrence: int
    page: int


@button("qx")
@dataclass(frozen=True)
class OpenAttended(Button):
    """One person's attendance."""

    signup: int


@button("qm")
@dataclass(frozen=True)
class MarkAttended(Button):
    """Set it."""

    signup: int
    version: int
    state: SignupState


@button("qh")
@dataclass(frozen=True)
class MarkAll(Button):
    """Everybody was there: ask first, then (*sure*) set it."""

    occurrence: int
    sure: bool


@button("qb")
@dataclass(frozen=True)
class BegunDates(Button):
    """A page of what has begun and whose attendance one keeps, from before a meeting on."""

    before: int | None
