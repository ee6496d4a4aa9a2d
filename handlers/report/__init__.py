"""The report conversation: anything that a resident types or sends can become a report (Reporting, steps 1-8).

The way: `beginning` opens a draft, `flow` asks what `bot.domain.drafts.next_step` says is open, the step modules
(`about`, `where`, `sending`, `asides`) draw and judge one step each, `hearing` takes what is typed or sent meanwhile.
"""

from bot.texts.menu import COMMAND_NAMES
from handlers.conversation import Conversation, conversation
from handlers.report import about, asides, beginning, changing, flow, leaving, media, offering, sending, where, wiping
from handlers.report.beginning import begin, begin_on_round, start_with, unsent
from handlers.report.wiping import Wipe
from handlers.routes import OnCommand, OnMessage, OnOwnButton, Route

__all__ = [
    "BUTTONS",
    "COMMANDS",
    "STARTERS",
    "Wipe",
    "about",
    "asides",
    "begin",
    "begin_on_round",
    "changing",
    "sending",
    "start_with",
    "unsent",
    "where",
]

conversation(Conversation(wiping.ABOUT, beginning.on_message, flow.show, leaving.back, leaving.stop))

COMMANDS: list[Route] = [OnCommand(COMMAND_NAMES["report"], begin)]
BUTTONS: list[Route] = [
    OnOwnButton(flow.Answer, flow.on_answer),
    *beginning.BUTTONS,
    *media.BUTTONS,
    *wiping.BUTTONS,
    *offering.WORDS,
]
STARTERS: list[Route] = [OnMessage(beginning.starts_report, beginning.start_with)]
