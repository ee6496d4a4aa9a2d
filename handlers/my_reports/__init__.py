"""🗂 Wat ik heb gemeld: the resident's own reports, reading what a worker wrote, and answering back."""

from bot.texts.menu import COMMAND_NAMES
from handlers.my_reports import danger, overview, photos, reading, replying
from handlers.my_reports.buttons import OpenMine, OpenOne, ReadAnswer, ReplyTo
from handlers.my_reports.danger import who_helps_now
from handlers.my_reports.overview import open_list
from handlers.routes import OnCommand, Route

__all__ = ["BUTTONS", "COMMANDS", "OpenMine", "OpenOne", "ReadAnswer", "ReplyTo", "open_list", "who_helps_now"]

COMMANDS: list[Route] = [OnCommand(COMMAND_NAMES["my_reports"], open_list)]
BUTTONS: list[Route] = [*overview.BUTTONS, *reading.BUTTONS, *photos.BUTTONS, *danger.BUTTONS, *replying.BUTTONS]
