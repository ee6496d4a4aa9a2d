"""What the bot asks and answers while a resident makes a report (Reporting, steps 1-7)."""

from collections.abc import Sequence

from bot.texts.translator import Translator, escape

#: Characters of a resident's own words that a summary repeats.
EXCERPT = 1200


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """Return the beginning of *text*, at most *limit* characters, cut between words where that is possible."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head = cut.rsplit(maxsplit=1)[0] if len(cut.split()) > 1 else cut
    return f"{head}…"


# -- the questions ----------------------------------------------------------------------------------------------


def danger_line(t: Translator) -> str:
    """Return the end of the first message in every report."""
    return t("Is er nu gevaar? Bel 112. Wij lezen dit bericht later.")


def tell(t: Translator) -> str:
    """Return the question what somebody wants to report."""
    return t("Wat wil je melden? Typ het hier. Een foto of een spraakbericht mag ook.")


def told_so_far(t: Translator, *, text: str, files: int) -> str:
    """Return the same question when something was told already."""
    so_far = t("Dit heb je al verteld:\n<i>{text}</i>").format(text=escape(excerpt(text))) if text else ""
    sent = files_along(t, count=files) if files else ""
    ask = t("Wil je meer vertellen? Typ het. Anders tik je op Verder.")
    return "\n\n".join(filter(None, (so_far, sent, ask)))


def kind_question(t: Translator) -> str:
    """Return the question what the report is about."""
    return t("Ik maak er een melding van. Waar gaat het over?")


def danger_question(t: Translator) -> str:
    """Return the question that is a step of its own only where it must be."""
    return t("Is iemand nu in gevaar?")


def call_112(t: Translator) -> str:
    """Return the answer to *Nu gevaar*; nothing more is asked."""
    return t("Bel nu 112. Buurtbode belt niet voor jou.")


def people_question(t: Translator) -> str:
    """Return the question for a place report with words about people."""
    return t("Gaat dit over mensen?")


def people_kind_question(t: Translator) -> str:
    """Return the question that follows a yes."""
    return t("Wat past het best?")


def no_names(t: Translator) -> str:
    """Return the request for a report about somebody else."""
    return t("Schrijf geen naam en geen huisnummer. De buurtwerker vraagt het als het nodig is.")


def words_question(t: Translator) -> str:
    """Return the question for words when there are only pictures, or nothing."""
    return t("Vertel kort wat er is. Eén zin is genoeg.")


def theme_question(t: Translator, *, guessed: bool) -> str:
    """Return the question for the theme; with a guess it is the first button."""
    if guessed:
        return t("Waar hoort dit bij? Ik denk: de eerste knop. Klopt dat niet? Kies een andere.")
    return t("Waar hoort dit bij?")


def details_question(t: Translator) -> str:
    """Return the question about safety: what, where and when, never who."""
    return "\n\n".join(
        (
            t("Wat gebeurt er? Waar? En wanneer?"),
            t(
                "Schrijf geen naam, kenteken of hoe iemand eruitziet. Weet je dat? "
                "Bel de politie 0900-8844, of anoniem 0800-7000."
            ),
        )
    )


def counter(t: Translator, *, link: str) -> str:
    """Return where broken and dirty things in public space are mended."""
    return t("Dit maakt de gemeente. Meld het zelf: {link} of 14 036.").format(link=escape(link))


def self_reported(t: Translator) -> str:
    """Return the end of a report that its maker takes to the municipality."""
    return t("Goed dat je het zelf meldt. Ik heb niets verstuurd.")


def complaint_not_sent(t: Translator) -> str:
    """Return the end of a draft that was a complaint; how to complain stands below it."""
    return t("Ik heb niets verstuurd.")


def where_question(t: Translator, *, about_self: bool) -> str:
    """Return the question where it is."""
    ask = t("In welke wijk woon je?") if about_self else t("Waar is het?")
    return f"{ask}\n" + t("Typ je postcode of je wijk. Of kies hieronder.")


def area_question(t: Translator, *, region: str) -> str:
    """Return the question which wijk of a region."""
    return t("Welke wijk van {region}?").format(region=escape(region))


def choice_question(t: Translator) -> str:
    """Return the question between two to four wijken."""
    return t("Welke wijk is het?")


def outside(t: Translator) -> str:
    """Return the answer to a place outside the town."""
    return t("Dit is buiten Almere. Daar werken wij meestal niet. Wil je toch verder?")


def place_unknown(t: Translator) -> str:
    """Return the answer to words that name no place."""
    return t("Die plek ken ik niet. Typ je postcode, bijvoorbeeld 1324 AB. Of kies een stadsdeel.")


def post_box(t: Translator) -> str:
    """Return the answer to the postcode of a post box."""
    return t("Dat is een postbus. Typ de postcode van de plek zelf.")


def send_location(t: Translator) -> str:
    """Return the message that carries the key for sharing a location."""
    return t("Tik onderaan op 📍 Stuur mijn plek. Of typ een postcode.")


def location_thanks(t: Translator) -> str:
    """Return the answer to a location that came before it was asked for."""
    return t("Ik heb de plek.")


def menu_is_back(t: Translator) -> str:
    """Return the message that puts the menu in the place of the key for a location."""
    return t("Goed. Het menu staat weer onderaan.")


def consent_question(t: Translator) -> str:
    """Return the question for what somebody tells about themselves."""
    return t(
        "Vertel je iets over je gezondheid, geld of geloof? "
        "Mogen wij dat lezen en bewaren? Je kunt dit later intrekken."
    )


def write_back_question(t: Translator) -> str:
    """Return the question before a sealed report is sent."""
    return t("Mogen wij je hier terugschrijven?")


def under_16(t: Translator) -> str:
    """Return what somebody who says to be under 16 reads."""
    return t("Praat met iemand die je vertrouwt of bel gratis 0800-0432.")


def help_now(t: Translator, *, lines: str) -> str:
    """Return the help line for what the bot can't read: spoken words, other languages."""
    return t("Ik kan dit niet zelf lezen. Heb je nu hulp nodig? Bel:\n{lines}").format(lines=lines)


