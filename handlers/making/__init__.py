"""/activiteit: workers and coordinators make, change and end activities, change one date, and announce one."""

from bot.texts import managing as texts
from handlers.activities.making_buttons import (
    Announce,
    CallOffDate,
    Choose,
    CopyActivity,
    EditActivity,
    EndActivity,
    Home,
    MoveDate,
    NewActivity,
    OpenActivity,
    OpenDate,
    PlaceDate,
    Resume,
)
from handlers.activities.private import on_private
from handlers.making import announcing, dates, managing, starting
from handlers.making.choosing import on_choose
from handlers.routes import OnCommand, Route

__all__ = ["BUTTONS", "COMMANDS"]

COMMANDS: list[Route] = [OnCommand(texts.COMMANDS, managing.on_command)]
BUTTONS: list[Route] = [
    on_private(Choose, on_choose),
    on_private(Home, managing.on_home),
    on_private(NewActivity, starting.on_new),
    on_private(Resume, starting.on_resume),
    on_private(OpenActivity, managing.on_activity),
    on_private(EditActivity, starting.on_edit),
    on_private(CopyActivity, starting.on_copy),
    on_private(EndActivity, dates.on_end),
    on_private(OpenDate, managing.on_date),
    on_private(MoveDate, dates.on_move),
    on_private(PlaceDate, dates.on_place),
    on_private(CallOffDate, dates.on_call_off),
    on_private(Announce, announcing.on_announce),
]
