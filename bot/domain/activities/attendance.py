"""Who came: the states of attendance, and when each can be set.

Source: "Attendance: signed_up → present → done / left_early / no_show, correctable, with who set it".
"""

from datetime import datetime, timedelta

from bot.domain.enums import SignupState

#: Somebody may be there so long before the start.
BEFORE = timedelta(hours=3)
#: What attendance is told with, in the order of its buttons.
STATES = (
    SignupState.SIGNED_UP,
    SignupState.PRESENT,
    SignupState.DONE,
    SignupState.LEFT_EARLY,
    SignupState.NO_SHOW,
)


def may_become(state: SignupState, to: SignupState, starts_at: datetime, now: datetime) -> bool:
    """Tell whether attendance can be set to *to* now (UTC): any of the states corrects any other.

    Nobody stayed away before it began; who cancelled, waits or was replaced has no attendance.
    """
    if state not in STATES or to not in STATES or to is state:
        return False
    return now >= (starts_at if to is SignupState.NO_SHOW else starts_at - BEFORE)
