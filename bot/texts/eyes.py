"""Who looks on in a desk's group: what the beheerder is asked and what the group is told. B1."""

from bot.texts.translator import Translator, escape


def stranger(t: Translator, *, desk: str, person_id: int) -> str:
    """Return the question about one person; no name, only a link that opens the profile in Telegram."""
    name = t("deze persoon")
    who = f'<a href="tg://user?id={person_id}">{name}</a>'
    line = t("In de groep van {desk} zit iemand die ik niet ken: {who}.")
    return "\n".join([line.format(desk=escape(desk), who=who), _what_now(t)])


def strangers(t: Translator, *, desk: str, count: int) -> str:
    """Return the question about people whom the daily count found."""
    line = t.ngettext(
        "In de groep van {desk} zit {n} persoon die ik niet ken.",
        "In de groep van {desk} zitten {n} personen die ik niet ken.",
        count,
    )
    return "\n".join([line.format(desk=escape(desk), n=count), _what_now(t)])


def _what_now(t: Translator) -> str:
    return t(
        "Tot het goed is, staan daar geen woorden en foto's van bewoners. "
        "Hoort dit erbij? Tik op de knop. Zo niet: haal de persoon uit de groep."
    )


def confirm_label(t: Translator) -> str:
    """Return the button that lets somebody stay."""
    return t("✅ Hoort erbij")


def confirmed(t: Translator, *, desk: str, name: str) -> str:
    """Return what the question reads once somebody confirmed; *name* is who did."""
    return t("{name} zegt: dit hoort bij de groep van {desk}.").format(name=escape(name), desk=escape(desk))


def gone(t: Translator, *, desk: str) -> str:
    """Return what the question reads once nobody unknown is there any more."""
    return t("Opgelost: in de groep van {desk} zit niemand meer die ik niet ken.").format(desk=escape(desk))


def not_admin(t: Translator) -> str:
    """Return the answer to who is no beheerder."""
    return t("Dit kan alleen de beheerder.")


def group_hidden(t: Translator, *, names: list[str]) -> str:
    """Return what the group is told; *names* are mentions of the beheerders."""
    line = t(
        "Hier zit iemand die ik niet ken. Daarom staan hier nu geen woorden en foto's. "
        "{names}: bevestig dit in je privéchat met mij, of haal de persoon uit de groep."
    )
    return line.format(names=", ".join(names))


def group_open(t: Translator) -> str:
    """Return what the same message reads once nobody unknown is there."""
    return t("Het is opgelost. Woorden en foto's staan hier weer.")
