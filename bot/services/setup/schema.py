"""The shape of the set-up file, field by field; what one field can't judge is in `checks`."""

from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from bot.domain.activities.reminders import parse_lead
from bot.domain.activities.rounds import MIN_WALKERS
from bot.domain.activities.series import Series, parse_rule
from bot.domain.enums import ActivityKind, Kind, Language, PartnerKind, RoleKey, RoleName, Theme
from bot.domain.hours import parse_hours


def _theme(value: Any) -> Any:  # noqa: ANN401 whatever stands in the file
    return value.replace(" ", "_") if isinstance(value, str) else value


def _hours(text: str) -> str:
    parse_hours(text)
    return text


def _lead(text: str) -> str:
    parse_lead(text)
    return text


def _local(value: Any) -> Any:  # noqa: ANN401 whatever stands in the file
    """Accept what YAML makes of a local time (text or datetime)."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value


def _wall_time(text: str) -> str:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError("write local time without an offset")
    return moment.isoformat(timespec="minutes")


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("a sign in it can't be shown")
    return text


def _email(text: str) -> str:
    name, _, host = text.partition("@")
    if not name or "." not in host or any(sign in text for sign in " \r\n<>,;"):
        raise ValueError("not an e-mail address")
    return text


Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_one_line)]
PersonName = Annotated[Name, Field(max_length=80)]
#: Numbers are strict: `yes` is not person 1.
UserIdField = Annotated[int, Field(strict=True, gt=0, lt=2**52)]
GroupId = Annotated[int, Field(strict=True, lt=0, gt=-(2**52))]
ThreadId = Annotated[int, Field(strict=True, gt=0, lt=2**31)]
AnyTheme = Annotated[Theme, BeforeValidator(_theme)]
Hours = Annotated[str, Field(max_length=200), AfterValidator(_hours)]
Lead = Annotated[str, AfterValidator(_lead)]
WallTime = Annotated[str, BeforeValidator(_local), AfterValidator(_wall_time)]
Email = Annotated[str, Field(max_length=200), AfterValidator(_email), AfterValidator(_one_line)]


#: Who brings somebody takes so many places.
_TWO = 2


class Strict(BaseModel):
    """An unknown field is an error; values are not guessed from other types."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Privacy(Strict):
    """Who answers for personal data; `phone` is the office's number, for who can't write here any more."""

    controller: Name
    contact: Email
    phone: Annotated[Name, Field(max_length=40)] | None = None
    dpo: Email | None = None


class Safety(Strict):
    """The person behind every danger report, when those are read, and who knows the meldcode (name and telephone)."""

    officer: UserIdField
    hours: Hours = "ma-vr 09:00-17:00"
    attention_officer: Name | None = None


class PersonEntry(Strict):
    """Staff or coordinator."""

    telegram: UserIdField
    name: PersonName
    roles: list[RoleName] = []


class DeskEntry(Strict):
    """A triage group."""

    key: Key
    name: Name
    chat: GroupId
    thread: ThreadId | None = None
    workers: Annotated[list[UserIdField], Field(min_length=1)]
    contact: UserIdField
    hours: Hours = "ma-vr 08:30-17:00"


class RuleEntry(Strict):
    """One routing rule; what it does not name, it does not ask."""

    desk: Key
    kinds: list[Kind] = []
    themes: list[AnyTheme] = []
    areas: list[Name] = []
    regions: list[Name] = []


class MemberEntry(Strict):
    """A member of a team; `vog` counts only for a member who is not known yet."""

    telegram: UserIdField
    name: PersonName
    vog: bool = False


class TeamEntry(Strict):
    """A buurtpreventie team."""

    key: Key
    name: Name
    area: Name
    chat: GroupId | None = None
    worker: UserIdField
    coordinator: UserIdField
    members: list[MemberEntry] = []


