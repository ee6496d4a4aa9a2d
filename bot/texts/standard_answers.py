"""Standard answers: what the beheerder reads who keeps them, and the worker who picks one. B1, to staff only."""

from bot.domain.enums import Language, Theme
from bot.texts import labels
from bot.texts.translator import Translator, escape

#: Every name of the command.
COMMANDS = ("antwoorden", "standaardantwoorden", "answers")


def themes(t: Translator) -> str:
    """Return the first page."""
    return t(
        "Standaardantwoorden. Wie een Antwoord schrijft, ziet die van het thema, in de taal van de bewoner. "
        "Kies een thema."
    )


def theme_label(t: Translator, theme: Theme, *, count: int) -> str:
    """Return the label of a theme, with how many answers it has."""
    return f"{labels.theme(t, theme)} ({count})" if count else labels.theme(t, theme)


def of_theme(t: Translator, theme: Theme) -> str:
    """Return the page of a theme."""
    return t("Standaardantwoorden bij {theme}. Kies er een, of maak een nieuwe.").format(theme=labels.theme(t, theme))


def answer_label(t: Translator, *, title: str, language: Language) -> str:
    """Return the label of an answer (no HTML)."""
    return f"{language_name(t, language)}: {title}"


def add_label(t: Translator, language: Language) -> str:
    """Return the label for a new answer."""
    return t("🆕 Nieuw in het {language}").format(language=language_name(t, language))


def language_name(t: Translator, language: Language) -> str:
    """Return the name of a language."""
    return {Language.DUTCH: t("Nederlands"), Language.ENGLISH: t("Engels")}[language]


def one(t: Translator, *, theme: Theme, language: Language, title: str, text: str) -> str:
    """Return one answer."""
    head = t("<b>{title}</b> · {theme} · {language}")
    head = head.format(title=escape(title), theme=labels.theme(t, theme), language=language_name(t, language))
    return f"{head}\n<blockquote>{escape(text)}</blockquote>"


def change_title_label(t: Translator) -> str:
    """Return the label for another title."""
    return t("✏️ Naam")


def change_text_label(t: Translator) -> str:
    """Return the label for another text."""
    return t("✏️ Tekst")


def remove_label(t: Translator) -> str:
    """Return the label for removing."""
    return t("🗑 Weghalen")


def remove_sure(t: Translator, *, title: str) -> str:
    """Return the question before removing."""
    return t("“{title}” weghalen?").format(title=escape(title))


def yes_remove_label(t: Translator) -> str:
    """Return the label that removes."""
    return t("Ja, haal weg")


def back_label(t: Translator) -> str:
    """Return the label that goes back."""
    return t("⬅️ Terug")


def ask_title(t: Translator, *, most: int) -> str:
    """Return the request for a title."""
    return t("Hoe heet dit antwoord? Dit staat op de knop. Hooguit {most} tekens.").format(most=most)


def ask_text(t: Translator) -> str:
    """Return the request for the text."""
    return t("Schrijf het antwoord zoals de bewoner het leest: korte zinnen, geen namen.")


def kept(t: Translator) -> str:
    """Return the line above an answer that was kept."""
    return t("Bewaard.")


def removed(t: Translator) -> str:
    """Return the line above what is left."""
    return t("Weggehaald.")


def text_only(t: Translator) -> str:
    """Return the answer to anything but text."""
    return t("Stuur het als tekst.")


def stopped(t: Translator) -> str:
    """Return the end without a change."""
    return t("Gestopt. Er is niets veranderd.")


def refused(t: Translator, kept: str) -> str:
    """Return why nothing was kept."""
    return {
        "stranger": t("Standaardantwoorden zijn voor de beheerder."),
        "gone": t("Dit antwoord is er niet meer."),
        "double": t("Die naam is er al bij dit thema. Kies een andere."),
        "long": t("Dat is te lang. Maak het korter."),
        "full": t("Dit thema heeft er al genoeg in deze taal. Haal er eerst een weg."),
    }[kept]


# -- for who writes an answer -----------------------------------------------------------------------------------


def pick(t: Translator) -> str:
    """Return the line below the request for an answer when there are ready ones."""
    return t("Of kies een standaardantwoord. Je kunt het nog veranderen.")


def chosen(t: Translator, *, about: str, text: str) -> str:
    """Return a ready answer that was chosen: to go on with, or to be changed."""
    hint = t(
        "Tik op Verder. Of tik op de tekst om hem te kopiëren, verander hem en stuur hem mij. Er gaat nog niets weg."
    )
    return f"{about}\n<code>{escape(text)}</code>\n\n{hint}"


def go_on_label(t: Translator) -> str:
    """Return the label that goes on to the preview."""
    return t("Verder")
