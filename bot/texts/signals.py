"""`/signaal`: what a worker reads while taking down a signal, and what of it stands on the card. B1."""

from bot.domain.enums import Kind, Source, Theme
from bot.texts import labels
from bot.texts.report import excerpt
from bot.texts.translator import Translator, escape

_WORDS = 600


def in_private(t: Translator) -> str:
    """Return the answer to the command in a group."""
    return t(
        "Een signaal schrijf je in je privéchat met mij. Wat je hier typte, is niet bewaard. "
        "Gaat het over mensen? Haal het dan hier weg."
    )


def menu_label(t: Translator) -> str:
    """Return the entry for staff under the welcome, and after a signal was sent."""
    return t("🗒 Signaal opschrijven")


def words_question(t: Translator) -> str:
    """Return the question for the one sentence."""
    return t(
        "Wat is het signaal? Typ één zin, of spreek hem in. Een foto mag ook. Ook voor iemand zonder Telegram.\n"
        "Schrijf geen naam en geen huisnummer."
    )


def source_question(t: Translator) -> str:
    """Return the question where it comes from."""
    return t("Waar komt het vandaan?")


def kind_question(t: Translator) -> str:
    """Return the question for the kind."""
    return t("Waar gaat het over?")


def people_question(t: Translator) -> str:
    """Return the question about a place in which people are named."""
    return t("Gaat dit over mensen? Dan wordt het verzegeld.")


def not_people(t: Translator) -> str:
    """Return the answer that it is about a place only."""
    return t("Nee, alleen over een plek")


def danger_question(t: Translator) -> str:
    """Return the question about danger."""
    return t("Is iemand nu in gevaar?")


def danger_first(t: Translator, *, emergency: str, advice: str) -> str:
    """Return what a worker does before anything else; both are numbers."""
    line = t("Bel nu {emergency}. Buurtbode belt niet voor jou. Advies bij geweld thuis: Veilig Thuis {advice}.")
    return line.format(emergency=emergency, advice=advice)


def theme_question(t: Translator) -> str:
    """Return the question for the theme."""
    return t("Welk thema hoort erbij?")


def where_question(t: Translator) -> str:
    """Return the question for the place."""
    return t("In welke wijk? Typ een wijk of postcode, of kies.")


def place_unknown(t: Translator) -> str:
    """Return the answer to a place that is not known."""
    return t("Deze plek ken ik niet.")


def yes(t: Translator) -> str:
    """Return the yes about danger."""
    return t("Ja")


def no(t: Translator) -> str:
    """Return the no about danger."""
    return t("Nee")


def unknown_place(t: Translator) -> str:
    """Return the answer that the place is unknown or outside the town."""
    return t("Buiten Almere of onbekend")


def send(t: Translator) -> str:
    """Return the button that makes it a report."""
    return t("✅ Versturen")


def pick_please(t: Translator) -> str:
    """Return what stands above a question that was not answered."""
    return t("Kies een knop, of typ wat erop staat.")


def too_long(t: Translator, *, most: int) -> str:
    """Return the answer to more than fits."""
    return t("Dat is te lang. Schrijf hoogstens {most} tekens.").format(most=most)


def does_not_fit(t: Translator, *, most: int) -> str:
    """Return the answer to words with a file that make the whole too long."""
    return t("Wat je bij het bestand schreef, past er niet meer bij. Samen mogen het {most} tekens zijn.").format(
        most=most
    )


def words_or_file(t: Translator) -> str:
    """Return the answer to what is neither words nor a file."""
    return t("Typ of spreek één zin.")


def went_on(t: Translator) -> str:
    """Return what stands above a signal that was begun before."""
    return t("Je was hier al aan begonnen.")


def summary(
    t: Translator, *, text: str, files: int, source: Source, kind: Kind, theme: Theme, place: str | None, sealed: bool
) -> str:
    """Return the signal as it will be sent."""
    lines = [t("<b>Dit wordt een melding</b>")]
    if text:
        lines.append(f"<i>{escape(excerpt(text, _WORDS))}</i>")
    if files:
        lines.append(t.ngettext("📎 {n} bestand erbij", "📎 {n} bestanden erbij", files).format(n=files))
    lines.append(" · ".join((source_name(t, source), labels.kind(t, kind), labels.theme(t, theme))))
    lines.append(escape(place) if place else unknown_place(t))
    if sealed:
        lines.append(t("🔒 Verzegeld: alleen wie hem oppakt, leest hem."))
    return "\n".join(lines)


def sent(t: Translator, *, number: str, desk: str) -> str:
    """Return what became of it."""
    return t("{number} staat bij {desk}.").format(number=number, desk=escape(desk))


def stopped(t: Translator) -> str:
    """Return the end without a report."""
    return t("Gestopt. Dit signaal is weg.")


def not_staff(t: Translator) -> str:
    """Return the answer to who is no worker (any more)."""
    return t("Dit kunnen alleen medewerkers.")


def source_name(t: Translator, of: Source) -> str:
    """Return the name of a source."""
    return {
        Source.CHAT: t("chat"),
        Source.DOOR: t("aan de deur"),
        Source.STREET: t("op straat"),
        Source.HOME_VISIT: t("huisbezoek"),
        Source.PHONE: t("telefoon"),
        Source.WALK_IN: t("inloop"),
        Source.SCHOOL: t("school"),
        Source.ACTIVITY: t("activiteit"),
        Source.PATROL: t("ronde"),
        Source.OWN_EYES: t("eigen waarneming"),
    }[of]


def card_source(t: Translator, *, source: Source) -> str:
    """Return the line of the card that tells where a signal comes from."""
    return t("Bron: {source}.").format(source=source_name(t, source))


def close_question(t: Translator) -> str:
    """Return the question above the reasons when nobody hears of the closing."""
    return t("Hoe is het afgelopen? Niemand krijgt bericht.")
