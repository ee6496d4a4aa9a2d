"""A town with teams whose secrets stand nowhere else, and everybody outside them who may be curious."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.enums import (
    ActivityKind,
    Kind,
    ReportStatus,
    RoleKey,
    RoleName,
    RoundOutcome,
    SignupState,
    Theme,
    WalkCallState,
)
from handlers.activities.buttons import OpenMeeting
from storage.ids import new_id
from storage.models import (
    Activity,
    ActivityRole,
    Desk,
    Occurrence,
    Person,
    Report,
    RoleGrant,
    Round,
    RoundArrival,
    RoundFinding,
    Signup,
    Team,
    TeamMember,
    TeamNews,
    WalkCall,
)
from storage.queries.reports import next_number
from storage.work import Work
from tests.conversations.meetings import wall
from tests.town import START

TITLE, PLACE, LINE, WHY, NEWS = "Zwaluwronde", "Zwaluwplein", "Zwaluwregel", "Zwaluwreden", "Zwaluwnieuws"
STARTS, ENDS, CALLED = "19:37", "20:43", "19:11"
WALKERS = {"Jan": "Xanthippe", "John": "Quirinus"}
#: All that nobody outside may read; news is for all members, those without a VOG too.
WORDS = (TITLE, PLACE, LINE, WHY, NEWS, STARTS, ENDS, CALLED, *WALKERS.values())
JAN, JOHN, MIA, SAMIRA, OMAR, WILMA = 9101, 9102, 9103, 9001, 9002, 9003
LEFT, WITHDRAWN, ASKED, CHILD, OTHER_TEAM, FORMER_WORKER, RESIDENT, BLOCKED = range(7001, 7009)
INSIDE = frozenset({JAN, JOHN, SAMIRA})
OUTSIDE = {
    "a member without VOG": MIA,
    "a member who left": LEFT,
    "a member whose VOG was withdrawn": WITHDRAWN,
    "who asked to join": ASKED,
    "a member under 16": CHILD,
    "a member of another team": OTHER_TEAM,
    "a worker of another team": OMAR,
    "a worker who was taken off": FORMER_WORKER,
    "the beheerder": WILMA,
    "a resident": RESIDENT,
    "who is blocked": BLOCKED,
}
#: Who may read the news of the team, and nothing else of it.
MEMBERS = frozenset({MIA, WITHDRAWN, CHILD})
#: Desks, and last the team's own group, in which is who has no VOG too.
GROUPS = (-1001, -1002, -1003, -2001)


@dataclass
class Secrets:
    """The ids behind the secrets, by the name that fields of buttons and notices have for them."""

    by_name: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        """The ids that nobody outside may read."""
        names = ("occurrence", "signup", "round", "call", "news", "activity")
        return [number for name in names for number in self.by_name[name]]

    @property
    def few(self) -> list[int]:
        """One or two of each sort, and of teams and reports, to be tried at every place."""
        few = [
            number for name in ("occurrence", "signup", "round", "call", "news") for number in self.by_name[name][:2]
        ]
        return [*few, self.by_name["activity"][0], *self.by_name["team"], *self.by_name["report"]]


async def fill(work: Work) -> Secrets:
    """Fill the example town and return what is secret in it."""
    session = work.session
    team = (await session.scalars(select(Team))).one()
    for who, name in ((JAN, WALKERS["Jan"]), (JOHN, WALKERS["John"])):
        (await session.get_one(Person, who)).name = name
    for who in (LEFT, WITHDRAWN, ASKED, CHILD, OTHER_TEAM, FORMER_WORKER, RESIDENT, BLOCKED):
        person = Person(id=who, name=f"Buiten{who}", created_at=work.now, area_code=team.area_code)
        person.under_16, person.blocked_at = who == CHILD, work.now if who == BLOCKED else None
        session.add(person)
    await session.flush()
    for who in (SAMIRA, OMAR, WILMA, JAN, JOHN, MIA):
        (await session.get_one(Person, who)).privacy_shown_at = work.now
    session.add(
        RoleGrant(person_id=FORMER_WORKER, role=RoleName.WORKER, given_at=work.now, taken_at=work.now, taken_by=WILMA)
    )
    for who in (LEFT, WITHDRAWN, ASKED, CHILD):
        session.add(_member(work, team.id, who))
    other = Team(key="b", name="Andere wacht", area_code=team.area_code, worker_id=OMAR, coordinator_id=OTHER_TEAM)
    orphan = Team(key="c", name="Oude wacht", area_code=team.area_code, worker_id=FORMER_WORKER, coordinator_id=JAN)
    session.add_all([other, orphan])
    await session.flush()
    session.add(_member(work, other.id, OTHER_TEAM))
    found = await _rounds(work, team)
    orphaned = await _shift(work, orphan, 5)
    found["occurrence"].append(orphaned.id)
    found["activity"].append(orphaned.activity_id)
    found["team"] = [team.id, orphan.id]
    found["person"] = [JOHN, JAN, LEFT, WITHDRAWN, MIA, RESIDENT, OMAR]
    found["month"] = [2026 * 12 + 10, 2026 * 12 + 11, None]
    found["lead"] = ["1d@19.00", "3h"]
    found["area"] = [team.area_code]
    return Secrets(found)


def _member(work: Work, team: int, who: int) -> TeamMember:
    row = TeamMember(team_id=team, person_id=who, asked_at=work.now, accepted_at=work.now, vog_on=date(2026, 1, 1))
    row.left_at = work.now if who == LEFT else None
    row.vog_withdrawn_at = work.now if who == WITHDRAWN else None
    if who == ASKED:
        row.accepted_at = row.vog_on = None
    return row


async def _shift(work: Work, team: Team, days: int, *, starts: str = STARTS, ends: str = ENDS) -> Occurrence:
    """Return a round of its own activity, *days* after the town began."""
    day = START.date() + timedelta(days=days)
    activity = Activity(
        key=f"zwaluw-{team.key}-{days}", kind=ActivityKind.PATROL, title=TITLE, place=PLACE, team_id=team.id,
        area_code=team.area_code, starts=f"{day}T{starts}", ends=f"{day}T{ends}",
    )  # fmt: skip
    work.session.add(activity)
    await work.session.flush()
    work.session.add(ActivityRole(activity_id=activity.id, role=RoleKey.WALKER, minimum=2, maximum=4))
    row = Occurrence(
        activity_id=activity.id, nominal_on=day, kind=ActivityKind.PATROL, team_id=team.id, area_code=team.area_code,
        starts_at=wall(f"{day}T{starts}"), ends_at=wall(f"{day}T{ends}"), place=PLACE,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    return row


async def _rounds(work: Work, team: Team) -> dict[str, list[Any]]:
    """Write a round of each sort: to come, being walked, closed, called off; a question and news."""
    session = work.session
    for row in await session.scalars(select(Activity).where(Activity.kind == ActivityKind.PATROL)):
        row.title, row.place = TITLE, PLACE
    for meeting in await session.scalars(select(Occurrence).where(Occurrence.team_id == team.id)):
        meeting.starts_at = wall(f"{meeting.nominal_on}T{STARTS}")
        meeting.ends_at, meeting.place = wall(f"{meeting.nominal_on}T{ENDS}"), PLACE
    coming, walked, closed, off = [await _shift(work, team, days) for days in (1, 2, -3, 3)]
    walked.starts_at, walked.ends_at = work.now - timedelta(minutes=20), work.now + timedelta(minutes=40)
    off.called_off_at, off.called_off_why, coming.moved_why = work.now, WHY, WHY
    signups = [
        Signup(
            occurrence_id=meeting.id, person_id=who, role=RoleKey.WALKER, state=SignupState.SIGNED_UP,
            queued_at=work.now, changed_at=work.now, placed_at=work.now,
        )
        for meeting in (coming, walked, closed, off)
        for who in (JAN, JOHN, LEFT, WITHDRAWN, CHILD)
    ]  # fmt: skip
    rounds = [
        Round(occurrence_id=walked.id, opened_at=work.now, opened_by=JOHN, walkers=[JOHN, JAN]),
        Round(
            occurrence_id=closed.id, opened_at=closed.starts_at, opened_by=JOHN, walkers=[JOHN, JAN],
            closed_at=closed.ends_at, outcome=RoundOutcome.SOMETHING.value, line=LINE,
        ),
    ]  # fmt: skip
    at = wall(f"{START.date()}T{CALLED}")
    call = WalkCall(team_id=team.id, person_id=JOHN, starts_at=at, ends_at=at + timedelta(hours=1), made_at=work.now)
    call.state = WalkCallState.OPEN
    news = TeamNews(team_id=team.id, by=JAN, at=work.now, text=NEWS)
    session.add_all([*signups, *rounds, call, news])
    session.add(RoundArrival(occurrence_id=walked.id, person_id=JOHN, starts_at=walked.starts_at, at=work.now))
    await session.flush()
    report = await _finding(work, rounds[0])
    stamps = [int(row.starts_at.timestamp()) for row in (coming, walked, closed, off)]
    return {
        "occurrence": [coming.id, walked.id, closed.id, off.id],
        "at": stamps,
        "asked": [int(work.now.timestamp()), *stamps],
        "signup": [row.id for row in signups],
        "round": [row.id for row in rounds],
        "call": [call.id],
        "news": [news.id],
        "activity": [row.activity_id for row in (coming, walked, closed, off)],
        "report": [report.id],
        "sequence": [0, 1],
        "page": [0, 1],
        "version": [1, 0],
    }


async def _finding(work: Work, made: Round) -> Report:
    """Return a report that John made during a round, as one of *Kapot of vies*."""
    desk = (await work.session.scalars(select(Desk).where(Desk.key == "stad-west"))).one()
    report = Report(
        draft_id=new_id(), year=2026, number=await next_number(work.session, 2026), resident_id=JOHN,
        kind=Kind.PLACE, theme=Theme.LIVABILITY, text="Lamp kapot", sealed=False,
        status=ReportStatus.RECEIVED, desk_id=desk.id, rule_position=0, created_at=work.now, changed_at=work.now,
    )  # fmt: skip
    work.session.add(report)
    await work.session.flush()
    work.session.add(RoundFinding(report_id=report.id, round_id=made.id))
    return report


def base36(number: int) -> str:
    """Return an id as buttons write it."""
    return OpenMeeting(number).encode().partition(":")[2]
