"""Somebody's own calendar: the file that goes with a place, and the link to follow everything."""

from datetime import datetime

from bot.domain.enums import RoleKey
from bot.texts import activities
from bot.texts.translator import Translator, escape

# -- in the calendar itself: plain text -----------------------------------------------------------------------------


def entry_title(t: Translator, *, title: str, role: RoleKey) -> str:
    """Return what a calendar shows of a meeting (plain text); visitors and walkers need no role."""
    if role in (RoleKey.VISITOR, RoleKey.WALKER):
        return title
    return f"{title} ({activities.role(t, role)})"


def entry_notes(t: Translator, *, link: str) -> str:
    """Return what stands below it (plain text)."""
    return t("Kun je niet? Zeg het in Buurtbode: {link}").format(link=link)


def feed_name(t: Translator) -> str:
    """Return the name of the calendar on a phone (plain text)."""
    return t("Buurtbode: waar ik heen ga")


# -- the file -------------------------------------------------------------------------------------------------------


def file(t: Translator, *, title: str, when: str) -> str:
    """Return the words of a calendar file; *when* is ready text."""
    return t("📆 <b>{title}</b>\n{when}\nTik op het bestand. Dan staat het in je agenda.").format(
        title=escape(title), when=when
    )


def file_cancelled(t: Translator, *, title: str, when: str) -> str:
    """Return the words of a file that takes the entry out of the calendar."""
    return t(
        "📆 <b>{title}</b>\n{when}\nJe gaat niet, of het gaat niet door.\n"
        "Staat het in je agenda? Tik op het bestand. Dan gaat het eruit."
    ).format(title=escape(title), when=when)


# -- the link -------------------------------------------------------------------------------------------------------


def open_key(t: Translator) -> str:
    """Return the button below one's own sign-ups."""
    return t("📆 In mijn agenda")


def about(t: Translator) -> str:
    """Return what a link does, for who has none."""
    return t(
        "📆 <b>In je agenda</b>\nJe krijgt een link. Die zet je één keer in de agenda van je telefoon.\n"
        "Daarna staat alles waar je heen gaat in je agenda. Verandert er iets? Dan verandert je agenda mee.\n\n"
        "De link is geheim. Wie de link heeft, ziet waar je heen gaat. Geef hem aan niemand.\n"
        "Gebruik je hem een half jaar niet? Dan werkt hij niet meer."
    )


def has_link(t: Translator, *, made_at: datetime) -> str:
    """Return what who has a link sees."""
    return t(
        "📆 <b>In je agenda</b>\nJe hebt een link sinds {day}.\n"
        "Ben je de link kwijt? Of kent iemand anders hem? Maak een nieuwe. De oude werkt dan niet meer."
    ).format(day=t.day_of(made_at))


def make_key(t: Translator) -> str:
    """Return the button that makes the first link."""
    return t("🔗 Maak mijn link")


def renew_key(t: Translator) -> str:
    """Return the button that makes a new link."""
    return t("🔁 Nieuwe link")


def remove_key(t: Translator) -> str:
    """Return the button that takes the link away."""
    return t("🗑 Link weghalen")


def renew_sure(t: Translator) -> str:
    """Return the question before a new link."""
    return t("De oude link werkt dan niet meer. Je zet de nieuwe link zelf in je agenda. Een nieuwe maken?")


def remove_sure(t: Translator) -> str:
    """Return the question before the link is taken away."""
    return t("De link werkt dan niet meer. Je agenda krijgt geen nieuws meer. Link weghalen?")


def yes_key(t: Translator) -> str:
    """Return the button that agrees."""
    return t("✅ Ja")


def no_key(t: Translator) -> str:
    """Return the button that leaves it as it is."""
    return t("❌ Nee")


def link(t: Translator, *, url: str) -> str:
    """Return the message with the link, which stays in the chat."""
    return t(
        "🔗 <b>Jouw geheime link</b>\n<code>{url}</code>\n\n"
        "1. Tik op de link hierboven. Dan is hij gekopieerd.\n"
        "2. iPhone: open Agenda. Tik op <i>Agenda's</i>, <i>Voeg agenda toe</i>, <i>Voeg agenda-abonnement toe</i>.\n"
        "Google: open calendar.google.com op een computer. Kies bij <i>Andere agenda's</i>: <i>Via URL</i>.\n"
        "3. Plak de link.\n\n"
        "Het kan een dag duren voor je agenda iets nieuws laat zien. Afgelast? Dat hoor je altijd hier."
    ).format(url=escape(url))


def removed(t: Translator) -> str:
    """Return that there is no link any more."""
    return t("De link is weg. Hij werkt niet meer.")


def not_here(t: Translator) -> str:
    """Return the answer when this Buurtbode has no address on the internet."""
    return t("Een link voor je agenda is er nu niet. Bij elke aanmelding krijg je wel een bestand voor je agenda.")
