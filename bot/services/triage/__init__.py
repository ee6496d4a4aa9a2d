"""Triage: what workers do with a report. Each use case judges who, on which version, and answers with an `Outcome`."""

from bot.services.triage.answering import begin_writing, send
from bot.services.triage.closing import close, reopen
from bot.services.triage.correcting import NOWHERE, correct
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.holding import hand_over, take, take_over
from bot.services.triage.notes import add_note
from bot.services.triage.rights import Act, may_open, permits, substitute_of

__all__ = [
    "NOWHERE",
    "Act",
    "Outcome",
    "Verdict",
    "add_note",
    "begin_writing",
    "close",
    "correct",
    "hand_over",
    "look",
    "may_open",
    "permits",
    "reopen",
    "send",
    "substitute_of",
    "take",
    "take_over",
]
