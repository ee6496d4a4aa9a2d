"""What a worker or coordinator reads while making or changing an activity. B1."""

from collections.abc import Sequence
from datetime import date, time

from babel.dates import format_date

from bot.domain.activities.plans import MAX_PLACE, MAX_PLACES, MAX_TITLE, Places, Repeats, nth
from bot.domain.enums import ActivityKind, RoleKey
from bot.domain.when import Wrong
from bot.texts import activities as activity_texts
from bot.texts.translator import Translator, escape


def kind(t: Translator, of: ActivityKind) -> str:
    """Return the name of a kind of activity."""
    return {
        ActivityKind.REPAIR_CAFE: t("Repair Café"),
        ActivityKind.ROMMELROUTE: t("Rommelroute"),
        ActivityKind.PATROL: t("Buurtpreventie"),
        ActivityKind.OTHER: t("Andere activiteit"),
    }[of]


def ask_kind(t: Translator) -> str:
    """Return the first question."""
    return t("Wat voor activiteit wil je maken?")


def team_kind(t: Translator, *, team: str) -> str:
    """Return the label for rounds of a team."""
    return t("Rondes van {team}").format(team=team)


def ask_title(t: Translator) -> str:
    """Return the question for the name."""
    return t("Hoe heet de activiteit? Typ een naam van hoogstens {n} tekens.").format(n=MAX_TITLE)


def ask_place(t: Translator) -> str:
    """Return the question for the place."""
    return t("Waar is het? Typ de plek, zoals Buurtcentrum Stedenwijk, Punterstraat 1.")


def no_place_key(t: Translator) -> str:
    """Return the button for an activity without one place."""
    return t("Geen vaste plek")


def too_long(t: Translator, *, most: int) -> str:
    """Return the answer to a line that is empty or too long."""
    return t("Typ een tekst van 1 tot {n} tekens, op één regel.").format(n=most)


def title_too_long(t: Translator) -> str:
    """Return the answer to a name that can't be used."""
    return too_long(t, most=MAX_TITLE)


def place_too_long(t: Translator) -> str:
    """Return the answer to a place that can't be used."""
    return too_long(t, most=MAX_PLACE)


def ask_area(t: Translator) -> str:
    """Return the question for the wijk."""
    return t("In welke wijk? Typ de wijk of een postcode, of kies een deel van Almere.")


def area_unknown(t: Translator) -> str:
    """Return the answer to a wijk that we don't know."""
    return t("Die wijk ken ik niet. Typ een andere naam, of kies hieronder.")


def ask_when(t: Translator) -> str:
    """Return the question for day and time."""
    return t("Wanneer? Typ de dag en de tijd, zoals zaterdag 5 december 13:00-16:00.")


def ask_times(t: Translator, *, day: date) -> str:
    """Return the question for the times when only the day was told."""
    return t("Hoe laat begint en eindigt het op {day}? Typ het zo: 13:00-16:00.").format(day=t.day(day))


def ask_end(t: Translator, *, day: date, begins: time) -> str:
    """Return the question when something ends of which day and beginning were told."""
    line = t("Het begint op {day} om {time}. Hoe laat is het afgelopen? Typ het zo: 16:00.")
    return line.format(day=t.day(day), time=f"{begins:%H:%M}")


def hours(t: Translator, *, begins: time, ends: time) -> str:
    """Return from when until when, and that it goes on past midnight: only who plans it may have mistyped that."""
    span = f"{begins:%H:%M}–{ends:%H:%M}"
    return span if ends > begins else t("{span} (de volgende dag)").format(span=span)


def wrong(t: Translator, of: Wrong) -> str:
    """Return why a typed day or time can't be used."""
    return {
        Wrong.UNKNOWN: t("Ik begrijp die dag of tijd niet. Bijvoorbeeld: 5-12 13:00-16:00, of morgen 10:00-12:00."),
        Wrong.NO_TIME: t("Die tijd bestaat niet. Bijvoorbeeld: 13:00-16:00."),
        Wrong.BACKWARDS: t("Het einde moet na het begin zijn. Tot na middernacht mag ook, zoals 22:00-01:00."),
        Wrong.PAST: t("Dat is al geweest. Kies een dag en tijd die nog komen."),
        Wrong.FAR: t("Dat is te ver weg. Je kunt tot twee jaar vooruit plannen."),
        Wrong.WEEKDAY: t("Die datum is een andere dag van de week. Controleer de dag en de datum."),
    }[of]


