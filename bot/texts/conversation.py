"""What staff and residents read around a sent report: taken back, passed on, blocked, answered too fast."""

from collections.abc import Sequence

from bot.texts.report import excerpt
from bot.texts.translator import Translator, escape


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


# -- passed on to the municipality ------------------------------------------------------------------------------

#: UTF-16 units of a report's words on the list.
_ON_LIST = 220


def pass_on_list(t: Translator, *, lines: Sequence[str], more: int, number: str, link: str) -> str:
    """Return the list "doorgeven"; *lines* are ready, *number* and *link* are the municipality's."""
    how = t("Geef dit door op {link} of bel {number}. Tik daarna op Doorgegeven. De bewoners krijgen dan bericht.")
    parts = [t("📤 <b>Doorgeven aan de gemeente</b>"), *lines, how.format(link=escape(link), number=escape(number))]
    if more:
        parts.append(t.ngettext("Hierna volgt er nog {n}.", "Hierna volgen er nog {n}.", more).format(n=more))
    return "\n\n".join(parts)


def on_list(t: Translator, *, number: str, area: str | None, text: str, point: str | None, files: int) -> str:
    """Return one report on the list; *point* is its place as coordinates."""
    place = " · ".join(filter(None, (area and escape(area), point)))
    lines = [f"<b>{number}</b> {place}".strip()]
    if text:
        lines.append(f"<i>{escape(excerpt(text, _ON_LIST))}</i>")
    if files:
        lines.append(t.ngettext("{n} foto of bestand bij de kaart", "{n} foto's of bestanden bij de kaart", files))
        lines[-1] = lines[-1].format(n=files)
    return "\n".join(lines)


def passed_on_label(t: Translator) -> str:
    """Return the button under the list."""
    return t("✅ Doorgegeven")


def list_empty(t: Translator) -> str:
    """Return what the list becomes when all of it was passed on."""
    return t("📤 Alles is doorgegeven aan de gemeente.")


def list_replaced(t: Translator) -> str:
    """Return what a list becomes when a newer one stands below."""
    return t("📤 Er is een nieuwere lijst om door te geven.")


def nothing_to_pass_on(t: Translator) -> str:
    """Return the answer when nothing is to be passed on."""
    return t("Er is nu niets om door te geven aan de gemeente.")


def list_changed(t: Translator) -> str:
    """Return the answer to a tap on a list that reads otherwise by now."""
    return t("De lijst is net veranderd. Kijk nog eens en tik dan opnieuw.")


def passed_on_now(t: Translator, *, count: int) -> str:
    """Return the answer to *Doorgegeven*."""
    return t.ngettext(
        "Genoteerd. De bewoner krijgt bericht.", "Genoteerd. De bewoners van deze {n} meldingen krijgen bericht.", count
    ).format(n=count)


def passed_on_line(t: Translator, *, day: str) -> str:
    """Return when a report was passed on: on its card, and in the resident's overview."""
    return t("Doorgegeven aan de gemeente op {day}.").format(day=day)


def passed_on(t: Translator, *, number: str) -> str:
    """Return what the resident hears."""
    return t("Wij hebben je melding {number} doorgegeven aan de gemeente.").format(number=number)
