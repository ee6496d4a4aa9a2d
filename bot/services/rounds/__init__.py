"""Rounds that are walked: opened by two, closed by one of them, watched until everybody is home, counted by month."""

from bot.services.rounds.closing import (
    Added,
    Closed,
    add_line,
    close,
    found,
    may_raise,
    return_to,
    show_again,
    walked_by,
)
from bot.services.rounds.months import Month, month_of, overview, this_month
from bot.services.rounds.months import send as send_months
from bot.services.rounds.opening import Arrived, arrive, deny, name, others
from bot.services.rounds.scene import Scene, leading, look, show, stamp
from bot.services.rounds.watching import run, upcoming

__all__ = [
    "Added",
    "Arrived",
    "Closed",
    "Month",
    "Scene",
    "add_line",
    "arrive",
    "close",
    "deny",
    "found",
    "leading",
    "look",
    "may_raise",
    "month_of",
    "name",
    "others",
    "overview",
    "return_to",
    "run",
    "send_months",
    "show",
    "show_again",
    "stamp",
    "this_month",
    "upcoming",
    "walked_by",
]