def ask_repeats(t: Translator, *, when: str) -> str:
    """Return the question whether it repeats; *when* is ready text."""
    return t("Eerste keer: {when}.\nHoe vaak komt het terug?").format(when=when)


def repeats(t: Translator, of: Repeats, *, day: date) -> str:
    """Return a way to repeat, for a series with a date on *day*."""
    weekday = format_date(day, "EEEE", locale=t.language.value)
    count = [t("eerste"), t("tweede"), t("derde"), t("vierde"), t("vijfde")][nth(day) - 1]
    return {
        Repeats.NO: t("Eén keer"),
        Repeats.WEEKLY: t("Elke week op {weekday}").format(weekday=weekday),
        Repeats.FORTNIGHTLY: t("Elke twee weken op {weekday}").format(weekday=weekday),
        Repeats.MONTHLY: t("Elke maand op de {count} {weekday}").format(count=count, weekday=weekday),
        Repeats.MONTHLY_LAST: t("Elke maand op de laatste {weekday}").format(weekday=weekday),
        Repeats.KEEP: t("Op vaste dagen, zoals het nu is"),
    }[of]


def ask_roles(t: Translator) -> str:
    """Return the question for roles with their numbers."""
    return t("Hoeveel mensen zijn er nodig? Tik op een rol om het aantal te veranderen.")


def role_label(t: Translator, of: RoleKey, places: Places) -> str:
    """Return the label of a role with its numbers."""
    name, least, most = activity_texts.role(t, of).capitalize(), places.minimum, places.maximum
    if most is None:
        label = t("{role}: minstens {least}, geen maximum").format(role=name, least=least)
    else:
        label = t("{role}: {least} tot {most}").format(role=name, least=least, most=most)
    return t("{label}, iemand meenemen mag").format(label=label) if places.plus_one else label


def plus_one_key(t: Translator, *, on: bool) -> str:
    """Return the button that lets people bring somebody, who takes a place too, or (*on*) no more."""
    return t("👥 Niemand meenemen") if on else t("👥 Iemand meenemen mag")


def add_role_key(t: Translator, of: RoleKey) -> str:
    """Return the button that adds a role."""
    return t("🙋 Ook: {role}").format(role=activity_texts.role(t, of).capitalize())


def roles_done_key(t: Translator) -> str:
    """Return the button that takes the numbers as they are."""
    return t("✅ Zo is het goed")


def ask_role(t: Translator, of: RoleKey) -> str:
    """Return the question for the numbers of a role."""
    line = t("{role}: hoeveel mensen minstens en hoogstens? Typ twee getallen, zoals 2-4, of alleen het hoogste.")
    return line.format(role=activity_texts.role(t, of).capitalize())


def no_maximum_key(t: Translator) -> str:
    """Return the button for a role without limit."""
    return t("Geen maximum")


def drop_role_key(t: Translator) -> str:
    """Return the button that leaves a role out."""
    return t("Deze rol is niet nodig")


def wrong_places(t: Translator) -> str:
    """Return the answer to numbers that can't be used."""
    return t("Typ getallen van 1 tot {n}, het kleinste eerst. Bijvoorbeeld 2-4.").format(n=MAX_PLACES)


def never_alone(t: Translator, *, least: int) -> str:
    """Return the answer to a round for fewer walkers than may walk."""
    return t("Niemand loopt alleen. Een ronde heeft minstens {n} lopers.").format(n=least)


def ask_deadline(t: Translator) -> str:
    """Return the question until when one can sign up."""
    return t("Tot wanneer kunnen mensen zich aanmelden? Kies, of typ een dag en tijd, zoals 3-12 20:00.")


def deadline(t: Translator, *, days: int | None, at: time | None) -> str:
    """Return a deadline as so many days before each meeting, at a time; None for no deadline."""
    if days is None or at is None:
        return t("Tot het begint")
    line = t.ngettext("Tot {n} dag ervoor om {time}", "Tot {n} dagen ervoor om {time}", days)
    return line.format(n=days, time=f"{at:%H:%M}")


def wrong_deadline(t: Translator) -> str:
    """Return the answer to a deadline that lies after the start or is over."""
    return t("De deadline moet nog komen, en voor het begin liggen.")


