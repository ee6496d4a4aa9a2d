"""A Repair Café for who keeps its list: the list of the day, one visitor, how it went, and who repairs what."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.activities.repairing import RepairOutcome, RepairReason, Skill, Stage
from bot.texts import general
from bot.texts.translator import Translator, escape


def open_list_key(t: Translator) -> str:
    """Return the button that opens the list of the day."""
    return t("📋 De lijst van de dag")


def list_ready(t: Translator, *, title: str, when: str, signed_up: int) -> str:
    """Return the message an hour before; *when* is ready text."""
    count = t.ngettext("{n} bezoeker is aangemeld.", "{n} bezoekers zijn aangemeld.", signed_up).format(n=signed_up)
    return t("📋 <b>{title}</b>\n{when}\n{count} Houd hier bij wie er is.").format(
        title=escape(title), when=when, count=count
    )


def changed(t: Translator) -> str:
    """Return the head when it was done already, by another host or by a second tap."""
    return t("Dit is al gedaan, of net veranderd. Zo is het nu:")


def not_now(t: Translator) -> str:
    """Return the head when it is too early or too late for this."""
    return t("Dit kan nu niet.")


# -- the list -------------------------------------------------------------------------------------------------------


def day_list(
    t: Translator, *, title: str, when: str, turn: Sequence[str], waiting: Sequence[str], expected: int, done: int
) -> str:
    """Return the list of the day; *when* and the entries are ready text."""
    return "\n".join(
        [
            f"<b>{escape(title)}</b>",
            when,
            "",
            t("<b>Aan de beurt</b>"),
            *(turn or [t("niemand")]),
            "",
            t("<b>Wachten</b>"),
            *(waiting or [t("niemand")]),
            "",
            t("Nog niet gekomen: {n}").format(n=expected),
            t("Klaar: {n}").format(n=done),
        ]
    )


def more_waiting(t: Translator, *, count: int) -> str:
    """Return the line for those who do not fit on the list."""
    return t("en nog {n}").format(n=count)


def entry(t: Translator, *, number: int | None, item: str, slot_at: datetime | None, name: str | None) -> str:
    """Return one visitor in a list."""
    return escape(entry_key(t, number=number, item=item, slot_at=slot_at, name=name))


def entry_key(t: Translator, *, number: int | None, item: str, slot_at: datetime | None, name: str | None) -> str:
    """Return the button of one visitor: "7 · Lamp · 13:30"."""
    parts = [str(number) if number else None, name, item_name(t, item), t.time(slot_at) if slot_at else None]
    return " · ".join(part for part in parts if part)


def item_name(t: Translator, item: str) -> str:
    """Return what somebody brings; "?" is what nobody told."""
    return t("iets") if item == "?" else item


def undo_key(t: Translator, *, entry: str) -> str:
    """Return the button that takes back what was just tapped; *entry* is the visitor as a button shows them."""
    return t("↩️ Fout getikt? {entry}").format(entry=entry)


def stop_key(t: Translator, *, count: int) -> str:
    """Return the button that sends who still waits home."""
    return t("🏁 Wij stoppen ({n} wachten nog)").format(n=count)


def stop_sure(t: Translator, *, count: int) -> str:
    """Return the question before that is done."""
    line = t.ngettext(
        "{n} bezoeker wacht nog. Die leest: je staat niet meer op de lijst. Klopt dat?",
        "{n} bezoekers wachten nog. Zij lezen: je staat niet meer op de lijst. Klopt dat?",
        count,
    )
    return line.format(n=count) + "\n" + t("Je vindt hen daarna onder Klaar. Daar kun je het terugdraaien.")


def stop_yes_key(t: Translator) -> str:
    """Return the button that does it."""
    return t("🏁 Ja, wij stoppen")


def stopped_day(t: Translator, *, count: int) -> str:
    """Return how many were sent home."""
    line = t.ngettext("{n} bezoeker is van de wachtlijst.", "{n} bezoekers zijn van de wachtlijst.", count)
    return line.format(n=count)


def next_key(t: Translator, *, number: int) -> str:
    """Return the button that calls the first who waits."""
    return t("▶️ Nu nummer {n}").format(n=number)


def arrived_key(t: Translator, *, count: int) -> str:
    """Return the button to who has not come yet."""
    return t("✔️ Aangekomen ({n})").format(n=count)


def walk_in_key(t: Translator) -> str:
    """Return the button for somebody who is not on the list."""
    return t("🚶 Staat niet op de lijst")


def done_key(t: Translator, *, count: int) -> str:
    """Return the button to who is done, or gone."""
    return t("✅ Klaar ({n})").format(n=count)


def refresh_key(t: Translator) -> str:
    """Return the button that shows the list anew."""
    return t("🔄 Ververs")


def back_key(t: Translator) -> str:
    """Return the button back to the list."""
    return t("⬅️ Naar de lijst")


def more_key(t: Translator) -> str:
    """Return the button to the next page."""
    return t("➡️ Meer")


def who_came(t: Translator) -> str:
    """Return the head of the list of who has not come yet."""
    return t("Wie is er aangekomen? Tik op de persoon.")


def nobody_expected(t: Translator) -> str:
    """Return that everybody on the list has come."""
    return t("Iedereen op de lijst is er al.")


def who_is_done(t: Translator) -> str:
    """Return the head of the list of who is done."""
    return t("Klaar, of al weg. Tik om iets te verbeteren.")


def nobody_done(t: Translator) -> str:
    """Return that nobody is done yet."""
    return t("Nog niemand is klaar.")


# -- one visitor ----------------------------------------------------------------------------------------------------


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


def ask_item(t: Translator) -> str:
    """Return the question what somebody brings, asked by the host."""
    return t("Wat is het? Typ een paar letters. Bijvoorbeeld: stofz.")


def given_number(t: Translator, *, number: int) -> str:
    """Return the number that somebody gets, to be said aloud."""
    return t("Nummer {n}. Zeg dit nummer tegen de bezoeker.").format(n=number)


def called_now(t: Translator, *, number: int) -> str:
    """Return that somebody was called."""
    return t("Nummer {n} is nu aan de beurt.").format(n=number)


def stopped(t: Translator) -> str:
    """Return that nothing was written down."""
    return t("Gestopt. Er is niets veranderd.")


# -- who repairs what -----------------------------------------------------------------------------------------------


def skills_key(t: Translator) -> str:
    """Return the button to what one can repair."""
    return t("🧰 Wat kan ik repareren?")


def skills(t: Translator, *, name: str | None) -> str:
    """Return the page of what one can repair."""
    lines = [t("<b>Wat kan jij repareren?</b>"), t("Tik aan wat je kunt. Nog eens tikken haalt het weg.")]
    if name:
        lines.append(t("De gastvrouw of gastheer ziet je als: {name}.").format(name=escape(name)))
    else:
        lines.append(t("De gastvrouw of gastheer ziet je naam nog niet."))
    return "\n".join([*lines, t("Dit is gewist 90 dagen na je laatste keer.")])


def skill(t: Translator, of: Skill) -> str:
    """Return a skill."""
    return {
        Skill.ELECTRICAL: t("apparaten met een stekker"),
        Skill.ELECTRONICS: t("elektronica, beeld en geluid"),
        Skill.COMPUTER: t("computers"),
        Skill.TEXTILE: t("kleding en stof"),
        Skill.BICYCLE: t("fietsen"),
        Skill.WOOD: t("hout en meubels"),
        Skill.MECHANICAL: t("wat draait of klemt"),
        Skill.SHARPENING: t("slijpen"),
        Skill.CLOCK: t("klokken"),
        Skill.JEWELLERY: t("sieraden"),
    }[of]


def skill_key(t: Translator, of: Skill, *, can: bool) -> str:
    """Return the button of a skill, ticked or not."""
    return f"{'☑️' if can else '⬜'} {skill(t, of)}"


def name_key(t: Translator) -> str:
    """Return the button that tells one's first name."""
    return t("✏️ Mijn voornaam")


def ask_name(t: Translator) -> str:
    """Return the question for a first name."""
    return t("Hoe heet je? Typ alleen je voornaam.")


def no_name(t: Translator) -> str:
    """Return the answer to what is no name."""
    return t("Dat is geen voornaam. Typ hem nog eens.")
