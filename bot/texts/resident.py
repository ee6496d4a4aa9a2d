"""What residents get from workers: answers, questions, closings. A2, "je"; of a sealed report nothing on the screen."""

from bot.domain.enums import CloseReason
from bot.texts.translator import Translator, escape


def discreet(t: Translator, *, organisation: str) -> str:
    """Return all that a message about a sealed report says."""
    return t("Je hebt een bericht van {organisation}.").format(organisation=escape(organisation))


def read_label(t: Translator) -> str:
    """Return the label that opens such a message."""
    return t("Lezen")


def signed(t: Translator, *, name: str, organisation: str) -> str:
    """Return how a worker is named to residents: first name and organisation."""
    return t("{name} van {organisation}").format(name=escape(name.split()[0]), organisation=escape(organisation))


def answer(t: Translator, *, number: str, sender: str, text: str) -> str:
    """Return a worker's answer; *sender* as `signed`."""
    return t("Bericht van {sender} over {number}:").format(sender=sender, number=number) + f"\n\n{escape(text)}"


def question(t: Translator, *, number: str, sender: str, text: str) -> str:
    """Return a worker's question."""
    return t("Vraag van {sender} over {number}:").format(sender=sender, number=number) + f"\n\n{escape(text)}"


def reply_label(t: Translator) -> str:
    """Return the label for answering back."""
    return t("✍️ Antwoord terug")


def closing(t: Translator, *, number: str, reason: CloseReason, detail: str | None, sender: str) -> str:
    """Return what a closing says: what became of the report, and why."""
    why = {
        CloseReason.SOLVED: t("Het is opgelost."),
        CloseReason.PARTLY_SOLVED: t("Het is voor een deel opgelost."),
        CloseReason.TALKED: t("Wij hebben erover gepraat."),
        CloseReason.VISITED: t("Wij zijn op bezoek geweest."),
        CloseReason.INITIATIVE: t("Er is een plan van buurtbewoners gestart."),
        CloseReason.COULD_NOT: t("Het is ons niet gelukt. Dat spijt ons."),
        CloseReason.OWN_FILE: t("Wij gaan er met jou mee verder. Wat je hier schreef, is gewist."),
        CloseReason.NO_MOVEMENT: t("Er is lang niets mee gebeurd. Speelt het nog? Zeg het ons."),
        CloseReason.JOINS_ACTIVITY: t("Je doet mee met {detail}."),
        CloseReason.BELONGS_TO: t("Dit hoort bij {detail}."),
        CloseReason.ALREADY_REPORTED: t("Dit was al gemeld: {detail}."),
    }.get(reason, t("Het is klaar."))
    head = t("Je melding {number} is afgerond door {sender}.").format(number=number, sender=sender)
    return f"{head}\n{why.format(detail=escape(detail or ''))}"


def not_solved_label(t: Translator) -> str:
    """Return the label for opening a report again."""
    return t("Niet opgelost")


def ask_one_line(t: Translator, *, number: str) -> str:
    """Return the question after *Niet opgelost*."""
    return t("Je melding {number} is weer open. Wat is er nog aan de hand? Schrijf één zin.").format(number=number)


def open_already(t: Translator) -> str:
    """Return the answer to *Niet opgelost* of a report that is open."""
    return t("Deze melding is nog open. De buurtwerker is ermee bezig.")


def not_there(t: Translator) -> str:
    """Return the answer to a button of a message that is no longer there, or of somebody else."""
    return t("Dit bericht is er niet meer.")
