"""The commands that staff sees beside those of everybody: who may use one finds it in the menu, nobody else does."""

from bot.texts.translator import Translator

Commands = list[tuple[str, str]]


def desk_commands(t: Translator) -> Commands:
    """Return the commands of a desk's group as (name, description)."""
    return [*_finding(t), (t.pgettext("command", "doorgeven"), t("Wat naar de gemeente moet")), _away(t)]


def worker_commands(t: Translator) -> Commands:
    """Return the commands of a worker's private chat as (name, description)."""
    return [*_finding(t), _signal(t), _making(t), _away(t)]


def admin_commands(t: Translator) -> Commands:
    """Return the commands of a beheerder's private chat as (name, description)."""
    return [
        *worker_commands(t),
        (t.pgettext("command", "rollen"), t("Wie welke rol heeft")),
        (t.pgettext("command", "antwoorden"), t("Standaardantwoorden")),
    ]


def explained(commands: Commands) -> str:
    """Return what each command does, a line each."""
    return "\n".join(f"/{name} · {what}" for name, what in commands)


def _finding(t: Translator) -> Commands:
    return [
        (t.pgettext("command", "open"), t("Open meldingen")),
        (t.pgettext("command", "mijn"), t("Mijn open meldingen")),
        (t.pgettext("command", "zoek"), t("Zoek op woord, nummer of wijk")),
    ]


def _signal(t: Translator) -> tuple[str, str]:
    return t.pgettext("command", "signaal"), t("Een eigen signaal opschrijven")


def _away(t: Translator) -> tuple[str, str]:
    return t.pgettext("command", "afwezig"), t("Zeggen dat je er niet bent")


def _making(t: Translator) -> tuple[str, str]:
    return t.pgettext("command", "activiteit"), t("Activiteiten maken en beheren")
