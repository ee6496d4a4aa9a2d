"""🗂 Wat ik heb gemeld: the list, one report, and answering back."""

from collections.abc import Sequence
from datetime import date

from bot.domain.enums import Kind, ReportStatus, Theme
from bot.texts import labels
from bot.texts.report import excerpt
from bot.texts.translator import Translator, escape

_LABEL = 34
_LINE = 400


def overview(t: Translator) -> str:
    """Return what stands above the list."""
    return t("Dit heb je gemeld. Tik op een melding om te zien hoe het gaat.")


def nothing_yet(t: Translator) -> str:
    """Return what somebody reads who reported nothing."""
    return t("Je hebt nog niets gemeld. Wil je iets melden? Typ het gewoon.")


def item(t: Translator, *, number: str, text: str, unread: bool) -> str:
    """Return a report's button; of a sealed one *text* is empty and only the number stands there."""
    words = " ".join(text.split())
    named = f"{number} {excerpt(words, _LABEL)}" if words else number
    return t("✉️ {report}").format(report=named) if unread else named


def unsent(t: Translator) -> str:
    """Return the button of a draft."""
    return t("📝 Nog niet verstuurd")


def older(t: Translator) -> str:
    """Return the button of the next page."""
    return t("⬇️ Oudere meldingen")


def mine(t: Translator) -> str:
    """Return the button that opens the list."""
    return t("🗂 Wat ik heb gemeld")


def one(
    t: Translator,
    *,
    number: str,
    kind: Kind,
    theme: Theme,
    place: str | None,
    text: str,
    status: str,
    promise: str,
    talk: Sequence[str],
) -> str:
    """Return an open report; *status*, *promise* and *talk* are ready lines."""
    head = [f"<b>{number}</b>", labels.kind(t, kind), labels.theme(t, theme)]
    if place:
        head.append(escape(place))
    if text:
        head.append(f"<i>{escape(excerpt(text, _LINE))}</i>")
    return "\n\n".join(filter(None, ("\n".join(head), "\n".join(filter(None, (status, promise))), "\n".join(talk))))


def one_sealed(t: Translator, *, number: str, status: str, promise: str) -> str:
    """Return a sealed report: nothing of what it is about."""
    return "\n".join(filter(None, (f"<b>{number}</b>", status, promise)))


def status(
    t: Translator, *, of: ReportStatus, worker: str | None, reason: str | None, partner: str | None = None
) -> str:
    """Return where a report stands; *worker* as first name and organisation, *reason* of a closed one.

    *partner*: to whom it was passed on.
    """
    if partner and of is ReportStatus.FORWARDED:
        return t("{status} naar {partner}").format(status=labels.status(t, of), partner=escape(partner))
    if of is ReportStatus.CLOSED and reason:
        return t("{status}: {reason}").format(status=labels.status(t, of), reason=reason)
    if worker and of is not ReportStatus.CLOSED:
        return t("{status} door {worker}").format(status=labels.status(t, of), worker=worker)
    return labels.status(t, of)


def promise(t: Translator, *, before: date) -> str:
    """Return the promise that still stands."""
    return t("Je hoort iets vóór {day}.").format(day=t.day(before))


def said_by_me(t: Translator, *, text: str, files: int) -> str:
    """Return a line of the talk, the resident's own."""
    return t("Jij: {text}").format(text=_said(text, files))


def said_by_worker(t: Translator, *, name: str, text: str) -> str:
    """Return a line of the talk, the worker's."""
    return t("{name}: {text}").format(name=escape(name), text=_said(text, 0))


def _said(text: str, files: int) -> str:
    return " ".join(filter(None, (escape(excerpt(text, _LINE)), "📎" * bool(files))))


def show_words(t: Translator) -> str:
    """Return the button that shows what a sealed report says."""
    return t("👁 Toon wat er staat")


def hide_words(t: Translator) -> str:
    """Return the button that takes it off the screen again."""
    return t("🙈 Sluit")


def add(t: Translator) -> str:
    """Return the button to write about a report."""
    return t("✍️ Schrijf erbij")


def withdraw(t: Translator) -> str:
    """Return the button that takes a report back."""
    return t("↩️ Melding intrekken")


def withdraw_sure(t: Translator, *, number: str) -> str:
    """Return the question before a report is taken back."""
    return t("Wil je melding {number} intrekken? Wij doen er dan niets meer mee.").format(number=number)


def withdraw_yes(t: Translator) -> str:
    """Return the yes to it."""
    return t("Ja, intrekken")


def withdrawn(t: Translator, *, number: str) -> str:
    """Return what became of it."""
    return t("Je melding {number} is ingetrokken.").format(number=number)


def name_changed(t: Translator, *, name: str | None) -> str:
    """Return the answer to a new first name."""
    if name:
        return t("De buurtwerkers zien nu: {name}.").format(name=escape(name))
    return t("De buurtwerkers zien geen naam.")


def write_reply(t: Translator, *, number: str) -> str:
    """Return the question for the words of an answer."""
    return t("Schrijf je bericht over {number}. Een foto of spraakbericht mag ook. De buurtwerker leest het.").format(
        number=number
    )


def reply_sent(t: Translator) -> str:
    """Return the answer to an answer."""
    return t("Verstuurd. De buurtwerker leest het.")


def not_yours(t: Translator) -> str:
    """Return the answer to a button of a report that is not there (any more)."""
    return t("Deze melding vind ik niet bij jou.")


def stopped(t: Translator) -> str:
    """Return the end without an answer."""
    return t("Gestopt. Er is niets verstuurd.")
