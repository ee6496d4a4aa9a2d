"""Drawing what teams of buurtpreventie hear: joining, the VOG, and what keeps anybody from walking alone.

Judged again when it is drawn: nobody outside the team reads a time, a name or a round.
"""

from dataclasses import dataclass

from bot.domain.enums import RoleKey
from bot.domain.notices.patrol import (
    MemberCame,
    MemberLeft,
    MemberRemoved,
    NotAlone,
    NotReached,
    NowAlone,
    RoundShort,
    TeamAnswered,
    TeamNewsTold,
    TeamRequest,
    VogChanged,
    WalkersWanted,
)
from bot.services import rounds
from bot.services.activities import walking
from bot.texts import activities as activity_texts
from bot.texts import roster as roster_texts
from bot.texts import rounds as round_texts
from bot.texts import signups as signup_texts
from bot.texts import team_members as member_texts
from bot.texts import teams as texts
from bot.texts import walking as walking_texts
from handlers.activities.buttons import CallOff, NotComing, OpenMeeting, Teams
from handlers.activities.round_buttons import ShowRound
from handlers.context import keys
from handlers.patrol.buttons import AnswerRequest, Members, OpenTeam, StepIn, TickVog
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Activity, Occurrence, Person, Team, TeamMember, TeamNews
from storage.queries import activities as activity_queries
from storage.queries import rounds as round_queries
from storage.queries import signups as signup_queries
from storage.queries import staff


@dataclass(frozen=True)
class Belonging:
    """A team with somebody who belongs to it, or did, and their name."""

    team: Team
    member: TeamMember | None
    name: str


async def _belonging(reading: Reading, team_id: int, person_id: int) -> Belonging | None:
    session = reading.work.session
    team, person = await session.get(Team, team_id), await session.get(Person, person_id)
    if team is None or person is None:
        return None
    member = await staff.membership(session, person_id, team_id)
    return Belonging(team, member, person.name or texts.a_member(reading.t))


# -- belonging to a team --------------------------------------------------------------------------------------------


@view(TeamRequest)
async def team_request(notice: TeamRequest, reading: Reading) -> Drawn:
    """Ask the coordinator, or tell what became of it."""
    found = await _belonging(reading, notice.team, notice.person)
    if found is None or found.team.coordinator_id != reading.chat_id:
        return NotAnyMore("not_allowed")
    t, name, team, member = reading.t, found.name, found.team.name, found.member
    asks = member is not None and int(member.asked_at.timestamp()) == notice.asked
    if member is not None and asks and member.accepted_at is None and member.left_at is None:
        yes = AnswerRequest(notice.team, notice.person, notice.asked, yes=True)
        no = AnswerRequest(notice.team, notice.person, notice.asked, yes=False)
        return Drawing(texts.request(t, name=name, team=team), keys([(texts.yes_key(t), yes), (texts.no_key(t), no)]))
    if reading.message_id is None:
        return NotAnyMore("answered")
    if member is None or not asks:
        return Drawing(texts.request_gone(t, team=team))
    if member.accepted_at is None:
        return Drawing(texts.request_declined(t, name=name, team=team))
    members = (texts.members_key(t), Members(notice.team))
    return Drawing(texts.request_accepted(t, name=name, team=team), keys(members))


@view(TeamAnswered)
async def team_answered(notice: TeamAnswered, reading: Reading) -> Drawn:
    """Tell who asked: yes or no."""
    found = await _belonging(reading, notice.team, notice.person)
    if found is None or found.member is None or int(found.member.asked_at.timestamp()) != notice.asked:
        return NotAnyMore("gone")
    t, team = reading.t, found.team.name
    text = texts.declined(t, team=team) if found.member.accepted_at is None else texts.accepted(t, team=team)
    return Drawing(text, keys((texts.to_team_key(t), OpenTeam(notice.team))))


@view(MemberCame)
async def member_came(notice: MemberCame, reading: Reading) -> Drawn:
    """Tell the team's worker that somebody joined."""
    found = await _belonging(reading, notice.team, notice.person)
    if found is None or not await _works(reading, found.team):
        return NotAnyMore("not_allowed")
    if found.member is None or found.member.left_at is not None or staff.is_cleared(found.member):
        return NotAnyMore("changed")
    t = reading.t
    tick = (member_texts.tick_key(t, name=found.name), TickVog(notice.team, notice.person))
    members = (texts.members_key(t), Members(notice.team))
    own = notice.person == reading.chat_id
    return Drawing(texts.member_came(t, name=found.name, team=found.team.name), keys(*([] if own else [tick]), members))


