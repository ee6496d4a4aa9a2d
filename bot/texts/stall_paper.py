"""Rommelroute on a picture and on paper: words of the map and of the route sheet, plain but for their captions."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.enums import StallState
from bot.texts.stalls import state_name
from bot.texts.translator import Translator, escape


def map_caption(t: Translator, *, title: str, at: datetime, total: int) -> str:
    """Return the words under the map."""
    return t("<b>{title}</b>\nZo was het om {time}. Plekken: {total}.\nAdressen staan in de lijst per straat.").format(
        title=escape(title), time=t.time(at), total=total
    )


def map_states(t: Translator) -> Sequence[tuple[StallState, str]]:
    """Return the words of the legend for how stalls stand."""
    return [(state, state_name(t, state)) for state in StallState]


def map_about(t: Translator) -> str:
    """Return the words of the legend for a dot whose place is not known precisely."""
    return t("plek ongeveer")


def map_unplaced(t: Translator) -> str:
    """Return the head of the stalls in streets of which nobody shared a point."""
    return t("Niet op de kaart:")


def map_field(t: Translator, *, numbers: Sequence[int]) -> str:
    """Return the line with the numbers on the shared field."""
    return t("Gedeeld veld: {numbers}").format(numbers=", ".join(map(str, numbers)))


def plain_when(t: Translator, *, starts_at: datetime, ends_at: datetime) -> str:
    """Return day and times for a picture."""
    return f"{t.day_of(starts_at)}, {t.time(starts_at)}–{t.time(ends_at)}"


def sheet_scan(t: Translator) -> str:
    """Return the words beside the QR code."""
    return t("Scan met je telefoon. Dan zie je wie nu open is.")


def sheet_provisional(t: Translator) -> str:
    """Return the line on a sheet that was made before the deadline."""
    return t("Nummers kunnen nog veranderen.")


def sheet_foot(t: Translator) -> str:
    """Return the line at the foot of the sheet."""
    return t("Op dit blad staan adressen. Gooi het na de dag weg.")


def sheet_house(t: Translator, *, house: str) -> str:
    """Return the house of a stall under its street, so that nobody takes it for the number of the stall."""
    return t("huis {house}").format(house=house)


def sheet_field(t: Translator) -> str:
    """Return the head of the stalls on the shared field."""
    return t("Gedeeld veld")


def sheet_caption(t: Translator, *, title: str) -> str:
    """Return the words under the route sheet."""
    return t("Routeblad van <b>{title}</b>. Print het op A4. Er staan adressen op: deel het niet verder.").format(
        title=escape(title)
    )


def gone(t: Translator) -> str:
    """Return what a map or a sheet reads a week after the day, where Telegram lets nobody delete it."""
    return t("Gewist. De route is een week voorbij.")


def not_today(t: Translator) -> str:
    """Return what a map reads whose route was called off or moved, where Telegram lets nobody delete it."""
    return t("Gewist. Deze route is niet vandaag.")


def not_yours(t: Translator) -> str:
    """Return what a sheet reads of who does not organise the route any more, where Telegram lets nobody delete it."""
    return t("Gewist. Jij organiseert deze route niet meer.")


def sheet_name(t: Translator) -> str:
    """Return the name of the file, without its ending."""
    return t("routeblad")
