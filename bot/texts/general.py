"""Sentences that several conversations share."""

from collections.abc import Sequence

from bot.texts.translator import Translator

#: So many names have room in one message, however long they are.
MOST_NAMES = 20


def listed(t: Translator, names: Sequence[str]) -> str:
    """Return names (ready text) on one line, and of those that have no room how many there are."""
    shown, rest = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
    return shown if rest <= 0 else " ".join([shown, t("en nog {n}").format(n=rest)])


def already_answered(t: Translator) -> str:
    """Return the toast of a tap on an older step."""
    return t("Dat had je al beantwoord.")


def nothing_open(t: Translator) -> str:
    """Return the answer to a button of a conversation that has ended."""
    return t("Dit is al klaar. Kies hieronder wat je wilt doen.")


def nothing_to_stop(t: Translator) -> str:
    """Return the answer to "stop" or "terug" when nothing is open."""
    return t("Er staat niets open. Kies hieronder wat je wilt doen.")


def back(t: Translator) -> str:
    """Return the label of the button that goes one step back."""
    return t("⬅️ Terug")


def stop(t: Translator) -> str:
    """Return the label of the button that leaves a conversation."""
    return t("✖️ Stoppen")


def apology(t: Translator) -> str:
    """Return what somebody reads whose message could not be handled."""
    return t(
        "Sorry, er ging iets mis bij ons. Je bericht is bewaard. Wij kijken ernaar.\n"
        "Probeer het straks nog een keer. Is er nu gevaar? Bel 112."
    )
