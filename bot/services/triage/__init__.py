"""Triage: what workers do with a report. Each use case judges who, on which version, and answers with an `Outcome`."""

from bot.services.triage import arrivals
from bot.services.triage.answering import MAX_ANSWER, Reached, Sent, begin_writing, remind, send, when
from bot.services.triage.closing import MAX_DETAIL, REASONS, WITH_DETAIL, close, reopen
from bot.services.triage.correcting import NOWHERE, correct
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.holding import hand_over, take, take_over
from bot.services.triage.moving import come_home
from bot.services.triage.notes import MAX_NOTE, add_note
from bot.services.triage.photos import take_photo_away
from bot.services.triage.rights import Act, may_open, permits, substitute_of

__all__ = [
    "MAX_ANSWER",
    "MAX_DETAIL",
    "MAX_NOTE",
    "NOWHERE",
    "REASONS",
    "WITH_DETAIL",
    "Act",
    "Outcome",
    "Reached",
    "Sent",
    "Verdict",
    "add_note",
    "arrivals",
    "begin_writing",
    "close",
    "come_home",
    "correct",
    "hand_over",
    "look",
    "may_open",
    "permits",
    "remind",
    "reopen",
    "send",
    "substitute_of",
    "take",
    "take_over",
    "take_photo_away",
    "when",
]
