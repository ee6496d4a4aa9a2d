"""Buurtpreventie while it is walked: opening, the two big buttons, closing, and the month that was.

All of it happens in the private chat of a walker, the coordinator or the team's worker.
"""

from handlers.activities.private import on_private
from handlers.activities.round_buttons import (
    Broken,
    CloseRound,
    Here,
    Home,
    IsHere,
    NotHere,
    OpenMonth,
    Others,
    ShowRound,
    Suspect,
    WriteLine,
)
from handlers.rounds import closing, months, walking, words
from handlers.routes import Route

COMMANDS: list[Route] = []
BUTTONS: list[Route] = [
    on_private(Here, walking.on_here),
    on_private(IsHere, walking.on_is_here),
    on_private(Others, walking.on_others),
    on_private(NotHere, walking.on_not_here),
    on_private(ShowRound, walking.on_show),
    on_private(Broken, walking.on_broken),
    on_private(Suspect, walking.on_suspect),
    on_private(Home, closing.on_home),
    on_private(CloseRound, closing.on_close),
    on_private(WriteLine, closing.on_write_line),
    on_private(OpenMonth, months.on_month),
    *words.ROUTES,
]
