"""The view of a desk's morning overview: numbers only, and the list behind a button."""

from bot.domain.notices.overview import DeskOverview
from bot.domain.time import local_date
from bot.services.desk import overview
from bot.texts import finding as texts
from handlers.buttons import Key
from handlers.finding.buttons import OpenPage
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Desk


@view(DeskOverview)
async def desk_overview(notice: DeskOverview, reading: Reading) -> Drawn:
    """Tell what waits at the desk now; nothing when nothing does."""
    desk = await reading.work.session.get(Desk, notice.desk)
    if desk is None or not desk.active:
        return NotAnyMore("desk gone")
    found, t = await overview.look(reading.work, desk.id), reading.t
    if found.is_empty:
        return NotAnyMore("nothing waits")
    said = [
        (found.danger, texts.danger_unopened),
        (found.late, texts.too_late),
        (found.today, texts.due_today),
        (found.nobody, texts.of_nobody),
        (found.partner, texts.at_partner),
    ]
    lines = [sentence(t, numbers=numbers) for numbers, sentence in said if numbers]
    text = texts.overview(t, desk=desk.name, day=local_date(reading.now, t.zone), lines=lines)
    button = OpenPage(standing=None, after=None, back=False, person=None)
    return Drawing(text=text, keyboard=[[Key(texts.show_open(t), button)]])
