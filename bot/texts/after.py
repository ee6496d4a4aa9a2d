"""After a closing: the resident's thumb, the question four weeks later, and what of it stands on the card."""

from bot.texts.translator import Translator


def good_label(t: Translator) -> str:
    """Return the thumb up under a closing."""
    return t("👍 Goed geholpen")


def bad_label(t: Translator) -> str:
    """Return the thumb down under a closing."""
    return t("👎 Niet goed geholpen")


def thanks(t: Translator, *, good: bool) -> str:
    """Return the line below a closing whose reader gave a thumb."""
    return t("👍 Dank je wel.") if good else t("👎 Dank je wel voor je antwoord.")


def say_more(t: Translator) -> str:
    """Return the question for one line with a thumb."""
    return t("Dank je wel. Wil je er iets bij zeggen? Schrijf één zin. De buurtwerker leest het.")


def skip_label(t: Translator) -> str:
    """Return the button that leaves the line out."""
    return t("Nee, klaar")


def skipped(t: Translator) -> str:
    """Return the end without a line."""
    return t("Dank je wel. Tot een volgende keer.")


def later_question(t: Translator, *, number: str) -> str:
    """Return the question four weeks after a closing."""
    return t("Vier weken geleden was je melding {number} klaar. Gaat het nu nog goed?").format(number=number)


def later_good(t: Translator) -> str:
    """Return the yes to it."""
    return t("👍 Ja, het gaat goed")


def later_bad(t: Translator) -> str:
    """Return the no to it, which opens the report again."""
    return t("👎 Nee, nog niet")


def later_never(t: Translator) -> str:
    """Return the button after which nobody asks again."""
    return t("🔕 Vraag mij dit niet meer")


def later_answered_good(t: Translator, *, number: str) -> str:
    """Return what the question reads after a yes."""
    return t("Het gaat goed met melding {number}. Fijn om te horen.").format(number=number)


def later_answered_bad(t: Translator, *, number: str) -> str:
    """Return what the question reads after a no."""
    return t("Melding {number} is nog niet opgelost. Wij kijken er weer naar.").format(number=number)


def later_stopped(t: Translator) -> str:
    """Return what the question reads once somebody wants no such questions."""
    return t("Wij vragen dit niet meer. Bij Instellingen zet je het weer aan.")


def setting_label(t: Translator, *, asked: bool) -> str:
    """Return the button in the settings that turns the questions off or on."""
    return t("🔔 Vraag na vier weken: uit zetten") if asked else t("🔕 Vraag na vier weken: aan zetten")


def card_thumb(t: Translator, *, good: bool) -> str:
    """Return the line of the card about a thumb."""
    return t("👍 De bewoner is goed geholpen.") if good else t("👎 De bewoner is niet goed geholpen.")


def card_later(t: Translator, *, good: bool) -> str:
    """Return the line of the card about the answer four weeks later."""
    if good:
        return t("Na vier weken: het gaat nog goed, zegt de bewoner.")
    return t("Na vier weken: nog niet opgelost, zegt de bewoner.")
