"""Reminders, and what changes about a meeting: moved, called off. Everything relative is computed when drawn."""

from datetime import datetime, timedelta

from bot.domain.enums import RoleKey
from bot.domain.time import local_date
from bot.texts.translator import Translator, escape

_HOUR = timedelta(hours=1)


def begins(t: Translator, *, title: str, starts_at: datetime, now: datetime) -> str:
    """Return how soon something begins, seen from *now*: "Over 2 uur begint …", "Morgen begint …"."""
    title = escape(title)
    days = (local_date(starts_at, t.zone) - local_date(now, t.zone)).days
    if days > 1:
        return t.ngettext("Over {n} dag: <b>{title}</b>", "Over {n} dagen: <b>{title}</b>", days).format(
            n=days, title=title
        )
    if days == 1:
        return t("Morgen: <b>{title}</b>").format(title=title)
    left = starts_at - now
    if left < _HOUR:
        minutes = max(1, round(left / timedelta(minutes=1)))
        return t.ngettext("Over {n} minuut: <b>{title}</b>", "Over {n} minuten: <b>{title}</b>", minutes).format(
            n=minutes, title=title
        )
    hours = round(left / _HOUR)
    return t.ngettext("Over {n} uur: <b>{title}</b>", "Over {n} uur: <b>{title}</b>", hours).format(
        n=hours, title=title
    )


def reminder(
    t: Translator,
    *,
    title: str,
    starts_at: datetime,
    when: str,
    place: str | None,
    now: datetime,
    role: RoleKey,
    slot_at: datetime | None,
) -> str:
    """Return a reminder with its question; *when* is ready text."""
    lines = ["⏰ " + begins(t, title=title, starts_at=starts_at, now=now), when]
    if slot_at is not None:
        lines.append(t("Jouw tijd: {time}.").format(time=t.time(slot_at)))
    if place:
        lines.append(f"📍 {escape(place)}")
    lines += ["", t("Loop je mee?") if role is RoleKey.WALKER else t("Kom je?")]
    return "\n".join(lines)


def answered_coming(t: Translator, *, title: str, when: str, role: RoleKey) -> str:
    """Return a reminder that was answered with yes."""
    head = t("✅ Je loopt mee.") if role is RoleKey.WALKER else t("✅ Je komt.")
    return f"{head}\n<b>{escape(title)}</b>\n{when}"


def answered_not_coming(t: Translator, *, title: str, when: str) -> str:
    """Return a reminder that was answered with no."""
    return t("❌ Je komt niet.\n<b>{title}</b>\n{when}").format(title=escape(title), when=when)


def called_off(t: Translator, *, title: str, when: str, why: str | None, patrol: bool) -> str:
    """Return that a meeting does not go ahead."""
    head = t("De ronde gaat niet door. Ga niet alleen.") if patrol else t("Dit gaat niet door.")
    lines = [f"🚫 {head}", f"<b>{escape(title)}</b>", when]
    if why:
        lines.append(t("Reden: {why}").format(why=escape(why)))
    return "\n".join(lines)


def moved(
    t: Translator,
    *,
    title: str,
    when: str,
    time: bool,
    place: str | None,
    name: bool = False,
    slot_at: datetime | None = None,
    walks_in: bool = False,
    why: str | None = None,
) -> str:
    """Return that a meeting has another *time*, *place* (where it is now) or *name*; *why* is the reason.

    *slot_at* is the time (UTC) that its reader has there now; a visitor without one *walks_in*.
    """
    lines = [t("🕐 Er is een nieuwe tijd.")] if time else []
    lines += [t("📍 Er is een nieuwe plek.")] if place is not None else []
    lines += [t("✏️ Er is een nieuwe naam.")] if name else []
    lines += [f"<b>{escape(title)}</b>", when]
    lines += [escape(place)] if place else []
    if slot_at is not None:
        lines.append(t("Jouw tijd: {time}.").format(time=t.time(slot_at)))
    elif walks_in:
        lines.append(t("Je loopt binnen. Dan wacht je op je beurt."))
    lines += [t("Reden: {why}").format(why=escape(why))] if why else []
    return "\n".join(lines)
