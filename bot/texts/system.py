"""Sentences of list messages and stray doubles, for a desk's group."""

from bot.texts.translator import Translator


def card_list(t: Translator, *, count: int) -> str:
    """Return the text above the buttons of new reports."""
    return t.ngettext(
        "{n} nieuwe melding. Tik erop om de kaart te zien.",
        "{n} nieuwe meldingen. Tik op een melding om de kaart te zien.",
        count,
    ).format(n=count)


def open_list(t: Translator, *, count: int) -> str:
    """Return the text above the buttons of open reports, after a group or topic of a desk was made anew."""
    return t.ngettext(
        "Dit is een nieuwe plek. {n} melding staat nog open. Tik erop om de kaart te zien.",
        "Dit is een nieuwe plek. {n} meldingen staan nog open. Tik op een melding om de kaart te zien.",
        count,
    ).format(n=count)


def empty_list(t: Translator) -> str:
    """Return the text of a list whose cards all have a message of their own by now, or are closed."""
    return t("Op deze lijst staat niets meer. Wat nog open is, staat hieronder.")


def stray_card(t: Translator) -> str:
    """Return the text of a card that was sent twice: the other one is the one that is kept up to date."""
    return t("Deze kaart staat hierboven.")


def listed_elsewhere(t: Translator) -> str:
    """Return the toast of a tap on a list button whose card is shown already."""
    return t("De kaart staat al in deze groep.")


def not_your_desk(t: Translator) -> str:
    """Return the toast of a tap by somebody who is no worker of the desk."""
    return t("Alleen buurtwerkers van deze groep kunnen dit.")
