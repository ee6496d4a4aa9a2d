"""News of activities: what residents choose and read (A2), and what who sends it reads (B1)."""

from collections.abc import Sequence
from datetime import date

from bot.domain.enums import ActivityKind
from bot.texts import making
from bot.texts.translator import Translator, escape


def settings_key(t: Translator) -> str:
    """Return the button in the settings."""
    return t("📣 Nieuws over activiteiten")


def which_area(t: Translator) -> str:
    """Return the question for the part of town of which somebody wants news."""
    return t("Nieuws uit welk deel van Almere? Kies hieronder.")


def page(t: Translator, *, wishes: Sequence[tuple[ActivityKind, str, date]]) -> str:
    """Return what somebody chose, as (kind, wijk, since when), and what it means."""
    head = t(
        "<b>Nieuws over activiteiten</b>\n\n"
        "Wil je bericht krijgen als er iets te doen is? Kies hieronder.\n"
        "Wij bewaren je keuze. Je zet het altijd weer uit.\n"
        "Na 2 jaar wissen wij je keuze."
    )
    if not wishes:
        return head + "\n\n" + t("Je krijgt nu geen nieuws.")
    line = t("• {kind} in {area}, sinds {day}")
    rows = [line.format(kind=making.kind(t, of), area=escape(area), day=t.day(day)) for of, area, day in wishes]
    return "\n".join([head, "", t("Je krijgt nieuws over:"), *rows])


def toggle_key(t: Translator, of: ActivityKind, *, area: str, on: bool) -> str:
    """Return the button that turns news of a kind in a wijk on, or off when it is on."""
    line = t("🔕 Uit: {kind} in {area}") if on else t("🔔 Aan: {kind} in {area}")
    return line.format(kind=making.kind(t, of), area=area)


def off_key(t: Translator) -> str:
    """Return the button that withdraws everything."""
    return t("🔕 Geen nieuws meer")


def enough(t: Translator, *, most: int) -> str:
    """Return the answer to more wishes than are kept."""
    return t("Je hebt al {n} keuzes. Zet er eerst een uit.").format(n=most)


def announcement(
    t: Translator,
    *,
    title: str,
    of: ActivityKind,
    when: str,
    where: Sequence[str],
    area: str | None,
    full: bool,
    line: str | None = None,
) -> str:
    """Return the news of one date; *when* is ready text, *full* says that there is a waiting list only.

    *line* is what its sender adds.
    """
    lines = [t("📣 Er is iets te doen in {area}.").format(area=escape(area)) if area else t("📣 Er is iets te doen.")]
    lines += [f"<b>{escape(title)}</b> · {making.kind(t, of)}", when]
    if where:
        lines.append("📍 " + ", ".join(escape(part) for part in where))
    if full:
        lines.append(t("Het is nu vol. Je kunt op de wachtlijst."))
    if line:
        lines += ["", escape(line)]
    return "\n".join(lines)


def changed(t: Translator, *, title: str, when: str, where: Sequence[str], why: str | None) -> str:
    """Return that a meeting of the news has another time or place; *when* is ready text."""
    lines = [t("📣 Let op, dit is veranderd."), f"<b>{escape(title)}</b>", when]
    if where:
        lines.append("📍 " + ", ".join(escape(part) for part in where))
    return "\n".join([*lines, *([t("Reden: {why}").format(why=escape(why))] if why else [])])


def look_key(t: Translator) -> str:
    """Return the button to the meeting."""
    return t("Bekijk en meld je aan")


def stop_key(t: Translator) -> str:
    """Return the button to one's choices."""
    return t("Nieuws aan of uit")


# -- for who sends it -----------------------------------------------------------------------------------------------


def announce_key(t: Translator) -> str:
    """Return the button that begins an announcement."""
    return t("📣 Bericht aan de buurt")


def ask_areas(t: Translator, *, areas: Sequence[str], readers: int) -> str:
    """Return the choice of wijken, with how many people will read it."""
    chosen = ", ".join(escape(area) for area in areas) if areas else t("nog geen wijk")
    line = t("Gekozen: {areas}. Typ of kies nog een wijk, of ga verder.").format(areas=chosen)
    return f"{t('Alleen wie om nieuws vroeg, krijgt dit bericht.')}\n{line}\n{_readers(t, readers)}"


def drop_area_key(t: Translator, *, area: str) -> str:
    """Return the button that leaves a wijk out."""
    return t("🗑 {area}").format(area=area)


def ask_line(t: Translator, *, most: int) -> str:
    """Return the question for a line of one's own."""
    head = t("Wil je er zelf iets bij zeggen? Typ hoogstens {n} tekens, in gewone woorden.").format(n=most)
    return head + "\n" + t("Iedereen leest het zo. Schrijf geen namen.")


def no_line_key(t: Translator) -> str:
    """Return the button for nothing of one's own."""
    return t("Zonder eigen tekst")


def change_line_key(t: Translator) -> str:
    """Return the button for another line of one's own."""
    return t("✏️ Eigen tekst")


def go_on_key(t: Translator) -> str:
    """Return the button to the preview."""
    return t("➡️ Verder")


def preview(t: Translator, *, text: str, areas: Sequence[str], readers: int) -> str:
    """Return the announcement as it will be read, and by how many."""
    names = ", ".join(escape(area) for area in areas)
    return f"{text}\n\n" + t("Naar: {areas}.").format(areas=names) + " " + _readers(t, readers)


def send_key(t: Translator) -> str:
    """Return the button that sends it."""
    return t("📨 Versturen")


def sent(t: Translator, *, readers: int, quiet: bool) -> str:
    """Return that it is on its way; *quiet*: it waits for the morning."""
    line = t.ngettext("Verstuurd aan {n} persoon.", "Verstuurd aan {n} mensen.", readers).format(n=readers)
    return line + (" " + t("Het is nu nacht: het komt om 08:00 aan.") if quiet else "")


def nobody(t: Translator) -> str:
    """Return the answer when nobody would read it."""
    return t("Niemand in deze wijken vroeg om dit nieuws, of iedereen heeft het al.")


def no_area(t: Translator) -> str:
    """Return the answer to going on without a wijk."""
    return t("Kies eerst een wijk.")


def stopped(t: Translator) -> str:
    """Return the answer to leaving."""
    return t("Gestopt. Er is niets verstuurd.")


def _readers(t: Translator, readers: int) -> str:
    return t.ngettext("{n} persoon krijgt dit.", "{n} mensen krijgen dit.", readers).format(n=readers)
