"""The private menu and the commands of each scope: words that are understood at any moment.

The name of a command is understood without its slash too, as long as no conversation is open.
"""

from typing import Literal

from telegram import Update

from bot.domain.text_input import Word, word
from bot.texts import Translator
from bot.texts import menu as texts
from bot.texts import staff_menu as staff_texts
from handlers import activities, my_reports, privacy, report, settings, signups, start
from handlers.routes import Callback, Label, OnMessage, OnWords, Route, in_every_language, is_private

Where = Literal["private", "groups", "workers", "admins", "desks"]


def commands(t: Translator, where: Where) -> list[tuple[str, str]]:
    """Return the commands that Telegram shows, as (name, description).

    `private` and `groups` are those of everybody; `workers` and `admins` are the private chats of staff, `desks`
    their groups.
    """
    match where:
        case "private":
            return texts.private_commands(t)
        case "groups":
            return texts.group_commands(t)
        case "workers":
            return [*staff_texts.worker_commands(t), *texts.private_commands(t)]
        case "admins":
            return [*staff_texts.admin_commands(t), *texts.private_commands(t)]
        case "desks":
            return [*staff_texts.desk_commands(t), *texts.group_commands(t)]


_ENTRIES: list[tuple[str, Label, Callback]] = [
    ("report", texts.report, report.begin),
    ("activities", texts.activities, activities.open_list),
    ("my_reports", texts.my_reports, my_reports.open_list),
    ("my_signups", texts.my_signups, signups.open_list),
    ("help", texts.help_and_numbers, start.show_help),
    ("settings", texts.settings, settings.open_settings),
]
_NAMES: list[tuple[str, Callback]] = [
    *((name, callback) for name, _label, callback in _ENTRIES),
    ("language", start.open_languages),
    ("privacy", privacy.show_privacy),
]


def _asks_for_help(update: Update) -> bool:
    message = update.message
    return bool(message and message.text and is_private(update) and word(message.text) is Word.HELP)


WORDS: list[Route] = [OnWords(in_every_language(label), callback) for _name, label, callback in _ENTRIES]
#: Come after the open conversation, in which they mean something else.
NAMES: list[Route] = [
    *(OnWords(texts.COMMAND_NAMES[name], callback) for name, callback in _NAMES),
    OnMessage(_asks_for_help, start.show_help),
]
