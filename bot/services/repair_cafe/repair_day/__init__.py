"""The day of a Repair Café, as its hosts keep it: who came, numbers, whose turn it is, and how it went.

`looking` tells who may keep it and how it stands, `acting` changes it, `telling` lets visitors and hosts hear of it.
"""

from bot.services.repair_cafe.repair_day.acting import (
    arrive,
    as_item,
    call,
    change_item,
    finish,
    give_reason,
    leave,
    no_show,
    stop,
    undo_arrival,
    undo_call,
    walk_in,
)
from bot.services.repair_cafe.repair_day.looking import (
    Answer,
    Done,
    Visit,
    keeps_list,
    look,
    may_run,
    may_stop,
    tally_of,
    visits,
)
from bot.services.repair_cafe.repair_day.telling import next_due, run, show_photo

__all__ = [
    "Answer",
    "Done",
    "Visit",
    "arrive",
    "as_item",
    "call",
    "change_item",
    "finish",
    "give_reason",
    "keeps_list",
    "leave",
    "look",
    "may_run",
    "may_stop",
    "next_due",
    "no_show",
    "run",
    "show_photo",
    "stop",
    "tally_of",
    "undo_arrival",
    "undo_call",
    "visits",
    "walk_in",
]
