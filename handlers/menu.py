"""The private menu and the commands of each scope: words that are understood at any moment."""

from collections.abc import Callable
from typing import Literal
from zoneinfo import ZoneInfo

from telegram import Update

from bot.domain.enums import Language
from bot.domain.text_input import normalise
from bot.texts import Translator
from bot.texts import menu as texts
from handlers import activities, my_reports, report, settings, signups, start
from handlers.routes import Callback, OnMessage, Route, is_private

_ANY_ZONE = ZoneInfo("UTC")  # labels hold no times


def commands(t: Translator, where: Literal["private", "groups"]) -> list[tuple[str, str]]:
    """Return the commands that Telegram shows in private chats or in groups, as (name, description)."""
    return texts.private_commands(t) if where == "private" else texts.group_commands(t)


def _says(label: Callable[[Translator], str]) -> Callable[[Update], bool]:
    """Return a test: did somebody type or tap this menu word, in any language?"""

    labels = frozenset(normalise(label(Translator(language, _ANY_ZONE))) for language in Language)

    def test(update: Update) -> bool:
        message = update.message
        return bool(message and message.text and is_private(update) and normalise(message.text) in labels)

    return test


_ENTRIES: list[tuple[Callable[[Translator], str], Callback]] = [
    (texts.report, report.begin),
    (texts.activities, activities.open_list),
    (texts.my_reports, my_reports.open_list),
    (texts.my_signups, signups.open_list),
    (texts.help_and_numbers, start.show_help),
    (texts.settings, settings.open_settings),
]
WORDS: list[Route] = [OnMessage(_says(label), callback) for label, callback in _ENTRIES]
