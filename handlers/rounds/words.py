"""The buttons of a round, typed: "kapot of vies", "wij zijn thuis" … while no conversation is open.

To who walks no round at this moment such words are no button: they begin a report, like any others.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache

from telegram import Update

from bot.domain.activities.round_watch import may_arrive
from bot.domain.enums import RoundOutcome
from bot.domain.notices.rounds import RoundCard, RoundCardBelow, RoundMissing, RoundUnclosed
from bot.domain.text_input import normalise
from bot.texts import round_closing as closing_texts
from bot.texts import rounds as texts
from handlers import report
from handlers.activities.round_buttons import Broken, CloseRound, Here, Home, NotHere, Others, Suspect
from handlers.context import Ctx
from handlers.conversation import has_open_dialogue
from handlers.rounds import closing, walking
from handlers.routes import OnMessage, Route, is_private, labellers
from storage.queries import outbox

Act = Callable[[Update, Ctx, int, int], Awaitable[None]]
_KINDS = (RoundCard.kind, RoundCardBelow.kind, RoundMissing.kind, RoundUnclosed.kind)
_LATELY = timedelta(hours=12)


async def _here(update: Update, context: Ctx, occurrence: int, at: int) -> None:
    await walking.on_here(update, context, Here(occurrence, at))


async def _not_here(update: Update, context: Ctx, occurrence: int, at: int) -> None:
    await walking.on_not_here(update, context, NotHere(occurrence, at))


async def _others(update: Update, context: Ctx, occurrence: int, at: int) -> None:
    await walking.on_others(update, context, Others(occurrence, at))


async def _broken(update: Update, context: Ctx, occurrence: int, at: int) -> None:
    await walking.on_broken(update, context, Broken(occurrence, at))


async def _suspect(update: Update, context: Ctx, occurrence: int, at: int) -> None:
    await walking.on_suspect(update, context, Suspect(occurrence, at))


async def _home(update: Update, context: Ctx, occurrence: int, at: int) -> None:
    await closing.on_home(update, context, Home(occurrence, at))


def _close(outcome: RoundOutcome) -> Act:
    async def act(update: Update, context: Ctx, occurrence: int, at: int) -> None:
        await closing.on_close(update, context, CloseRound(occurrence, at, outcome))

    return act


@cache
def _acts() -> dict[str, Act]:
    """Return what each label of ours does, in every language."""
    found: dict[str, Act] = {}
    for t in labellers():
        found |= {normalise(closing_texts.home_outcome_key(t, of)): _close(of) for of in RoundOutcome}
        found |= {
            normalise(texts.here_key(t)): _here,
            normalise(texts.not_here_key(t)): _not_here,
            normalise(texts.not_walking_key(t)): _not_here,
            normalise(texts.others_key(t)): _others,
            normalise(texts.broken_key(t)): _broken,
            normalise(texts.suspect_key(t)): _suspect,
            normalise(texts.home_key(t)): _home,
        }
    return found


def is_ours(update: Update) -> bool:
    """Return whether somebody types the words of such a button in private while no conversation is open."""
    message = update.message
    if message is None or not message.text or not is_private(update) or has_open_dialogue(update):
        return False
    return normalise(message.text) in _acts()


async def on_words(update: Update, context: Ctx) -> None:
    """Take the words as a tap on the newest message about a round that is walked, or begins, now."""
    since = context.now - _LATELY
    row = await outbox.last_asked(context.work.session, context.chat_id, _KINDS, since=since)
    if row is not None:
        card = RoundCard.from_key(row.key)
        scene = await walking.seen(context, card.occurrence)
        if scene is not None:
            shift = scene.occurrence
            begins = scene.round is None and may_arrive(shift.starts_at, shift.ends_at, context.now)
            if scene.is_open or begins:
                await _acts()[normalise(context.message.text or "")](update, context, card.occurrence, card.at)
                return
    await report.start_with(update, context)


ROUTES: list[Route] = [OnMessage(is_ours, on_words)]
