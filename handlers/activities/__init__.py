"""📅 Activiteiten: lists by wijk and the page of one meeting. Signing up is in `handlers.signups`."""

from bot.texts.menu import COMMAND_NAMES
from handlers.activities import detail, listing
from handlers.activities.buttons import CallOff, ListPage, OpenMeeting, PickArea, ThisArea
from handlers.activities.listing import open_list
from handlers.activities.private import on_private
from handlers.routes import OnCommand, Route

__all__ = ["BUTTONS", "COMMANDS", "open_list"]

COMMANDS: list[Route] = [OnCommand(COMMAND_NAMES["activities"], open_list)]
BUTTONS: list[Route] = [
    on_private(ListPage, listing.on_page),
    on_private(PickArea, listing.on_pick_area),
    on_private(ThisArea, listing.on_area),
    on_private(OpenMeeting, detail.on_open),
    on_private(CallOff, detail.on_call_off),
]
