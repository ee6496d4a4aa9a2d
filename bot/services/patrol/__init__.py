"""Buurtpreventie: teams and their members, VOGs, "never alone", and rounds that begin with a question.

Shifts themselves are meetings like all others (`bot.services.activities.signups`). `chain` and `calls` are imported
by name.
"""

from bot.services.patrol.members import Answer, Asked, Gone, Seen, Standing, answer, ask, leave, of_team, seen
from bot.services.patrol.removing import Removed, may_remove, remove
from bot.services.patrol.rosters import MonthPage, Shown, month_of
from bot.services.patrol.unreached import call_them
from bot.services.patrol.vog import Ticked, free_shifts, tick_vog, withdraw_vog

__all__ = [
    "Answer",
    "Asked",
    "Gone",
    "MonthPage",
    "Removed",
    "Seen",
    "Shown",
    "Standing",
    "Ticked",
    "answer",
    "ask",
    "call_them",
    "free_shifts",
    "leave",
    "may_remove",
    "month_of",
    "of_team",
    "remove",
    "seen",
    "tick_vog",
    "withdraw_vog",
]