class RoleEntry(Strict):
    """Minimum and maximum of a role at an activity; *plus_one*: who has it may bring somebody."""

    min: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0
    max: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
    slot_minutes: Annotated[int, Field(strict=True, ge=5, le=240)] | None = None
    plus_one: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _fits_two(self) -> "RoleEntry":
        if self.plus_one and self.slot_minutes is not None:
            raise ValueError("a time slot is for one: no plus_one with slot_minutes")
        if self.plus_one and self.max is not None and self.max < _TWO:
            raise ValueError("plus_one needs a max of 2 or more")
        return self

    @model_validator(mode="after")
    def _ordered(self) -> "RoleEntry":
        if self.max is not None and self.min > self.max:
            raise ValueError("min is larger than max")
        return self


class ActivityEntry(Strict):
    """A series or one meeting."""

    key: Key
    kind: ActivityKind
    title: Name
    area: Name | None = None
    team: Key | None = None
    place: Annotated[Name, Field(max_length=200)] | None = None
    coordinator: UserIdField | None = None
    starts: WallTime
    ends: WallTime
    deadline: WallTime | None = None
    repeats: Annotated[str, Field(max_length=300)] | None = None
    roles: Annotated[dict[RoleKey, RoleEntry], Field(min_length=1)]

    @field_validator("repeats")
    @classmethod
    def _is_rule(cls, text: str | None) -> str | None:
        if text is not None:
            try:
                parse_rule(text, datetime(2026, 1, 1))  # noqa: DTZ001 local wall time, as the rule is read
            except ValueError as error:
                raise ValueError("not a repeat rule like FREQ=WEEKLY;BYDAY=TU") from error
        return text

    @model_validator(mode="after")
    def _consistent(self) -> "ActivityEntry":
        if self.ends <= self.starts:
            raise ValueError("ends before it starts")
        Series(datetime.fromisoformat(self.starts), datetime.fromisoformat(self.ends), self.repeats)
        if self.deadline is not None and self.deadline > self.starts:
            raise ValueError("the deadline is after the start")
        if (self.kind is ActivityKind.PATROL) != (self.team is not None):
            raise ValueError("a patrol needs a team, and only a patrol has one")
        if self.kind is ActivityKind.PATROL and set(self.roles) != {RoleKey.WALKER}:
            raise ValueError("a patrol has walkers only")
        if self.kind is ActivityKind.PATROL and self.roles[RoleKey.WALKER].min < MIN_WALKERS:
            raise ValueError(f"nobody walks alone: a patrol needs a min of {MIN_WALKERS} or more")
        alone = [role for role in (RoleKey.WALKER, RoleKey.STALL) if role in self.roles and self.roles[role].plus_one]
        if alone:
            raise ValueError(f"nobody brings somebody as {alone[0]}: no plus_one there")
        if self.kind is not ActivityKind.PATROL and self.area is None:
            raise ValueError("an area is needed")
        return self


class PartnerEntry(Strict):
    """An organisation that reports are passed on to."""

    key: Key
    name: Name
    kind: PartnerKind
    email: Email | None = None


Leads = list[Lead]


class TownFile(Strict):
    """The whole set-up file."""

    organisation: Name
    timezone: str = "Europe/Amsterdam"
    languages: Annotated[list[Language], Field(min_length=1)] = [Language.DUTCH, Language.ENGLISH]
    areas: Literal["almere"] | str = "almere"
    privacy: Privacy
    safety: Safety
    people: Annotated[list[PersonEntry], Field(min_length=1)]
    desks: Annotated[list[DeskEntry], Field(min_length=1)]
    routing: Annotated[list[RuleEntry], Field(min_length=1)]
    promises: dict[Literal["default"] | AnyTheme, Annotated[int, Field(strict=True, ge=1, le=60)]] = {"default": 3}
    teams: list[TeamEntry] = []
    activities: list[ActivityEntry] = []
    reminders: dict[ActivityKind, Leads | dict[Literal["default"] | RoleKey, Leads]] = {}
    partners: list[PartnerEntry] = []

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("not a time zone like Europe/Amsterdam") from error
        return name
