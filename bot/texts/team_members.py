"""Buurtpreventie: the members of a team and their VOG. B1 for coordinator and worker, A2 for members."""

from datetime import date

from bot.texts.translator import Translator, escape

MARKS = {True: "✓", False: "–"}


def members(t: Translator, *, team: str) -> str:
    """Return the head of the members."""
    return t("<b>Leden van {team}</b>\n✓ VOG gezien · – nog niet").format(team=escape(team))


def member_line(*, name: str, vog: bool, on: date | None) -> str:
    """Return a member with ✓ or –; the date is for the worker only."""
    line = f"{MARKS[vog]} {escape(name)}"
    return f"{line} · {on:%d-%m-%Y}" if vog and on is not None else line


def no_members(t: Translator) -> str:
    """Return what is said of a team without members."""
    return t("Er zijn nog geen leden.")


def wants_to_join(t: Translator, *, name: str) -> str:
    """Return the line of somebody who asked to join."""
    return t("🙋 {name} wil meedoen").format(name=escape(name))


def accept_key(t: Translator, *, name: str) -> str:
    """Return the coordinator's yes in the list (no HTML)."""
    return t("✅ {name}").format(name=name)


def decline_key(t: Translator, *, name: str) -> str:
    """Return the coordinator's no in the list (no HTML)."""
    return t("❌ {name}").format(name=name)


def tick_key(t: Translator, *, name: str) -> str:
    """Return the worker's button that ticks a VOG (no HTML)."""
    return t("VOG gezien: {name}").format(name=name)


def withdraw_key(t: Translator, *, name: str) -> str:
    """Return the worker's button that takes a VOG back (no HTML)."""
    return t("VOG intrekken: {name}").format(name=name)


def ask_date(t: Translator, *, name: str) -> str:
    """Return the question for the date of a VOG."""
    return t(
        "Je hebt de VOG van {name} gezien. Welke datum staat erop? Kies vandaag of schrijf de datum, "
        "zoals 14-9-2026. Stuur geen foto en geen nummer."
    ).format(name=escape(name))


def today_key(t: Translator) -> str:
    """Return the button for today."""
    return t("Vandaag")


def no_date(t: Translator) -> str:
    """Return the answer to what is no date in the past."""
    return t("Schrijf de datum zoals 14-9-2026. Het mag geen dag in de toekomst zijn.")


def ticked(t: Translator, *, name: str, on: date) -> str:
    """Return that a VOG was ticked."""
    return t("✓ De VOG van {name} is afgevinkt, van {date}.").format(name=escape(name), date=f"{on:%d-%m-%Y}")


def withdraw_sure(t: Translator, *, name: str) -> str:
    """Return the question before a VOG is taken back."""
    return t(
        "De VOG van {name} intrekken? De rondes van {name} worden meteen vrij. Het team hoort niet waarom."
    ).format(name=escape(name))


def withdraw_yes_key(t: Translator) -> str:
    """Return the yes to it."""
    return t("Ja, intrekken")


def removing_key(t: Translator) -> str:
    """Return the button to the names of who may be taken out of the team."""
    return t("🚪 Iemand uit het team")


def removing(t: Translator, *, team: str) -> str:
    """Return the question who is taken out of the team."""
    return t("Wie gaat uit {team}?").format(team=escape(team))


def remove_key(t: Translator, *, name: str) -> str:
    """Return the button of a member who may be taken out (no HTML)."""
    return t("🚪 {name}").format(name=name)


def remove_sure(t: Translator, *, name: str, team: str) -> str:
    """Return the question before somebody is taken out."""
    return t("{name} uit {team} halen? De rondes van {name} worden meteen vrij. {name} krijgt bericht.").format(
        name=escape(name), team=escape(team)
    )


def remove_yes_key(t: Translator) -> str:
    """Return the yes to it."""
    return t("Ja, uit het team")


def removed(t: Translator, *, name: str) -> str:
    """Return that somebody was taken out."""
    return t("{name} is uit het team.").format(name=escape(name))


def removed_you(t: Translator, *, team: str) -> str:
    """Return to who was taken out."""
    return t("Je hoort niet meer bij {team}. Je rondes zijn vrij. Vragen? Praat met de buurtwerker.").format(
        team=escape(team)
    )


def withdrawn(t: Translator, *, name: str) -> str:
    """Return that a VOG was taken back."""
    return t("De VOG van {name} is ingetrokken.").format(name=escape(name))


def vog_same(t: Translator) -> str:
    """Return the answer when a VOG was so already."""
    return t("Dat was al zo.")


def not_for_oneself(t: Translator) -> str:
    """Return why nobody ticks the own VOG."""
    return t("Alleen de buurtwerker van dit team vinkt een VOG af, en nooit die van zichzelf.")


def vog_seen(t: Translator, *, team: str) -> str:
    """Return to a member that the VOG was ticked."""
    return t("✓ Je VOG is gezien. Je kunt nu rondes lopen met {team}.").format(team=escape(team))


def vog_gone(t: Translator, *, team: str) -> str:
    """Return to a member that the VOG is not ticked any more."""
    return t(
        "Je VOG voor {team} is niet meer afgevinkt. Je loopt nu geen rondes. Vragen? Praat met de buurtwerker."
    ).format(team=escape(team))
