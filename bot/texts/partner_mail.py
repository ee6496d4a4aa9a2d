"""What stands in a mail to a partner: plain text, in the organisation's first language. No HTML, nothing escaped."""

from bot.texts.translator import Translator


def subject(t: Translator, *, number: str, organisation: str) -> str:
    """Return the subject of a mail about a place or an idea."""
    return t("Melding {number} van {organisation}").format(number=number, organisation=organisation)


def body(
    t: Translator,
    *,
    partner: str,
    summary: str,
    number: str,
    area: str | None,
    photos: int,
    worker: str,
    organisation: str,
) -> str:
    """Return a mail about a place or an idea: the worker's own summary, and by what to know it."""
    facts = [t("Nummer: {number}").format(number=number)]
    if area:
        facts.append(t("Wijk: {area}").format(area=area))
    if photos:
        facts.append(t.ngettext("Bijlage: {n} foto", "Bijlagen: {n} foto's", photos).format(n=photos))
    parts = (
        t("Aan {partner},").format(partner=partner),
        summary,
        "\n".join(facts),
        t("Antwoord op deze mail, en laat het nummer in het onderwerp staan."),
        f"{worker}\n{organisation}",
    )
    return "\n\n".join(parts) + "\n"


def call_subject(t: Translator, *, number: str) -> str:
    """Return the subject of a mail about a person."""
    return t("{number}: wilt u mij bellen?").format(number=number)


def call_body(t: Translator, *, number: str, worker: str, work_number: str) -> str:
    """Return a mail about a person: number, the request to call, the worker's name and work number; nothing else."""
    ask = t("Wilt u mij bellen?")
    return f"{number}\n\n{ask}\n\n{worker}\n{work_number}\n"
