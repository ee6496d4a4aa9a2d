"""Activities: lists by wijk, the page of one meeting, roles and states."""

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_date

from bot.domain.enums import ActivityKind, OccurrenceState, RoleKey
from bot.texts.translator import Translator, escape


def list_title(t: Translator, *, area: str | None) -> str:
    """Return the head of the list of one wijk, or of the whole town (None)."""
    if area is None:
        return t("<b>Activiteiten in heel Almere</b>")
    return t("<b>Activiteiten in {area}</b>").format(area=escape(area))


def list_entry(t: Translator, *, number: int, title: str, starts_at: datetime, area: str | None, state: str) -> str:
    """Return one meeting of a list; *number* is that of its button, *state* is ready text."""
    place = f" · {escape(area)}" if area else ""
    return f"{number}. <b>{escape(title)}</b>\n{t.moment(starts_at)}{place} · {state}"


def list_key(*, number: int, title: str) -> str:
    """Return the label of the button of one meeting in a list."""
    return f"{number}. {title}"


def list_empty(t: Translator, *, area: str | None) -> str:
    """Return what is said when nothing is planned."""
    if area is None:
        return t("Er is nu niets gepland. Kijk later nog eens.")
    return t("In {area} is nu niets gepland. Kijk in heel Almere. Of kies een andere wijk.").format(area=escape(area))


def choose_a_meeting(t: Translator) -> str:
    """Return the line under a list."""
    return t("Kies een knop om meer te lezen.")


def choose_region(t: Translator) -> str:
    """Return the question for the part of town."""
    return t("Waar woon je? Kies een deel van Almere.")


def choose_area(t: Translator, *, region: str) -> str:
    """Return the question for the wijk within a part of town."""
    return t("Kies je wijk in {region}.").format(region=escape(region))


def whole_town_key(t: Translator) -> str:
    """Return the button for the list of the whole town."""
    return t("🏙 Heel Almere")


def my_area_key(t: Translator, *, area: str) -> str:
    """Return the button for the list of one's own wijk."""
    return t("🏘 {area}").format(area=area)


def other_area_key(t: Translator) -> str:
    """Return the button that chooses another wijk."""
    return t("🏘 Andere wijk")


def more_key(t: Translator) -> str:
    """Return the button for the next page."""
    return t("➡️ Later")


def first_page_key(t: Translator) -> str:
    """Return the button for the first page."""
    return t("⏮ Naar het begin")


def to_list_key(t: Translator) -> str:
    """Return the button back to the list."""
    return t("⬅️ Alle activiteiten")


def not_there(t: Translator) -> str:
    """Return the answer about a meeting that does not exist, or that this person may not know of."""
    return t("Deze activiteit bestaat niet meer. Kies een andere.")


# -- one meeting ----------------------------------------------------------------------------------------------------


def span(t: Translator, *, starts_at: datetime, ends_at: datetime) -> str:
    """Return day and times of a meeting: "zaterdag 5 december, 13:00–16:00"."""
    return f"{t.day_of(starts_at)}, {t.time(starts_at)}–{t.time(ends_at)}"


def heading(*, title: str, when: str) -> str:
    """Return title and time of a meeting; *when* is ready text."""
    return f"<b>{escape(title)}</b>\n{when}"


def weekday_time(t: Translator, at: datetime) -> str:
    """Return a moment within a week as "donderdag 14:00"."""
    return f"{format_date(at.astimezone(t.zone).date(), 'EEEE', locale=t.language.value)} {t.time(at)}"


