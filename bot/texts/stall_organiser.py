"""Rommelroute: what its organiser reads before, on and around the day."""

from bot.texts.translator import Translator, escape


def organiser_key(t: Translator) -> str:
    """Return the button that shows the organiser all stalls with their addresses."""
    return t("📋 Alle plekken met adres")


def sheet_key(t: Translator) -> str:
    """Return the button that sends the route sheet."""
    return t("🖨 Routeblad (PDF)")


def organiser_note(t: Translator, *, provisional: bool) -> str:
    """Return the line under the organiser's list before the day."""
    if provisional:
        return t("Alleen jij ziet deze adressen. De nummers zijn voorlopig tot de aanmelding sluit.")
    return t("Alleen jij ziet deze adressen, tot de dag begint.")


def sheet_comes(t: Translator) -> str:
    """Return that the route sheet is being made."""
    return t("Het routeblad komt zo in deze chat.")


def organiser_list_key(t: Translator) -> str:
    """Return the button under a message to the organiser that shows all stalls."""
    return t("📋 Alle plekken")


def route_ready(t: Translator, *, title: str, total: int) -> str:
    """Return that signing up is closed and every stall has its number."""
    plural = t.ngettext("{n} verkoopplek heeft", "{n} verkoopplekken hebben", total).format(n=total)
    return t(
        "<b>{title}</b>\nAanmelden is gesloten. {plural} nu een nummer. Dat verandert niet meer.\n\n"
        "Je kunt het routeblad printen."
    ).format(title=escape(title), plural=plural)


def route_changed(t: Translator, *, title: str, total: int) -> str:
    """Return that a sheet that was printed is not the newest any more."""
    plural = t.ngettext("{n} verkoopplek", "{n} verkoopplekken", total).format(n=total)
    return t(
        "<b>{title}</b>\nEr is een plek veranderd of gestopt. Nu: {plural}.\n\n"
        "Het routeblad in deze chat is bijgewerkt. Heb je het al geprint? Print het dan opnieuw."
    ).format(title=escape(title), plural=plural)
