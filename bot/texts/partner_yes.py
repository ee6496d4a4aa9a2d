"""What a resident is asked before a mail about a person goes to a partner, and the answers. A2, "je"."""

from bot.texts.translator import Translator, escape


def ask_yes(t: Translator, *, number: str, sender: str, partner: str, quote: str) -> str:
    """Return the question to the resident: exactly what goes to whom. *sender* is ready for HTML."""
    ask = t("{sender} wil over {number} bellen met {partner}. Mag dat?").format(
        sender=sender, number=number, partner=escape(partner)
    )
    what = t("Deze e-mail gaat dan naar {partner}:").format(partner=escape(partner))
    rest = t("Meer gaat er niet mee. Niet je naam, niet je woorden, niet je foto's.")
    return f"{ask}\n\n{what}\n{quote}\n{rest}"


def yes(t: Translator) -> str:
    """Return the label of the resident's yes."""
    return t("Ja")


def no(t: Translator) -> str:
    """Return the label of the resident's no."""
    return t("Nee")


def take_back(t: Translator) -> str:
    """Return the label for taking a yes back."""
    return t("Toch niet")


def question_waits(t: Translator) -> str:
    """Return the label under one's own report for a question that waits."""
    return t("❓ Een vraag voor jou")


def said_yes(t: Translator, *, partner: str) -> str:
    """Return the answer to a yes."""
    line = t("Dank je. De e-mail gaat naar {partner}. Wil je het toch niet? Tik dan op Toch niet.")
    return line.format(partner=escape(partner))


def said_no(t: Translator, *, partner: str) -> str:
    """Return the answer to a no."""
    return t("Goed. Er gaat niets naar {partner}. De buurtwerker hoort dat.").format(partner=escape(partner))


def took_back(t: Translator, *, partner: str, gone: bool) -> str:
    """Return the answer to taking a yes back; *gone*: the mail had gone already."""
    if gone:
        line = t("De e-mail aan {partner} was al weg. Wij sturen niets meer. De buurtwerker hoort dat.")
    else:
        line = t("Goed. Er gaat niets naar {partner}. De buurtwerker hoort dat.")
    return line.format(partner=escape(partner))


def not_asked_any_more(t: Translator) -> str:
    """Return the answer to a question that no longer counts."""
    return t("Deze vraag is niet meer nodig.")
