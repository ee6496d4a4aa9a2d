"""*Soort, thema, wijk*: one tap corrects it, and the report goes where the rules now say."""

from telegram import Update

from bot.domain.enums import Kind, Theme
from bot.services import triage
from bot.texts import triage_answers as texts
from handlers.context import Ctx
from handlers.routes import OnButton, Route
from handlers.staff.buttons import SetArea, SetKind, SetTheme
from handlers.staff.places import is_out_of_place, refuse
from handlers.staff.private import tell
from storage.models import Desk, Report


async def set_kind(_update: Update, context: Ctx, pressed: SetKind) -> None:
    """Correct the kind."""
    await _correct(context, pressed.report, pressed.version, kind=pressed.kind)


async def set_theme(_update: Update, context: Ctx, pressed: SetTheme) -> None:
    """Correct the theme."""
    await _correct(context, pressed.report, pressed.version, theme=pressed.theme)


async def set_area(_update: Update, context: Ctx, pressed: SetArea) -> None:
    """Correct the wijk."""
    await _correct(context, pressed.report, pressed.version, area=pressed.area)


async def _correct(
    context: Ctx,
    report_id: int,
    version: int,
    *,
    kind: Kind | None = None,
    theme: Theme | None = None,
    area: str | None = None,
) -> None:
    if await is_out_of_place(context, report_id):
        return
    before = await context.work.session.get(Report, report_id)
    desk_before = before.desk_id if before else None
    outcome = await triage.correct(context.work, report_id, context.person, version, kind=kind, theme=theme, area=area)
    if not outcome.done or outcome.report is None:
        await refuse(context, outcome)
        return
    desk = await context.work.session.get(Desk, outcome.report.desk_id)
    moved = desk is not None and outcome.report.desk_id != desk_before
    name = desk.name if desk else "?"
    tell(context, texts.rerouted(context.t, desk=name) if moved else texts.corrected(context.t))


BUTTONS: list[Route] = [OnButton(SetKind, set_kind), OnButton(SetTheme, set_theme), OnButton(SetArea, set_area)]
