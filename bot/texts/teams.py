"""Buurtpreventie: the teams, joining and leaving them, and their news."""

from bot.texts.translator import Translator, escape


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
    return t("Ja")


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


def a_member(t: Translator) -> str:
    """Return how somebody without a name is called."""
    return t("een lid")


def stopped(t: Translator) -> str:
    """Return that nothing was changed."""
    return t("Gestopt. Er is niets veranderd.")


# -- news -----------------------------------------------------------------------------------------------------------


def news_key(t: Translator) -> str:
    """Return the button that writes news."""
    return t("📣 Nieuws voor het team")


def ask_news(t: Translator) -> str:
    """Return the question for the news."""
    return t(
        "Wat wil je het team vertellen? Schrijf geen tijden van rondes en geen namen: ook leden zonder VOG lezen dit."
    )


def news_too_long(t: Translator, *, most: int) -> str:
    """Return the answer to news that is too long or empty."""
    return t("Schrijf een tekst van hooguit {most} tekens.").format(most=most)


def news_check(t: Translator, *, text: str) -> str:
    """Return the preview of the news."""
    return t("Zo krijgen de leden het:\n<blockquote>{text}</blockquote>\nVersturen?").format(text=escape(text))


def send_key(t: Translator) -> str:
    """Return the button that sends it."""
    return t("📨 Versturen")


def news_sent(t: Translator, *, count: int) -> str:
    """Return to how many the news goes."""
    return t.ngettext("Verstuurd aan {n} lid.", "Verstuurd aan {n} leden.", count).format(n=count)


def news(t: Translator, *, team: str, text: str) -> str:
    """Return the news as members read it."""
    return t("📣 <b>Nieuws van {team}</b>\n{text}").format(team=escape(team), text=escape(text))
