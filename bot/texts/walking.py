"""Buurtpreventie: never alone, and "wie loopt mee?"."""

from bot.texts.translator import Translator, escape


def walkers_wanted(t: Translator, *, title: str, when: str) -> str:
    """Return the question to free members, 2 h before; *when* is ready text."""
    return t("🦺 Voor deze ronde zijn nog te weinig mensen.\n<b>{title}</b>\n{when}\n\nLoop jij mee?").format(
        title=escape(title), when=when
    )


def i_walk_key(t: Translator) -> str:
    """Return the yes to it."""
    return t("✅ Ik loop mee")


def round_short(t: Translator, *, title: str, when: str, yes: int) -> str:
    """Return the warning to coordinator and worker, 90 minutes before; *yes* counts who walks."""
    walk = t.ngettext("Er loopt {n} lid mee.", "Er lopen {n} leden mee.", yes) if yes else t("Er loopt niemand mee.")
    return t(
        "⚠️ Deze ronde heeft te weinig mensen.\n<b>{title}</b>\n{when}\n{walk}\n\n"
        "Blijven het er minder dan twee? Dan gaat de ronde niet door. De bot vertelt het aan iedereen."
    ).format(title=escape(title), when=when, walk=walk.format(n=yes))


def only_with_vog(t: Translator) -> str:
    """Return why somebody can't walk along."""
    return t("Zelf meelopen kan alleen als lid met een VOG.")


def i_walk_myself_key(t: Translator) -> str:
    """Return the button of who walks along to save the round."""
    return t("🦺 Ik loop zelf mee")


def call_off_key(t: Translator) -> str:
    """Return the button that calls the round off."""
    return t("🚫 Afblazen")


def walks(t: Translator, *, title: str, when: str) -> str:
    """Return the thanks to who steps in; *when* is ready text."""
    return t("✅ Fijn, je loopt mee.\n<b>{title}</b>\n{when}").format(title=escape(title), when=when)


def enough(t: Translator) -> str:
    """Return the answer to who is not needed any more."""
    return t("Er lopen al genoeg mensen mee. Bedankt!")


def begun(t: Translator) -> str:
    """Return the answer to who wants to walk along after the start."""
    return t("De ronde is al begonnen. Ben je er al bij? Laat de ander op jouw naam tikken.")


def now_alone(t: Translator, *, title: str, when: str) -> str:
    """Return to who is left after a late drop-out; *when* is ready text."""
    return t("⚠️ Je bent nu alleen. Ga niet op pad.\n<b>{title}</b>\n{when}").format(title=escape(title), when=when)


def alone_on_the_way(t: Translator, *, title: str, when: str) -> str:
    """Return to who is left while the round is walked; *when* is ready text."""
    return t("⚠️ Je bent nu alleen. Loop niet verder. Ga naar huis.\n<b>{title}</b>\n{when}").format(
        title=escape(title), when=when
    )


def not_reached(t: Translator, *, name: str, title: str, when: str, called_off: bool) -> str:
    """Return whom the coordinator has to call, as the bot can't; *when* is ready text."""
    news = t("De ronde gaat niet door.") if called_off else t("{name} is nu alleen. Ga niet op pad.")
    return t("📵 <b>{name} krijgt geen bericht van de bot.</b> Bel nu.\n{news}\n<b>{title}</b>\n{when}").format(
        name=escape(name), news=news.format(name=escape(name)), title=escape(title), when=when
    )


def not_alone(t: Translator, *, title: str, when: str, names: str) -> str:
    """Return that somebody walks along again; *names* is ready text."""
    return t("✅ Je bent niet meer alleen. De ronde gaat door.\n<b>{title}</b>\n{when}\nLopen mee: {names}").format(
        title=escape(title), when=when, names=names
    )


# -- "wie loopt mee?" -----------------------------------------------------------------------------------------------


def ask_key(t: Translator) -> str:
    """Return the button that asks who walks along."""
    return t("🚶 Ik ga lopen. Wie loopt mee?")


def ask_time(t: Translator) -> str:
    """Return the question for the time."""
    return t("Hoe laat ga je? Kies een tijd of schrijf hem, zoals 20:30. Vanaf de tweede ja is het een ronde.")


def no_time(t: Translator) -> str:
    """Return the answer to what is no time in the next 12 hours."""
    return t("Schrijf een tijd in de komende 12 uur, zoals 20:30.")


def night(t: Translator) -> str:
    """Return why nobody is asked at night."""
    return t("Tussen 22:00 en 8:00 stuurt de bot dit niet. Ga niet alleen.")


def asked(t: Translator, *, time: str) -> str:
    """Return that the members are asked; *time* is ready text."""
    return t("Ik vraag het aan de leden met een VOG: wie loopt mee om {time}? Ga niet alleen. Je hoort het.").format(
        time=time
    )


def asked_already(t: Translator, *, time: str) -> str:
    """Return that one question is open already; *time* is ready text."""
    return t("Je vraag voor {time} loopt nog. Haal die eerst weg.").format(time=time)


def withdraw_key(t: Translator) -> str:
    """Return the button that takes the question back."""
    return t("↩️ Ik ga toch niet")


def withdrawn(t: Translator) -> str:
    """Return that the question was taken back."""
    return t("Je vraag is weg.")


def who_walks(t: Translator, *, name: str | None, moment: str, team: str) -> str:
    """Return the question to the members; *moment* is ready text."""
    who = escape(name) if name else t("Een lid")
    return t("🚶 {who} gaat lopen: {moment}. Wie loopt mee?\n{team}").format(who=who, moment=moment, team=escape(team))


def is_a_round(t: Translator, *, moment: str, names: str) -> str:
    """Return what the question reads once it is a round; *moment* and *names* are ready text."""
    return t("✅ Dit is nu een ronde: {moment}.\nLopen mee: {names}").format(moment=moment, names=names)


def is_short(t: Translator, *, moment: str, names: str) -> str:
    """Return what the question reads when somebody of its round can't come; *moment* and *names* are ready text."""
    return t("⚠️ Deze ronde heeft te weinig mensen: {moment}. Ga niet alleen.\nLopen mee: {names}").format(
        moment=moment, names=names or t("niemand")
    )


def is_over(t: Translator, *, moment: str) -> str:
    """Return what the question reads when nothing came of it; *moment* is ready text."""
    return t("Deze ronde gaat niet door: {moment}. Ga niet alleen.").format(moment=moment)


def nobody(t: Translator, *, moment: str) -> str:
    """Return to who asked that nobody walks along; *moment* is ready text."""
    return t("🚫 Niemand loopt mee: {moment}. De ronde gaat niet door. Ga niet alleen.").format(moment=moment)


def extra_title(t: Translator) -> str:
    """Return the title of a round that began with a question."""
    return t("Extra ronde")


def over(t: Translator) -> str:
    """Return the answer to a yes that comes too late."""
    return t("Dit gaat niet meer. Ga niet alleen.")


def own(t: Translator) -> str:
    """Return the answer to one's own question."""
    return t("Dit is je eigen vraag. Wacht op een tweede ja. Ga niet alleen.")
