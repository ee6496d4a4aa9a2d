"""Signing up, leaving, answering an offer or a reminder, and 🎟 Waar ik heen ga.

`answers` holds what one tap does, `form` the questions of a visitor or a stall, `along` who comes along, `agenda`
one's own sign-ups.
"""

from bot.texts.menu import COMMAND_NAMES
from handlers.activities.along_buttons import AgainAnyway, Bring, JoinAnyway, OpenGuest, SignOther, TakeOverAnyway
from handlers.activities.buttons import (
    Again,
    Coming,
    Join,
    NotComing,
    OfferNo,
    OfferYes,
    OpenMine,
    ReminderNo,
    ReminderYes,
    TakeFree,
    TakeOver,
)
from handlers.activities.private import on_private
from handlers.activities.stall_buttons import ChangeStall, GoOnWithStall
from handlers.conversation import Conversation, conversation
from handlers.routes import OnCommand, Route
from handlers.signups import agenda, along, answers, form, words
from handlers.signups.agenda import open_list
from handlers.signups.draft import ABOUT, FormAnswer

__all__ = ["BUTTONS", "COMMANDS", "open_list"]

conversation(Conversation(ABOUT, form.on_message, form.show, form.back, form.stop))

COMMANDS: list[Route] = [OnCommand(COMMAND_NAMES["my_signups"], open_list)]
BUTTONS: list[Route] = [
    on_private(OpenMine, agenda.on_open),
    on_private(Join, answers.on_join),
    on_private(Again, answers.on_again),
    on_private(NotComing, answers.on_not_coming),
    on_private(Coming, answers.on_coming),
    on_private(ReminderYes, answers.on_reminder_yes),
    on_private(ReminderNo, answers.on_reminder_no),
    on_private(OfferYes, answers.on_offer_yes),
    on_private(OfferNo, answers.on_offer_no),
    on_private(TakeFree, answers.on_take_free),
    on_private(TakeOver, answers.on_take_over),
    on_private(FormAnswer, form.on_answer),
    on_private(ChangeStall, form.begin_change),
    on_private(GoOnWithStall, form.go_on),
    on_private(SignOther, along.on_sign_other),
    on_private(OpenGuest, along.on_open_guest),
    on_private(Bring, along.on_bring),
    on_private(JoinAnyway, answers.on_join_anyway),
    on_private(AgainAnyway, answers.on_again_anyway),
    on_private(TakeOverAnyway, answers.on_take_over_anyway),
    *words.ROUTES,
]
