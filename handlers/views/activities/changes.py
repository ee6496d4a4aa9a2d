"""Drawing that a meeting was moved, renamed or called off."""

from collections.abc import Sequence

from bot.domain.activities.offers import walks_in
from bot.domain.enums import ActivityKind, SignupState
from bot.domain.notices.activities import (
    CalledOff,
    Moved,
)
from bot.texts import reminders as texts
from bot.texts import signing as along_texts
from bot.texts import signups as signup_texts
from handlers.activities.buttons import (
    Coming,
    NotComing,
    OpenMeeting,
)
from handlers.context import keys
from handlers.views.activities.calendar import file_message
from handlers.views.activities.signup_scene import when_of
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Activity, Occurrence, Signup
from storage.queries import activities as activity_queries
from storage.queries import signups as queries


async def _meeting(reading: Reading, occurrence_id: int, person_id: int) -> tuple[Occurrence, Activity] | None:
    occurrence = await activity_queries.visible(reading.work.session, occurrence_id, person_id)
    activity = None if occurrence is None else await reading.work.session.get(Activity, occurrence.activity_id)
    return None if occurrence is None or activity is None else (occurrence, activity)


@view(CalledOff)
async def called_off(notice: CalledOff, reading: Reading) -> Drawn:
    """Say that a meeting does not go ahead."""
    found = await _meeting(reading, notice.occurrence, notice.person)
    if found is None or found[0].called_off_at is None:
        return NotAnyMore("not_called_off")
    occurrence, activity = found
    text = texts.called_off(
        reading.t,
        title=activity.title,
        when=when_of(occurrence, reading),
        why=occurrence.called_off_why,
        patrol=occurrence.kind is ActivityKind.PATROL,
    )
    own = await queries.mine_at(reading.work.session, occurrence.id, notice.person)
    return Drawing(_and_others(text, own, reading), reply_to=await file_message(reading, occurrence.id, notice.person))


def _and_others(text: str, own: Sequence[Signup], reading: Reading) -> str:
    """Return a message with whom its reader must tell it: people without Telegram, whom the bot can't."""
    names = [row.for_name for row in own if row.for_name]
    return "\n\n".join([text, along_texts.tell_them(reading.t, names=names)]) if names else text


@view(Moved)
async def moved(notice: Moved, reading: Reading) -> Drawn:
    """Say that a meeting has another time, place or name; who has a place answers with one tap."""
    found = await _meeting(reading, notice.occurrence, notice.person)
    if found is None or found[0].called_off_at is not None or found[0].sequence != notice.sequence:
        return NotAnyMore("changed")
    occurrence, activity = found
    t = reading.t
    own = await queries.mine_at(reading.work.session, occurrence.id, notice.person)
    placed = next((row for row in own if row.state is SignupState.SIGNED_UP and not row.for_name), None)
    slot_at = placed.slot_at if placed else None
    walks = placed is not None and slot_at is None and walks_in(occurrence.kind, placed.role)
    text = texts.moved(
        t,
        title=activity.title,
        when=when_of(occurrence, reading),
        time=notice.tells_time,
        place=(occurrence.place or activity.place or "") if notice.place else None,
        name=notice.name,
        slot_at=slot_at,
        walks_in=walks and notice.tells_time,
        why=occurrence.moved_why if notice.tells_time or notice.place else None,
    )
    text = _and_others(text, own, reading)
    file = await file_message(reading, occurrence.id, notice.person)
    if placed is None:
        return Drawing(text, keys((signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id))), reply_to=file)
    yes = (signup_texts.coming_key(t, role=placed.role), Coming(placed.id, placed.version))
    no = (signup_texts.not_coming_key(t), NotComing(placed.id, placed.version))
    return Drawing(text, keys([yes, no]), reply_to=file)
