"""`🛟 Zorgen om veiligheid?`: the five steps of the meldcode, for the worker who has a sealed or ⚠ report."""

from bot.texts.translator import Translator, escape


def label(t: Translator) -> str:
    """Return the button on the private card."""
    return t("🛟 Zorgen om veiligheid?")


def steps(t: Translator, *, advice: str, emergency: str, officer: str | None, organisation: str) -> str:
    """Return the five steps and whom to call: two numbers, and the *officer* as the set-up names that person."""
    lines = [
        t("<b>Zorgen om veiligheid? De vijf stappen van de meldcode</b>"),
        t("1. Zet op een rij wat je ziet en hoort."),
        t("2. Overleg met een collega. Twijfel je, vraag dan advies aan Veilig Thuis."),
        t("3. Praat met wie het aangaat, als dat veilig kan."),
        t("4. Weeg hoe ernstig het is, met het afwegingskader."),
        t("5. Beslis: is een melding bij Veilig Thuis nodig? En kan hulp het oplossen?"),
        "",
        t("Advies zonder naam: Veilig Thuis {number}").format(number=advice),
        t("Is er nu gevaar? Bel {number}.").format(number=emergency),
        _officer(t, officer, organisation),
        "",
        t("Buurtbode bewaart hier niets van en verstuurt niets. Melden doe je zelf, met de telefoon."),
    ]
    return "\n".join(lines)


def _officer(t: Translator, officer: str | None, organisation: str) -> str:
    if officer is None:
        return t("Vraag ook de aandachtsfunctionaris van {organisation}.").format(organisation=escape(organisation))
    line = t("Aandachtsfunctionaris van {organisation}: {officer}")
    return line.format(organisation=escape(organisation), officer=escape(officer))


def not_for_this(t: Translator) -> str:
    """Return the answer to the button of a report that is neither sealed nor dangerous, or not one's own."""
    return t("Dit is voor wie een verzegelde melding heeft, in de privéchat.")


def back_label(t: Translator) -> str:
    """Return the button that opens the report again."""
    return t("⬅️ Naar de melding")
