"""When an unfinished draft is offered again by itself: after 10 minutes, and once the next day (Reporting, step 1)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.drafts import ReportDraft
from bot.domain.enums import Kind
from bot.domain.time import QUIET_UNTIL, at_wall, is_quiet, to_wall

#: A draft is offered this long after the last thing that was said in it.
SOON = timedelta(minutes=10)
#: What was not offered by then (the bot was away) waits for the next day.
SOON_ENDS = timedelta(hours=2)
#: The local time of the offer of the next day, and how long after it the offer still goes out.
NEXT_DAY = time(10)
NEXT_DAY_ENDS = timedelta(hours=12)
#: How often one draft is offered at most: soon, and the next day.
MOST = 2
#: Older drafts are not looked at.
LOOKED_AT = timedelta(hours=46)
#: Kinds whose drafts fall under no discretion.
_OPEN = frozenset({Kind.PLACE, Kind.IDEA})


def may_be_offered(draft: ReportDraft) -> bool:
    """Tell whether *draft* may come up by itself: something was told, and none of it may be for nobody's eyes.

    Before it is known what it is about, only broken or dirty things in public space are safe to speak of.
    """
    signs = draft.signs
    unsafe = signs.danger is not None or (signs.people and draft.about_people is None)
    if draft.empty or draft.discreet or unsafe:
        return False
    if draft.kind is None:
        return signs.public_thing and not draft.spoken
    return draft.kind in _OPEN


def offer_window(changed_at: datetime, offered: int, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """Return from when until when (UTC) a draft may be offered again; None when it was offered often enough.

    *changed_at* is when somebody last did something in it, *offered* how often it was offered. What would come in the
    quiet hours waits for the next day, which for the hours after midnight is the day that has begun.
    """
    if offered >= MOST:
        return None
    soon = changed_at + SOON
    if offered == 0 and not is_quiet(soon, zone):
        return soon, soon + SOON_ENDS
    return next_day(changed_at, zone)


def next_day(changed_at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return from when until when (UTC) a draft of *changed_at* may be offered on the next day."""
    wall = to_wall(changed_at, zone)
    day = wall.date() if wall.time() < QUIET_UNTIL else wall.date() + timedelta(days=1)
    due = at_wall(day, NEXT_DAY, zone)
    return due, due + NEXT_DAY_ENDS
