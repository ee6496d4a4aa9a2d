"""Telegram in and Telegram out. The order in which handlers see an update is documented here and only here.

The first route that accepts an update handles it; no later one sees it.

1.  Commands: `/start`, `/melden`, `/help` … Always understood, at every step of every conversation.
2.  Buttons of all conversations, tapped or (in private) typed by label or number.
3.  *stop* and *terug* typed in private.
4.  Words of the private menu ("📣 Iets melden").
5.  The open dialogue of this person in this private chat.
6.  In private: a command's name without its slash, *help*; whatever else is left of text, photos, voice … starts
    a report.
7.  In groups: replies to the bot's own messages, service messages, membership.
8.  Edits.
9.  Whatever nobody took: a helpful answer in private, a short answer to a forged or old button, silence in groups.
"""

from handlers import (
    activities,
    conversation,
    edits,
    fallback,
    finding,
    following,
    groups,
    making,
    menu,
    my_reports,
    partners,
    patrol,
    privacy,
    repair,
    report,
    rounds,
    settings,
    signups,
    staff,
    stalls,
    standard_answers,
    start,
    triage,
)
from handlers.activities import attendance, calendar, news
from handlers.desk import absence, chasing, eyes, lists, roles, signals
from handlers.routes import Route
from handlers.views import all as views

__all__ = ["routes", "views"]

_CONVERSATIONS = (
    report,
    my_reports,
    triage,
    chasing,
    absence,
    lists,
    staff,
    standard_answers,
    finding,
    partners,
    following,
    activities,
    signups,
    calendar,
    stalls,
    repair,
    attendance,
    making,
    news,
    patrol,
    rounds,
    signals,
    eyes,
    roles,
    settings,
    privacy,
    start,
)


def routes() -> list[Route]:
    """Return all routes in their order."""
    return [
        *(route for module in _CONVERSATIONS for route in module.COMMANDS),
        *(route for module in _CONVERSATIONS for route in module.BUTTONS),
        *conversation.BUTTONS,
        *conversation.WORDS,
        *menu.WORDS,
        *conversation.DIALOGUE,
        *menu.NAMES,
        *signals.WORDS,
        *patrol.WORDS,
        *report.STARTERS,
        *triage.REPLIES,
        *groups.ROUTES,
        *eyes.ROUTES,
        *edits.ROUTES,
        *fallback.ROUTES,
    ]
