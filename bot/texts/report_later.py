"""What a resident reads after a pause in a report, and about changing what was told (Reporting, steps 1, 7 and 8)."""

from bot.texts.report import excerpt
from bot.texts.translator import Translator, escape


def offer(t: Translator, *, text: str) -> str:
    """Return the offer of a draft that was left unfinished."""
    if not text:
        return t("Je melding is nog niet verstuurd. Wil je verder?")
    return t("Je melding is nog niet verstuurd:\n<i>{text}</i>\nWil je verder?").format(text=escape(excerpt(text, 200)))
