"""Rommelroute: where a stall stands, its number, the day itself, and what the organiser has."""

from datetime import datetime

from bot.domain.activities.stalls import AddressProblem
from bot.domain.enums import StallState
from bot.texts.translator import Translator, escape

#: So many characters of what a stall sells stand in a list.
_IN_LIST = 60

# -- signing up -----------------------------------------------------------------------------------------------------


def postcode(t: Translator, *, address: str) -> str:
    """Return the question for the postcode of an address."""
    return t("Je adres: {address}.\nWat is je postcode? Bijvoorbeeld: 1325 AB.").format(address=escape(address))


def postcode_problem(t: Translator, problem: AddressProblem) -> str:
    """Return what is wrong with a postcode."""
    if problem is AddressProblem.NOT_IN_TOWN:
        return t("Deze postcode is niet in Almere. Kijk nog eens.")
    return t("Ik zie geen hele postcode. Typ vier cijfers en twee letters.")


def outside(t: Translator, *, address: str, area: str) -> str:
    """Return the question about an address outside the wijk of the route; asked once."""
    return t("Dit adres ligt niet in {area}:\n{address}\n\nDe route is in {area}. Klopt je adres?").format(
        address=escape(address), area=escape(area)
    )


def it_is_right_key(t: Translator) -> str:
    """Return the button that keeps an address outside the wijk."""
    return t("✅ Ja, dit klopt")


def other_address_key(t: Translator) -> str:
    """Return the button that asks for the address again."""
    return t("✏️ Ander adres")


def spot(t: Translator) -> str:
    """Return the question for a point on the map."""
    return t(
        "Ben je nu thuis? Deel dan je plek. Dan staat je nummer goed op de kaart.\n"
        "Wij bewaren de plek niet precies. Je mag het overslaan."
    )


def share_key(t: Translator) -> str:
    """Return the button, and the key below, for sharing one's location."""
    return t("📍 Deel mijn plek")


def share_below(t: Translator) -> str:
    """Return the message that carries the key for sharing a location."""
    return t("Tik onderaan op 📍 Deel mijn plek.")


def too_far(t: Translator) -> str:
    """Return the answer to a location that is nowhere near the route."""
    return t("Deze plek is ver van de route. Deel je plek als je thuis bent. Of sla het over.")


def menu_is_back(t: Translator) -> str:
    """Return the line with which the menu comes back."""
    return t("Het menu is weer zoals het was.")


def where_now(t: Translator, *, title: str) -> str:
    """Return the question where a stall stands now."""
    return t("<b>{title}</b>\n\nWaar verkoop je nu? Typ je straat en huisnummer.").format(title=escape(title))


def same_place_key(t: Translator) -> str:
    """Return the button that keeps the place."""
    return t("🏠 Dezelfde plek")


def same_things_key(t: Translator) -> str:
    """Return the button that keeps what is sold."""
    return t("🛍 Hetzelfde")


def confirm_change_key(t: Translator) -> str:
    """Return the button that writes the change down."""
    return t("✅ Ja, verander het")


def change_key(t: Translator) -> str:
    """Return the button that changes one's own stall."""
    return t("✏️ Mijn plek veranderen")


def moved(t: Translator) -> str:
    """Return that a stall was changed."""
    return t("Veranderd. Zo staat je plek er nu in.")


def not_moved(t: Translator) -> str:
    """Return that a stall stays as it was."""
    return t("Gestopt. Je plek is niet veranderd.")


def deadline(t: Translator, *, title: str, deadline_at: datetime) -> str:
    """Return the reminder for who began to sign up and did not finish."""
    return t("Je was bezig met je aanmelden voor <b>{title}</b>.\nAanmelden kan tot {moment}.").format(
        title=escape(title), moment=t.moment(deadline_at)
    )


def go_on_key(t: Translator) -> str:
    """Return the button that goes on with signing up."""
    return t("➡️ Verder gaan")


# -- one's own stall ------------------------------------------------------------------------------------------------


def number(t: Translator, *, title: str, number: int, address: str | None) -> str:
    """Return the number of a stall, to its person; *address* None is the shared field."""
    where = escape(address) if address else t("het gedeelde veld")
    return t(
        "<b>{title}</b>\nJouw nummer is <b>{number}</b>.\nPlek: {where}\n\n"
        "Schrijf het nummer groot op een vel. Hang het bij je spullen."
    ).format(title=escape(title), number=number, where=where)


def own_number(t: Translator, *, number: int) -> str:
    """Return the line with one's own number."""
    return t("Jouw nummer: {number}").format(number=number)


def panel(t: Translator, *, title: str, number: int, state: StallState) -> str:
    """Return the message of the day to a stall, with how it stands now."""
    return t(
        "<b>{title}</b>\nJouw nummer is <b>{number}</b>. Nu: {state}.\n\nTik op een knop. Bezoekers zien het meteen."
    ).format(title=escape(title), number=number, state=state_name(t, state))


def panel_over(t: Translator, *, title: str, called_off: bool) -> str:
    """Return the message of the day once that is over, or called off."""
    if called_off:
        return t("<b>{title}</b>\nDe route gaat niet door. Bezoekers zien jouw plek niet.").format(title=escape(title))
    return t("<b>{title}</b>\nDe route is klaar. Jouw plek is dicht.").format(title=escape(title))


