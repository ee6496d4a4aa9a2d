"""A Repair Café for who keeps its list: the list of the day, and what is done with all of it."""

from collections.abc import Sequence
from datetime import datetime

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
