"""Drawing "Ik ga om 20:30, wie loopt mee?" for the members, and what became of it."""

from bot.domain.enums import WalkCallState
from bot.domain.notices.patrol import CallOver, ExtraRound, WhoWalks
from bot.services.activities import walking
from bot.texts import signups as signup_texts
from bot.texts import walking as texts
from handlers.activities.buttons import OpenMeeting
from handlers.context import keys
from handlers.patrol.buttons import WalkYes
from handlers.views.activities.patrol import names_of
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Occurrence, Person, Team, WalkCall
from storage.queries import activities as activity_queries
from storage.queries import signups as signup_queries
from storage.queries import staff


async def _call(reading: Reading, call_id: int) -> WalkCall | None:
    """Return the question, if its reader is (still) a member with a VOG."""
    call = await reading.work.session.get(WalkCall, call_id)
    if call is None:
        return None
    cleared = await activity_queries.cleared_members(reading.work.session, call.team_id)
    return call if reading.chat_id in cleared else None


@view(WhoWalks)
async def who_walks(notice: WhoWalks, reading: Reading) -> Drawn:
    """Ask a member; once it is a round or nothing came of it, the same message tells that."""
    call = await _call(reading, notice.call)
    if call is None:
        return NotAnyMore("not_allowed")
    t, moment = reading.t, reading.t.moment(call.starts_at)
    if call.state is WalkCallState.ROUND and call.occurrence_id is not None:
        return await _round(reading, call.occurrence_id, moment, WalkYes(call.id))
    if call.state is not WalkCallState.OPEN or call.starts_at <= reading.now:
        return NotAnyMore("over") if reading.message_id is None else Drawing(texts.is_over(t, moment=moment))
    if (morning := reading.morning) is not None:
        return morning
    person = await reading.work.session.get(Person, call.person_id)
    team = await reading.work.session.get(Team, call.team_id)
    name = person.name if person else None
    text = texts.who_walks(t, name=name, moment=moment, team=team.name if team else "")
    return Drawing(text, keys((texts.i_walk_key(t), WalkYes(call.id))))


async def _round(reading: Reading, occurrence_id: int, moment: str, join: WalkYes | None) -> Drawn:
    t = reading.t
    occurrence = await activity_queries.visible(reading.work.session, occurrence_id, reading.chat_id)
    if occurrence is None or occurrence.ends_at <= reading.now:
        return NotAnyMore("over")
    if occurrence.called_off_at is not None:
        return Drawing(texts.is_over(t, moment=moment))
    names = await names_of(reading, occurrence_id)
    walks = await signup_queries.mine_at(reading.work.session, occurrence_id, reading.chat_id)
    rows = [(texts.i_walk_key(t), join)] if join and not walks and occurrence.starts_at > reading.now else []
    look = (signup_texts.to_meeting_key(t), OpenMeeting(occurrence_id))
    enough = (await walking.of_round(reading.work, occurrence)).enough
    text = (texts.is_a_round if enough else texts.is_short)(t, moment=moment, names=names)
    return Drawing(text, keys(*rows, look))


@view(CallOver)
async def call_over(notice: CallOver, reading: Reading) -> Drawn:
    """Tell who asked what became of it."""
    call = await _call(reading, notice.call)
    if call is None:
        return NotAnyMore("not_allowed")
    moment = reading.t.moment(call.starts_at)
    if call.state is WalkCallState.ROUND and call.occurrence_id is not None:
        return await _round(reading, call.occurrence_id, moment, None)
    if call.state is WalkCallState.EXPIRED:
        return Drawing(texts.nobody(reading.t, moment=moment))
    return NotAnyMore("changed")


@view(ExtraRound)
async def extra_round(notice: ExtraRound, reading: Reading) -> Drawn:
    """Tell coordinator and worker of a round that was not planned."""
    occurrence = await reading.work.session.get(Occurrence, notice.occurrence)
    if occurrence is None or not await staff.may_see_roster(
        reading.work.session, reading.chat_id, occurrence.team_id or 0
    ):
        return NotAnyMore("not_allowed")
    return await _round(reading, occurrence.id, reading.t.moment(occurrence.starts_at), None)