def preview(
    t: Translator,
    *,
    title: str,
    of: ActivityKind,
    when: str,
    repeats: str,
    where: Sequence[str],
    roles: Sequence[str],
    until: str | None,
    seen_by: str | None,
) -> str:
    """Return the activity as it will be; *seen_by* is the team that alone sees it, None for everybody."""
    lines = [f"<b>{escape(title)}</b> · {kind(t, of)}", when, repeats]
    if where:
        lines.append("📍 " + ", ".join(escape(part) for part in where))
    lines += [f"• {role}" for role in roles]
    if until is not None:
        lines.append(t("Aanmelden: {until}").format(until=until))
    seen = t("Alleen het team {team} ziet dit.").format(team=escape(seen_by)) if seen_by else t("Iedereen ziet dit.")
    return "\n".join([*lines, seen])


def holidays_warning(t: Translator, *, days: Sequence[tuple[date, str]]) -> str:
    """Return the warning about dates that are public holidays, by day and name."""
    named = "; ".join(f"{t.day(day)} ({escape(name)})" for day, name in days)
    return t("⚠️ Let op, dit is een feestdag: {days}.").format(days=named)


def ask_make(t: Translator, *, new: bool) -> str:
    """Return the question under the preview."""
    if new:
        return t("Klopt het? Dan kun je het maken.")
    return t("Klopt het? Alleen dagen waarvoor nog niemand zich aanmeldde, krijgen een andere tijd en plek.")


def rename_tells(t: Translator, *, people: int) -> str:
    """Return how many people hear of the new name."""
    line = t.ngettext(
        "Er is een nieuwe naam. {n} persoon krijgt bericht.",
        "Er is een nieuwe naam. {n} mensen krijgen bericht.",
        people,
    )
    return line.format(n=people)


def changed_meanwhile(t: Translator) -> str:
    """Return the answer when somebody else changed the activity while this person did."""
    return t("Iemand anders heeft dit intussen veranderd. Kijk hoe het nu is. Doe je verandering zo nodig opnieuw.")


def make_key(t: Translator, *, new: bool) -> str:
    """Return the button that makes or keeps it."""
    return t("✅ Maken") if new else t("✅ Bewaren")


def change_title_key(t: Translator) -> str:
    """Return the button for another name."""
    return t("✏️ Naam")


def change_place_key(t: Translator) -> str:
    """Return the button for another place."""
    return t("✏️ Plek")


def change_area_key(t: Translator) -> str:
    """Return the button for another wijk."""
    return t("✏️ Wijk")


def change_when_key(t: Translator) -> str:
    """Return the button for another day or time."""
    return t("✏️ Dag en tijd")


def change_repeats_key(t: Translator) -> str:
    """Return the button for repeating otherwise."""
    return t("✏️ Herhalen")


def change_roles_key(t: Translator) -> str:
    """Return the button for other numbers of people."""
    return t("✏️ Aantallen")


def change_deadline_key(t: Translator) -> str:
    """Return the button for another deadline."""
    return t("✏️ Aanmelden tot")


def made(t: Translator, *, repeats: bool) -> str:
    """Return that the activity is there."""
    return t("Gemaakt. Dagen komen er steeds twee maanden van tevoren bij.") if repeats else t("Gemaakt.")


def changed(t: Translator, *, kept: Sequence[str]) -> str:
    """Return that the change is kept, and which dates (ready text) stay as they were."""
    if not kept:
        return t("Bewaard.")
    head = t("Bewaard. Deze dagen blijven zoals ze zijn. Er is iemand aangemeld, of de dag is al eens veranderd:")
    return "\n".join([head, *(f"• {day}" for day in kept), t("Naam en aantallen gelden voor alle dagen.")])


def use_move(t: Translator) -> str:
    """Return why the time of a single meeting is changed in another way."""
    return t("Er zijn al mensen aangemeld, of de dag is al eens veranderd. Kies Verzetten bij de dag.")


def started_meanwhile(t: Translator) -> str:
    """Return the answer to keeping a plan that begins in the past by now."""
    return t("Dit begint nu al in het verleden. Kies een andere dag of tijd.")


def refused(t: Translator) -> str:
    """Return the answer to somebody who may not do this (any more)."""
    return t("Dat kan alleen een buurtwerker, of wie deze activiteit coördineert.")


def gone(t: Translator) -> str:
    """Return the answer about an activity that is no longer there."""
    return t("Deze activiteit is er niet meer.")


def text_only(t: Translator) -> str:
    """Return the answer to a photo or voice message."""
    return t("Typ het, of kies een knop.")


def choose(t: Translator) -> str:
    """Return the answer to words that are none of the buttons."""
    return t("Dat begrijp ik niet. Kies een knop hieronder.")


def stopped(t: Translator) -> str:
    """Return the answer to leaving."""
    return t("Gestopt. Er is niets gemaakt of veranderd.")
