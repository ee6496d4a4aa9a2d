"""One visitor of a Repair Café, for who keeps its list: how far they are, who can help, and how it went."""

from collections.abc import Sequence

from bot.domain.activities.repairing import RepairOutcome, RepairReason, Stage
from bot.texts import general
from bot.texts.translator import Translator, escape


def visit(
    t: Translator,
    *,
    heading: str,
    stage: Stage,
    brand: str | None,
    fault: str | None,
    fits: str,
    outcome: str | None,
    has_telegram: bool,
) -> str:
    """Return the page of one visitor; *heading*, *fits* and *outcome* are ready text."""
    lines = [f"<b>{heading}</b>", stage_name(t, stage)]
    if outcome:
        lines.append(outcome)
    if brand:
        lines.append(t("Merk: {brand}").format(brand=escape(brand)))
    if fault:
        lines.append(t("Wat is er stuk: {fault}").format(fault=escape(fault)))
    if fits:
        lines.append(fits)
    lines.append(t("Krijgt een bericht bij de beurt.") if has_telegram else t("Heeft geen Telegram. Roep het nummer."))
    return "\n".join(lines)


def stage_name(t: Translator, stage: Stage) -> str:
    """Return how far a visitor is."""
    return {
        Stage.EXPECTED: t("Nog niet gekomen"),
        Stage.WAITING: t("Wacht op de beurt"),
        Stage.TURN: t("Aan de beurt"),
        Stage.DONE: t("Klaar"),
        Stage.LEFT: t("Eerder weggegaan"),
        Stage.NO_SHOW: t("Niet gekomen"),
        Stage.AWAY: t("Afgemeld"),
    }[stage]


def fits(t: Translator, *, names: Sequence[str], nameless: int) -> str:
    """Return which repairers fit."""
    if not names and not nameless:
        return t("Geen reparateur past hierbij. Vraag het rond.")
    known = general.listed(t, [escape(name) for name in names])
    if not nameless:
        return t("Past bij: {names}").format(names=known)
    others = t.ngettext("{n} reparateur zonder naam", "{n} reparateurs zonder naam", nameless).format(n=nameless)
    return t("Past bij: {names}").format(names=", ".join(filter(None, [known, others])))


def result(t: Translator, *, outcome: RepairOutcome, reason: RepairReason | None) -> str:
    """Return how it went."""
    line = t("Uitkomst: {outcome}").format(outcome=outcome_name(t, outcome))
    return line if reason is None else f"{line} ({reason_name(t, reason)})"


def outcome_name(t: Translator, outcome: RepairOutcome) -> str:
    """Return an outcome."""
    return {
        RepairOutcome.FIXED: t("gelukt"),
        RepairOutcome.PARTLY: t("deels gelukt"),
        RepairOutcome.NOT_FIXED: t("niet gelukt"),
    }[outcome]


def outcome_key(t: Translator, outcome: RepairOutcome) -> str:
    """Return the button of an outcome."""
    return {
        RepairOutcome.FIXED: t("✅ Gelukt"),
        RepairOutcome.PARTLY: t("➗ Deels"),
        RepairOutcome.NOT_FIXED: t("✖️ Niet gelukt"),
    }[outcome]


def reason_name(t: Translator, reason: RepairReason) -> str:
    """Return a reason, also the label of its button."""
    return {
        RepairReason.NO_PARTS: t("onderdeel is er niet"),
        RepairReason.PARTS_DEAR: t("onderdeel is te duur"),
        RepairReason.NOT_OPENED: t("gaat niet open"),
        RepairReason.NO_INFORMATION: t("geen uitleg te vinden"),
        RepairReason.NO_TOOL: t("geen gereedschap"),
        RepairReason.WORN_OUT: t("te veel versleten"),
        RepairReason.NO_TIME: t("geen tijd"),
        RepairReason.EXPERT: t("naar een vakman"),
    }[reason]


def noted(line: str) -> str:
    """Return what was written down, in a line above; *line* as people typed it."""
    return escape(line)


def ask_reason(t: Translator) -> str:
    """Return the question why it did not go."""
    return t("Waarom lukte het niet (helemaal)? Je mag het overslaan.")


def no_reason_key(t: Translator) -> str:
    """Return the button without a reason."""
    return t("⏭ Geen reden")


def came_key(t: Translator) -> str:
    """Return the button of somebody who has come."""
    return t("✔️ Aangekomen")


def no_show_key(t: Translator) -> str:
    """Return the button of somebody who did not come."""
    return t("Niet gekomen")


def call_key(t: Translator) -> str:
    """Return the button that calls a visitor."""
    return t("▶️ Aan de beurt")


def left_key(t: Translator) -> str:
    """Return the button of who went before it was done."""
    return t("🚪 Eerder weg")


def not_here_key(t: Translator) -> str:
    """Return the button that takes *aangekomen* or *niet gekomen* back."""
    return t("↩️ Toch nog niet gekomen")


def back_to_waiting_key(t: Translator) -> str:
    """Return the button that puts a visitor back in the queue."""
    return t("↩️ Terug naar wachten")


def other_item_key(t: Translator) -> str:
    """Return the button that corrects what was brought."""
    return t("✏️ Ander ding")


def photo_key(t: Translator) -> str:
    """Return the button that shows the photo."""
    return t("📷 Foto")


def photo_note(t: Translator) -> str:
    """Return what may be done with the photo."""
    return t("Alleen voor de reparatie. Stuur de foto niet door.")


def photo_is_here(t: Translator) -> str:
    """Return the short answer to the button of the photo."""
    return t("De foto staat in deze chat.")
