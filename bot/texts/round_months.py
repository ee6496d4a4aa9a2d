"""The rounds of a team in a month, as coordinator and worker read them: figures, no names."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_date

from bot.domain.enums import RoundOutcome, Theme
from bot.texts import labels, round_closing
from bot.texts.translator import Translator, escape

#: So many lines are shown, each so long; a month must fit into one message.
_LINES, _LENGTH = 6, 200


def month_key(t: Translator, *, team: str | None) -> str:
    """Return the button of the overview; *team* where somebody has several."""
    return t("📊 Maandoverzicht") if team is None else t("📊 Maandoverzicht {team}").format(team=team)


def earlier_key(t: Translator) -> str:
    """Return the button of the month before."""
    return t("⬅️ Maand eerder")


def later_key(t: Translator) -> str:
    """Return the button of the month after."""
    return t("➡️ Maand later")


def title(t: Translator, *, team: str, first: date) -> str:
    """Return the head, with the month that begins on *first*."""
    name = format_date(first, "LLLL yyyy", locale=t.language.value)
    return t("📊 <b>{team}, {month}</b>").format(team=escape(team), month=name)


def none_walked(t: Translator) -> str:
    """Return what is said when nobody walked."""
    return t("Er is geen ronde gelopen.")


def walked(t: Translator, *, rounds: int, length: timedelta) -> str:
    """Return how many rounds there were, and how long they were together."""
    minutes = round(length / timedelta(minutes=1))
    parts = []
    if hours := minutes // 60:
        parts.append(t("{n} uur").format(n=hours))
    if minutes % 60 or not parts:
        parts.append(t.ngettext("{n} minuut", "{n} minuten", minutes % 60).format(n=minutes % 60))
    long = t(" en ").join(parts)
    return t.ngettext("{n} ronde, samen {long}.", "{n} rondes, samen {long}.", rounds).format(n=rounds, long=long)


def not_walked(t: Translator, *, count: int) -> str:
    """Return how many rounds nobody opened."""
    return t("Niet gelopen: {n}.").format(n=count)


def called_off(t: Translator, *, count: int) -> str:
    """Return how many rounds were called off."""
    return t("Afgelast: {n}.").format(n=count)


def outcomes(t: Translator, *, counts: Mapping[RoundOutcome, int]) -> str:
    """Return how rounds were closed."""
    lines = [f"• {round_closing.outcome(t, of)}: {counts[of]}" for of in RoundOutcome if counts.get(of)]
    return "\n".join([t("Zo werden ze afgesloten:"), *lines])


def findings(t: Translator, *, counts: Mapping[Theme, int]) -> str:
    """Return what was reported during the rounds, by theme."""
    lines = [f"• {labels.theme(t, theme)}: {counts[theme]}" for theme in Theme if counts.get(theme)]
    return "\n".join([t("Gemeld tijdens de rondes:"), *lines]) if lines else t("Er is niets gemeld.")


def lines(t: Translator, *, written: Sequence[tuple[datetime, RoundOutcome, str]]) -> str:
    """Return the newest lines that walkers wrote; what is older is counted."""
    shown = [
        f"• {t.day_of(at)}, {round_closing.outcome(t, of)}: {escape(_short(line))}"
        for at, of, line in written[-_LINES:]
    ]
    more = len(written) - len(shown)
    tail = [t("En nog {n} van eerder.").format(n=more)] if more else []
    return "\n".join([t("Wat lopers schreven:"), *shown, *tail])


def _short(line: str) -> str:
    return line if len(line) <= _LENGTH else f"{line[:_LENGTH]}…"
