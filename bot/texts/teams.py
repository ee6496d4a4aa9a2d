"""Buurtpreventie: teams, joining and leaving, members and their VOG, the roster by month."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date

from bot.texts.translator import Translator, escape

MARKS = {True: "✓", False: "–"}


def teams_key(t: Translator) -> str:
    """Return the button that opens the teams."""
    return t("🦺 Buurtpreventie")


def teams_page(t: Translator) -> str:
    """Return what stands above the list of teams."""
    return t(
        "<b>Buurtpreventie</b>\nBewoners lopen samen rondes in hun eigen wijk. Kies een team om meer te lezen. "
        "Doe je al mee? Kies dan je eigen team."
    )


def no_teams(t: Translator) -> str:
    """Return what is said when there is no team."""
    return t("<b>Buurtpreventie</b>\nEr zijn nu geen teams.")


def team_label(*, name: str, area: str | None, mine: bool) -> str:
    """Return the button of a team (no HTML)."""
    return ("⭐ " if mine else "") + (f"{name} · {area}" if area else name)


def not_there(t: Translator) -> str:
    """Return the answer about a team, member or request that does not exist, or that is not for this person."""
    return t("Dit is er niet (meer), of het is niet voor jou.")


# -- the page of a team ---------------------------------------------------------------------------------------------


def team(t: Translator, *, name: str, area: str | None, worker: str | None, organisation: str) -> str:
    """Return the head of a team; *worker* is the buurtwerker who guides it."""
    lines = [f"<b>{escape(name)}</b>"]
    if area:
        lines.append(t("Wijk: {area}").format(area=escape(area)))
    if worker:
        line = t("Hulp van {worker}, buurtwerker van {organisation}.")
        lines.append(line.format(worker=escape(worker), organisation=escape(organisation)))
    return "\n".join(lines)


def how_to_join(t: Translator) -> str:
    """Return what joining takes."""
    return t(
        "Een team loopt rondes in een geel hesje. Je loopt nooit alleen. Meedoen kan vanaf 18 jaar. "
        "Je hebt een VOG nodig. De buurtwerker helpt je daarbij."
    )


def is_asked(t: Translator) -> str:
    """Return how it stands with somebody who asked to join."""
    return t("Je hebt gevraagd of je mag meedoen. De coördinator antwoordt je.")


def is_refused(t: Translator) -> str:
    """Return how it stands with somebody who was refused a short time ago."""
    return t("Meedoen met dit team kan nu niet. Praat erover met de buurtwerker.")


def no_vog_yet(t: Translator) -> str:
    """Return how it stands with a member without a VOG."""
    return t("Je hoort bij dit team. Je VOG is nog niet gezien. Tot die tijd krijg je alleen nieuws van het team.")


def is_cleared(t: Translator) -> str:
    """Return how it stands with a member who may walk."""
    return t("Je hoort bij dit team. Je VOG is gezien ✓. Je kunt rondes lopen.")


def leads(t: Translator) -> str:
    """Return how it stands with the coordinator."""
    return t("Jij bent de coördinator van dit team.")


def works(t: Translator) -> str:
    """Return how it stands with the team's worker."""
    return t("Jij begeleidt dit team. Jij vinkt een VOG af.")


def join_key(t: Translator) -> str:
    """Return the button that asks to join."""
    return t("🙋 Ik wil meedoen")


def take_back_key(t: Translator) -> str:
    """Return the button that takes the request back."""
    return t("↩️ Toch niet meedoen")


def leave_key(t: Translator) -> str:
    """Return the button that leaves the team."""
    return t("🚪 Ik stop met dit team")


def roster_key(t: Translator) -> str:
    """Return the button of the roster."""
    return t("🗓 Rooster")


def members_key(t: Translator) -> str:
    """Return the button of the members."""
    return t("👥 Leden")


def to_team_key(t: Translator) -> str:
    """Return the button back to the team."""
    return t("⬅️ Naar het team")


# -- joining --------------------------------------------------------------------------------------------------------


def is_18(t: Translator) -> str:
    """Return the question before somebody joins."""
    return t("Meedoen kan vanaf 18 jaar. Ben je 18 jaar of ouder?")


def is_18_key(t: Translator) -> str:
    """Return the yes to it."""
    return t("Ja, ik ben 18 of ouder")


def not_18_key(t: Translator) -> str:
    """Return the no to it."""
    return t("Nee")


def too_young(t: Translator) -> str:
    """Return the answer to who is younger."""
    return t("Meedoen kan vanaf 18 jaar. Misschien later!")


def ask_name(t: Translator) -> str:
    """Return the question for a first name."""
    return t("Wat is je voornaam? Het team ziet alleen je voornaam.")


def name_unclear(t: Translator) -> str:
    """Return the answer to what is no first name."""
    return t("Schrijf alleen je voornaam.")


def asked(t: Translator, *, name: str) -> str:
    """Return that the coordinator is asked; *name* is what the coordinator reads."""
    return t("Je vraag is verstuurd. De coördinator leest je voornaam: {name}. Je krijgt bericht.").format(
        name=escape(name)
    )


def request(t: Translator, *, name: str, team: str) -> str:
    """Return the question to the coordinator."""
    return t("🙋 <b>{name}</b> wil meedoen met {team}. Mag dat?").format(name=escape(name), team=escape(team))


