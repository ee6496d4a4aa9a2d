"""The buttons of `/afwezig`, and what its draft holds."""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from handlers.buttons import Button, button


class Away(BaseModel):
    """An absence in the making; `start` is the place in the list of names that is shown."""

    model_config = ConfigDict(extra="forbid")

    person: int
    until: date | None = None
    start: int = 0


@button("abw")
@dataclass(frozen=True)
class AwayIs(Button):
    """Who is away."""

    draft: int
    person: int


@button("abu")
@dataclass(frozen=True)
class AwayUntil(Button):
    """The last day of an absence, a proleptic ordinal."""

    draft: int
    day: int


@button("abr")
@dataclass(frozen=True)
class ReplacedBy(Button):
    """Who replaces the worker who is away; None for nobody."""

    draft: int
    person: int | None


@button("abt")
@dataclass(frozen=True)
class TurnNames(Button):
    """Another page of names."""

    draft: int
    start: int


@button("abb")
@dataclass(frozen=True)
class IsBack(Button):
    """*Ik ben er weer*, of this absence."""

    absence: int


@button("abn")
@dataclass(frozen=True)
class SetAnew(Button):
    """Set the absence of this worker (again); None: choose who."""

    person: int | None
