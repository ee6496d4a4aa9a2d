"""Welcome, language, help, settings, privacy, and the answers when nothing else fits."""

from collections.abc import Sequence

from bot.domain.enums import Language, ReminderChoice
from bot.texts.translator import Translator, escape

#: Each language in its own words; a language that the set-up does not name is not offered.
LANGUAGE_NAMES = {Language.DUTCH: "Nederlands", Language.ENGLISH: "English"}

#: Shown in every language, so that everybody finds it.
LANGUAGE_LABEL = "🌐 Taal / Language"


def welcome(t: Translator, *, organisation: str) -> str:
    """Return the first message of a private chat."""
    return t(
        "Welkom bij <b>Buurtbode</b> van {organisation}.\n\n"
        "Wil je iets vertellen over je buurt? Typ het hier. Of stuur een foto of spraakbericht.\n"
        "Je kunt ook een knop hieronder kiezen.\n\n"
        "Is er nu gevaar? Bel 112."
    ).format(organisation=escape(organisation))


def choose_language(t: Translator) -> str:
    """Return the question for the language."""
    return t("Welke taal wil je lezen?")


def language_is(t: Translator, *, name: str) -> str:
    """Return what is said once a language was chosen."""
    return t("Je leest nu: {name}.").format(name=name)


def help_text(t: Translator, *, organisation: str, lines: Sequence[str]) -> str:
    """Return the help of a private chat; *lines* are ready help lines (`help_line`)."""
    intro = t(
        "<b>Hulp en nummers</b>\n\n"
        "• Iets melden? Typ het gewoon. Of kies “Iets melden”.\n"
        "• Stoppen? Typ <b>stop</b>. Terug? Typ <b>terug</b>.\n"
        "• Knoppen kun je ook typen: het woord of het nummer.\n\n"
        "De buurtwerkers van {organisation} lezen berichten op werkdagen. Buurtbode belt niet voor jou.\n\n"
        "<b>Bel zelf:</b>"
    ).format(organisation=escape(organisation))
    return "\n".join([intro, *lines])


def help_line(t: Translator, *, number: str, name: str, hours: str, cost: str) -> str:
    """Return one help line; *name*, *hours* and *cost* are in the reader's language already."""
    details = ", ".join(part for part in (hours, cost) if part)
    template = t("• {name}: <b>{number}</b> ({details})") if details else t("• {name}: <b>{number}</b>")
    return template.format(name=escape(name), number=escape(number), details=escape(details))


def complaint_label(t: Translator, *, organisation: str) -> str:
    """Return the button about complaints."""
    return t("Klacht over {organisation} of een vrijwilliger?").format(organisation=organisation)


def complaint(t: Translator, *, organisation: str, contact: str) -> str:
    """Return how to complain; a complaint never enters a desk."""
    return t(
        "<b>Klacht over {organisation} of een vrijwilliger?</b>\n\n"
        "Een klacht gaat niet via Buurtbode. Buurtwerkers lezen hem dus niet.\n"
        "Mail je klacht naar {contact}. Vraag om de klachtenregeling.\n"
        "Je mag altijd iemand meenemen die je helpt."
    ).format(organisation=escape(organisation), contact=escape(contact))


def settings(t: Translator, *, language: str, area: str | None, name: str | None, reminders: ReminderChoice) -> str:
    """Return the settings as they are."""
    return t(
        "<b>Instellingen</b>\n\nTaal: {language}\nMijn wijk: {area}\nMijn voornaam: {name}\nHerinneringen: {reminders}"
    ).format(
        language=language,
        area=escape(area) if area else t("niet gekozen"),
        name=escape(name) if name else t("niet gegeven"),
        reminders=reminder_choice(t, reminders),
    )


def reminder_choice(t: Translator, choice: ReminderChoice) -> str:
    """Return a choice of reminders as a label."""
    return {
        ReminderChoice.ALL: t("Alle herinneringen"),
        ReminderChoice.LAST: t("Alleen de laatste"),
        ReminderChoice.NONE: t("Geen herinneringen"),
    }[choice]


def reminders_label(t: Translator) -> str:
    """Return the button that opens the choice of reminders."""
    return t("🔔 Herinneringen")


def choose_reminders(t: Translator) -> str:
    """Return the question for reminders."""
    return t("Welke herinneringen wil je krijgen?")


def forget_name_label(t: Translator) -> str:
    """Return the button that erases the first name."""
    return t("🧹 Mijn voornaam wissen")


def privacy_label(t: Translator) -> str:
    """Return the button that opens the privacy page."""
    return t("🔒 Privacy")


def back_to_settings(t: Translator) -> str:
    """Return the button back to the settings."""
    return t("⬅️ Instellingen")


def unknown_command(t: Translator, *, typed: str) -> str:
    """Return the answer to a command that does not exist."""
    return t(
        "Deze opdracht ken ik niet: {typed}\n\nKies hieronder wat je wilt doen. Of typ wat je wilt melden."
    ).format(typed=escape(typed[:40]))


def not_understood(t: Translator) -> str:
    """Return the answer to a message of a kind that nothing can be done with."""
    return t("Dit soort bericht kan ik niet lezen. Typ wat je wilt melden. Of stuur een foto of spraakbericht.")


def old_button(t: Translator) -> str:
    """Return the answer to a button that leads nowhere (any more)."""
    return t("Deze knop werkt niet meer. Kies hieronder wat je wilt doen.")


def group_help(t: Translator, *, desk: str | None) -> str:
    """Return what the bot does in a group."""
    if desk is None:
        return t("Ik ben Buurtbode. Wil je iets melden? Stuur mij een privébericht.")
    return t(
        "Ik ben Buurtbode. In deze groep komen de meldingen voor <b>{desk}</b>.\n"
        "Tik op een knop onder een kaart. Wat jullie hier praten, blijft hier.\n"
        "Alleen “Antwoord” en “Versturen” gaan naar de bewoner."
    ).format(desk=escape(desk))


def chat_id(t: Translator, *, number: int) -> str:
    """Return the number of a chat, as the set-up file wants it."""
    return t("Het nummer van deze chat is <code>{number}</code>.").format(number=number)
