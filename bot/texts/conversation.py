"""What staff and residents read around a sent report: taken back, passed on, blocked, answered too fast."""

from bot.texts.translator import Translator


def withdrawn_by_resident(t: Translator, *, number: str) -> str:
    """Return what the holder hears when a resident takes a report back."""
    return t("De bewoner heeft {number} ingetrokken. Je hoeft niets meer te doen.").format(number=number)


# -- blocking ---------------------------------------------------------------------------------------------------


def block_label(t: Translator, *, on: bool) -> str:
    """Return the button that blocks a resident, or lifts that."""
    return t("Blokkeren") if on else t("Deblokkeren")


def block_sure(t: Translator) -> str:
    """Return the button that blocks after the question."""
    return t("🚫 Ja, blokkeren")


def block_question(t: Translator) -> str:
    """Return the question before blocking."""
    return t(
        "Wil je deze bewoner blokkeren? Dan kan die hier niets meer melden of schrijven, en leest alleen nog 112 en "
        "hoe je ons bereikt. Op deze kaart kun je het weer opheffen."
    )


def is_blocked(t: Translator) -> str:
    """Return the answer to *Blokkeren*."""
    return t("De bewoner is geblokkeerd.")


def is_unblocked(t: Translator) -> str:
    """Return the answer to *Deblokkeren*."""
    return t("Deze blokkade is weg.")


def blocked_line(t: Translator, *, day: str) -> str:
    """Return the line of a card from which the resident was blocked."""
    return t("🚫 Bewoner geblokkeerd op {day}").format(day=day)


# -- very many messages at once ---------------------------------------------------------------------------------


def wait_a_moment(t: Translator) -> str:
    """Return the one line while answers wait."""
    return t("Dat zijn veel berichten. Ik lees ze allemaal. Mijn antwoord komt zo. Gevaar? Bel 112.")
