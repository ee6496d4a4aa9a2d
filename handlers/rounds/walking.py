"""*Ik ben er*, naming the second, and the two big buttons of a round, in the private chat."""

from telegram import Update

from bot import data
from bot.domain.activities.round_watch import EARLY
from bot.domain.notices.rounds import RoundCard, RoundCardBelow
from bot.services import rounds
from bot.services.rounds import Arrived, Scene
from bot.texts import activities as activity_texts
from bot.texts import rounds as texts
from handlers import report
from handlers.activities import detail
from handlers.activities.round_buttons import Broken, Here, IsHere, NotHere, Others, ShowRound, Suspect
from handlers.context import Ctx, keys
from storage.models import Occurrence
from storage.queries import rounds as queries

#: So many names fit under a message.
MOST = 40


async def on_here(_update: Update, context: Ctx, pressed: Here) -> None:
    """*Ik ben er*: the second who says so opens the round."""
    outcome = await rounds.arrive(context.work, pressed.occurrence, context.person.id, at=pressed.at)
    await answer(context, outcome, pressed.occurrence)


async def on_is_here(_update: Update, context: Ctx, pressed: IsHere) -> None:
    """Name the second, who is standing there too."""
    outcome = await rounds.name(context.work, pressed.occurrence, context.person.id, pressed.person, at=pressed.at)
    await answer(context, outcome, pressed.occurrence)


async def on_others(_update: Update, context: Ctx, pressed: Others) -> None:
    """Show who may walk along without having signed up; for who is there themselves, at a round that is not open."""
    scene = await seen(context, pressed.occurrence)
    if scene is None or scene.at != pressed.at or scene.is_open or context.person.id not in scene.arrived:
        if scene is None or context.person.id not in scene.expected:
            detail.show_not_there(context)
        else:
            await show_card(context, pressed.occurrence)
        return
    t, people = context.t, await rounds.others(context.work, scene)
    names = await queries.names(context.work.session, people)
    rows = [
        (texts.name_key(t, name=names.get(who)), IsHere(pressed.occurrence, pressed.at, who)) for who in people[:MOST]
    ]
    back = (texts.to_round_key(t), ShowRound(pressed.occurrence, pressed.at))
    context.show(texts.who_is_there(t) if rows else texts.nobody_to_name(t), keys(*rows, back))


async def on_not_here(_update: Update, context: Ctx, pressed: NotHere) -> None:
    """Say that one is not there, or does not walk after all."""
    outcome = await rounds.deny(context.work, pressed.occurrence, context.person.id, at=pressed.at)
    if outcome is Arrived.GONE:
        context.show(texts.not_walking(context.t), new=True)
        await show_card(context, pressed.occurrence)
    else:
        await answer(context, outcome, pressed.occurrence)


async def on_show(_update: Update, context: Ctx, pressed: ShowRound) -> None:
    """Show the round below, with its big buttons."""
    scene = await seen(context, pressed.occurrence)
    if scene is None or (context.person.id not in scene.expected and context.person.id not in scene.walkers):
        detail.show_not_there(context)
    else:
        await show_card(context, pressed.occurrence)


async def on_broken(_update: Update, context: Ctx, pressed: Broken) -> None:
    """*Kapot of vies*: a report begins, which counts for this round; the wijk of the team is offered first."""
    scene = await _walked(context, pressed.occurrence, pressed.at)
    if scene is not None and scene.round is not None:
        area = await queries.area_of(context.work.session, scene.occurrence)
        await report.begin_on_round(context, scene.round.id, area.code if area else None)


async def on_suspect(_update: Update, context: Ctx, pressed: Suspect) -> None:
    """*Verdacht*: what to do and whom to call. Nothing is written down, and nobody is told."""
    if await _walked(context, pressed.occurrence, pressed.at) is None:
        return
    known = data.help_lines()
    context.show(
        texts.saar(context.t, emergency=known["emergency"].number, police=known["police"].number),
        keys((texts.to_round_key(context.t), ShowRound(pressed.occurrence, pressed.at))),
    )


async def _walked(context: Ctx, occurrence_id: int, at: int) -> Scene | None:
    """Return the round that this person walks now; else answer, and return None."""
    scene = await seen(context, occurrence_id)
    if scene is None or (context.person.id not in scene.expected and context.person.id not in scene.walkers):
        detail.show_not_there(context)
    elif scene.at != at or not scene.is_open or context.person.id not in scene.walkers:
        await show_card(context, occurrence_id, above=texts.not_open(context.t))
    else:
        return scene
    return None


async def seen(context: Ctx, occurrence_id: int) -> Scene | None:
    """Return a round as it is now, without a lock."""
    occurrence = await context.work.session.get(Occurrence, occurrence_id)
    return None if occurrence is None else await rounds.look(context.work, occurrence)


async def answer(context: Ctx, outcome: Arrived, occurrence_id: int) -> None:
    """Show the round as it is now, with a word about what could not be done."""
    t = context.t
    occurrence = await context.work.session.get(Occurrence, occurrence_id)
    if outcome is Arrived.NOT_THERE or occurrence is None:
        detail.show_not_there(context)
        return
    when = activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)
    above = {
        Arrived.TOO_EARLY: texts.too_early(t, at=occurrence.starts_at - EARLY),
        Arrived.OVER: texts.over(t),
        Arrived.CLOSED: texts.over(t),
        Arrived.MOVED: texts.moved(t, when=when),
        Arrived.CALLED_OFF: texts.called_off(t),
    }.get(outcome, "")
    if above:
        context.toast(above)
        context.show(above, new=True)
    else:
        await show_card(context, occurrence_id)


async def show_card(context: Ctx, occurrence_id: int, *, above: str = "") -> None:
    """Draw the message of this round again: where it was tapped, else below all others."""
    occurrence = await context.work.session.get(Occurrence, occurrence_id)
    if occurrence is None:
        return
    if above:
        context.toast(above)
        context.show(above, new=True)
    ids = (occurrence.id, rounds.stamp(occurrence), context.person.id)
    notice = RoundCard(*ids) if _tapped(context) == RoundCard(*ids).key else RoundCardBelow(*ids)
    context.work.put(notice, chat=context.person.id)


def _tapped(context: Ctx) -> str | None:
    """Return the key of the message that was tapped."""
    query = context.incoming.callback_query if context.incoming else None
    if query is None or query.message is None:
        return None
    row = context.scope.shown.get((context.chat_id, query.message.message_id))
    return None if row is None else row.key
