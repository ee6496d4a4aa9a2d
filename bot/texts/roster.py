"""Buurtpreventie: the roster of a team by month, for who may see it."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date

from bot.texts.translator import Translator, escape


def month_name(t: Translator, month: date) -> str:
    """Return a month as "december 2026"."""
    return format_date(month, "LLLL yyyy", locale=t.language.value)


def roster(t: Translator, *, team: str, month: date) -> str:
    """Return the head of a month of the roster."""
    return t("<b>Rooster van {team}</b>\n{month}").format(team=escape(team), month=month_name(t, month))


def roster_entry(
    t: Translator,
    *,
    number: int,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    walkers: Sequence[str],
    state: str,
) -> str:
    """Return one round; *walkers* and *state* are ready text, *number* is that of its button."""
    when = f"{format_date(starts_at.astimezone(t.zone).date(), 'EEE d', locale=t.language.value)}"
    head = f"{number}. <b>{when}</b> {t.time(starts_at)}–{t.time(ends_at)} · {escape(title)} · {state}"
    return f"{head}\n{', '.join(walkers)}" if walkers else head


def walker(t: Translator, *, name: str | None, yes: bool, seeks: bool) -> str:
    """Return who walks: with ✓ for a yes, with 🔁 for who looks for a stand-in."""
    shown = escape(name) if name else t("een lid")
    return shown + (" 🔁" if seeks else " ✓" if yes else "")


def roster_empty(t: Translator) -> str:
    """Return what is said of a month without rounds."""
    return t("Er zijn geen rondes in deze maand.")


def roster_legend(t: Translator) -> str:
    """Return what the signs mean."""
    return t("✓ loopt mee · 🔁 zoekt vervanger")


def more_key(t: Translator) -> str:
    """Return the button of the next page of a month."""
    return t("➡️ Verder in deze maand")


def earlier_key(t: Translator, *, month: date) -> str:
    """Return the button of the month before."""
    return t("◀️ {month}").format(month=month_name(t, month))


def later_key(t: Translator, *, month: date) -> str:
    """Return the button of the next month."""
    return t("{month} ▶️").format(month=month_name(t, month))
