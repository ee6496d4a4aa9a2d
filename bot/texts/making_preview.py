"""A plan before it is kept: how it reads, what can be changed of it, and what became of it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.enums import ActivityKind
from bot.texts import making
from bot.texts.translator import Translator, escape


def preview(
    t: Translator,
    *,
    title: str,
    of: ActivityKind,
    when: str,
    repeats: str,
    where: Sequence[str],
    roles: Sequence[str],
    until: str | None,
    seen_by: str | None,
) -> str:
    """Return the activity as it will be; *seen_by* is the team that alone sees it, None for everybody."""
    lines = [f"<b>{escape(title)}</b> · {making.kind(t, of)}", when, repeats]
    if where:
        lines.append("📍 " + ", ".join(escape(part) for part in where))
    lines += [f"• {role}" for role in roles]
    if until is not None:
        lines.append(t("Aanmelden: {until}").format(until=until))
    seen = t("Alleen het team {team} ziet dit.").format(team=escape(seen_by)) if seen_by else t("Iedereen ziet dit.")
    return "\n".join([*lines, seen])


def holidays_warning(t: Translator, *, days: Sequence[tuple[date, str]]) -> str:
    """Return the warning about dates that are public holidays, by day and name."""
    named = "; ".join(f"{t.day(day)} ({escape(name)})" for day, name in days)
    return t("⚠️ Let op, dit is een feestdag: {days}.").format(days=named)


def ask_make(t: Translator, *, new: bool) -> str:
    """Return the question under the preview."""
    if new:
        return t("Klopt het? Dan kun je het maken.")
    return t("Klopt het? Alleen dagen waarvoor nog niemand zich aanmeldde, krijgen een andere tijd en plek.")


def rename_tells(t: Translator, *, people: int) -> str:
    """Return how many people hear of the new name."""
    line = t.ngettext(
        "Er is een nieuwe naam. {n} persoon krijgt bericht.",
        "Er is een nieuwe naam. {n} mensen krijgen bericht.",
        people,
    )
    return line.format(n=people)


def changed_meanwhile(t: Translator) -> str:
    """Return the answer when somebody else changed the activity while this person did."""
    return t("Iemand anders heeft dit intussen veranderd. Kijk hoe het nu is. Doe je verandering zo nodig opnieuw.")


def make_key(t: Translator, *, new: bool) -> str:
    """Return the button that makes or keeps it."""
    return t("✅ Maken") if new else t("✅ Bewaren")


def change_title_key(t: Translator) -> str:
    """Return the button for another name."""
    return t("✏️ Naam")


def change_place_key(t: Translator) -> str:
    """Return the button for another place."""
    return t("✏️ Plek")


def change_area_key(t: Translator) -> str:
    """Return the button for another wijk."""
    return t("✏️ Wijk")


def change_when_key(t: Translator) -> str:
    """Return the button for another day or time."""
    return t("✏️ Dag en tijd")


def change_repeats_key(t: Translator) -> str:
    """Return the button for repeating otherwise."""
    return t("✏️ Herhalen")


def change_roles_key(t: Translator) -> str:
    """Return the button for other numbers of people."""
    return t("✏️ Aantallen")


def change_deadline_key(t: Translator) -> str:
    """Return the button for another deadline."""
    return t("✏️ Aanmelden tot")


def made(t: Translator, *, repeats: bool) -> str:
    """Return that the activity is there."""
    return t("Gemaakt. Dagen komen er steeds twee maanden van tevoren bij.") if repeats else t("Gemaakt.")


def changed(t: Translator, *, kept: Sequence[str]) -> str:
    """Return that the change is kept, and which dates (ready text) stay as they were."""
    if not kept:
        return t("Bewaard.")
    head = t("Bewaard. Deze dagen blijven zoals ze zijn. Er is iemand aangemeld, of de dag is al eens veranderd:")
    return "\n".join([head, *(f"• {day}" for day in kept), t("Naam en aantallen gelden voor alle dagen.")])


def use_move(t: Translator) -> str:
    """Return why the time of a single meeting is changed in another way."""
    return t("Er zijn al mensen aangemeld, of de dag is al eens veranderd. Kies Verzetten bij de dag.")


def started_meanwhile(t: Translator) -> str:
    """Return the answer to keeping a plan that begins in the past by now."""
    return t("Dit begint nu al in het verleden. Kies een andere dag of tijd.")
