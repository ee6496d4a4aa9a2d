"""The end of a round: how it was, a line about it, and whether everybody is home."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.activities.round_lines import MAX_LINE, Unfit
from bot.domain.enums import RoundOutcome
from bot.texts import rounds
from bot.texts.translator import Translator, escape


def outcome(t: Translator, of: RoundOutcome) -> str:
    """Return how a round was, in a sentence."""
    return {
        RoundOutcome.NOTHING: t("geen bijzonderheden"),
        RoundOutcome.SOMETHING: t("bijzonderheden"),
        RoundOutcome.INCIDENT: t("incident"),
    }[of]


def outcome_key(t: Translator, of: RoundOutcome) -> str:
    """Return the button that closes a round."""
    return {
        RoundOutcome.NOTHING: t("✅ Geen bijzonderheden"),
        RoundOutcome.SOMETHING: t("📝 Bijzonderheden"),
        RoundOutcome.INCIDENT: t("⚠️ Incident"),
    }[of]


def home_outcome_key(t: Translator, of: RoundOutcome) -> str:
    """Return the button that closes a round which nobody closed in time."""
    return {
        RoundOutcome.NOTHING: t("🏠 Wij zijn thuis, geen bijzonderheden"),
        RoundOutcome.SOMETHING: t("🏠 Wij zijn thuis, bijzonderheden"),
        RoundOutcome.INCIDENT: t("⚠️ Incident"),
    }[of]


def how_was_it(t: Translator) -> str:
    """Return the question of closing."""
    return t("Zijn jullie thuis? Hoe was de ronde?")


def is_closed(t: Translator, *, of: RoundOutcome) -> str:
    """Return that a round is closed, and how."""
    return t("🏁 De ronde is klaar: {outcome}.").format(outcome=outcome(t, of))


def welcome_home(t: Translator) -> str:
    """Return the word of thanks to who closed it."""
    return t("Dank je. Fijn dat jullie er weer zijn.")


def incident_told(t: Translator) -> str:
    """Return what becomes of an incident."""
    return t("Je coördinator en de buurtwerker krijgen nu bericht. Is er nog gevaar? Bel 112.")


def closed_before(t: Translator, *, of: RoundOutcome) -> str:
    """Return what the second of two reads who close a round."""
    return t("De ronde was al afgesloten: {outcome}.").format(outcome=outcome(t, of))


def raise_key(t: Translator) -> str:
    """Return the button that turns a closed round into one with an incident."""
    return t("⚠️ Toch een incident")


def line_key(t: Translator) -> str:
    """Return the button that adds the line."""
    return t("✏️ Regel erbij")


def no_line_key(t: Translator) -> str:
    """Return the button that leaves the line out."""
    return t("👍 Klaar, geen regel")


def line_question(t: Translator) -> str:
    """Return the question for the line."""
    return t(
        "Wil je er een regel bij schrijven? Schrijf geen naam, geen kenteken en niet hoe iemand eruitziet.\n"
        "Je coördinator en de buurtwerker lezen het. Na 90 dagen is het gewist."
    )


def line_kept(t: Translator) -> str:
    """Return that the line stands."""
    return t("Dank je. Je regel staat erbij.")


def line_left_out(t: Translator) -> str:
    """Return that there is no line."""
    return t("Goed. Er komt geen regel bij.")


def line_there(t: Translator) -> str:
    """Return that somebody wrote one already."""
    return t("Er staat al een regel bij deze ronde.")


def line_too_late(t: Translator) -> str:
    """Return that the round is too long ago."""
    return t("Dat kan niet meer. De ronde is te lang geleden.")


def line_unfit(t: Translator, why: Unfit, *, police: str) -> str:
    """Return why a line is not taken."""
    return {
        Unfit.EMPTY: t("Schrijf een korte zin."),
        Unfit.LONG: t("Dat is te lang. Schrijf hooguit {n} tekens.").format(n=MAX_LINE),
        Unfit.PLATE: t(
            "Daar staat een kenteken in. Dat bewaren wij niet. Schrijf de regel opnieuw, zonder kenteken. "
            "Is het kenteken belangrijk? Bel de politie: {police}."
        ).format(police=police),
        Unfit.PHONE: t(
            "Daar staat een telefoonnummer in. Dat bewaren wij niet. Schrijf de regel opnieuw, zonder nummer."
        ),
    }[why]


def unclosed(t: Translator, *, ends_at: datetime) -> str:
    """Return what walkers are asked half an hour after the end."""
    return t(
        "🔔 <b>Zijn jullie thuis?</b>\nDe ronde was klaar om {time}. Niemand heeft hem afgesloten.\n"
        "Kies een knop. Anders krijgt je coördinator over een kwartier bericht."
    ).format(time=t.time(ends_at))


def not_home(t: Translator, *, title: str, when: str, names: Sequence[str | None]) -> str:
    """Return what the coordinator reads when nobody answered; *when* is ready text."""
    return t(
        "🔔 <b>Een ronde is niet afgesloten.</b>\n{title}, {when}\nLopers: {names}\n"
        "Zij antwoorden niet. Bel hen nu. Gevaar: 112."
    ).format(title=escape(title), when=when, names=rounds.walkers(t, names))


def home_after_all(t: Translator, *, title: str, when: str, at: datetime, of: RoundOutcome) -> str:
    """Return what the same message reads once the round was closed."""
    return t("🏁 {title}, {when}\nDe ronde is toch afgesloten, om {time}: {outcome}.").format(
        title=escape(title), when=when, time=t.time(at), outcome=outcome(t, of)
    )


def incident(t: Translator, *, title: str, when: str, names: Sequence[str | None], line: str | None) -> str:
    """Return what coordinator and worker read about an incident."""
    text = t("⚠️ <b>Incident tijdens een ronde</b>\n{title}, {when}\nLopers: {names}").format(
        title=escape(title), when=when, names=rounds.walkers(t, names)
    )
    written = t("Hun regel: {line}").format(line=escape(line)) if line else t("Zij schreven er geen regel bij.")
    return "\n".join([text, written, t("Neem contact op met de lopers.")])