@view(MemberLeft)
async def member_left(notice: MemberLeft, reading: Reading) -> Drawn:
    """Tell coordinator and worker that somebody left."""
    found = await _belonging(reading, notice.team, notice.person)
    if found is None or not (found.team.coordinator_id == reading.chat_id or await _works(reading, found.team)):
        return NotAnyMore("not_allowed")
    if found.member is not None and found.member.left_at is None:
        return NotAnyMore("changed")
    return Drawing(texts.member_left(reading.t, name=found.name, team=found.team.name))


@view(MemberRemoved)
async def member_removed(notice: MemberRemoved, reading: Reading) -> Drawn:
    """Tell somebody who was taken out of a team, unless they are in it again."""
    found = await _belonging(reading, notice.team, notice.person)
    if found is None or found.member is None or found.member.left_at is None:
        return NotAnyMore("changed")
    return Drawing(
        member_texts.removed_you(reading.t, team=found.team.name), keys((texts.teams_key(reading.t), Teams()))
    )


@view(VogChanged)
async def vog_changed(notice: VogChanged, reading: Reading) -> Drawn:
    """Tell a member how it stands with the VOG now."""
    found = await _belonging(reading, notice.team, notice.person)
    if found is None or found.member is None or found.member.left_at is not None:
        return NotAnyMore("gone")
    t, team = reading.t, found.team.name
    text = (
        member_texts.vog_seen(t, team=team) if staff.is_cleared(found.member) else member_texts.vog_gone(t, team=team)
    )
    return Drawing(text, keys((texts.to_team_key(t), OpenTeam(notice.team))))


@view(TeamNewsTold)
async def team_news_told(notice: TeamNewsTold, reading: Reading) -> Drawn:
    """Tell a member the news, as long as they are one."""
    news = await reading.work.session.get(TeamNews, notice.news)
    found = None if news is None else await _belonging(reading, news.team_id, notice.person)
    if news is None or found is None or found.member is None:
        return NotAnyMore("gone")
    if found.member.accepted_at is None or found.member.left_at is not None:
        return NotAnyMore("not_allowed")
    return Drawing(texts.news(reading.t, team=found.team.name, text=news.text))


async def _works(reading: Reading, team: Team) -> bool:
    return team.worker_id == reading.chat_id and await staff.may_see_roster(
        reading.work.session, reading.chat_id, team.id
    )


# -- never alone ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RoundScene:
    """A round that is still to come, as its reader may see it."""

    occurrence: Occurrence
    title: str
    when: str
    walkers: walking.Walkers


async def _round(reading: Reading, occurrence_id: int) -> RoundScene | NotAnyMore:
    session = reading.work.session
    occurrence = await activity_queries.visible(session, occurrence_id, reading.chat_id)
    activity = None if occurrence is None else await session.get(Activity, occurrence.activity_id)
    if occurrence is None or activity is None:
        return NotAnyMore("not_allowed")
    if occurrence.called_off_at is not None:
        return NotAnyMore("called_off")
    when = activity_texts.span(reading.t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)
    return RoundScene(occurrence, activity.title, when, await walking.of_round(reading.work, occurrence))


async def _short_round(reading: Reading, occurrence_id: int, sequence: int) -> RoundScene | NotAnyMore:
    scene = await _round(reading, occurrence_id)
    if isinstance(scene, NotAnyMore):
        return scene
    if scene.occurrence.starts_at <= reading.now:
        return NotAnyMore("started")
    if scene.occurrence.sequence != sequence:
        return NotAnyMore("moved")
    if await round_queries.is_over(reading.work.session, scene.occurrence):
        return NotAnyMore("closed")
    return NotAnyMore("enough") if scene.walkers.enough else scene


@view(WalkersWanted)
async def walkers_wanted(notice: WalkersWanted, reading: Reading) -> Drawn:
    """Ask a free member with a VOG to walk along, unless there are enough by now; it is an invitation: not at night."""
    scene = await _short_round(reading, notice.occurrence, notice.sequence)
    if isinstance(scene, NotAnyMore):
        return scene
    if not await activity_queries.may_take_shift(reading.work.session, notice.occurrence, notice.person):
        return NotAnyMore("not_allowed")
    if any(row.person_id == notice.person for row in scene.walkers.yes):
        return NotAnyMore("comes_already")
    if (morning := reading.morning) is not None:
        return morning
    t = reading.t
    yes = (walking_texts.i_walk_key(t), StepIn(notice.occurrence))
    look = (signup_texts.to_meeting_key(t), OpenMeeting(notice.occurrence))
    return Drawing(walking_texts.walkers_wanted(t, title=scene.title, when=scene.when), keys(yes, look))


