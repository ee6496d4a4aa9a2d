"""What a worker or coordinator reads while looking after activities: the list, one series, one date. B1."""

from collections.abc import Sequence
from datetime import date

from bot.texts.translator import Translator, escape

#: Every name of the command, in any language.
COMMANDS = ("activiteit", "activity")


def manage_key(t: Translator) -> str:
    """Return the button that opens what one looks after."""
    return t("🛠 Activiteiten beheren")


def manage_this_key(t: Translator) -> str:
    """Return the button on a meeting for who looks after it."""
    return t("🛠 Beheren")


def home(t: Translator, *, any_there: bool) -> str:
    """Return the head of the list of activities that one looks after."""
    if any_there:
        return t("Kies een activiteit, of maak een nieuwe.")
    return t("Je beheert nog geen activiteiten. Maak een nieuwe.")


def new_key(t: Translator) -> str:
    """Return the button for a new activity."""
    return t("🆕 Nieuwe activiteit")


def resume_key(t: Translator, *, title: str | None) -> str:
    """Return the button that goes on with a draft."""
    return t("▶️ Verder met {title}").format(title=title) if title else t("▶️ Verder met je concept")


def more_key(t: Translator) -> str:
    """Return the button for the next page."""
    return t("➡️ Meer")


def back_key(t: Translator) -> str:
    """Return the button back to the list."""
    return t("⬅️ Activiteiten beheren")


def series(t: Translator, *, title: str, repeats: str, dates: Sequence[str], begins: date | None) -> str:
    """Return the page of an activity; *repeats* and *dates* are ready text. It *begins* later when there is no date."""
    lines = [f"<b>{escape(title)}</b>", repeats]
    if dates:
        lines.append(t("Kies een dag, of iets voor de hele reeks."))
    elif begins is None:
        lines.append(t("Er zijn nu geen dagen gepland."))
    else:
        day = f"{t.day(begins)} {begins.year}"
        lines.append(t("De eerste keer is {day}. De dagen staan hier twee maanden van tevoren.").format(day=day))
    return "\n".join(lines)


def edit_key(t: Translator) -> str:
    """Return the button that changes an activity."""
    return t("✏️ Veranderen")


def copy_key(t: Translator) -> str:
    """Return the button that makes another one like it."""
    return t("📄 Kopiëren")


def cancel_all_key(t: Translator) -> str:
    """Return the button that ends an activity."""
    return t("🚫 Helemaal afgelasten")


def one_date(t: Translator, *, title: str, when: str, place: str | None, joined: int, off: bool) -> str:
    """Return the page of one date; *when* is ready text."""
    lines = [f"<b>{escape(title)}</b>", when]
    if place:
        lines.append(f"📍 {escape(place)}")
    if off:
        lines.append(t("Dit is afgelast."))
    else:
        lines.append(t.ngettext("{n} aanmelding", "{n} aanmeldingen", joined).format(n=joined))
    return "\n".join(lines)


def move_key(t: Translator) -> str:
    """Return the button that moves a date."""
    return t("🕐 Verzetten")


def place_key(t: Translator) -> str:
    """Return the button for another place on one date."""
    return t("📍 Andere plek")


def call_off_key(t: Translator) -> str:
    """Return the button that calls one date off."""
    return t("🚫 Deze dag afgelasten")


def with_reason_key(t: Translator) -> str:
    """Return the button that calls off with a reason."""
    return t("✍️ Met een reden")


def to_series_key(t: Translator) -> str:
    """Return the button to all dates."""
    return t("⬅️ Alle dagen")


def ask_when(t: Translator, *, when: str) -> str:
    """Return the question for another day or time; *when* is ready text."""
    line = t("Nu is het {when}.\nTyp de nieuwe dag en tijd, of alleen wat anders wordt. Zoals 14:00-17:00.")
    return line.format(when=when)


def ask_place(t: Translator) -> str:
    """Return the question for another place."""
    return t("Waar is het op deze dag? Typ de nieuwe plek.")


def ask_why(t: Translator) -> str:
    """Return the question for the reason that everybody reads."""
    return t("Wat is de reden? Wie zich heeft aangemeld, leest dit. Schrijf geen namen.")


def no_reason_key(t: Translator) -> str:
    """Return the button for no reason."""
    return t("Zonder reden")


def confirm_move(t: Translator, *, title: str, before: str, after: str, why: str | None, people: int) -> str:
    """Return the question before a date moves or gets another place; *before* and *after* are ready text."""
    lines = [
        f"<b>{escape(title)}</b>",
        t("Was: {before}").format(before=before),
        t("Wordt: {after}").format(after=after),
    ]
    return "\n".join([*lines, *_reason(t, why), _told(t, people)])


def at(place: str | None) -> str:
    """Return a place as ready text, also when there is none."""
    return escape(place) if place else "–"


def confirm_call_off(t: Translator, *, title: str, dates: Sequence[str], why: str | None, people: int) -> str:
    """Return the question before dates (ready text) are called off."""
    lines = [t("Wil je dit afgelasten?"), f"<b>{escape(title)}</b>", *(f"• {day}" for day in dates)]
    return "\n".join([*lines, *_reason(t, why), _told(t, people)])


def confirm_end(t: Translator) -> str:
    """Return what happens to dates for which nobody signed up."""
    return t("De hele reeks stopt. Dagen zonder aanmeldingen verdwijnen.")


def yes_key(t: Translator) -> str:
    """Return the button that does it."""
    return t("✅ Ja, doen")


def done(t: Translator, *, people: int) -> str:
    """Return that it was done."""
    return t("Gedaan.") + " " + _has_told(t, people)


def changed_meanwhile(t: Translator) -> str:
    """Return the answer when somebody else changed it first."""
    return t("Er is intussen iets veranderd. Kijk eerst hoe het nu is.")


def too_late(t: Translator) -> str:
    """Return the answer about a date that has begun, is over or was called off."""
    return t("Dit kan niet meer: de dag is begonnen, geweest of afgelast.")


def same_day(t: Translator) -> str:
    """Return the answer to moving a date to the day of another one."""
    return t("Op die dag is er al een andere keer van deze reeks. Kies een andere dag, of gelast er een af.")


def same(t: Translator) -> str:
    """Return the answer to a change that is none."""
    return t("Zo was het al. Er is niets veranderd.")


def stopped(t: Translator) -> str:
    """Return the answer to leaving."""
    return t("Gestopt. Er is niets veranderd.")


def _reason(t: Translator, why: str | None) -> list[str]:
    return [t("Reden: {why}").format(why=escape(why))] if why else []


def _told(t: Translator, people: int) -> str:
    line = t.ngettext("{n} persoon krijgt meteen bericht.", "{n} mensen krijgen meteen bericht.", people)
    return line.format(n=people)


def _has_told(t: Translator, people: int) -> str:
    line = t.ngettext("{n} persoon krijgt bericht.", "{n} mensen krijgen bericht.", people)
    return line.format(n=people)
