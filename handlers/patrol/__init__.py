"""Buurtpreventie: teams and joining them, members and VOGs, rosters, and rounds that nobody walks alone.

`teams` holds the lists and the page of a team, `members` who belongs to it, `shifts` and `roster` the rounds of one's
own teams, `rounds` the answers that keep a round from being short, `asking` and `typing` what is asked in words.
"""

from bot.texts.menu import COMMAND_NAMES
from handlers.activities.buttons import Shifts, Teams
from handlers.activities.private import on_private
from handlers.conversation import Conversation, conversation
from handlers.patrol import asking, members, news, removing, roster, rounds, shifts, teams, typing
from handlers.patrol.buttons import (
    AnswerRequest,
    AskWalk,
    JoinTeam,
    LeaveTeam,
    Members,
    OpenTeam,
    RemoveMember,
    Removing,
    Roster,
    SendNews,
    StepIn,
    TickVog,
    VogToday,
    WalkAt,
    WalkBack,
    WalkYes,
    WithdrawVog,
    WriteNews,
)
from handlers.routes import OnCommand, OnMessage, Route

__all__ = ["BUTTONS", "COMMANDS", "WORDS"]

conversation(Conversation(asking.ABOUT, typing.on_message, typing.show, typing.back, typing.stop))

COMMANDS: list[Route] = [OnCommand(COMMAND_NAMES["teams"], teams.open_teams)]
BUTTONS: list[Route] = [
    on_private(Shifts, shifts.on_shifts),
    on_private(Teams, teams.on_teams),
    on_private(OpenTeam, teams.on_team),
    on_private(JoinTeam, teams.on_join),
    on_private(LeaveTeam, teams.on_leave),
    on_private(AnswerRequest, members.on_answer),
    on_private(Members, members.on_members),
    on_private(TickVog, members.on_tick),
    on_private(WithdrawVog, members.on_withdraw),
    on_private(Removing, removing.on_removing),
    on_private(RemoveMember, removing.on_remove),
    on_private(VogToday, typing.on_today),
    on_private(WriteNews, news.on_write),
    on_private(SendNews, news.on_send),
    on_private(Roster, roster.on_roster),
    on_private(StepIn, rounds.on_step_in),
    on_private(AskWalk, rounds.on_ask),
    on_private(WalkAt, typing.on_time),
    on_private(WalkYes, rounds.on_yes),
    on_private(WalkBack, rounds.on_back),
]
#: "Ik ga om 20:30, wie loopt mee?" of who may ask it; of anybody else it starts a report, as any sentence.
WORDS: list[Route] = [OnMessage(rounds.asks_who_walks, rounds.on_sentence)]
