"""Signing up and leaving: how it went, one's own sign-ups, offers of a free place, and stand-ins."""

from datetime import datetime

from bot.domain.enums import RoleKey
from bot.texts import activities
from bot.texts.translator import Translator, escape


def coming_key(t: Translator, *, role: RoleKey) -> str:
    """Return the button of somebody who comes: "Ik kom", for walkers "Ik loop mee"."""
    return t("✅ Ik loop mee") if role is RoleKey.WALKER else t("✅ Ik kom")


def not_coming_key(t: Translator) -> str:
    """Return the one button of somebody who can't come."""
    return t("❌ Ik kan niet")


def again_key(t: Translator) -> str:
    """Return the button of somebody who can come after all."""
    return t("↩️ Toch wel")


def to_meeting_key(t: Translator) -> str:
    """Return the button that opens the page of the meeting."""
    return t("📄 Bekijk de activiteit")


def to_mine_key(t: Translator) -> str:
    """Return the button back to one's own sign-ups."""
    return t("🎟 Waar ik heen ga")


# -- how it went ----------------------------------------------------------------------------------------------------


def signed_up(
    t: Translator, *, title: str, when: str, role: RoleKey, slot_at: datetime | None, walks_in: bool, begun: bool
) -> str:
    """Return the confirmation of a place; *when* is ready text, *begun* that it is going on already."""
    lines = [
        t("✅ Je bent aangemeld als {role}.").format(role=activities.role(t, role)),
        f"<b>{escape(title)}</b>",
        when,
    ]
    if slot_at is not None:
        lines.append(t("Jouw tijd: {time}.").format(time=t.time(slot_at)))
    elif walks_in and begun:
        lines.append(t("Zeg tegen de gastvrouw of gastheer dat je er bent. Dan krijg je een nummer."))
    elif walks_in:
        lines.append(t("Je loopt binnen. Dan wacht je op je beurt."))
    return "\n".join(lines)


def one_item(t: Translator) -> str:
    """Return the line for a busy Repair Café."""
    return t("Het is druk. Neem één ding mee.")


def reminded_on(t: Translator, *, at: datetime) -> str:
    """Return when the next reminder comes."""
    return t("Je krijgt een herinnering op {moment}.").format(moment=t.moment(at))


def waiting(t: Translator, *, position: int) -> str:
    """Return one's place on the waiting list, counted from 1."""
    return t.ngettext(
        "Vol. Je bent de eerste op de wachtlijst.", "Vol. Je bent nummer {n} op de wachtlijst.", position
    ).format(n=position)


def waiting_explained(t: Translator) -> str:
    """Return what happens to who waits."""
    return t("Komt er een plek vrij? Dan krijg je een bericht.")


def already(t: Translator) -> str:
    """Return the head of the answer to who is signed up already."""
    return t("Je bent al aangemeld.")


def changed(t: Translator) -> str:
    """Return the head of a page that is shown anew because it changed since."""
    return t("Er is iets veranderd. Zo is het nu:")


def called_off(t: Translator) -> str:
    """Return the refusal of a meeting that was called off."""
    return t("Deze activiteit gaat niet door.")


def started(t: Translator) -> str:
    """Return the refusal of a meeting that has begun."""
    return t("Het is al begonnen. Dit kan nu niet meer.")


def closed(t: Translator, *, deadline_at: datetime) -> str:
    """Return the refusal after the deadline."""
    return t("Aanmelden kan niet meer. Dat kon tot {moment}.").format(moment=t.moment(deadline_at))


def under_16(t: Translator) -> str:
    """Return the refusal of a stall for children."""
    return t("Verkopen mag vanaf 16 jaar. Vraag een volwassene om zich aan te melden.")


def left(t: Translator, *, title: str, when: str) -> str:
    """Return that a place was given back."""
    return t("Je bent afgemeld.\n<b>{title}</b>\n{when}\nBedankt dat je het zegt.").format(
        title=escape(title), when=when
    )


def left_queue(t: Translator, *, title: str) -> str:
    """Return that somebody does not wait any more."""
    return t("Je staat niet meer op de wachtlijst van <b>{title}</b>.").format(title=escape(title))


def seeks_stand_in(t: Translator, *, title: str, when: str) -> str:
    """Return what happens after a late "Ik kan niet"; *when* is ready text."""
    line = t("Het is al bijna zover. Wij zoeken iemand die jouw plek neemt. Je hoort het als dat lukt.")
    return f"{activities.heading(title=title, when=when)}\n\n{line}"


def not_signed_up(t: Translator) -> str:
    """Return the answer to "Ik kom" or "Ik kan niet" of who has no place (any more)."""
    return t("Je hebt hier geen plek (meer).")


def coming(t: Translator) -> str:
    """Return the thanks for "Ik kom"."""
    return t("Fijn, je komt. Tot dan!")


# -- one's own ------------------------------------------------------------------------------------------------------


def mine_title(t: Translator) -> str:
    """Return the head of one's own sign-ups."""
    return t("<b>Waar ik heen ga</b>")


def mine_empty(t: Translator) -> str:
    """Return what is said to who is signed up for nothing."""
    return t("Je bent nog nergens voor aangemeld. Kijk bij de activiteiten.")


def mine_entry(t: Translator, *, number: int, title: str, starts_at: datetime, status: str) -> str:
    """Return one of one's own sign-ups; *status* is ready text."""
    return f"{number}. <b>{escape(title)}</b>\n{t.moment(starts_at)}\n{status}"


def status_place(t: Translator, *, role: RoleKey, slot_at: datetime | None) -> str:
    """Return that one has a place."""
    name = activities.role(t, role)
    if slot_at is None:
        return t("✅ Aangemeld als {role}").format(role=name)
    return t("✅ Aangemeld als {role}, {time}").format(role=name, time=t.time(slot_at))


