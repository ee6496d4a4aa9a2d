"""The buttons of making and looking after activities; rights are read anew at each tap."""

from dataclasses import dataclass

from handlers.buttons import Button, button


@button("mkh")
@dataclass(frozen=True)
class Home(Button):
    """The list of what one looks after, from before an activity on."""

    after: int | None = None


@button("mkn")
@dataclass(frozen=True)
class NewActivity(Button):
    """A new activity."""


@button("mkr")
@dataclass(frozen=True)
class Resume(Button):
    """Go on with a draft."""

    draft: int


@button("mkv")
@dataclass(frozen=True)
class Choose(Button):
    """An answer at a step of one of the conversations here."""

    draft: int
    step: str
    value: str


@button("mka")
@dataclass(frozen=True)
class OpenActivity(Button):
    """The page of an activity, with a *page* of its dates, counted from 0."""

    activity: int
    page: int = 0


@button("mke")
@dataclass(frozen=True)
class EditActivity(Button):
    """Change an activity."""

    activity: int


@button("mkc")
@dataclass(frozen=True)
class CopyActivity(Button):
    """Make another one like it."""

    activity: int


@button("mkx")
@dataclass(frozen=True)
class EndActivity(Button):
    """Call off all that is to come."""

    activity: int


@button("mkd")
@dataclass(frozen=True)
class OpenDate(Button):
    """The page of one date for who looks after it."""

    occurrence: int


@button("mkm")
@dataclass(frozen=True)
class MoveDate(Button):
    """Another day or time for one date."""

    occurrence: int


@button("mkp")
@dataclass(frozen=True)
class PlaceDate(Button):
    """Another place for one date."""

    occurrence: int


@button("mko")
@dataclass(frozen=True)
class CallOffDate(Button):
    """Call one date off, with a reason."""

    occurrence: int


@button("mku")
@dataclass(frozen=True)
class Announce(Button):
    """Send news of one date."""

    occurrence: int