def numbers(t: Translator, lines: Sequence[tuple[str, str]]) -> str:
    """Return help lines, (name, number) each, as one line of text."""
    return " · ".join(t("{name} {number}").format(name=escape(name), number=number) for name, number in lines)


# -- media ------------------------------------------------------------------------------------------------------


def photo_note(t: Translator) -> str:
    """Return the note under each photo."""
    return t("Staan er mensen, kinderen of kentekens op? Haal de foto weg.")


def photo_gone(t: Translator) -> str:
    """Return what the note becomes after *Foto weg*."""
    return t("De foto is weg.")


def file_kept(t: Translator) -> str:
    """Return the answer to a voice message or document."""
    return t("Ik heb het erbij gedaan.")


def too_many_files(t: Translator, *, most: int) -> str:
    """Return the refusal of one file too many."""
    return t("Er mogen {most} foto's of bestanden bij. Deze past er niet meer bij.").format(most=most)


def photo_prompt(t: Translator, *, count: int) -> str:
    """Return the request for a photo."""
    ask = t("Stuur de foto nu. Klaar? Tik op Verder.")
    return f"{files_along(t, count=count)}\n{ask}" if count else ask


def files_along(t: Translator, *, count: int) -> str:
    """Return how many files go along."""
    return t.ngettext("Er gaat {n} foto of bestand mee.", "Er gaan {n} foto's of bestanden mee.", count).format(n=count)


# -- what was not understood -----------------------------------------------------------------------------------


def added(t: Translator) -> str:
    """Return the line above a question when typed words were added to the report."""
    return t("Ik heb dat bij je melding gezet.")


def not_understood(t: Translator) -> str:
    """Return the line above a question that something else was answered to."""
    return t("Dat snap ik niet. Tik op een knop, of typ het nummer van de knop.")


def words_please(t: Translator) -> str:
    """Return the answer to a message without a single word."""
    return t("Kun je het in woorden zeggen? Typ één zin, of stuur een spraakbericht of foto.")


def wrong_sort(t: Translator) -> str:
    """Return the answer to a sticker, a poll, a contact …"""
    return t("Dit kan ik niet gebruiken. Typ het, of stuur een foto of een spraakbericht.")


def too_long(t: Translator, *, most: int) -> str:
    """Return the answer when the report is full."""
    return t(
        "Je melding is vol: er passen {most} letters in. Ik heb bewaard wat paste. De buurtwerker vraagt de rest."
    ).format(most=most)


def how_it_works(t: Translator) -> str:
    """Return the answer to "help" in the middle of a report."""
    return t("Ik stel je een paar vragen. Tik op een knop, of typ het antwoord. Stoppen mag altijd.")


def rather_call(t: Translator) -> str:
    """Return the offer after several answers that the bot did not understand."""
    return t("Praat je liever? Tik op 📞 Bel mij liever.")


# -- the draft --------------------------------------------------------------------------------------------------


def unfinished(t: Translator, *, text: str) -> str:
    """Return the offer of a draft that was not sent."""
    if text:
        was = t("Je was bezig met een melding:\n<i>{text}</i>").format(text=escape(excerpt(text, 200)))
    else:
        was = t("Je was bezig met een melding.")
    return was + "\n" + t("Wil je daarmee verder? Kies je een nieuwe melding, dan gooi ik deze weg.")


def stopped_empty(t: Translator) -> str:
    """Return the end of a draft in which nothing stood."""
    return t("Gestopt. Er is niets verstuurd.")


def stopped(t: Translator) -> str:
    """Return what becomes of a stopped draft."""
    return t("Gestopt. Er is niets verstuurd. Na 7 dagen is wat je schreef weg.")


def thrown_away(t: Translator) -> str:
    """Return the answer to *Weggooien*."""
    return t("Weggegooid. Er is niets verstuurd.")


def draft_gone(t: Translator) -> str:
    """Return the answer to *Verder gaan* with a draft that no longer is."""
    return t("Deze melding is er niet meer. Wil je iets melden? Typ het gewoon.")


def wiped(t: Translator, *, organisation: str | None) -> str:
    """Return what is left to do after *Wis dit gesprek*; *organisation* when it holds sent reports."""
    left = t(
        "Ik heb de berichten van de laatste twee dagen gewist. Zie je nog iets staan? "
        "Houd het bericht ingedrukt en kies Verwijderen. Kijk ook op je andere telefoon of computer."
    )
    if organisation is None:
        sent = t("Er is niets verstuurd.")
    else:
        sent = t("Wat je al verstuurd had, blijft bij {organisation}.").format(organisation=escape(organisation))
    return f"{left}\n{sent}"


def blocked(t: Translator, *, organisation: str, contact: str) -> str:
    """Return the one line for somebody who was blocked."""
    return t("Je kunt hier nu niets melden. Gevaar? Bel 112. Vragen? {organisation}: {contact}.").format(
        organisation=escape(organisation), contact=escape(contact)
    )