def status_waiting(t: Translator, *, position: int) -> str:
    """Return that one waits, and on which place."""
    return t("⏳ Op de wachtlijst, nummer {n}").format(n=position)


def status_offered(t: Translator, *, until: datetime) -> str:
    """Return that a place is free for oneself."""
    return t("🎟 Er is een plek voor jou. Antwoord voor {moment}.").format(moment=activities.weekday_time(t, until))


def status_seeking(t: Translator) -> str:
    """Return that a stand-in is looked for."""
    return t("🔁 Je kunt niet. Wij zoeken iemand anders.")


def status_called_off(t: Translator) -> str:
    """Return that it does not go ahead."""
    return t("🚫 Gaat niet door")


def own_item(t: Translator, *, item: str, brand: str | None, fault: str | None) -> str:
    """Return what one brings to a Repair Café."""
    details = ", ".join(escape(part) for part in (brand, fault) if part)
    return t("Je neemt mee: {item}").format(item=escape(item)) + (f" ({details})" if details else "")


def own_stall(t: Translator, *, address: str | None, sells: str | None) -> str:
    """Return one's own stall; *address* None is a spot on the shared field."""
    where = t("een plek op het gedeelde veld") if address is None else escape(address)
    line = t("Jouw verkoopplek: {where}").format(where=where)
    return line + ("\n" + t("Je verkoopt: {sells}").format(sells=escape(sells)) if sells else "")


# -- offers ---------------------------------------------------------------------------------------------------------


def offer(t: Translator, *, title: str, when: str, role: RoleKey, until: datetime) -> str:
    """Return the offer of a free place, with the hour until which it holds."""
    return t(
        "🎟 Er is een plek voor jou.\n<b>{title}</b>\n{when}\nAls {role}.\n\nWil je die plek? Antwoord voor {moment}."
    ).format(
        title=escape(title),
        when=when,
        role=activities.role(t, role),
        moment=activities.weekday_time(t, until),
    )


def offer_yes_key(t: Translator) -> str:
    """Return the button that takes the offered place."""
    return t("✅ Ja, ik kom")


def offer_no_key(t: Translator) -> str:
    """Return the button that declines the offered place."""
    return t("❌ Nee")


def offer_accepted(t: Translator, *, title: str, when: str) -> str:
    """Return an offer that was taken."""
    return t("✅ Je hebt de plek.\n<b>{title}</b>\n{when}").format(title=escape(title), when=when)


def offer_declined(t: Translator, *, title: str) -> str:
    """Return an offer that was declined."""
    return t("Je zei nee. De plek bij <b>{title}</b> gaat naar een ander.").format(title=escape(title))


def offer_expired(t: Translator, *, title: str) -> str:
    """Return an offer whose time is over."""
    return t(
        "De tijd is voorbij. De plek bij <b>{title}</b> gaat naar een ander. Wil je toch? Meld je weer aan."
    ).format(title=escape(title))


def offer_withdrawn(t: Translator, *, title: str, waits: bool) -> str:
    """Return an offer that does not hold any more; *waits*: its reader still waits for a place."""
    line = t("Deze plek bij <b>{title}</b> is er niet meer.").format(title=escape(title))
    return " ".join([line, t("Je staat nog op de lijst.")]) if waits else line


def free_place(t: Translator, *, title: str, when: str, role: RoleKey) -> str:
    """Return that a place became free shortly before the start."""
    return t(
        "🎟 Er is een plek vrij.\n<b>{title}</b>\n{when}\nAls {role}.\n\nWie het eerst tikt, heeft de plek."
    ).format(title=escape(title), when=when, role=activities.role(t, role))


def was_faster(t: Translator) -> str:
    """Return that somebody else tapped first."""
    return t("Iemand was je net voor. Je staat nog op de wachtlijst.")


def too_late(t: Translator) -> str:
    """Return that an offer does not hold any more."""
    return t("Dit aanbod is voorbij.")


# -- stand-ins ------------------------------------------------------------------------------------------------------


def stand_in_wanted(t: Translator, *, title: str, when: str, role: RoleKey) -> str:
    """Return the question to others when somebody can't come at the last moment."""
    return t("🔁 Iemand kan niet komen.\n<b>{title}</b>\n{when}\nAls {role}.\n\nNeem jij de plek over?").format(
        title=escape(title), when=when, role=activities.role(t, role)
    )


def take_over_key(t: Translator) -> str:
    """Return the button that takes the place of somebody else."""
    return t("🔁 Ik neem het over")


def took_over(t: Translator, *, title: str, when: str) -> str:
    """Return the confirmation to who took a place over."""
    return t("✅ Jij neemt de plek over. Bedankt!\n<b>{title}</b>\n{when}").format(title=escape(title), when=when)


def taken_by_other(t: Translator) -> str:
    """Return that the place does not look for anybody any more."""
    return t("Deze plek is al gevuld. Bedankt dat je wilde helpen.")


def you_come_already(t: Translator) -> str:
    """Return the answer to who has a place already."""
    return t("Jij komt al.")


def stand_in_found(t: Translator, *, title: str, when: str) -> str:
    """Return to who can't come that somebody else does."""
    return t("Iemand anders neemt jouw plek over. Je hoeft niets meer te doen.\n<b>{title}</b>\n{when}").format(
        title=escape(title), when=when
    )


def no_stand_in(t: Translator, *, title: str, when: str, role: RoleKey) -> str:
    """Return to the coordinator that nobody took the place yet."""
    return t("⚠️ Iemand kan niet komen. Nog niemand neemt de plek over.\n<b>{title}</b>\n{when}\nRol: {role}.").format(
        title=escape(title), when=when, role=activities.role(t, role)
    )
