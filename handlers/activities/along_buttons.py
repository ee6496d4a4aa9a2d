"""Buttons of who comes along, and of who signs up although something else is at the same time."""

from dataclasses import dataclass

from bot.domain.enums import RoleKey
from handlers.buttons import Button, button


@button("s1")
@dataclass(frozen=True)
class SignOther(Button):
    """Sign somebody without Telegram up for a meeting as it was shown; without a role it is asked first."""

    occurrence: int
    version: int
    role: RoleKey | None = None


@button("s6")
@dataclass(frozen=True)
class OpenGuest(Button):
    """The page of a meeting with the sign-up of one whom one signed up."""

    signup: int


@button("s2")
@dataclass(frozen=True)
class Bring(Button):
    """Come with a companion, or alone after all."""

    signup: int
    version: int
    companion: bool


@button("s3")
@dataclass(frozen=True)
class JoinAnyway(Button):
    """Sign up although one goes elsewhere then."""

    occurrence: int
    version: int
    role: RoleKey


@button("s4")
@dataclass(frozen=True)
class AgainAnyway(Button):
    """Take a place again although one goes elsewhere then."""

    signup: int
    version: int


@button("s5")
@dataclass(frozen=True)
class TakeOverAnyway(Button):
    """Take somebody's place over although one goes elsewhere then."""

    signup: int
    version: int
