"""What staff and residents read around a sent report: taken back, passed on, blocked, answered too fast."""

from bot.texts.translator import Translator


def withdrawn_by_resident(t: Translator, *, number: str) -> str:
    """Return what the holder hears when a resident takes a report back."""
    return t("De bewoner heeft {number} ingetrokken. Je hoeft niets meer te doen.").format(number=number)