def thanks(t: Translator, *, title: str) -> str:
    """Return the one line of thanks after the day."""
    return t("Bedankt dat je meedeed met {title}! Over een week wissen wij je adres.").format(title=escape(title))


def set_to(t: Translator, *, state: StallState) -> str:
    """Return the answer to setting a stall."""
    return t("Je plek is nu: {state}.").format(state=state_name(t, state))


def not_now(t: Translator, *, called_off: bool) -> str:
    """Return that a stall can't be set (any more)."""
    if called_off:
        return t("Deze route gaat niet door.")
    return t("Dit kan alleen op de dag zelf, tot het einde.")


def state_name(t: Translator, state: StallState) -> str:
    """Return how a stall stands in words."""
    return {
        StallState.OPEN: t("open"),
        StallState.SOLD_OUT: t("uitverkocht"),
        StallState.CLOSED: t("dicht"),
    }[state]


def state_key(t: Translator, state: StallState, *, now: bool) -> str:
    """Return the button that sets a stall; *now*: it stands so already."""
    name = state_name(t, state).capitalize()
    return f"☑️ {name}" if now else name


# -- for visitors ---------------------------------------------------------------------------------------------------


def map_key(t: Translator) -> str:
    """Return the button that shows the map."""
    return t("🗺 Kaart")


def refresh_key(t: Translator) -> str:
    """Return the button that draws the map anew."""
    return t("🔄 Hoe is het nu?")


def list_key(t: Translator) -> str:
    """Return the button that shows the list by street."""
    return t("📋 Lijst per straat")


def favourites_key(t: Translator) -> str:
    """Return the button that shows what one marked with a star."""
    return t("⭐ Mijn favorieten")


def list_title(t: Translator, *, title: str, total: int) -> str:
    """Return the head of the list of stalls."""
    plural = t.ngettext("{n} verkoopplek", "{n} verkoopplekken", total).format(n=total)
    return f"<b>{escape(title)}</b>\n{plural}"


def favourites_title(t: Translator, *, title: str) -> str:
    """Return the head of the list of stars."""
    return t("<b>{title}</b>\nMijn favorieten").format(title=escape(title))


def list_empty(t: Translator) -> str:
    """Return that there are no stalls."""
    return t("Er zijn geen verkoopplekken.")


def favourites_empty(t: Translator) -> str:
    """Return that nothing has a star yet."""
    return t("Je hebt nog geen favorieten. Open een plek en tik op ⭐.")


def street(t: Translator, *, name: str | None) -> str:
    """Return the head of one street in a list; None is the shared field."""
    shown = escape(name) if name else t("Gedeeld veld")
    return f"<b>{shown}</b>"


def entry(
    t: Translator, *, number: int, house: str | None, state: StallState | None, sells: str | None, starred: bool
) -> str:
    """Return one stall of a list under its street; *state* None leaves it out (before the day)."""
    parts = [t("{number}. huis {house}").format(number=number, house=escape(house)) if house else f"{number}."]
    parts += [state_name(t, state)] if state else []
    parts += [escape(_short(sells))] if sells else []
    return " · ".join(parts) + (" ⭐" if starred else "")


def _short(sells: str) -> str:
    """Return what a stall sells in few words: all of it stands on its own page."""
    return sells if len(sells) <= _IN_LIST else f"{sells[:_IN_LIST].rstrip()}…"


def streets_key(t: Translator) -> str:
    """Return the button that shows the streets to choose from."""
    return t("🏘 Kies een straat")


def streets_title(t: Translator, *, title: str) -> str:
    """Return the head of the streets to choose from."""
    return t("<b>{title}</b>\nWelke straat?").format(title=escape(title))


def street_choice_key(t: Translator, *, name: str | None) -> str:
    """Return the button of one street; None is the shared field."""
    return name or t("Gedeeld veld")


def stall_key(t: Translator, *, number: int) -> str:
    """Return the button of one stall in a list."""
    return t("Plek {number}").format(number=number)


def stall(t: Translator, *, number: int, address: str | None, state: StallState | None, sells: str | None) -> str:
    """Return the page of one stall; *address* None is the shared field."""
    lines = ["<b>" + t("Plek {number}").format(number=number) + "</b>"]
    lines.append("📍 " + (escape(address) if address else t("Op het gedeelde veld")))
    lines += [t("Nu: {state}").format(state=state_name(t, state))] if state else []
    lines += [t("Verkoopt: {sells}").format(sells=escape(sells))] if sells else []
    return "\n".join(lines)


def star_key(t: Translator, *, on: bool) -> str:
    """Return the button that marks a stall, or (*on* is what the tap does) takes the mark away."""
    return t("⭐ Favoriet") if on else t("✖️ Geen favoriet meer")


def open_map_key(t: Translator) -> str:
    """Return the button that opens a map on the internet."""
    return t("📍 Open in kaart")


def next_key(t: Translator) -> str:
    """Return the button for the next page."""
    return t("➡️ Meer plekken")


def stall_gone(t: Translator) -> str:
    """Return that a stall does not take part any more."""
    return t("Deze plek doet niet meer mee.")


def not_today(t: Translator, *, called_off: bool) -> str:
    """Return that the stalls are not shown now."""
    if called_off:
        return t("Deze route gaat niet door.")
    return t("De plekken zijn te zien op de dag zelf.")
