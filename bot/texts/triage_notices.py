"""What staff are told without having tapped: pings, who took over, what waits, and what groups are told."""

from bot.texts.translator import Translator, escape


def mention(name: str, person_id: int) -> str:
    """Return a name that notifies this member of staff in a group."""
    return f'<a href="tg://user?id={person_id}">{escape(name)}</a>'


def danger_ping(t: Translator, *, number: str, name: str) -> str:
    """Return the call to the desk's contact; *name* is a mention."""
    return t("⚠ {name}, {number} is een melding met gevaar. Open hem nu.").format(name=name, number=number)


def danger_alarm(t: Translator, *, number: str, names: list[str]) -> str:
    """Return the call to the whole desk after one working hour; *names* are mentions."""
    line = t("⚠ {names}: {number} is een melding met gevaar en nog niet geopend. Wie pakt hem op?")
    return line.format(names=", ".join(names), number=number)


def danger_to_safety(t: Translator, *, number: str, desk: str) -> str:
    """Return what the safety officer hears after one working hour."""
    line = t("⚠ {number} bij {desk} is een melding met gevaar. Na een uur heeft niemand hem geopend.")
    return line.format(number=number, desk=escape(desk))


def taken_over(t: Translator, *, number: str, name: str) -> str:
    """Return what the old holder hears."""
    return t("{name} heeft {number} overgenomen.").format(name=escape(name), number=number)


def handed_to_you(t: Translator, *, number: str, name: str) -> str:
    """Return what the new holder hears."""
    return t("{name} heeft {number} aan jou overgedragen.").format(name=escape(name), number=number)


def called_as_new_holder(t: Translator, *, number: str, called: str, name: str) -> str:
    """Return what a new holder hears in the group; *called* is a mention."""
    line = t("{called}, {name} heeft {number} aan jou overgedragen.")
    return line.format(called=called, name=escape(name), number=number)


def called_as_old_holder(t: Translator, *, number: str, called: str, name: str) -> str:
    """Return what an old holder hears in the group; *called* is a mention."""
    return t("{called}, {name} heeft {number} overgenomen.").format(called=called, name=escape(name), number=number)


def waits_in_private(t: Translator, *, number: str, name: str) -> str:
    """Return the call to a holder whom the bot can't write to; *name* is a mention."""
    return t("{name}, er is een bericht over {number}. Tik op de kaart op Openen.").format(name=name, number=number)


def not_yours_now(t: Translator, *, number: str, name: str | None) -> str:
    """Return what is left of a private card for who may not see the report any more."""
    if name is None:
        return t("{number} is niet meer van jou.").format(number=number)
    return t("{number} is nu van {name}.").format(number=number, name=escape(name))


def resident_wrote(t: Translator, *, number: str, resident: str, quote: str) -> str:
    """Return what a resident said later, below the card; *quote* is ready for HTML."""
    return t("💬 {resident} over {number}:").format(resident=escape(resident), number=number) + f"\n{quote}"


def erased_here(t: Translator) -> str:
    """Return what stands in place of words or a picture that must go and can't be deleted any more."""
    return t("gewist")


def resident_sent_files(t: Translator) -> str:
    """Return what stands in place of words when a resident sent only files."""
    return t("(geen tekst)")


def goes_in_a_day(t: Translator, *, number: str) -> str:
    """Return the caption of a file in private."""
    return t("Bij {number}. Verdwijnt hier na 24 uur.").format(number=number)


def open_report(t: Translator) -> str:
    """Return the label that opens a report in private."""
    return t("Open de melding")


def desk_here(t: Translator, *, desk: str) -> str:
    """Return what the bot says in a desk's group that it was added to."""
    return t(
        "Hier komen de meldingen voor <b>{desk}</b>. Wat jullie hier bespreken, blijft hier: "
        "een bewoner krijgt alleen wat je met Antwoord en Versturen stuurt."
    ).format(desk=escape(desk))


def make_me_admin(t: Translator) -> str:
    """Return what the bot can do as an administrator."""
    return t("Maak mij beheerder. Dan kan ik antwoorden die je hier typt weghalen, en zie ik wie erbij komt.")


def unknown_group(t: Translator, *, chat: int) -> str:
    """Return what the bot says in a group that the set-up file does not name."""
    return t("Deze groep ken ik niet. Zet dit nummer in het instelbestand: <code>{chat}</code>").format(chat=chat)
