"""Triage: what workers do with a report. Each use case judges who, on which version, and answers with an `Outcome`."""

from bot.services.triage import after, arrivals
from bot.services.triage.after import Later, answer_later, rate
from bot.services.triage.answering import MAX_ANSWER, Reached, Sent, begin_writing, remind, send, when
from bot.services.triage.blocking import block
from bot.services.triage.closing import MAX_DETAIL, REASONS, WITH_DETAIL, close, close_unmoved, reopen
from bot.services.triage.correcting import NOWHERE, correct
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.holding import hand_over, take, take_over
from bot.services.triage.merging import Bar, Merged, likely, may_merge, merge
from bot.services.triage.moving import come_home
from bot.services.triage.notes import MAX_NOTE, add_note
from bot.services.triage.photos import take_photo_away
from bot.services.triage.rights import Act, may_be_worried, may_open, permits, substitute_of

__all__ = [
    "MAX_ANSWER",
    "MAX_DETAIL",
    "MAX_NOTE",
    "NOWHERE",
    "REASONS",
    "WITH_DETAIL",
    "Act",
    "Bar",
    "Later",
    "Merged",
    "Outcome",
    "Reached",
    "Sent",
    "Verdict",
    "add_note",
    "after",
    "answer_later",
    "arrivals",
    "begin_writing",
    "block",
    "close",
    "close_unmoved",
    "come_home",
    "correct",
    "hand_over",
    "likely",
    "look",
    "may_be_worried",
    "may_merge",
    "may_open",
    "merge",
    "permits",
    "rate",
    "remind",
    "reopen",
    "send",
    "substitute_of",
    "take",
    "take_over",
    "take_photo_away",
    "when",
]
