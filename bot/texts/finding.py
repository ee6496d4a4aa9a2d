"""What workers read when they look something up: lists, searches, the morning's overview. No word of a resident."""

from collections.abc import Sequence
from datetime import date

from bot.domain.enums import ReportStatus, Theme
from bot.texts import labels, triage
from bot.texts.translator import Translator, escape

#: Numbers that one line of the overview names; of more it says how many.
NAMED = 5
#: So many are counted.
MOST = 100


# -- lists ------------------------------------------------------------------------------------------------------


def open_at(t: Translator, *, desks: Sequence[str]) -> str:
    """Return the heading of the open reports of desks."""
    return t("<b>Open meldingen bij {desks}</b>").format(desks=escape(", ".join(desks)))


def mine(t: Translator, *, name: str) -> str:
    """Return the heading of the open reports that a worker has."""
    return t("<b>Open meldingen van {name}</b>").format(name=escape(name))


def found(t: Translator, *, areas: Sequence[str]) -> str:
    """Return the heading of what a search found; *areas* are the wijken that were asked for."""
    if not areas:
        return t("<b>Gevonden meldingen</b>")
    return t("<b>Meldingen in {areas}</b>").format(areas=escape(", ".join(areas)))


def line(
    t: Translator,
    *,
    number: str,
    danger: bool,
    sealed: bool,
    theme: Theme,
    area: str | None,
    status: ReportStatus,
    holder: str | None,
) -> str:
    """Return what a list says about any report, open or sealed: number, theme, wijk, status and who has it."""
    signs = ("⚠ " if danger else "") + ("🔒 " if sealed else "")
    state = triage.status_name(t, status=status, holder=holder)
    parts = (labels.theme(t, theme), escape(area) if area else t("wijk onbekend"), escape(state))
    return f"{signs}<b>{number}</b> · " + " · ".join(parts)


def promised(t: Translator, *, on: date, late: bool) -> str:
    """Return by when the resident hears something, and that it is too late."""
    words = t("Beloofd: uiterlijk {day} · <b>te laat</b>") if late else t("Beloofd: uiterlijk {day}")
    return words.format(day=t.day(on))


def key(t: Translator, *, number: str, danger: bool, area: str | None) -> str:
    """Return the label that shows a report (no HTML)."""
    return ("⚠ " if danger else "") + f"{number} · {area or t('wijk onbekend')}"


def earlier(t: Translator) -> str:
    """Return the label of the page before."""
    return t("⬅️ Vorige")


def later(t: Translator) -> str:
    """Return the label of the next page."""
    return t("Volgende ➡️")


def again(t: Translator) -> str:
    """Return the label that shows a list anew, from its beginning."""
    return t("🔄 Ververs")


def nothing_open(t: Translator) -> str:
    """Return what stands under the heading when no report is open."""
    return t("Er staat niets open.")


def nothing_here(t: Translator) -> str:
    """Return what a page says on which nothing was found yet, while there is more to look through."""
    return t("Op deze bladzijde is niets gevonden. Kijk ook op de volgende.")


# -- searching --------------------------------------------------------------------------------------------------


def ask(t: Translator) -> str:
    """Return the question in private what to look for."""
    return t(
        "Wat zoek je? Typ een woord, een nummer of een wijk.\n"
        "Ik zoek bij jouw triagegroepen. In verzegelde meldingen zoek ik niet op woorden."
    )


def stopped(t: Translator) -> str:
    """Return the answer to stopping at that question."""
    return t("Goed. Ik zoek niets.")


def how(t: Translator) -> str:
    """Return how to search in a group."""
    return t("Zet erachter wat je zoekt, bijvoorbeeld: /zoek lantaarnpaal, /zoek 0042 of /zoek Stedenwijk.")


def nothing_found(t: Translator) -> str:
    """Return the answer when nothing was found."""
    return t("Niets gevonden. Probeer een ander woord, een nummer of een wijk.")


def too_common(t: Translator) -> str:
    """Return the answer to words that stand in every text, or to no word at all."""
    return t("Daar kan ik niet op zoeken. Typ een woord dat meer zegt, een nummer of een wijk.")


def words_in_private(t: Translator) -> str:
    """Return the answer in a group in which somebody unknown may be."""
    return t("Op woorden zoek je hier nu niet. Doe dat in je privéchat met mij.")


def search_again(t: Translator) -> str:
    """Return the answer to a button of a search that is no longer known."""
    return t("Deze zoekvraag is oud. Zoek opnieuw met /zoek.")


# -- one report -------------------------------------------------------------------------------------------------


def card_is_here(t: Translator, *, number: str) -> str:
    """Return the message that answers the card of a report in the group."""
    return t("Dit is de kaart van {number}.").format(number=number)


def card_comes(t: Translator, *, number: str) -> str:
    """Return the toast when the card is shown as a new message."""
    return t("De kaart van {number} komt hieronder.").format(number=number)


def not_here(t: Translator) -> str:
    """Return the answer when a report is not at one's desk (any more)."""
    return t("Deze melding staat niet (meer) bij jouw triagegroep.")


def take_first(t: Translator) -> str:
    """Return what a worker can do with a sealed report that is not theirs."""
    return t("Deze melding is verzegeld. Alleen wie hem oppakt, kan hem lezen.")


# -- who ---------------------------------------------------------------------------------------------------------


def for_workers(t: Translator) -> str:
    """Return the answer in private to somebody who is no worker."""
    return t("Dit is voor buurtwerkers. Wil je zien wat jij hebt gemeld? Tik op 🗂 Wat ik heb gemeld.")


# -- the overview ------------------------------------------------------------------------------------------------


def overview(t: Translator, *, desk: str, day: date, lines: Sequence[str]) -> str:
    """Return the overview of a desk on a local date."""
    heading = t("<b>Overzicht {desk}, {day}</b>").format(desk=escape(desk), day=t.day(day))
    return "\n".join([heading, *lines])


def danger_unopened(t: Translator, *, numbers: Sequence[str]) -> str:
    """Return the line of reports with danger that are open."""
    return _counted(t, t("⚠ Gevaar, nog open"), numbers)


def too_late(t: Translator, *, numbers: Sequence[str]) -> str:
    """Return the line of promises that were not kept."""
    return _counted(t, t("Te laat"), numbers)


def due_today(t: Translator, *, numbers: Sequence[str]) -> str:
    """Return the line of promises whose last day is today."""
    return _counted(t, t("Vandaag beloofd"), numbers)


def of_nobody(t: Translator, *, numbers: Sequence[str]) -> str:
    """Return the line of reports that nobody has."""
    return _counted(t, t("Nog van niemand"), numbers)


def at_partner(t: Translator, *, numbers: Sequence[str]) -> str:
    """Return the line of reports that wait for a partner."""
    return _counted(t, t("Wacht op een partner"), numbers)


def show_open(t: Translator) -> str:
    """Return the label that shows the open reports below an overview."""
    return t("Open meldingen")


def _counted(t: Translator, what: str, numbers: Sequence[str]) -> str:
    """Return how many there are, up to `MOST`, and the first of their numbers."""
    count = str(len(numbers)) if len(numbers) < MOST else f"{MOST}+"
    named = ", ".join(numbers[:NAMED])
    more = t("{numbers} en meer").format(numbers=named) if len(numbers) > NAMED else named
    return f"{what}: <b>{count}</b> ({more})"


# -- commands ----------------------------------------------------------------------------------------------------


#: Every name that these commands go by, in any language.
OPEN, MINE, SEARCH = ("open",), ("mijn", "mine"), ("zoek", "zoeken", "search", "find")