def detail(
    t: Translator,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str | None,
    area: str | None,
    state: str,
    roles: Sequence[str],
    deadline_at: datetime | None = None,
    closed: bool = False,
    why: str | None = None,
) -> str:
    """Return the page of one meeting; *state* and *roles* are ready text, *closed* tells that the deadline is past."""
    lines = [f"<b>{escape(title)}</b>", span(t, starts_at=starts_at, ends_at=ends_at)]
    where = ", ".join(escape(part) for part in (place, area) if part)
    if where:
        lines.append(f"📍 {where}")
    lines += ["", t("Stand: <b>{state}</b>").format(state=state)]
    if why:
        lines.append(t("Reden: {why}").format(why=escape(why)))
    lines += roles
    if deadline_at is not None:
        until = t("Aanmelden kon tot {moment}.") if closed else t("Aanmelden kan tot {moment}.")
        lines.append(until.format(moment=t.moment(deadline_at)))
    return "\n".join(lines)


def state(t: Translator, of: OccurrenceState) -> str:
    """Return the state of a meeting in words."""
    return {
        OccurrenceState.TOO_FEW: t("te weinig"),
        OccurrenceState.GOES_AHEAD: t("gaat door"),
        OccurrenceState.ALMOST_FULL: t("bijna vol"),
        OccurrenceState.FULL: t("vol"),
        OccurrenceState.CALLED_OFF: t("afgelast"),
    }[of]


def role(t: Translator, of: RoleKey) -> str:
    """Return the name of a role."""
    return {
        RoleKey.VISITOR: t("bezoeker"),
        RoleKey.REPAIRER: t("reparateur"),
        RoleKey.HOST: t("gastvrouw of gastheer"),
        RoleKey.STALL: t("verkoper"),
        RoleKey.WALKER: t("loper"),
        RoleKey.HELPER: t("helper"),
    }[of]


def role_line(t: Translator, *, of: RoleKey, taken: int, minimum: int, maximum: int | None, walks_in: bool) -> str:
    """Return how many there are in a role, and how many are still needed."""
    name = role(t, of).capitalize()
    if walks_in:
        return t("• {role}: binnenlopen mag altijd").format(role=name)
    if maximum is None:
        line = t("• {role}: {taken} aangemeld").format(role=name, taken=taken)
    else:
        line = t("• {role}: {taken} van de {maximum} plekken bezet").format(role=name, taken=taken, maximum=maximum)
    short = minimum - taken
    if short > 0:
        line += ", " + t.ngettext("nog {n} nodig", "nog {n} nodig", short).format(n=short)
    return line


def join_key(t: Translator, *, of: RoleKey, kind: ActivityKind, waiting: bool) -> str:
    """Return the button that signs up in a role, or (*waiting*) for its waiting list."""
    label = _join_key(t, of, kind)
    return t("{label} (wachtlijst)").format(label=label) if waiting else label


def _join_key(t: Translator, of: RoleKey, kind: ActivityKind) -> str:
    if of is RoleKey.VISITOR:
        return t("🔧 Ik breng iets mee") if kind is ActivityKind.REPAIR_CAFE else t("✅ Ik kom")
    return {
        RoleKey.REPAIRER: t("🛠 Ik help met repareren"),
        RoleKey.HOST: t("☕ Ik help als gastvrouw of gastheer"),
        RoleKey.STALL: t("🛍 Ik wil verkopen"),
        RoleKey.WALKER: t("🦺 Ik loop mee"),
        RoleKey.HELPER: t("🙋 Ik help mee"),
    }[of]


# -- for who looks after it -----------------------------------------------------------------------------------------


def call_off_key(t: Translator) -> str:
    """Return the button that calls a meeting off."""
    return t("🚫 Afgelasten")


def call_off_sure(t: Translator, *, title: str, when: str) -> str:
    """Return the question before everyone is told; *when* is ready text."""
    return t("Wil je dit afgelasten?\n<b>{title}</b>\n{when}\n\nIedereen krijgt meteen bericht.").format(
        title=escape(title), when=when
    )


def call_off_yes_key(t: Translator) -> str:
    """Return the button that does it."""
    return t("🚫 Ja, afgelasten")


def back_key(t: Translator) -> str:
    """Return the button back to the meeting."""
    return t("⬅️ Nee, terug")


def call_off_done(t: Translator) -> str:
    """Return that everyone is told."""
    return t("Afgelast. Iedereen krijgt bericht.")
