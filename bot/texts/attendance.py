"""Attendance, for who looks after a meeting; nobody else sees it."""

from datetime import datetime

from bot.domain.enums import SignupState
from bot.texts.translator import Translator, escape


def title(t: Translator, *, title: str, when: str) -> str:
    """Return the head of the list; *when* is ready text."""
    return t("<b>Wie was er?</b>\n{title}\n{when}\nAlleen jij ziet dit.").format(title=escape(title), when=when)


def empty(t: Translator) -> str:
    """Return that nobody is on the list."""
    return t("Er staat niemand op de lijst.")


def entry(t: Translator, *, number: int, who: str, state: SignupState, by: str | None, at: datetime | None) -> str:
    """Return one line: who, their state, who set it (None: the person, by signing up) and when."""
    line = f"{number}. {escape(who)} · {state_name(t, state)}"
    if at is None:
        return line
    name = escape(by) if by else t("iemand zonder naam")
    return line + " · " + t("door {name}, {moment}").format(name=name, moment=t.moment(at))


def one(t: Translator, *, line: str) -> str:
    """Return the page of one person; *line* is ready text."""
    return t("{line}\n\nWat is het?").format(line=line)


def state_name(t: Translator, state: SignupState) -> str:
    """Return a state of attendance."""
    return {
        SignupState.SIGNED_UP: t("aangemeld"),
        SignupState.PRESENT: t("aanwezig"),
        SignupState.DONE: t("geweest"),
        SignupState.LEFT_EARLY: t("eerder weggegaan"),
        SignupState.NO_SHOW: t("niet gekomen"),
    }[state]


def state_key(t: Translator, state: SignupState) -> str:
    """Return the button of a state."""
    return state_name(t, state).capitalize()


def too_early(t: Translator) -> str:
    """Return the head when this can't be said yet."""
    return t("Dit kan nog niet. Het moet eerst beginnen.")


def changed(t: Translator) -> str:
    """Return the head when it changed since it was shown."""
    return t("Er is net iets veranderd. Zo is het nu:")


def back_key(t: Translator) -> str:
    """Return the button back to the list of who was there."""
    return t("⬅️ Wie was er?")
