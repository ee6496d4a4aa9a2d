"""The summary before sending, what goes with it, and the receipt (Reporting, steps 7 and 8)."""

from datetime import date

from bot.domain.enums import Kind, Theme
from bot.texts import labels
from bot.texts.report import excerpt, files_along
from bot.texts.translator import Translator, escape


def summary(
    t: Translator,
    *,
    kind: Kind,
    theme: Theme,
    place: str | None,
    text: str,
    files: int,
    name: str | None,
    phone: str | None,
    danger: bool,
    pass_on: bool,
) -> str:
    """Return what will be sent; *place* None is outside the town or unknown."""
    lines = [t("<b>Dit stuur ik. Klopt het?</b>")]
    if danger:
        lines.append(t("⚠ Er is gevaar"))
    lines.append(labels.kind(t, kind))
    lines.append(t("Thema: {theme}").format(theme=labels.theme(t, theme)))
    lines.append(t("Wijk: {place}").format(place=escape(place)) if place else t("Wijk: onbekend, of buiten Almere"))
    if text:
        lines.append(f"<i>{escape(excerpt(text))}</i>")
    if files:
        lines.append(files_along(t, count=files))
    if pass_on:
        lines.append(t("Wij geven dit door aan de gemeente."))
    lines.append(_name_line(t, name=name))
    if phone:
        lines.append(t("Bel mij op {phone}.").format(phone=escape(phone)))
    return "\n".join(lines)


def summary_sealed(t: Translator) -> str:
    """Return what stays on the screen in the place of a sealed summary."""
    return t("Je bericht is verstuurd.")


def _name_line(t: Translator, *, name: str | None) -> str:
    if name:
        return t("Je voornaam: {name}").format(name=escape(name))
    return t("Wij zien je naam niet. Telegram weet wel wie je bent.")


def who_reads(t: Translator, *, organisation: str, sealed: bool) -> str:
    """Return who reads the report."""
    if sealed:
        return t("Alleen de buurtwerker die je helpt, leest dit. De groep ziet je woorden niet.")
    return t("De buurtwerkers van {organisation} lezen dit.").format(organisation=escape(organisation))


def promised(t: Translator, *, before: date) -> str:
    """Return by when the resident hears something; *before* is the day after the last one."""
    return t("Je hoort iets vóór {day}.").format(day=t.day(before))


def comes_back(t: Translator, *, before: date) -> str:
    """Return the promise for somebody whom we may not write to."""
    return t("Wij schrijven je niet. Kijk vanaf {day} zelf bij 🗂 Wat ik heb gemeld.").format(day=t.day(before))


def danger_hours(t: Translator, *, lines: str) -> str:
    """Return what a danger report gets instead of a promise in days; *lines* are ready help lines."""
    return t("Wij lezen dit op werkdagen tussen 9 en 17 uur. Wacht niet op ons. Bel nu: {lines}").format(lines=lines)


def privacy_first(t: Translator, *, organisation: str) -> str:
    """Return the two sentences before the first sending."""
    return t(
        "{organisation} leest en bewaart je melding om de buurt te helpen. "
        "Je mag alles opvragen of laten wissen. Meer weten? /privacy"
    ).format(organisation=escape(organisation))


def name_question(t: Translator) -> str:
    """Return the question for a first name."""
    return t("Wat is je voornaam? De buurtwerkers zien dan je voornaam. Dat hoeft niet.")


def name_unclear(t: Translator) -> str:
    """Return the answer to something that is no first name."""
    return t("Typ alleen je voornaam.")


def phone_question(t: Translator) -> str:
    """Return the question for a telephone number."""
    return t("Op welk nummer kunnen wij je bellen? Alleen de buurtwerker die je helpt, ziet het.")


def phone_unclear(t: Translator) -> str:
    """Return the answer to something that is no telephone number."""
    return t("Dat nummer snap ik niet. Typ het zo: 06 12345678.")


def day_part_question(t: Translator) -> str:
    """Return the question when to call."""
    return t("Wanneer kunnen wij bellen?")


def call_language_question(t: Translator) -> str:
    """Return the question in which language to talk."""
    return t("Welke taal spreek je het liefst? Kies, of typ een andere taal.")


def will_call(t: Translator) -> str:
    """Return the confirmation that somebody will be called."""
    return t("Goed. Een buurtwerker belt je. Nog een paar vragen, dan kan ik het versturen.")


def receipt(t: Translator, *, number: str, reader: str, promise: str) -> str:
    """Return the message after sending: number, promise, reader."""
    return "\n".join((t("✅ Verstuurd. Je melding is <b>{number}</b>.").format(number=number), promise, reader))
