"""The buttons of buurtpreventie; rights are read at each tap, whatever the numbers say."""

from dataclasses import dataclass

from handlers.buttons import Button, button


@button("pvo")
@dataclass(frozen=True)
class OpenTeam(Button):
    """The page of a team."""

    team: int


@button("pvj")
@dataclass(frozen=True)
class JoinTeam(Button):
    """*Ik wil meedoen*; then (*adult* given) whether one is 18."""

    team: int
    adult: bool | None = None


@button("pvl")
@dataclass(frozen=True)
class LeaveTeam(Button):
    """Leave a team or take the request back; first asked whether one is sure."""

    team: int
    sure: bool


@button("pva")
@dataclass(frozen=True)
class AnswerRequest(Button):
    """The coordinator's answer to who asked to join at *asked* (seconds since 1970)."""

    team: int
    person: int
    asked: int
    yes: bool


@button("pvm")
@dataclass(frozen=True)
class Members(Button):
    """The members of a team; pages are counted from 0."""

    team: int
    page: int = 0


@button("pvu")
@dataclass(frozen=True)
class Removing(Button):
    """*Iemand uit het team*: a page of names, counted from 0."""

    team: int
    page: int = 0


@button("pve")
@dataclass(frozen=True)
class RemoveMember(Button):
    """Take a member out of the team; first asked whether one is sure."""

    team: int
    person: int
    sure: bool


@button("pvg")
@dataclass(frozen=True)
class TickVog(Button):
    """*VOG gezien* of a member: asks for the date."""

    team: int
    person: int


@button("pvk")
@dataclass(frozen=True)
class VogToday(Button):
    """The date of the VOG is today's."""

    draft: int


@button("pvx")
@dataclass(frozen=True)
class WithdrawVog(Button):
    """*VOG intrekken*; first asked whether the worker is sure."""

    team: int
    person: int
    sure: bool


@button("pvq")
@dataclass(frozen=True)
class WriteNews(Button):
    """*Nieuws voor het team*: asks for the words."""

    team: int


@button("pvz")
@dataclass(frozen=True)
class SendNews(Button):
    """*Versturen* of news that was previewed."""

    draft: int


@button("pvr")
@dataclass(frozen=True)
class Roster(Button):
    """A month of the roster (years times 12 plus month from 0; None: this one), from after a round on."""

    team: int
    month: int | None = None
    after_at: int | None = None
    after_id: int | None = None


@button("pvs")
@dataclass(frozen=True)
class StepIn(Button):
    """*Ik loop mee* in a round that is short of people."""

    occurrence: int


@button("pvc")
@dataclass(frozen=True)
class AskWalk(Button):
    """*Ik ga lopen. Wie loopt mee?*: asks for the time."""

    team: int


@button("pvh")
@dataclass(frozen=True)
class WalkAt(Button):
    """At this time (seconds since 1970)."""

    draft: int
    at: int


@button("pvy")
@dataclass(frozen=True)
class WalkYes(Button):
    """*Ik loop mee* with who asked."""

    call: int


@button("pvw")
@dataclass(frozen=True)
class WalkBack(Button):
    """Take one's own question back."""

    call: int