@view(RoundShort)
async def round_short(notice: RoundShort, reading: Reading) -> Drawn:
    """Warn coordinator and worker: walk along, if they may, or call the round off."""
    scene = await _short_round(reading, notice.occurrence, notice.sequence)
    if isinstance(scene, NotAnyMore):
        return scene
    t, occurrence = reading.t, scene.occurrence
    text = walking_texts.round_short(t, title=scene.title, when=scene.when, yes=len(scene.walkers.yes))
    off = (walking_texts.call_off_key(t), CallOff(occurrence.id, occurrence.version, sure=False))
    if any(row.person_id == notice.person for row in scene.walkers.yes):
        return Drawing(text, keys(off))
    if not await activity_queries.may_take_shift(reading.work.session, occurrence.id, notice.person):
        return Drawing(f"{text}\n{walking_texts.only_with_vog(t)}", keys(off))
    return Drawing(text, keys((walking_texts.i_walk_myself_key(t), StepIn(occurrence.id)), off))


@view(NowAlone)
async def now_alone(notice: NowAlone, reading: Reading) -> Drawn:
    """Tell who is left to stay at home, unless somebody came along meanwhile."""
    scene = await _round(reading, notice.occurrence)
    if isinstance(scene, NotAnyMore):
        return scene
    if scene.walkers.enough or all(row.person_id != notice.person for row in scene.walkers.yes):
        return NotAnyMore("changed")
    t, session, occurrence = reading.t, reading.work.session, scene.occurrence
    walked = await round_queries.of_time(session, occurrence)
    if walked is not None:
        if walked.closed_at is not None or notice.person not in walked.walkers:
            return NotAnyMore("closed")
        back = (round_texts.to_round_key(t), ShowRound(occurrence.id, rounds.stamp(occurrence)))
        return Drawing(walking_texts.alone_on_the_way(t, title=scene.title, when=scene.when), keys(back))
    own = await signup_queries.of_person(session, notice.occurrence, notice.person, RoleKey.WALKER)
    look = (signup_texts.to_meeting_key(t), OpenMeeting(notice.occurrence))
    leave = (
        []
        if own is None or occurrence.starts_at <= reading.now
        else [(signup_texts.not_coming_key(t), NotComing(own.id, own.version))]
    )
    return Drawing(walking_texts.now_alone(t, title=scene.title, when=scene.when), keys(*leave, look))


@view(NotAlone)
async def not_alone(notice: NotAlone, reading: Reading) -> Drawn:
    """Tell who was alone that somebody walks along again, if it is still so."""
    scene = await _round(reading, notice.occurrence)
    if isinstance(scene, NotAnyMore):
        return scene
    if not scene.walkers.enough:
        return NotAnyMore("changed")
    t = reading.t
    names = await names_of(reading, notice.occurrence)
    look = (signup_texts.to_meeting_key(t), OpenMeeting(notice.occurrence))
    return Drawing(walking_texts.not_alone(t, title=scene.title, when=scene.when, names=names), keys(look))


async def names_of(reading: Reading, occurrence_id: int) -> str:
    """Return the names of who comes to a round, as ready text; who looks for a stand-in does not."""
    names = await signup_queries.names(reading.work.session, occurrence_id)
    return ", ".join(roster_texts.walker(reading.t, name=name, yes=False, seeks=False) for name in names)


@view(NotReached)
async def not_reached(notice: NotReached, reading: Reading) -> Drawn:
    """Have the coordinator or the worker call a walker who must not go, as long as that is so."""
    session = reading.work.session
    occurrence = await activity_queries.visible(session, notice.occurrence, notice.reader)
    activity = None if occurrence is None else await session.get(Activity, occurrence.activity_id)
    person = await session.get(Person, notice.person)
    if occurrence is None or activity is None or person is None:
        return NotAnyMore("not_allowed")
    walkers = await walking.of_round(reading.work, occurrence)
    alone = all(row.person_id == notice.person for row in walkers.yes)
    if occurrence.called_off_at is None and not alone:
        return NotAnyMore("changed")
    text = walking_texts.not_reached(
        reading.t,
        name=person.name or texts.a_member(reading.t),
        title=activity.title,
        when=activity_texts.span(reading.t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        called_off=occurrence.called_off_at is not None,
    )
    return Drawing(text)
