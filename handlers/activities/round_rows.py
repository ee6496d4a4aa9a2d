"""What stands under rounds: keyboards for messages, and rows for the pages of others."""

from bot.domain.activities.round_watch import may_arrive
from bot.domain.enums import ActivityKind, RoundOutcome
from bot.services import rounds
from bot.services.activities.meetings import Meeting
from bot.services.rounds import Scene
from bot.texts import Translator
from bot.texts import round_closing as closing_texts
from bot.texts import round_months as month_texts
from bot.texts import rounds as texts
from handlers.activities.round_buttons import CloseRound, Here, OpenMonth, ShowRound, WriteLine
from handlers.buttons import Button
from handlers.context import Ctx
from storage.queries import staff
from storage.work import Work

Row = tuple[str, Button] | list[tuple[str, Button]]


def closing_rows(t: Translator, occurrence: int, at: int, *, home: bool = False) -> list[Row]:
    """Return a button per way to close; with *home* each says that everybody is home as well."""
    label = closing_texts.home_outcome_key if home else closing_texts.outcome_key
    return [(label(t, of), CloseRound(occurrence, at, of)) for of in RoundOutcome]


def closed_rows(t: Translator, work: Work, scene: Scene) -> list[Row]:
    """Return what may still be added to a closed round."""
    if scene.round is None or not rounds.may_raise(work, scene.round):
        return []
    ids, rows = (scene.occurrence.id, scene.at), list[Row]()
    if scene.round.line is None:
        rows.append((closing_texts.line_key(t), WriteLine(*ids)))
    if scene.round.outcome != RoundOutcome.INCIDENT:
        rows.append((closing_texts.raise_key(t), CloseRound(*ids, RoundOutcome.INCIDENT)))
    return rows


async def meeting_rows(context: Ctx, meeting: Meeting) -> list[Row]:
    """Return the way from the page of a shift into its round, for who walks it at that time."""
    occurrence = meeting.occurrence
    if occurrence.kind is not ActivityKind.PATROL:
        return []
    scene = await rounds.look(context.work, occurrence)
    if scene is None:
        return []
    if scene.is_open and context.person.id in scene.walkers:
        return [(texts.to_round_key(context.t), ShowRound(occurrence.id, scene.at))]
    in_time = may_arrive(occurrence.starts_at, occurrence.ends_at, context.now)
    off = occurrence.called_off_at is not None or (scene.round is not None and not scene.is_open)
    if not in_time or off or context.person.id not in scene.expected:
        return []
    return [(texts.here_key(context.t), Here(occurrence.id, scene.at))]


async def month_rows(context: Ctx) -> list[Row]:
    """Return the way to the overviews of the teams that this person leads; nobody else has one."""
    teams = await staff.teams_led(context.work.session, context.person.id)
    several = len(teams) > 1
    return [
        (month_texts.month_key(context.t, team=team.name if several else None), OpenMonth(team.id)) for team in teams
    ]
