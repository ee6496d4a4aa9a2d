"""What a worker or coordinator reads while making or changing an activity. B1."""

from datetime import date, time

from babel.dates import format_date

from bot.domain.activities.plans import MAX_PLACE, MAX_PLACES, MAX_TITLE, Places, Repeats, nth
from bot.domain.enums import ActivityKind, RoleKey
from bot.domain.when import Wrong
from bot.texts import activities as activity_texts
from bot.texts.translator import Translator


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