def yes_key(t: Translator) -> str:
    """Return the coordinator's yes."""
    return t("✅ Ja, welkom")


def no_key(t: Translator) -> str:
    """Return the coordinator's no."""
    return t("❌ Nee")


def request_accepted(t: Translator, *, name: str, team: str) -> str:
    """Return what the question reads after a yes."""
    return t("✅ {name} doet mee met {team}. De buurtwerker kijkt naar de VOG.").format(
        name=escape(name), team=escape(team)
    )


def request_declined(t: Translator, *, name: str, team: str) -> str:
    """Return what the question reads after a no."""
    return t("❌ {name} doet niet mee met {team}.").format(name=escape(name), team=escape(team))


def request_gone(t: Translator, *, team: str) -> str:
    """Return what the question reads after it was taken back."""
    return t("↩️ Iemand wilde meedoen met {team}, maar nu niet meer.").format(team=escape(team))


def request_over(t: Translator) -> str:
    """Return the answer to a second tap."""
    return t("Deze vraag is al beantwoord.")


def accepted(t: Translator, *, team: str) -> str:
    """Return the yes to who asked."""
    return t(
        "✅ Welkom bij {team}! Je krijgt nu nieuws van het team. "
        "Heeft de buurtwerker je VOG gezien? Dan kun je rondes lopen."
    ).format(team=escape(team))


def declined(t: Translator, *, team: str) -> str:
    """Return the no to who asked."""
    return t("Meedoen met {team} kan nu niet. Praat erover met de buurtwerker.").format(team=escape(team))


def member_came(t: Translator, *, name: str, team: str) -> str:
    """Return to the worker that somebody joined."""
    return t("🙋 {name} doet mee met {team}. Er is nog geen VOG afgevinkt.").format(
        name=escape(name), team=escape(team)
    )


def member_left(t: Translator, *, name: str, team: str) -> str:
    """Return to coordinator and worker that somebody left."""
    return t("{name} doet niet meer mee met {team}.").format(name=escape(name), team=escape(team))


# -- leaving --------------------------------------------------------------------------------------------------------


def leave_sure(t: Translator, *, team: str) -> str:
    """Return the question before somebody leaves."""
    return t("Wil je stoppen met {team}? Je rondes worden vrij.").format(team=escape(team))


def leave_yes_key(t: Translator) -> str:
    """Return the yes to it."""
    return t("Ja, ik stop")


def left(t: Translator, *, team: str) -> str:
    """Return that somebody left."""
    return t("Je hoort niet meer bij {team}. Bedankt voor je hulp.").format(team=escape(team))


def taken_back(t: Translator) -> str:
    """Return that a request was taken back."""
    return t("Je vraag is weg.")


def coordinator_stays(t: Translator) -> str:
    """Return why the coordinator can't leave by a tap."""
    return t("Jij bent de coördinator. Vraag de buurtwerker om iemand anders te kiezen.")


# -- members and their VOG ------------------------------------------------------------------------------------------


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


def stopped(t: Translator) -> str:
    """Return that nothing was changed."""
    return t("Gestopt. Er is niets veranderd.")


# -- the roster -----------------------------------------------------------------------------------------------------


def month_name(t: Translator, month: date) -> str:
    """Return a month as "december 2026"."""
    return format_date(month, "LLLL yyyy", locale=t.language.value)


def roster(t: Translator, *, team: str, month: date) -> str:
    """Return the head of a month of the roster."""
    return t("<b>Rooster van {team}</b>\n{month}").format(team=escape(team), month=month_name(t, month))


def roster_entry(
    t: Translator,
    *,
    number: int,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    walkers: Sequence[str],
    state: str,
) -> str:
    """Return one round; *walkers* and *state* are ready text, *number* is that of its button."""
    when = f"{format_date(starts_at.astimezone(t.zone).date(), 'EEE d', locale=t.language.value)}"
    head = f"{number}. <b>{when}</b> {t.time(starts_at)}–{t.time(ends_at)} · {escape(title)} · {state}"
    return f"{head}\n{', '.join(walkers)}" if walkers else head


def walker(t: Translator, *, name: str | None, yes: bool, seeks: bool) -> str:
    """Return who walks: with ✓ for a yes, with 🔁 for who looks for a stand-in."""
    shown = escape(name) if name else t("een lid")
    return shown + (" 🔁" if seeks else " ✓" if yes else "")


def roster_empty(t: Translator) -> str:
    """Return what is said of a month without rounds."""
    return t("Er zijn geen rondes in deze maand.")


def roster_legend(t: Translator) -> str:
    """Return what the signs mean."""
    return t("✓ loopt mee · 🔁 zoekt vervanger")


def more_key(t: Translator) -> str:
    """Return the button of the next page of a month."""
    return t("➡️ Verder in deze maand")


def earlier_key(t: Translator, *, month: date) -> str:
    """Return the button of the month before."""
    return t("◀️ {month}").format(month=month_name(t, month))


def later_key(t: Translator, *, month: date) -> str:
    """Return the button of the next month."""
    return t("{month} ▶️").format(month=month_name(t, month))


def a_member(t: Translator) -> str:
    """Return how somebody without a name is called."""
    return t("een lid")
