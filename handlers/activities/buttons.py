"""The buttons of activities: ids, and the version of what was shown, so that a stale tap changes nothing."""

from dataclasses import dataclass

from bot.domain.enums import RoleKey
from handlers.buttons import Button, button


@button("al")
@dataclass(frozen=True)
class ListPage(Button):
    """The list of a wijk (None: the whole town), from after a meeting (seconds since 1970, id) on."""

    area: str | None = None
    after_at: int | None = None
    after_id: int | None = None


@button("aw")
@dataclass(frozen=True)
class PickArea(Button):
    """Choose a wijk: None shows the parts of town, a number the wijken of that part."""

    region: int | None = None


@button("ax")
@dataclass(frozen=True)
class ThisArea(Button):
    """This wijk is mine: remembered, and its list is shown."""

    area: str


@button("ad")
@dataclass(frozen=True)
class OpenMeeting(Button):
    """The page of one meeting."""

    occurrence: int


@button("aj")
@dataclass(frozen=True)
class Join(Button):
    """Sign up in a role for a meeting as it was shown."""

    occurrence: int
    version: int
    role: RoleKey


@button("an")
@dataclass(frozen=True)
class NotComing(Button):
    """*Ik kan niet*: give a place, a spot in the queue or an offer back."""

    signup: int
    version: int


@button("ac")
@dataclass(frozen=True)
class Coming(Button):
    """*Ik kom*, or *Toch wel* while a stand-in is looked for."""

    signup: int
    version: int


@button("ay")
@dataclass(frozen=True)
class ReminderYes(Button):
    """*Ik kom* on a reminder; the lead is written without its colon ("1d@19.00")."""

    signup: int
    version: int
    lead: str


@button("ai")
@dataclass(frozen=True)
class ReminderNo(Button):
    """*Ik kan niet* on a reminder."""

    signup: int
    version: int
    lead: str


@button("ao")
@dataclass(frozen=True)
class OfferYes(Button):
    """Take the place that was offered."""

    offer: int


@button("aq")
@dataclass(frozen=True)
class OfferNo(Button):
    """Give the offered place back."""

    offer: int


@button("af")
@dataclass(frozen=True)
class TakeFree(Button):
    """First-to-tap: take a place shortly before the start."""

    signup: int
    version: int


@button("at")
@dataclass(frozen=True)
class TakeOver(Button):
    """Take the place of a sign-up that looks for a stand-in."""

    signup: int
    version: int


@button("am")
@dataclass(frozen=True)
class OpenMine(Button):
    """One's own sign-ups, from after one (start in seconds since 1970, id) on."""

    after_at: int | None = None
    after_id: int | None = None


@button("aa")
@dataclass(frozen=True)
class Again(Button):
    """*Toch wel*: take a place again that was given back, with what was told then."""

    signup: int
    version: int


@button("ap")
@dataclass(frozen=True)
class Shifts(Button):
    """The shifts of one's own team, from after a meeting on."""

    after_at: int | None = None
    after_id: int | None = None


@button("ak")
@dataclass(frozen=True)
class CallOff(Button):
    """Call a meeting off: first asked whether one is sure, then done."""

    occurrence: int
    version: int
    sure: bool


@button("pvt")
@dataclass(frozen=True)
class Teams(Button):
    """The teams of buurtpreventie; pages are counted from 0."""

    page: int = 0
