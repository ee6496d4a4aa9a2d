"""Who comes along: somebody without Telegram, a companion; two things at one time; and what a coordinator hears."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.enums import RoleKey
from bot.texts import activities, general
from bot.texts.translator import Translator, escape

# -- somebody without Telegram --------------------------------------------------------------------------------------


def guest_key(t: Translator) -> str:
    """Return the button of a host or coordinator that signs somebody else up."""
    return t("🤝 Iemand aanmelden")


def guest_role(t: Translator, *, title: str) -> str:
    """Return the question as what somebody else is signed up."""
    return t("<b>{title}</b>\n\nJe meldt iemand aan zonder Telegram. Wat gaat die persoon doen?").format(
        title=escape(title)
    )


def guest_role_key(t: Translator, *, role: RoleKey) -> str:
    """Return the button of a role for somebody else."""
    return activities.role(t, role).capitalize()


def guest_name(t: Translator) -> str:
    """Return the question for the name of somebody else."""
    return t("Wie meld je aan? Typ alleen de voornaam.")


def guest_name_unclear(t: Translator) -> str:
    """Return the answer to what is no first name."""
    return t("Typ alleen een voornaam. Geen nummer en geen adres.")


def not_for_others(t: Translator) -> str:
    """Return the refusal of who may not sign others up."""
    return t("Je kunt hier geen anderen aanmelden.")


def read_aloud(t: Translator, *, name: str) -> str:
    """Return what stands above the house rules when they are accepted for somebody else."""
    return t("Lees dit voor aan {name}.").format(name=escape(name))


def guest_signed_up(t: Translator, *, name: str, title: str, when: str, role: RoleKey, slot_at: datetime | None) -> str:
    """Return the confirmation of a place for somebody else; *when* is ready text."""
    head = t("✅ {name} is aangemeld als {role}.").format(name=escape(name), role=activities.role(t, role))
    lines = [head, f"<b>{escape(title)}</b>", when]
    if slot_at is not None:
        lines.append(t("De tijd is {time}.").format(time=t.time(slot_at)))
    lines.append(t("{name} krijgt geen berichten. Zeg zelf wat er verandert.").format(name=escape(name)))
    return "\n".join(lines)


def guest_waiting(t: Translator, *, name: str, title: str, when: str, position: int) -> str:
    """Return that somebody else waits for a place, counted from 1."""
    line = t("Vol. {name} staat op de wachtlijst, nummer {n}. Komt er een plek vrij? Dan vragen wij het aan jou.")
    return f"<b>{escape(title)}</b>\n{when}\n\n" + line.format(name=escape(name), n=position)


def guest_already(t: Translator, *, name: str) -> str:
    """Return that this person signed up somebody of that name already."""
    return t("Je hebt hier al een {name} aangemeld. Is dit een ander? Zet er een letter bij: {name} B.").format(
        name=escape(name)
    )


def guest_status(*, name: str, status: str) -> str:
    """Return how the sign-up of somebody else stands; *status* is ready text."""
    return f"👤 <b>{escape(name)}</b>\n{status}"


def guest_line(*, name: str, status: str) -> str:
    """Return the same in one line of a list."""
    return f"👤 {escape(name)}: {status}"


def more_guests(t: Translator, *, count: int) -> str:
    """Return that the reader signed up more people than are shown here."""
    return t.ngettext(
        "En nog {n}. Kijk bij 🎟 Waar ik heen ga.", "En nog {n}. Kijk bij 🎟 Waar ik heen ga.", count
    ).format(n=count)


def guest_not_coming_key(t: Translator, *, name: str) -> str:
    """Return the button that gives the place of somebody else back."""
    return t("❌ {name} kan niet").format(name=name)


def guest_left(t: Translator, *, name: str, title: str, when: str) -> str:
    """Return that the place of somebody else was given back."""
    return t("{name} is afgemeld.\n<b>{title}</b>\n{when}").format(name=escape(name), title=escape(title), when=when)


def about_guest(t: Translator, *, name: str) -> str:
    """Return the line above a message about the place of somebody else."""
    return t("👤 Dit gaat over {name}. Vraag het na.").format(name=escape(name))


def tell_them(t: Translator, *, names: Sequence[str]) -> str:
    """Return whom the reader must tell, since the bot can't."""
    return t("Zeg het ook tegen: {names}.").format(names=general.listed(t, [escape(name) for name in names]))


# -- a companion ----------------------------------------------------------------------------------------------------


def bring_key(t: Translator) -> str:
    """Return the button of who brings somebody."""
    return t("👥 Ik neem iemand mee")


def alone_key(t: Translator) -> str:
    """Return the button of who comes alone after all."""
    return t("👤 Ik kom alleen")


def two_come(t: Translator) -> str:
    """Return the line of who has two places."""
    return t("👥 Je komt met z'n tweeën.")


def two_wait(t: Translator) -> str:
    """Return the line of who waits for two places."""
    return t("👥 Je wacht op twee plekken.")


def for_two(t: Translator) -> str:
    """Return the line under an offer of two places."""
    return t("👥 Het zijn twee plekken.")


def no_room_for_two(t: Translator) -> str:
    """Return that there is no place for a companion."""
    return t("Er is geen plek voor nog iemand.")


def along_closed(t: Translator) -> str:
    """Return that this can't be changed any more."""
    return t("Dit kan nu niet meer.")


# -- stand-ins ------------------------------------------------------------------------------------------------------


def seeks(t: Translator, *, role: RoleKey, count: int) -> str:
    """Return how many of a role look for somebody who takes their place."""
    name = activities.role(t, role).capitalize()
    return t.ngettext("🔁 {role}: {n} zoekt vervanger", "🔁 {role}: {n} zoeken een vervanger", count).format(
        role=name, n=count
    )


# -- two things at one time -----------------------------------------------------------------------------------------


def overlap(t: Translator, *, title: str) -> str:
    """Return the question to who goes to something else then."""
    return t("Je gaat dan al naar <b>{title}</b>. Toch aanmelden?").format(title=escape(title))


def anyway_key(t: Translator) -> str:
    """Return the button that signs up all the same."""
    return t("✅ Ja, toch aanmelden")


def overlap_note(t: Translator, *, title: str) -> str:
    """Return the line for who got a place while something else is at the same time."""
    return t("Let op: je gaat dan ook naar <b>{title}</b>.").format(title=escape(title))


# -- for who looks after a meeting ----------------------------------------------------------------------------------


def meeting_state(t: Translator, *, title: str, when: str, state: str, roles: Sequence[str]) -> str:
    """Return to the coordinator how full a meeting became; *when*, *state* and *roles* are ready text."""
    head = t("📊 De stand is nu: <b>{state}</b>").format(state=state)
    return "\n".join([head, f"<b>{escape(title)}</b>", when, *roles])
