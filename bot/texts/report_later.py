"""What a resident reads after a pause in a report, and about changing what was told (Reporting, steps 1, 7 and 8)."""

from bot.domain.drafts import Step
from bot.texts.report import excerpt
from bot.texts.translator import Translator, escape


def offer(t: Translator, *, text: str) -> str:
    """Return the offer of a draft that was left unfinished."""
    if not text:
        return t("Je melding is nog niet verstuurd. Wil je verder?")
    return t("Je melding is nog niet verstuurd:\n<i>{text}</i>\nWil je verder?").format(text=escape(excerpt(text, 200)))


def change(t: Translator) -> str:
    """Return the button of the summary that asks an earlier step again."""
    return t("✏️ Iets veranderen")


def change_question(t: Translator) -> str:
    """Return the question what to correct."""
    return t("Wat wil je veranderen?")


def change_label(t: Translator, step: Step) -> str:
    """Return the button for a step that can be corrected."""
    return {
        Step.REWRITE: t("Wat ik schreef"),
        Step.KIND: t("Waar het over gaat"),
        Step.DANGER: t("Is er gevaar?"),
        Step.PEOPLE: t("Gaat het over mensen?"),
        Step.THEME: t("Het thema"),
        Step.COUNTER: t("Doorgeven aan de gemeente"),
        Step.WHERE: t("De plek"),
        Step.CONSENT: t("Mijn toestemming"),
        Step.WRITE_BACK: t("Mogen jullie terugschrijven?"),
    }[step]


def rewrite_question(t: Translator, *, text: str) -> str:
    """Return the request to tell it again in other words."""
    return t("Dit staat er nu:\n<i>{text}</i>\nTyp het opnieuw. Dan haal ik het oude weg.").format(
        text=escape(excerpt(text))
    )


def sent_stays(t: Translator) -> str:
    """Return the answer to somebody who edits what was sent already; nothing in it tells what that was."""
    return t("Dit was al verstuurd. Het verandert niet meer. Wil je er iets bij schrijven?")
