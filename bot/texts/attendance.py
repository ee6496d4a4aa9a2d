"""Attendance, for who looks after a meeting; nobody else sees it."""

from datetime import datetime

from bot.domain.enums import SignupState
from bot.texts.translator import Translator, escape


def title(t: Translator, *, title: str, when: str) -> str:
    """Return the head of the list; *when* is ready text."""
    return t("<b>Wie was er?</b>\n{title}\n{when}\nAlleen wie dit organiseert, ziet dit.").format(
        title=escape(title), when=when
    )


def open_key(t: Translator) -> str:
    """Return the button to the attendance, for who looks after the meeting."""
    return t("🗒 Wie was er?")


def called_off(t: Translator) -> str:
    """Return the line about a meeting that was called off."""
    return t("Dit is afgelast. Er is niets om bij te houden.")


def opens(t: Translator, *, at: datetime) -> str:
    """Return the line about a meeting of which nobody can be there yet."""
    return t("Je kunt dit bijhouden vanaf {moment}.").format(moment=t.moment(at))


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


def not_now(t: Translator) -> str:
    """Return the head when this can't be said (yet, or any more)."""
    return t("Dit kan nu niet. Zo staat het er nu:")


def changed(t: Translator) -> str:
    """Return the head when it changed since it was shown."""
    return t("Er is net iets veranderd. Zo is het nu:")


def back_key(t: Translator) -> str:
    """Return the button back to the list of who was there."""
    return t("⬅️ Wie was er?")


def with_companion(t: Translator, *, who: str) -> str:
    """Return somebody who brings a companion, as one entry."""
    return t("{who} (met z'n tweeën)").format(who=who)


def stall_number(t: Translator, *, number: int) -> str:
    """Return the number of a stall."""
    return t("nummer {number}").format(number=number)


def previous_key(t: Translator) -> str:
    """Return the button to the page before."""
    return t("⬅️ Vorige")


def all_key(t: Translator, *, over: bool) -> str:
    """Return the button that says that everybody is there, or (*over*) was."""
    return t("✅ Iedereen was er") if over else t("✅ Iedereen is er")


def all_sure(t: Translator, *, count: int, over: bool) -> str:
    """Return the question before that is written of *count* people."""
    if over:
        line = t.ngettext(
            "Bij {n} persoon komt: geweest. Klopt dat?", "Bij {n} mensen komt: geweest. Klopt dat?", count
        )
    else:
        line = t.ngettext(
            "Bij {n} persoon komt: aanwezig. Klopt dat?", "Bij {n} mensen komt: aanwezig. Klopt dat?", count
        )
    return line.format(n=count) + "\n" + t("Daarna kun je iedereen nog verbeteren.")


def all_yes_key(t: Translator) -> str:
    """Return the button that writes it."""
    return t("✅ Ja, klopt")


def all_done(t: Translator, *, count: int) -> str:
    """Return how many it was written of."""
    return t.ngettext("Bij {n} persoon gezet.", "Bij {n} mensen gezet.", count).format(n=count)


def other_days_key(t: Translator) -> str:
    """Return the button to the list of what has been."""
    return t("🗓 Andere dagen")


def dates(t: Translator) -> str:
    """Return the head of the list of what has been."""
    return t("<b>Wie was er?</b>\nKies een dag. Na 90 dagen is een dag gewist.")


def no_dates(t: Translator) -> str:
    """Return that nothing has been yet."""
    return t("<b>Wie was er?</b>\nEr is nog geen dag geweest met aanmeldingen.")


def date_key(t: Translator, *, title: str, at: datetime) -> str:
    """Return the button of one day that has been."""
    return f"{t.moment(at)} · {title}"
