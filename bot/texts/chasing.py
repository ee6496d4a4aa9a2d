"""What staff read about promises that are not kept yet: numbers and dates, never a word of a report. B1."""

from bot.texts.translator import Translator, escape


def due_today(t: Translator, *, lines: list[str]) -> str:
    """Return what a worker has to answer today; *lines* name the reports."""
    return "\n".join([t("⏰ Vandaag is de laatste dag. De bewoner wacht op jouw antwoord:"), *lines])


def at_desk(t: Translator, *, lines: list[str], called: str | None) -> str:
    """Return what a desk's group hears; *called* is a mention of the contact, or None."""
    head = t("⏰ Deze bewoners wachten nog op antwoord. Wie neemt iets over?")
    return "\n".join([f"{called}, {head}" if called else head, *lines])


def to_contact(t: Translator, *, desk: str, lines: list[str]) -> str:
    """Return what the named contact hears at three times the promise."""
    head = t("⏰ {desk}: deze bewoners wachten drie keer zo lang als beloofd.").format(desk=escape(desk))
    return "\n".join([head, *lines])


def nobody_there(t: Translator, *, desk: str, lines: list[str]) -> str:
    """Return what a beheerder hears of a desk without anybody present."""
    head = t("⏰ Bij {desk} is niemand aanwezig. Deze bewoners wachten nog op antwoord:").format(desk=escape(desk))
    return "\n".join([head, *lines])


def line(t: Translator, *, number: str, day: str, holder: str | None) -> str:
    """Return one report: its number, the day that was promised, who has it."""
    if holder is None:
        return t("{number} · beloofd uiterlijk {day} · niemand").format(number=number, day=day)
    return t("{number} · beloofd uiterlijk {day} · {name}").format(number=number, day=day, name=escape(holder))


def more(t: Translator, *, count: int) -> str:
    """Return how many reports are not named."""
    return t.ngettext("En nog {n} melding.", "En nog {n} meldingen.", count).format(n=count)


def answered(t: Translator) -> str:
    """Return what stands in a group's message once nobody waits any more."""
    return t("✅ Niemand wacht hier meer op een beloofd antwoord.")


def take_over(t: Translator, *, number: str) -> str:
    """Return the label for taking a late report from who has it."""
    return t("Overnemen {number}").format(number=number)


def take(t: Translator, *, number: str) -> str:
    """Return the label for taking a late report that nobody has."""
    return t("Ik pak {number} op").format(number=number)


def open_one(t: Translator, *, number: str) -> str:
    """Return the label for opening a report in private."""
    return t("Openen {number}").format(number=number)


def danger_to_admin(t: Translator, *, number: str, desk: str) -> str:
    """Return what a beheerder hears of danger at a desk without anybody present."""
    line = t("⚠ {number} bij {desk} is een melding met gevaar. Bij {desk} is niemand aanwezig. Pak jij hem op?")
    return line.format(number=number, desk=escape(desk))


def words_for_desk(t: Translator, *, number: str, holder: str) -> str:
    """Return the call to take over a sealed report about which its resident wrote while its holder is away."""
    line = t("💬 Er is een bericht van de bewoner over {number}. {name} is er niet. Wie neemt hem over?")
    return line.format(number=number, name=escape(holder))


def stands_still(t: Translator, *, lines: list[str]) -> str:
    """Return the question about reports in which nothing happened for half a year."""
    head = t("🕰 In deze meldingen is een half jaar niets gebeurd. Rond ze af, of ga ermee verder:")
    foot = t("Gebeurt er niets, dan sluit ik ze na negen maanden.")
    return "\n".join([head, *lines, foot])


def still_line(t: Translator, *, number: str, day: str) -> str:
    """Return one report: its number, and since when nothing happened."""
    return t("{number} · niets sinds {day}").format(number=number, day=day)
