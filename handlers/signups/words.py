"""Answers that are typed: "ik kan niet" to a reminder, "ja" or "nee" to an offer, while nothing else is open."""

from datetime import timedelta
from functools import cache

from telegram import Update

from bot.domain.enums import RoleKey
from bot.domain.notices.activities import (
    FreePlace,
    PlaceOffered,
    ReminderAnswered,
    SignupReminder,
    StandInWanted,
)
from bot.domain.notices.after import LaterQuestion
from bot.domain.text_input import Word, normalise, word
from bot.services.triage import Later
from bot.texts import general
from bot.texts import signups as texts
from handlers.activities.buttons import NotComing, OfferNo, OfferYes, ReminderNo, ReminderYes, TakeFree, TakeOver
from handlers.context import Ctx
from handlers.conversation import has_open_dialogue
from handlers.routes import OnMessage, Route, is_private, labellers
from handlers.signups import answers
from handlers.triage.later import on_answer as on_later
from handlers.triage.resident_buttons import AnswerLater
from storage.models import Outbox, Signup
from storage.queries import outbox as queries

_REMINDERS = (SignupReminder.kind, ReminderAnswered.kind)
_KINDS = (*_REMINDERS, PlaceOffered.kind, FreePlace.kind, StandInWanted.kind, LaterQuestion.kind)
_ASKED_LATELY = timedelta(days=8)


@cache
def _labels() -> dict[str, Word]:
    """Return the words of our buttons in every language."""
    found: dict[str, Word] = {}
    for t in labellers():
        yes = [*(texts.coming_key(t, role=role) for role in RoleKey), texts.offer_yes_key(t), texts.take_over_key(t)]
        found |= dict.fromkeys(map(normalise, yes), Word.YES)
        found |= dict.fromkeys(map(normalise, (texts.not_coming_key(t), texts.offer_no_key(t))), Word.NO)
    return found


def _said(text: str) -> Word | None:
    """Return yes or no when *text* is that, or the words of a button of ours."""
    found = _labels().get(normalise(text)) or word(text)
    return found if found in (Word.YES, Word.NO) else None


def is_answer(update: Update) -> bool:
    """Return whether somebody types yes or no in private while no conversation is open."""
    message = update.message
    if message is None or not message.text or not is_private(update) or has_open_dialogue(update):
        return False
    return _said(message.text) is not None


async def on_answer(update: Update, context: Ctx) -> None:
    """Take the words as a tap on the newest question of ours."""
    said = _said(context.message.text or "")
    row = await queries.last_asked(context.work.session, context.chat_id, _KINDS, since=context.now - _ASKED_LATELY)
    if row is None or row.about is None or said is None:
        context.show(general.nothing_open(context.t))
    elif row.kind == LaterQuestion.kind:
        asked, answer = LaterQuestion.from_key(row.key), Later.GOOD if said is Word.YES else Later.BAD
        await on_later(update, context, AnswerLater(asked.report, asked.event, answer))
    elif row.kind == PlaceOffered.kind:
        if said is Word.YES:
            await answers.on_offer_yes(update, context, OfferYes(row.about))
        else:
            await answers.on_offer_no(update, context, OfferNo(row.about))
    else:
        await _about_signup(update, context, row, row.about, yes=said is Word.YES)


async def _about_signup(update: Update, context: Ctx, row: Outbox, signup_id: int, *, yes: bool) -> None:
    signup = await context.work.session.get(Signup, signup_id)
    version = signup.version if signup else 0
    if row.kind in _REMINDERS:
        lead = row.key.split(":", 2)[2].replace(":", ".")
        if yes:
            await answers.on_reminder_yes(update, context, ReminderYes(signup_id, version, lead))
        else:
            await answers.on_reminder_no(update, context, ReminderNo(signup_id, version, lead))
    elif row.kind == FreePlace.kind and yes:
        await answers.on_take_free(update, context, TakeFree(signup_id, version))
    elif row.kind == FreePlace.kind:
        await answers.on_not_coming(update, context, NotComing(signup_id, version))
    elif yes:
        await answers.on_take_over(update, context, TakeOver(signup_id, version))
    else:
        context.show(general.nothing_open(context.t))


ROUTES: list[Route] = [OnMessage(is_answer, on_answer)]
