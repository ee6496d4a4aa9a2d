"""Help lines as they stand in sentences of the report conversation."""

from collections.abc import Sequence

from bot import data
from bot.services.reporting import signs
from bot.texts import Translator
from bot.texts import report as texts

#: Shown when the bot can't know what help is needed.
HELP_NOW = ("emergency", "suicide_prevention", "safe_home")


def listed(t: Translator, keys: Sequence[str]) -> str:
    """Return these help lines after each other: name and number."""
    known = data.help_lines()
    return texts.numbers(t, [(known[key].name[t.language], known[key].number) for key in keys])


def help_now(t: Translator) -> str:
    """Return the help line for what the bot can't read itself."""
    return texts.help_now(t, lines=listed(t, HELP_NOW))


def for_danger(label: str | None) -> Sequence[str]:
    """Return the help lines of a sort of danger, or those for any."""
    return signs.help_lines_of(label) or HELP_NOW


def municipality() -> tuple[str, str]:
    """Return the municipality's number, and where broken and dirty things are reported to it."""
    return data.help_lines()["municipality"].number, municipality_link()


def municipality_link() -> str:
    """Return where broken and dirty things are reported to the municipality."""
    return data.help_lines()["municipality"].link or ""
