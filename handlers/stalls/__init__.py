"""Rommelroute on the day: list and map for visitors, one tap for stalls, the sheet for the organiser.

Signing up with a stall, and moving it, is in `handlers.signups`.
"""

from handlers.activities.private import on_private
from handlers.activities.stall_buttons import (
    FavouritePage,
    OpenStall,
    PrintRoute,
    SetStall,
    ShowMap,
    StallPage,
    Star,
    StreetPage,
)
from handlers.routes import Route
from handlers.stalls import day, pages, words

COMMANDS: list[Route] = []
BUTTONS: list[Route] = [
    on_private(StallPage, pages.on_list),
    on_private(StreetPage, pages.on_streets),
    on_private(FavouritePage, pages.on_favourites),
    on_private(OpenStall, pages.on_stall),
    on_private(Star, pages.on_star),
    on_private(ShowMap, day.on_map),
    on_private(SetStall, day.on_set),
    on_private(PrintRoute, day.on_print),
    *words.ROUTES,
]
