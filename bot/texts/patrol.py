"""Buurtpreventie: the shifts of one's own team, for who may see them."""

from collections.abc import Sequence

from bot.texts import general
from bot.texts.translator import Translator, escape


def shifts_key(t: Translator) -> str:
    """Return the button that opens the shifts."""
    return t("🦺 Rondes van mijn team")


def shifts_title(t: Translator) -> str:
    """Return the head of the shifts."""
    return t("<b>Rondes van mijn team</b>")


def shifts_empty(t: Translator) -> str:
    """Return what is said when no shift is planned."""
    return t("Er zijn nu geen rondes gepland.")


def secret(t: Translator) -> str:
    """Return the line that reminds of the secrecy of rosters."""
    return t("Deel deze tijden niet met anderen.")


def roster(t: Translator, *, names: Sequence[str | None]) -> str:
    """Return who walks along; None is somebody without a name."""
    if not names:
        return t("Er loopt nog niemand mee.")
    shown = [escape(name) if name else t("een lid") for name in names]
    return t("Lopen mee: {names}").format(names=general.listed(t, shown))


def never_alone(t: Translator) -> str:
    """Return the rule of every round."""
    return t("Loop nooit alleen. Buurtbode let niet op jullie. Gevaar: 112.")
