"""Taps on a card: taking it, opening it, its menus, handing it on."""

from telegram import Update

from bot.domain.enums import Reachable
from bot.services import triage
from bot.services.desk import cards, openings
from bot.services.reporting import me_too, reply_photos
from bot.services.triage import Act, Outcome, Verdict
from bot.texts import triage_answers as texts
from handlers.context import Ctx
from handlers.routes import OnButton, Route
from handlers.staff.buttons import (
    AREA,
    Files,
    HandTo,
    Menu,
    Open,
    PhotoAway,
    PickRegion,
    ShowMenu,
    Take,
    TakeOver,
    TurnColleagues,
)
from handlers.staff.places import is_out_of_place, refuse
from handlers.staff.private import invite, private_t, remember, tell
from handlers.views import triage_keys
from handlers.views.triage_keys import Around
from storage.models import Report
from storage.queries import staff, town


async def take(_update: Update, context: Ctx, pressed: Take) -> None:
    """Take a report; a sealed one opens in private for who took it."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await triage.take(context.work, pressed.report, context.person, pressed.version)
    await show_taken(context, outcome)


async def show_taken(context: Ctx, outcome: Outcome) -> None:
    """Open what was taken, or say who was first."""
    if outcome.verdict is Verdict.HELD and outcome.other is not None:
        await refuse(context, outcome, texts.held(context.t, name=outcome.other.name or "?"))
    elif outcome.report is None or outcome.verdict not in (Verdict.DONE, Verdict.MINE):
        await refuse(context, outcome)
    elif outcome.report.sealed or context.is_private:
        await open_in_private(context, outcome.report)
    else:
        tell(context, texts.taken(context.t) if outcome.done else texts.mine(context.t))


async def take_over(_update: Update, context: Ctx, pressed: TakeOver) -> None:
    """Take a report over from a colleague."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await triage.take_over(context.work, pressed.report, context.person, pressed.version)
    if not outcome.done or outcome.report is None:
        await refuse(context, outcome)
    elif outcome.report.sealed or context.is_private:
        await open_in_private(context, outcome.report)
    else:
        tell(context, texts.taken(context.t))


async def hand_to(_update: Update, context: Ctx, pressed: HandTo) -> None:
    """Hand a report to a colleague."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await triage.hand_over(context.work, pressed.report, context.person, pressed.person, pressed.version)
    if not outcome.done or outcome.other is None:
        await refuse(context, outcome)
    else:
        tell(context, texts.handed(context.t, name=outcome.other.name or "?"))


async def open_report(_update: Update, context: Ctx, pressed: Open) -> None:
    """Open a report in private."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await triage.look(context.work, pressed.report, context.person.id, None, Act.OPEN)
    if not outcome.done or outcome.report is None:
        await refuse(context, outcome)
    else:
        await open_in_private(context, outcome.report)


async def open_in_private(context: Ctx, report: Report) -> None:
    """Show the report in the private chat of who tapped, or answer with the one-time link for just that person."""
    if context.person.reachable is not Reachable.YES:
        await invite(context, report.id)
        return
    await openings.open_for(context.work, report.id, context.person)
    remember_card(context, report)
    if not context.is_private:
        tell(context, texts.look_in_private(context.t))


def remember_card(context: Ctx, report: Report) -> None:
    """Let the buttons of the private card be typed."""
    around = Around(private=True, more=True, worried=report.sealed and report.holder_id == context.person.id)
    remember(context, triage_keys.keyboard(private_t(context), report, Menu.CARD, around))


async def files(_update: Update, context: Ctx, pressed: Files) -> None:
    """Show the whole text and all files in private, for a day."""
    if await is_out_of_place(context, pressed.report):
        return
    may = await triage.look(context.work, pressed.report, context.person.id, None, Act.OPEN)
    if may.verdict is Verdict.STRANGER:
        await refuse(context, may)
        return
    if context.person.reachable is not Reachable.YES:
        await invite(context, pressed.report)
        return
    outcome = await openings.show_all(context.work, pressed.report, context.person)
    if outcome.verdict is Verdict.SAME:
        tell(context, texts.no_files(context.t))
    elif not outcome.done:
        await refuse(context, outcome)
    elif not context.is_private:
        tell(context, texts.look_in_private(context.t))


async def photo_away(_update: Update, context: Ctx, pressed: PhotoAway) -> None:
    """Take a photo or video out of the report."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await triage.take_photo_away(context.work, pressed.report, context.person, pressed.media, pressed.version)
    if outcome.done:
        tell(context, texts.photo_gone(context.t))
    else:
        await refuse(context, outcome)


async def show_menu(_update: Update, context: Ctx, pressed: ShowMenu) -> None:
    """Open a menu under the card, or close it."""
    await _menu(context, pressed.report, pressed.version, pressed.menu.value)


async def pick_region(_update: Update, context: Ctx, pressed: PickRegion) -> None:
    """Show the wijken of a region."""
    await _menu(context, pressed.report, pressed.version, f"{AREA}.{pressed.region}")


async def turn_colleagues(_update: Update, context: Ctx, pressed: TurnColleagues) -> None:
    """Show another page of colleagues."""
    await _menu(context, pressed.report, pressed.version, f"{Menu.HAND.value}.{pressed.start}")


#: Menus that are only for who has the report.
_IN_CHARGE = {
    Menu.CLOSE.value: Act.CLOSE,
    Menu.BLOCK.value: Act.BLOCK,
    Menu.HAND.value: Act.HAND_OVER,
    Menu.MERGE.value: Act.CLOSE,
}


async def _menu(context: Ctx, report_id: int, version: int, menu: str) -> None:
    if await is_out_of_place(context, report_id):
        return
    act = Act.OPEN if context.is_private else _IN_CHARGE.get(menu.partition(".")[0], Act.LOOK)
    outcome = await triage.look(context.work, report_id, context.person.id, version, act)
    if not outcome.done or outcome.report is None:
        await refuse(context, outcome)
        return
    private = context.is_private
    await cards.open_menu(context.work, outcome.report, menu, person_id=context.person.id, private=private)
    if private:
        await _remember_menu(context, outcome.report, menu)


async def _remember_menu(context: Ctx, report: Report, menu: str) -> None:
    session = context.work.session
    likely = await triage.likely(context.work, report, context.person.id)
    around = Around(
        private=True,
        more=True,
        areas=await town.areas(session),
        colleagues=await staff.workers_of(session, report.desk_id),
        pictures=await reply_photos.pictures_of(context.work, report.id),
        likely=likely,
        groupable=me_too.groupable(report, likely, context.now),
    )
    remember(context, triage_keys.keyboard(private_t(context), report, menu, around))


BUTTONS: list[Route] = [
    OnButton(Take, take),
    OnButton(TakeOver, take_over),
    OnButton(HandTo, hand_to),
    OnButton(Open, open_report),
    OnButton(Files, files),
    OnButton(PhotoAway, photo_away),
    OnButton(ShowMenu, show_menu),
    OnButton(PickRegion, pick_region),
    OnButton(TurnColleagues, turn_colleagues),
]
