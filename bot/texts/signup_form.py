"""The questions of signing up with something to tell: an item to repair, or a stall."""

from datetime import datetime

from bot.domain.activities.stalls import AddressProblem
from bot.texts.translator import Translator, escape


def skip_key(t: Translator) -> str:
    """Return the button that leaves a question open."""
    return t("⏭ Overslaan")


def stopped(t: Translator) -> str:
    """Return that a sign-up was stopped."""
    return t("Gestopt. Je bent niet aangemeld.")


def type_it(t: Translator) -> str:
    """Return the answer to a message without words."""
    return t("Typ het in woorden.")


def too_long(t: Translator, *, most: int) -> str:
    """Return the answer to too many words; *most* in characters."""
    return t("Dat is te lang. Schrijf het korter: hooguit {most} tekens.").format(most=most)


def choose_below(t: Translator) -> str:
    """Return the answer to typed words where only buttons count."""
    return t("Dat snap ik niet. Kies een knop.")


# -- Repair Café ----------------------------------------------------------------------------------------------------


def item(t: Translator, *, title: str) -> str:
    """Return the question for what is brought."""
    return t("<b>{title}</b>\n\nWat neem je mee? Typ een paar letters. Bijvoorbeeld: stofz.").format(
        title=escape(title)
    )


def which_item(t: Translator) -> str:
    """Return the question which type of item is meant."""
    return t("Welk ding bedoel je? Staat het er niet bij? Typ meer letters.")


def other_item_key(t: Translator, *, typed: str) -> str:
    """Return the button that keeps the words as they were typed."""
    return t("Iets anders: {typed}").format(typed=typed)


def brand(t: Translator, *, item: str) -> str:
    """Return the question for the brand."""
    return t("Je neemt mee: <b>{item}</b>.\nWelk merk is het? Weet je het niet? Sla het over.").format(
        item=escape(item)
    )


def fault(t: Translator) -> str:
    """Return the question for the fault."""
    return t("Wat is er stuk? Typ het. Of stuur een foto. Je mag het overslaan.")


def photo_kept(t: Translator) -> str:
    """Return that a photo is kept, above the question that is still open."""
    return t("Je foto is bewaard.")


def fault_with_photo(t: Translator) -> str:
    """Return the question for the fault when there is a photo already."""
    return t("Wat is er stuk? Je foto is erbij. Typ wat je wilt, of sla het over.")


def no_photo_key(t: Translator) -> str:
    """Return the button that takes the photo away."""
    return t("🗑 Foto weg")


def photo_gone(t: Translator) -> str:
    """Return that the photo is not kept."""
    return t("De foto is weg.")


def slot(t: Translator) -> str:
    """Return the question for a time."""
    return t("Hoe laat kom je?")


def slots_full(t: Translator) -> str:
    """Return that all times went; a Repair Café is never full for visitors."""
    return t("De tijden zijn vol. Binnenlopen mag. Dan wacht je op je beurt.")


def slot_gone(t: Translator) -> str:
    """Return that a time went to somebody else meanwhile."""
    return t("Deze tijd is net bezet. Kies een andere.")


def slot_key(t: Translator, *, starts_at: datetime, ends_at: datetime) -> str:
    """Return the button of a time."""
    return f"🕐 {t.time(starts_at)}–{t.time(ends_at)}"


def walk_in_key(t: Translator) -> str:
    """Return the button of who comes without a time."""
    return t("🚪 Ik loop binnen")


def house_rules(t: Translator) -> str:
    """Return the house rules, accepted once."""
    return t(
        "<b>Huisregels van het Repair Café</b>\n\n"
        "• Repareren is op eigen risico.\n"
        "• Er is geen garantie.\n"
        "• Lukt het niet? Neem je spullen weer mee naar huis.\n\n"
        "Vind je dit goed?"
    )


def accept_key(t: Translator) -> str:
    """Return the button that accepts the house rules."""
    return t("✅ Ja, dat is goed")


# -- Rommelroute ----------------------------------------------------------------------------------------------------


def where(t: Translator, *, title: str) -> str:
    """Return the question for the address of a stall."""
    return t(
        "<b>{title}</b>\n\n"
        "Waar verkoop je? Typ je straat en huisnummer.\n"
        "Woon je in een flat? Kies dan het gedeelde veld."
    ).format(title=escape(title))


def shared_field_key(t: Translator) -> str:
    """Return the button for a spot on the shared field."""
    return t("🌳 Plek op het gedeelde veld")


def is_it_a_flat(t: Translator) -> str:
    """Return the question after an address that speaks of a flat."""
    return t("Is dit een flat? Dan mag je op het gedeelde veld staan. Wat kies je?")


def own_address_key(t: Translator, *, address: str) -> str:
    """Return the button that keeps the address."""
    return t("🏠 {address}").format(address=address)


def address_problem(t: Translator, problem: AddressProblem) -> str:
    """Return what is wrong with an address."""
    return {
        AddressProblem.NO_STREET: t("Ik zie geen straat. Typ bijvoorbeeld: Filmstraat 12."),
        AddressProblem.NO_NUMBER: t("Ik zie geen huisnummer. Typ bijvoorbeeld: Filmstraat 12."),
        AddressProblem.NO_POSTCODE: t("Ik zie geen postcode. Typ bijvoorbeeld: Filmstraat 12, 1325 AB."),
        AddressProblem.NOT_IN_TOWN: t("Deze postcode is niet in Almere. Kijk nog eens."),
        AddressProblem.TOO_LONG: t("Dat is te lang. Typ alleen je straat en huisnummer."),
    }[problem]


def sells(t: Translator) -> str:
    """Return the question for what is sold."""
    return t("Wat verkoop je? Bijvoorbeeld: kleding en speelgoed. Je mag het overslaan.")


def check_stall(t: Translator, *, address: str | None, sells: str | None) -> str:
    """Return the stall as it will be signed up; *address* None is a spot on the shared field."""
    what = escape(sells) if sells else t("niet verteld")
    lines = [t("<b>Klopt dit?</b>")]
    if address is None:
        lines.append(t("Plek: op het gedeelde veld"))
    else:
        lines.append(t("Adres: {address}").format(address=escape(address)))
    lines += [t("Je verkoopt: {sells}").format(sells=what), ""]
    if address is not None:
        lines.append(t("Alleen de organisator ziet je adres, tot de dag begint. Een week later is het gewist."))
    lines.append(t("Lees wat wij bewaren: /privacy"))
    return "\n".join(lines)


def confirm_key(t: Translator) -> str:
    """Return the button that signs the stall up."""
    return t("✅ Ja, meld mij aan")
