"""Two things at one time: a question before signing up, never a wall."""

from bot.domain.enums import RoleKey
from bot.services.activities import meetings, signups
from bot.texts import activities as activity_texts
from bot.texts import signing as texts
from handlers.activities.along_buttons import TakeOverAnyway
from handlers.activities.buttons import OpenMeeting
from handlers.buttons import Button
from handlers.context import Ctx, keys
from storage.models import Occurrence
from storage.queries import signups as queries

#: What may be typed instead of the two buttons.
_YES, _NO = ("ja", "yes"), ("nee", "no")


async def asks(context: Ctx, occurrence_id: int, role: RoleKey, anyway: Button) -> bool:
    """Ask who goes elsewhere then whether to sign up all the same, by *anyway*; return whether that was asked.

    Who waits for a place in this role is asked about taking one over, but not about signing up again.
    """
    meeting = await meetings.detail(context.work, occurrence_id, context.person.id)
    if meeting is None or signups.refuses(context.work, meeting.occurrence, context.person, role, None) is not None:
        return False
    takes_over = isinstance(anyway, TakeOverAnyway)
    if not takes_over and await signups.has_place(context.work, occurrence_id, context.person.id, role):
        return False
    other = await queries.at_that_time(context.work.session, meeting.occurrence, context.person.id)
    if other is None:
        return False
    t, back = context.t, OpenMeeting(occurrence_id)
    buttons = keys((texts.anyway_key(t), anyway), (activity_texts.back_key(t), back))
    context.show(texts.overlap(t, title=other.title), buttons)
    typed = [[words, button.encode()] for all_words, button in ((_YES, anyway), (_NO, back)) for words in all_words]
    context.person.prompt = [*(context.person.prompt or []), *typed]
    return True


async def note(context: Ctx, occurrence: Occurrence) -> list[str]:
    """Return the line for who has a place now and goes elsewhere at the same time, if so."""
    other = await queries.at_that_time(context.work.session, occurrence, context.person.id)
    return [] if other is None else [texts.overlap_note(context.t, title=other.title)]
