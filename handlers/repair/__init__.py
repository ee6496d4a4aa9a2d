"""A Repair Café's day: the list that its hosts keep, and what its repairers can do.

`pages` shows the list and one visitor, `acts` holds what one tap does, `items` asks what is brought, `skills` what
somebody can repair. The ways in stand on the page of a meeting (`handlers.activities.repair_rows`).
"""

from handlers.activities.private import on_private
from handlers.activities.repair_buttons import (
    AskItem,
    AskName,
    DayList,
    DoAct,
    Finish,
    OpenPart,
    OpenSkills,
    OpenVisit,
    PickItem,
    SetSkill,
    ShowPhoto,
    StopDay,
    Why,
)
from handlers.repair import acts, items, pages, skills
from handlers.routes import Route

__all__ = ["BUTTONS", "COMMANDS"]

COMMANDS: list[Route] = []
BUTTONS: list[Route] = [
    on_private(DayList, pages.on_list),
    on_private(OpenPart, pages.on_part),
    on_private(OpenVisit, pages.on_visit),
    on_private(ShowPhoto, acts.on_photo),
    on_private(DoAct, acts.on_act),
    on_private(StopDay, acts.on_stop),
    on_private(Finish, acts.on_finish),
    on_private(Why, acts.on_why),
    on_private(AskItem, items.on_ask),
    on_private(PickItem, items.on_pick),
    on_private(OpenSkills, skills.on_open),
    on_private(SetSkill, skills.on_set),
    on_private(AskName, skills.on_ask_name),
]
