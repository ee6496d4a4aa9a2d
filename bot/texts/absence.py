"""What staff read about being away: until when, and who replaces whom. B1."""

from bot.texts.translator import Translator, escape


def not_staff(t: Translator) -> str:
    """Return the answer to somebody who is no member of staff."""
    return t("Dit is alleen voor medewerkers.")


def in_private(t: Translator) -> str:
    """Return the answer to the command in a group."""
    return t("Dat doe je in je privéchat met mij.")


def open_private(t: Translator) -> str:
    """Return the label of the link to the private chat."""
    return t("Ik ben er niet")


def ask_who(t: Translator) -> str:
    """Return the question who is away."""
    return t("Wie is er niet?")


def myself(t: Translator) -> str:
    """Return the label for oneself."""
    return t("Ik")


def ask_until(t: Translator, *, name: str | None) -> str:
    """Return the question until when; *name* None for oneself."""
    if name is None:
        head = t("Tot en met welke dag ben je er niet?")
    else:
        head = t("Tot en met welke dag is {name} er niet?").format(name=escape(name))
    return head + "\n" + t("Kies een dag, of typ een datum, zoals 18 december.")


def no_day(t: Translator) -> str:
    """Return what stands above the question when no day was understood."""
    return t("Ik zie geen datum tussen vandaag en over een jaar.")


def only_today(t: Translator) -> str:
    """Return the label for today."""
    return t("Alleen vandaag")


def until_label(t: Translator, *, day: str) -> str:
    """Return the label for a later day."""
    return t("t/m {day}").format(day=day)


def ask_substitute(t: Translator, *, name: str | None) -> str:
    """Return the question who replaces somebody; *name* None for oneself."""
    if name is None:
        return t("Wie neemt voor jou waar? Die krijgt jouw meldingen te zien.")
    return t("Wie neemt waar voor {name}? Die krijgt de meldingen van {name} te zien.").format(name=escape(name))


def nobody(t: Translator) -> str:
    """Return the label for having no substitute."""
    return t("Niemand")


def no_choice(t: Translator) -> str:
    """Return what stands above the question when no name was understood."""
    return t("Kies een naam hieronder.")


def away(t: Translator, *, name: str | None, day: str, substitute: str | None) -> str:
    """Return until when somebody is away and who replaces them; *name* None for oneself."""
    if name is None:
        head = t("Je bent er niet t/m {day}.").format(day=day)
    else:
        head = t("{name} is er niet t/m {day}.").format(name=escape(name), day=day)
    return f"{head} {_replaced(t, substitute)}"


def told_absent(t: Translator, *, by: str, day: str, substitute: str | None) -> str:
    """Return what a worker hears whose absence a colleague set."""
    head = t("{by} heeft genoteerd dat je er niet bent t/m {day}.").format(by=escape(by), day=day)
    return f"{head} {_replaced(t, substitute)}"


def told_substitute(t: Translator, *, name: str, day: str) -> str:
    """Return what the substitute hears."""
    line = t("Je neemt waar voor {name} t/m {day}. Berichten over de meldingen van {name} komen bij jou.")
    return line.format(name=escape(name), day=day)


def back_label(t: Translator, *, name: str | None) -> str:
    """Return the label that ends an absence; *name* None for oneself."""
    return t("Ik ben er weer") if name is None else t("{name} is er weer").format(name=name)


def change_label(t: Translator) -> str:
    """Return the label for another day or substitute."""
    return t("Andere dag of vervanger")


def colleague_label(t: Translator) -> str:
    """Return the label for setting a colleague's absence."""
    return t("Voor een collega")


def is_back(t: Translator, *, name: str | None) -> str:
    """Return that somebody is back; *name* None for oneself."""
    return t("Fijn dat je er weer bent.") if name is None else t("{name} is er weer.").format(name=escape(name))


def over_already(t: Translator) -> str:
    """Return the answer to a button of an absence that has ended or was changed."""
    return t("Dat is al veranderd. Typ /afwezig om te zien hoe het nu is.")


def not_yours(t: Translator) -> str:
    """Return the answer to who may not set this absence (any more)."""
    return t("Dat kan alleen die collega zelf, de contactpersoon of een beheerder.")


def stopped(t: Translator) -> str:
    """Return the answer to leaving the conversation."""
    return t("Gestopt. Er is niets veranderd.")


def _replaced(t: Translator, substitute: str | None) -> str:
    if substitute is None:
        return t("Niemand neemt waar.")
    return t("{name} neemt waar.").format(name=escape(substitute))
