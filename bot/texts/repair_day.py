"""A Repair Café for its visitors (the number that they follow), and what is told after closing."""

from collections.abc import Sequence

from bot.domain.activities.repairing import RepairOutcome, Tally
from bot.texts.translator import Translator, escape


def not_on_list(t: Translator, *, title: str) -> str:
    """Return the visitor's message when *aangekomen* was taken back."""
    return t("<b>{title}</b>\nJe hebt nog geen nummer. Meld je bij de gastvrouw of gastheer.").format(
        title=escape(title)
    )


def waiting(t: Translator, *, title: str, number: int, now: Sequence[int], ahead: int) -> str:
    """Return the visitor's message while waiting; *now* are the numbers that are being helped."""
    lines = [f"<b>{escape(title)}</b>", t("🎫 Jouw nummer is <b>{n}</b>.").format(n=number)]
    if now:
        lines.append(t("Nu aan de beurt: {numbers}.").format(numbers=", ".join(map(str, now))))
    if ahead:
        lines.append(t.ngettext("Er is nog {n} voor je.", "Er zijn er nog {n} voor je.", ahead).format(n=ahead))
    else:
        lines.append(t("Jij bent de volgende."))
    return "\n".join([*lines, t("Dit bericht loopt mee. Bij je beurt krijg je een nieuw bericht.")])


def your_turn(t: Translator, *, title: str, number: int) -> str:
    """Return the visitor's message during the turn."""
    return t("<b>{title}</b>\n🎫 Jouw nummer is <b>{n}</b>.\n🔔 Jij bent aan de beurt.").format(
        title=escape(title), n=number
    )


def call(t: Translator, *, number: int) -> str:
    """Return the new message that makes a sound."""
    return t("🔔 Jij bent aan de beurt! Je hebt nummer {n}. Ga naar de gastvrouw of gastheer.").format(n=number)


def call_taken_back(t: Translator, *, number: int) -> str:
    """Return the same message when the turn was taken back."""
    return t("Toch nog even wachten. Je nummer blijft {n}.").format(n=number)


def call_past(t: Translator, *, number: int) -> str:
    """Return the same message when the turn is over."""
    return t("Je was aan de beurt met nummer {n}.").format(n=number)


def done(t: Translator, *, title: str, number: int, outcome: RepairOutcome | None) -> str:
    """Return the visitor's message afterwards."""
    how = {
        RepairOutcome.FIXED: t("Het is gelukt. Veel plezier ermee!"),
        RepairOutcome.PARTLY: t("Het is deels gelukt."),
        RepairOutcome.NOT_FIXED: t("Het is niet gelukt. Neem je spullen weer mee naar huis."),
        None: t("Bedankt dat je er was."),
    }[outcome]
    return t("<b>{title}</b>\nNummer {n} is klaar. {how}").format(title=escape(title), n=number, how=how)


def left(t: Translator, *, title: str, number: int) -> str:
    """Return the visitor's message after leaving early, or when there was no time left."""
    return t("<b>{title}</b>\nNummer {n} staat niet meer op de lijst. Tot een volgende keer!").format(
        title=escape(title), n=number
    )


def stopped(t: Translator, *, title: str, number: int) -> str:
    """Return the visitor's message when the Repair Café was called off while they waited."""
    return t("<b>{title}</b>\nHet Repair Café is gestopt. Nummer {n} is niet meer aan de beurt.").format(
        title=escape(title), n=number
    )


def day_told(t: Translator, *, title: str, day: str, of: Tally, source: str) -> str:
    """Return the one post after closing; *day* is ready text."""
    repairs = t.ngettext("{n} reparatie", "{n} reparaties", of.repairs).format(n=of.repairs)
    lines = [
        t("🔧 <b>{title}</b>, {day}").format(title=escape(title), day=day),
        t("{repairs}, {fixed} gelukt, {partly} deels, {not_fixed} niet gelukt.").format(
            repairs=repairs, fixed=of.fixed, partly=of.partly, not_fixed=of.not_fixed
        ),
    ]
    if of.left:
        line = t.ngettext(
            "{n} bezoeker ging weg zonder reparatie.", "{n} bezoekers gingen weg zonder reparatie.", of.left
        )
        lines.append(line.format(n=of.left))
    if of.unnoted:
        line = t.ngettext(
            "Van {n} bezoeker met een nummer is niets genoteerd.",
            "Van {n} bezoekers met een nummer is niets genoteerd.",
            of.unnoted,
        )
        lines.append(line.format(n=of.unnoted))
    if of.kg:
        lines.append(t("± {kg} kg blijft in gebruik.").format(kg=of.kg))
        lines.append(
            t("Zo gerekend: wat gelukt is, maal het gemiddelde gewicht per soort ({source}).").format(
                source=escape(source)
            )
        )
    return "\n".join(lines)
