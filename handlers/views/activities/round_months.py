"""The overview of a month: by a button, and sent on the first working day of the next."""

from bot.domain.notices.rounds import RoundMonth
from bot.services import rounds
from bot.services.rounds import Month
from bot.texts import Translator
from bot.texts import round_months as texts
from handlers.activities.round_buttons import OpenMonth
from handlers.buttons import Button, Keyboard
from handlers.context import keys
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view


@view(RoundMonth)
async def round_month(notice: RoundMonth, reading: Reading) -> Drawn:
    """Draw last month for who leads the team (still)."""
    month = await rounds.overview(reading.work, notice.team, notice.month, notice.person)
    if month is None:
        return NotAnyMore("not_allowed")
    return Drawing(text_of(reading.t, month), keyboard_of(reading.t, month, await rounds.this_month(reading.work)))


def text_of(t: Translator, month: Month) -> str:
    """Return the words about a month."""
    head = texts.title(t, team=month.team.name, first=month.first)
    facts = [
        texts.walked(t, rounds=month.rounds, length=month.length) if month.rounds else texts.none_walked(t),
        texts.not_walked(t, count=month.not_walked) if month.not_walked else "",
        texts.called_off(t, count=month.called_off) if month.called_off else "",
    ]
    parts = [head, "\n".join(filter(None, facts))]
    if month.rounds:
        parts.append(texts.outcomes(t, counts=month.outcomes) if month.outcomes else "")
        parts.append(texts.findings(t, counts=month.findings))
        parts.append(texts.lines(t, written=month.lines) if month.lines else "")
    return "\n\n".join(filter(None, parts))


def keyboard_of(t: Translator, month: Month, now: int) -> Keyboard:
    """Return the ways to other months, none after the one that it is now."""
    row: list[tuple[str, Button]] = [(texts.earlier_key(t), OpenMonth(month.team.id, month.number - 1))]
    if month.number < now:
        row.append((texts.later_key(t), OpenMonth(month.team.id, month.number + 1)))
    return keys(row)
