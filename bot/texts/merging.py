"""*Samenvoegen*: what workers read (B1), and what residents hear who follow a report of somebody else (A2).

To residents it is numbers and status only: never words of another resident, never a name.
"""

from collections.abc import Sequence

from bot.domain.enums import CloseReason, ReportStatus
from bot.texts import triage
from bot.texts.translator import Translator, escape

_EXCERPT = 60

# -- for workers ------------------------------------------------------------------------------------------------


def into_label(t: Translator, *, number: str) -> str:
    """Return the label that merges into one likely report."""
    return t("Voeg samen met {number}").format(number=number)


def other_number_label(t: Translator) -> str:
    """Return the label for writing a number instead."""
    return t("✏️ Ander nummer")


def question(t: Translator, *, any_likely: bool) -> str:
    """Return the line that the opened menu adds to the card."""
    if any_likely:
        return t("Met welke melding? Deze melding wordt afgerond. De bewoner krijgt bericht en volgt de andere.")
    return t("Ik zie geen melding die erop lijkt. Schrijf zelf een nummer.")


def group_label(t: Translator, *, number: str) -> str:
    """Return the label that groups with one likely report: both stay open."""
    return t("🔗 Groepeer met {number}").format(number=number)


def ungroup_label(t: Translator) -> str:
    """Return the label that takes the report out of its group."""
    return t("Uit de groep")


def group_line(t: Translator, *, numbers: Sequence[str]) -> str:
    """Return the line of a card that tells with which reports it is grouped."""
    return t("🔗 Gaat over hetzelfde als {numbers}").format(numbers=", ".join(numbers))


def grouped(t: Translator) -> str:
    """Return the answer after grouping."""
    return t("Gegroepeerd. Allebei blijven ze open, en buren kunnen ze volgen.")


def ungrouped(t: Translator) -> str:
    """Return the answer after taking a report out of its group."""
    return t("Deze melding staat weer alleen.")


def likely_line(t: Translator, *, number: str, day: str, text: str) -> str:
    """Return one likely report in that menu."""
    line = t("<b>{number}</b>, {day}").format(number=number, day=day)
    return f"{line}: “{escape(triage.shorten(text, _EXCERPT))}”" if text else line


def write_number(t: Translator, *, about: str) -> str:
    """Return the request for a number."""
    return t("{about}\nMet welke melding voeg je deze samen? Schrijf het nummer. Bijvoorbeeld M-2026-0042.").format(
        about=about
    )


def preview(t: Translator, *, about: str, into: str, text: str) -> str:
    """Return what will happen, and what the resident reads; *text* is ready for HTML."""
    head = t("Dit wordt samengevoegd met {into} en afgerond. Dit leest de bewoner:").format(into=into)
    return f"{about}\n{head}\n<blockquote>{text}</blockquote>"


def do_merge_label(t: Translator) -> str:
    """Return the label that does it."""
    return t("✅ Samenvoegen")


def merged(t: Translator, *, number: str, into: str) -> str:
    """Return the answer after merging."""
    return t("{number} gaat verder in {into}.").format(number=number, into=into)


def barred(t: Translator, bar: str) -> str:
    """Return why two reports can't be merged."""
    return {
        "itself": t("Dat is dezelfde melding."),
        "gone": t("Dat nummer ken ik niet. Schrijf het zoals op de kaart."),
        "danger": t("Een melding met gevaar kun je niet samenvoegen."),
        "desk": t("Die melding staat bij een andere triagegroep."),
        "closed": t("Die melding is al afgerond."),
        "sealed": t("Dat kan alleen met een verzegelde melding van dezelfde bewoner, als jij ze allebei mag openen."),
    }[bar]


def followers(t: Translator, *, count: int) -> str:
    """Return the line of a card that tells how many others follow the report."""
    return t.ngettext("👥 {n} andere bewoner volgt dit", "👥 {n} andere bewoners volgen dit", count).format(n=count)


# -- for residents ----------------------------------------------------------------------------------------------


def you_follow(t: Translator, *, number: str) -> str:
    """Return the line below a closing as "al gemeld" of who follows the other report from now on."""
    return t("Wij gaan verder met {number}. Je krijgt bericht als daar nieuws over is.").format(number=number)


def goes_on(t: Translator, *, number: str, into: str) -> str:
    """Return what a follower hears whose report goes on in another one."""
    line = t("Je volgt melding {number}. Die gaat verder als {into}. Je krijgt bericht over {into}.")
    return line.format(number=number, into=into)


def news_taken(t: Translator, *, number: str) -> str:
    """Return what a follower hears when somebody takes the report."""
    return t("Nieuws over melding {number}: een buurtwerker is ermee bezig.").format(number=number)


def news_closed(t: Translator, *, number: str, reason: CloseReason) -> str:
    """Return what a follower hears when the report is closed; what was agreed with its resident stays out of it."""
    stopped = t("Wij zijn ermee gestopt. Is het er nog? Meld het dan zelf.")
    why = {
        CloseReason.SOLVED: t("Het is opgelost."),
        CloseReason.PARTLY_SOLVED: t("Het is voor een deel opgelost."),
        CloseReason.INITIATIVE: t("Er is een plan van buurtbewoners gestart."),
        CloseReason.COULD_NOT: t("Het is ons niet gelukt. Dat spijt ons."),
        CloseReason.WITHDRAWN: stopped,
        CloseReason.NO_MOVEMENT: stopped,
    }.get(reason, t("Het is klaar."))
    return t("Nieuws over melding {number}: die is afgerond.").format(number=number) + f"\n{why}"


def no_more_news(t: Translator, *, number: str) -> str:
    """Return what a follower hears when there will be no more news."""
    return t("Over melding {number} krijg je geen bericht meer. Is het er nog? Meld het dan zelf.").format(
        number=number
    )


def leave_label(t: Translator) -> str:
    """Return the label for following no more."""
    return t("🔕 Geen bericht meer")


def left(t: Translator, *, number: str) -> str:
    """Return the answer to who follows no more."""
    return t("Je krijgt geen bericht meer over melding {number}.").format(number=number)


def more_people(t: Translator) -> str:
    """Return the lines of a summary when at least three others told of the same."""
    return t(
        "👥 Meer mensen meldden dit. Je kunt ook alleen meedoen. Dan krijg je bericht en hoef je dit niet te sturen."
    )


def join_label(t: Translator) -> str:
    """Return the label for following instead of sending."""
    return t("🔔 Houd mij op de hoogte")


def joined(t: Translator, *, number: str) -> str:
    """Return the answer to who joins."""
    return t("Je krijgt bericht over melding {number}. Je eigen melding is niet verstuurd.").format(number=number)


def followed_item(t: Translator, *, number: str) -> str:
    """Return the label of a followed report in the list of one's own (no HTML)."""
    return t("🔔 {number} (je volgt dit)").format(number=number)


def followed_one(t: Translator, *, number: str, status: ReportStatus) -> str:
    """Return what somebody who follows a report may see of it."""
    where = {
        ReportStatus.RECEIVED: t("Wij hebben de melding. Nog niemand is ermee bezig."),
        ReportStatus.CLOSED: t("De melding is afgerond."),
    }.get(status, t("Een buurtwerker is ermee bezig."))
    return t("Je volgt melding {number}.").format(number=number) + f"\n{where}"
