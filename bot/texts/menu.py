"""The private menu, the list of commands, and the words that open a conversation."""

from bot.texts.translator import Translator


def report(t: Translator) -> str:
    """Return the menu key that starts a report."""
    return t("📣 Iets melden")


def activities(t: Translator) -> str:
    """Return the menu key of the activities."""
    return t("📅 Activiteiten")


def my_reports(t: Translator) -> str:
    """Return the menu key of one's own reports."""
    return t("🗂 Wat ik heb gemeld")


def my_signups(t: Translator) -> str:
    """Return the menu key of one's own sign-ups."""
    return t("🎟 Waar ik heen ga")


def help_and_numbers(t: Translator) -> str:
    """Return the menu key of help and help lines."""
    return t("☎️ Hulp en nummers")


def settings(t: Translator) -> str:
    """Return the menu key of the settings."""
    return t("⚙️ Instellingen")


def rows(t: Translator) -> list[list[str]]:
    """Return the reply keyboard of a private chat."""
    return [[report(t), activities(t)], [my_reports(t), my_signups(t)], [help_and_numbers(t), settings(t)]]


def private_commands(t: Translator) -> list[tuple[str, str]]:
    """Return the commands of private chats as (name, description)."""
    return [
        (t.pgettext("command", "melden"), t("Iets melden")),
        (t.pgettext("command", "activiteiten"), t("Activiteiten in de buurt")),
        (t.pgettext("command", "meldingen"), t("Wat ik heb gemeld")),
        (t.pgettext("command", "agenda"), t("Waar ik heen ga")),
        (t.pgettext("command", "buurtpreventie"), t("Samen rondes lopen in je wijk")),
        (t.pgettext("command", "hulp"), t("Hulp en telefoonnummers")),
        (t.pgettext("command", "instellingen"), t("Instellingen")),
        (t.pgettext("command", "privacy"), t("Wat wij bewaren")),
        (t.pgettext("command", "stop"), t("Stoppen met wat openstaat")),
    ]


def group_commands(t: Translator) -> list[tuple[str, str]]:
    """Return the commands of groups as (name, description)."""
    return [(t.pgettext("command", "hulp"), t("Wat deze bot hier doet"))]


#: Every name that a command goes by, in any language; all of them are always understood.
COMMAND_NAMES: dict[str, tuple[str, ...]] = {
    "report": ("melden", "melding", "report"),
    "activities": ("activiteiten", "activities"),
    "my_reports": ("meldingen", "reports"),
    "my_signups": ("agenda", "aanmeldingen", "signups"),
    "help": ("hulp", "help"),
    "settings": ("instellingen", "settings"),
    "language": ("taal", "language"),
    "privacy": ("privacy",),
    "pass_on": ("doorgeven", "passon"),
    "absence": ("afwezig", "away"),
    "roles": ("rollen", "roles"),
    "signal": ("signaal", "signal"),
    "teams": ("buurtpreventie", "teams", "patrol"),
    "stop": ("stop", "stoppen", "cancel"),
}
