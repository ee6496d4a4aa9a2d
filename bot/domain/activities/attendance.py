"""Who came: the states of attendance, and when each can be set.

Source: "Attendance: signed_up → present → done / left_early / no_show, correctable, with who set it"; erased "90 days
after the day".
"""

from datetime import datetime, timedelta

from bot.domain.enums import ActivityKind, SignupState

#: Somebody may be there so long before the start.
BEFORE = timedelta(hours=3)
#: So long after the end attendance is kept, and can be corrected.
KEPT = timedelta(days=90)
#: What attendance is told with, in the order of its buttons.
STATES = (
    SignupState.SIGNED_UP,
    SignupState.PRESENT,
    SignupState.DONE,
    SignupState.LEFT_EARLY,
    SignupState.NO_SHOW,
)


def was_held(starts_at: datetime, called_off_at: datetime | None) -> bool:
    """Tell whether people were (or will be) there: what is called off while it goes on has been, up to then."""
    return called_off_at is None or called_off_at > starts_at


def opens_at(kind: ActivityKind, starts_at: datetime, ends_at: datetime) -> datetime:
    """Return from when on attendance is kept by hand (UTC).

    Walkers say themselves that they are there, and who is counted on decides whether a round goes ahead: of a round
    the list is only corrected, once it is over.
    """
    return ends_at if kind is ActivityKind.PATROL else starts_at - BEFORE


def is_kept(kind: ActivityKind, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether attendance of a meeting is kept now; all times UTC."""
    return opens_at(kind, starts_at, ends_at) <= now < ends_at + KEPT


def may_become(state: SignupState, to: SignupState, *, starts_at: datetime, now: datetime) -> bool:
    """Tell whether attendance that is kept now can be set to *to*: any of the states corrects any other.

    Nobody stayed away before it began; who cancelled, waits or was replaced has no attendance.
    """
    if state not in STATES or to not in STATES or to is state:
        return False
    return to is not SignupState.NO_SHOW or now >= starts_at


def choices(state: SignupState, *, starts_at: datetime, now: datetime) -> tuple[SignupState, ...]:
    """Return what is worth asking about somebody: before it begins, only whether they are there already."""
    there = (SignupState.SIGNED_UP, SignupState.PRESENT)
    asked = STATES if now >= starts_at else there
    return tuple(to for to in asked if may_become(state, to, starts_at=starts_at, now=now))


def for_everybody(ends_at: datetime, now: datetime) -> SignupState:
    """Return what all who signed up and are not corrected become by one tap: there, or after the end, there then."""
    return SignupState.DONE if now >= ends_at else SignupState.PRESENT
