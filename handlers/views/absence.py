"""What staff hear of an absence that somebody else set."""

from bot.domain.notices.chasing import AbsenceTold
from bot.texts import absence as texts
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Absence, Person


@view(AbsenceTold)
async def absence_told(notice: AbsenceTold, reading: Reading) -> Drawn:
    """Tell who is away, or who replaces that person, as long as it is so."""
    session = reading.work.session
    absence = await session.get(Absence, notice.absence)
    if absence is None:
        return NotAnyMore("changed")
    name = await _name(reading, absence.person_id) or "?"
    day = reading.t.day(absence.until)
    if notice.person != absence.person_id:
        return Drawing(text=texts.told_substitute(reading.t, name=name, day=day))
    by, substitute = await _name(reading, notice.by), await _name(reading, absence.substitute_id)
    return Drawing(text=texts.told_absent(reading.t, by=by or "?", day=day, substitute=substitute))


async def _name(reading: Reading, person_id: int | None) -> str | None:
    person = None if person_id is None else await reading.work.session.get(Person, person_id)
    return person.name if person else None
