"""The roster of a team by month: who walks when, for members with a VOG, the coordinator and the team's worker."""

from datetime import date

from telegram import Update

from bot.domain.enums import Attendance, SignupState
from bot.domain.time import local_date
from bot.services import patrol
from bot.texts import activities as activity_texts
from bot.texts import patrol as patrol_texts
from bot.texts import roster as roster_texts
from bot.texts import teams as texts
from handlers.activities.buttons import OpenMeeting
from handlers.activities.listing import in_pairs, numbers, place_of
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.patrol.buttons import OpenTeam, Roster
from handlers.patrol.teams import show_not_there
from storage.queries import town
from storage.queries.activities import Place

#: So many months back (names are erased after 90 days) and ahead (dates are made 60 days ahead).
BACK, AHEAD = 3, 3
_MONTHS = 12


async def on_roster(_update: Update, context: Ctx, pressed: Roster) -> None:
    """Show a page of a month; to anybody else there is no such team."""
    seen = await patrol.seen(context.work, pressed.team, context.person)
    if seen is None or not seen.sees_roster:
        show_not_there(context)
        return
    t, team = context.t, seen.team
    today = local_date(context.now, await town.zone(context.work.session))
    now = today.year * _MONTHS + today.month - 1
    month = now if pressed.month is None else min(max(pressed.month, now - BACK), now + AHEAD)
    after = place_of(pressed.after_at, pressed.after_id) if month == pressed.month else None
    page = await patrol.month_of(context.work, team.id, context.person.id, first=_first(month), after=after)
    entries = [_entry(context, number, shown) for number, shown in enumerate(page.rounds, start=1)]
    parts = [roster_texts.roster(t, team=team.name, month=_first(month)), *(entries or [roster_texts.roster_empty(t)])]
    parts += [roster_texts.roster_legend(t)] if entries else []
    buttons: list[tuple[str, Button]] = [
        (f"{number}. {t.time(shown.meeting.occurrence.starts_at)}", OpenMeeting(shown.meeting.occurrence.id))
        for number, shown in enumerate(page.rounds, start=1)
    ]
    rows = [*in_pairs(buttons), *_paging(context, team.id, month, now, page.following, begun=after is None)]
    text = "\n\n".join([*parts, patrol_texts.secret(t)])
    # The page goes with the names of the first round on it.
    first = next((shown.meeting.occurrence.id for shown in page.rounds if shown.walkers), None)
    context.show(text, keys(*rows, (texts.to_team_key(t), OpenTeam(team.id))), about=first)


def _entry(context: Ctx, number: int, shown: patrol.Shown) -> str:
    t, occurrence = context.t, shown.meeting.occurrence
    walkers = [
        roster_texts.walker(
            t,
            name=name,
            yes=signup.attendance is Attendance.COMING,
            seeks=signup.state is SignupState.SEEKS_STAND_IN,
        )
        for signup, name in shown.walkers
    ]
    return roster_texts.roster_entry(
        t,
        number=number,
        title=shown.meeting.activity.title,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        walkers=walkers,
        state=activity_texts.state(t, shown.meeting.state),
    )


def _paging(
    context: Ctx, team: int, month: int, now: int, following: Place | None, *, begun: bool
) -> list[list[tuple[str, Button]]]:
    t = context.t
    rows: list[list[tuple[str, Button]]] = []
    if following is not None:
        rows.append([(roster_texts.more_key(t), Roster(team, month, *numbers(following)))])
    elif not begun:
        rows.append([(activity_texts.first_page_key(t), Roster(team, month))])
    months: list[tuple[str, Button]] = []
    if month > now - BACK:
        months.append((roster_texts.earlier_key(t, month=_first(month - 1)), Roster(team, month - 1)))
    if month < now + AHEAD:
        months.append((roster_texts.later_key(t, month=_first(month + 1)), Roster(team, month + 1)))
    return [*rows, months]


def _first(month: int) -> date:
    return date(month // _MONTHS, month % _MONTHS + 1, 1)
