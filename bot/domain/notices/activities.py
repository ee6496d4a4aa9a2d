"""Notices of activities: reminders, free places, stand-ins, and what changes about a meeting."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class SignupReminder(Notice):
    """A planned reminder of one sign-up; *lead* as the set-up file writes it ("1d@19:00")."""

    kind: ClassVar[str] = "signup_reminder"
    priority: ClassVar[Priority] = Priority.REMINDER
    resend: ClassVar[bool] = True
    signup: int
    lead: str

    @property
    def key(self) -> str:
        """One message per sign-up and lead, answered or not."""
        return f"reminder:{self.signup}:{self.lead}"


@notice
@dataclass(frozen=True)
class ReminderAnswered(SignupReminder):
    """The same message once its reader answered: edited in place, with the answer instead of the question."""

    kind: ClassVar[str] = "reminder_answered"
    priority: ClassVar[Priority] = Priority.ANSWER
    resend: ClassVar[bool] = False


@notice
@dataclass(frozen=True)
class PlaceOffered(Notice):
    """A free place for the first of the waiting list; put again, it says what became of the offer."""

    kind: ClassVar[str] = "place_offered"
    offer: int


@notice
@dataclass(frozen=True)
class FreePlace(Notice):
    """First-to-tap: a place became free shortly before the start; *freed* tells one time from the next."""

    kind: ClassVar[str] = "free_place"
    once: ClassVar[bool] = True
    signup: int
    freed: int


@notice
@dataclass(frozen=True)
class StandInWanted(Notice):
    """Somebody who can't come is asked after: would you take the place of this sign-up?"""

    kind: ClassVar[str] = "stand_in_wanted"
    once: ClassVar[bool] = True
    signup: int
    version: int
    person: int


@notice
@dataclass(frozen=True)
class StandInFound(Notice):
    """To who could not come: somebody else has taken the place."""

    kind: ClassVar[str] = "stand_in_found"
    once: ClassVar[bool] = True
    signup: int
    version: int


@notice
@dataclass(frozen=True)
class NoStandIn(Notice):
    """To the coordinator: nobody took the place yet."""

    kind: ClassVar[str] = "no_stand_in"
    once: ClassVar[bool] = True
    signup: int
    version: int
    person: int


@notice
@dataclass(frozen=True)
class CalledOff(Notice):
    """A meeting does not go ahead; with sound, at night too."""

    kind: ClassVar[str] = "called_off"
    once: ClassVar[bool] = True
    occurrence: int
    person: int


@notice
@dataclass(frozen=True)
class Moved(Notice):
    """A meeting has another time, *place* or *name*, or several of them; *sequence* counts its changes."""

    kind: ClassVar[str] = "moved"
    once: ClassVar[bool] = True
    occurrence: int
    sequence: int
    person: int
    place: bool = False
    name: bool = False
    time: bool = False

    @property
    def tells_time(self) -> bool:
        """Whether the time is another one; without anything said of the change it is."""
        return self.time or not (self.place or self.name)


@notice
@dataclass(frozen=True)
class Announced(Notice):
    """News of a meeting for somebody who asked for it; *announcement* holds words that its sender added."""

    kind: ClassVar[str] = "announced"
    priority: ClassVar[Priority] = Priority.ANNOUNCEMENT
    once: ClassVar[bool] = True
    occurrence: int
    person: int
    announcement: int | None = None

    @property
    def key(self) -> str:
        """Each person once per meeting, whatever was added."""
        return f"{self.kind}:{self.occurrence}:{self.person}"


@notice
@dataclass(frozen=True)
class NewsChanged(Notice):
    """To who read the news of a meeting and has no place there: it was moved or called off; put again, it says all."""

    kind: ClassVar[str] = "news_changed"
    priority: ClassVar[Priority] = Priority.ANNOUNCEMENT
    resend: ClassVar[bool] = True
    occurrence: int
    person: int
