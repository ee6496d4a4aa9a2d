"""What workers read when they tap and write: labels, answers to taps, prompts, pings. B1, to staff only."""

from bot.domain.enums import CloseReason
from bot.texts import triage
from bot.texts.translator import Translator, escape

# -- labels -----------------------------------------------------------------------------------------------------


def labels_of(t: Translator) -> dict[str, str]:
    """Return the labels of all buttons on cards by a short name."""
    return {
        "take": t("Ik pak het op"),
        "more": t("Meer…"),
        "answer": t("Antwoord"),
        "close": t("Afronden"),
        "open": t("🔒 Openen"),
        "ask": t("Vraag stellen"),
        "correct": t("Soort, thema, wijk"),
        "kind": t("Soort"),
        "theme": t("Thema"),
        "area": t("Wijk"),
        "nowhere": t("Buiten Almere of onbekend"),
        "note": t("Notitie"),
        "merge": t("Samenvoegen"),
        "hand": t("Overdragen"),
        "over": t("Overnemen"),
        "why": t("Waarom hier?"),
        "private": t("Open in privé"),
        "files": t("Hele tekst en bestanden"),
        "photos": t("🗑 Foto weg"),
        "back": t("⬅️ Terug"),
        "send": t("✅ Versturen"),
        "send_morning": t("✅ Versturen om 08:00"),
        "send_now": t("Nu versturen"),
        "rewrite": t("✏️ Anders schrijven"),
        "finish": t("✅ Afronden en versturen"),
        "stop": t("✖️ Stoppen"),
    }


def photo_gone(t: Translator) -> str:
    """Return what a worker hears after *Foto weg*."""
    return t("De foto is weg.")


def open_for(t: Translator, *, name: str) -> str:
    """Return the label of the one-time link that works for one worker only."""
    return t("🔒 Openen (alleen {name})").format(name=name)


def reason_label(t: Translator, of: CloseReason) -> str:
    """Return the label of a reason for closing."""
    more = {
        CloseReason.JOINS_ACTIVITY: t("doet mee met …"),
        CloseReason.BELONGS_TO: t("hoort bij …"),
        CloseReason.ALREADY_REPORTED: t("al gemeld (nummer) …"),
        CloseReason.OWN_FILE: t("overgedragen naar eigen dossier (wist alles hier)"),
    }.get(of)
    return more or triage.reason(t, of)


# -- answers to taps --------------------------------------------------------------------------------------------


def held(t: Translator, *, name: str) -> str:
    """Return the answer to who was second."""
    return t("{name} heeft deze melding al.").format(name=name)


def held_do_take_over(t: Translator, *, name: str) -> str:
    """Return the answer to a colleague who wants to act on a report that somebody else has."""
    return t("{name} heeft deze melding. Wil jij hem? Tik op Meer… en dan op Overnemen.").format(name=name)


def nobody_has_it(t: Translator) -> str:
    """Return the answer to acting on a report that nobody has."""
    return t("Niemand heeft deze melding nog. Tik eerst op Ik pak het op.")


def mine(t: Translator) -> str:
    """Return the answer to taking what one has already."""
    return t("Jij hebt deze melding al.")


def stale(t: Translator) -> str:
    """Return the answer to a button of an older card."""
    return t("De melding is net veranderd. Kijk nog eens op de kaart.")


def closed(t: Translator) -> str:
    """Return the answer to acting on a closed report."""
    return t("Deze melding is al afgerond.")


def stranger(t: Translator) -> str:
    """Return the answer to somebody who is no worker of the desk."""
    return t("Dit kunnen alleen de buurtwerkers van deze triagegroep.")


def gone(t: Translator) -> str:
    """Return the answer to a button of a report that is no longer there."""
    return t("Deze melding is er niet meer.")


def impossible(t: Translator) -> str:
    """Return the answer to a choice that can't be made (any more)."""
    return t("Dat kan nu niet. Kijk nog eens op de kaart.")


def elsewhere(t: Translator, *, desk: str) -> str:
    """Return the answer to a tap in a group where the report no longer is."""
    return t("Deze melding staat nu bij {desk}.").format(desk=desk)


def anonymous(t: Translator) -> str:
    """Return the request to an anonymous administrator of a group."""
    return t(
        "Je bent hier anoniem beheerder. Zo weet ik niet wie je bent. "
        "Zet “Anoniem blijven” uit bij je beheerdersrechten en tik dan opnieuw."
    )


def taken(t: Translator) -> str:
    """Return the answer to who takes a report."""
    return t("Deze melding is van jou.")


def look_in_private(t: Translator) -> str:
    """Return where it goes on: the private chat with the bot."""
    return t("Het staat in je privéchat met mij.")


def start_me_first(t: Translator) -> str:
    """Return what a worker must do whom the bot can't write to yet."""
    return t("Ik mag je nog niet schrijven. Tik op de kaart op Openen en dan op Start.")


def corrected(t: Translator) -> str:
    """Return the answer to a correction that changes nothing for the desk."""
    return t("Aangepast.")


def rerouted(t: Translator, *, desk: str) -> str:
    """Return the answer to a correction by which another desk gets the report."""
    return t("Aangepast. De melding gaat naar {desk}.").format(desk=desk)


def same(t: Translator) -> str:
    """Return the answer to a choice that changes nothing."""
    return t("Dat stond er al.")


def handed(t: Translator, *, name: str) -> str:
    """Return the answer to handing a report over."""
    return t("{name} heeft de melding nu.").format(name=name)


def is_closed(t: Translator) -> str:
    """Return the answer to closing."""
    return t("Afgerond.")


def no_files(t: Translator) -> str:
    """Return the answer when there is nothing more to read or see."""
    return t("Er zijn geen bestanden bij deze melding.")


def nobody_reads(t: Translator) -> str:
    """Return the answer to writing about a report that has no resident in the chat."""
    return t("Bij deze melding hoort geen bewoner met Telegram. Je kunt hier niets versturen.")


# -- writing ----------------------------------------------------------------------------------------------------


def about(t: Translator, *, number: str, first_words: str | None) -> str:
    """Return which report something is about: its number, and its first words where they may be seen."""
    line = f"<b>{number}</b>"
    return f"{line} “{escape(triage.shorten(first_words, 60))}”" if first_words else line


def write_answer(t: Translator, *, about: str, language: str, question: bool) -> str:
    """Return the request to write an answer or a question."""
    ask = t("Schrijf je vraag aan de bewoner.") if question else t("Schrijf je antwoord aan de bewoner.")
    reads = t("De bewoner leest {language}.").format(language=language)
    after = t("Ik laat het je eerst zien. Er gaat nog niets weg.")
    return f"{about}\n{ask} {reads}\n{after}"


def language_name(t: Translator, code: str) -> str:
    """Return the name of a language inside a sentence."""
    return {"nl": t("Nederlands"), "en": t("Engels")}[code]


def preview(t: Translator, *, about: str, text: str, question: bool) -> str:
    """Return the preview of what the resident gets."""
    head = t("Dit gaat naar de bewoner als vraag:") if question else t("Dit gaat naar de bewoner:")
    return f"{about}\n{head}\n<blockquote>{escape(text)}</blockquote>"


def waits_for_morning(t: Translator, *, moment: str) -> str:
    """Return the line under a preview at night."""
    line = t("Het is nu te laat voor een bericht. De bewoner krijgt het op {moment}. Of kies Nu versturen.")
    return line.format(moment=moment)


def waits_for_resident(t: Translator) -> str:
    """Return the line under a preview for a resident who wants no messages."""
    return t("De bewoner wil geen bericht. Het staat klaar voor wanneer de bewoner zelf terugkomt.")


def sent(t: Translator, *, number: str) -> str:
    """Return the confirmation of *Versturen*."""
    return t("Verstuurd over {number}.").format(number=number)


def sent_later(t: Translator, *, number: str, moment: str) -> str:
    """Return the confirmation of *Versturen* at night."""
    return t("Het bericht over {number} gaat weg op {moment}.").format(number=number, moment=moment)


def stands_ready(t: Translator, *, number: str) -> str:
    """Return the confirmation for a resident who comes back by themselves."""
    return t("Het bericht over {number} staat klaar voor de bewoner.").format(number=number)


def nothing_sent(t: Translator, *, number: str) -> str:
    """Return the reminder after 15 minutes."""
    return t("Nog niets verstuurd over {number}.").format(number=number)


def stopped(t: Translator, *, number: str) -> str:
    """Return the end of writing without sending."""
    return t("Gestopt. Er is niets verstuurd over {number}.").format(number=number)


def text_only(t: Translator) -> str:
    """Return the answer to anything but text."""
    return t("Stuur het als tekst. Een foto of spraakbericht kan ik niet doorsturen.")


def too_long(t: Translator, *, most: int) -> str:
    """Return the answer to too long a text."""
    return t("Dat is te lang. Er passen {most} tekens in.").format(most=most)


def write_note(t: Translator, *, about: str) -> str:
    """Return the request to write a note."""
    return t("{about}\nSchrijf je notitie. Alleen collega's lezen die.").format(about=about)


def note_kept(t: Translator, *, number: str) -> str:
    """Return the confirmation of a note."""
    return t("De notitie staat bij {number}.").format(number=number)


def write_detail(t: Translator, *, about: str, reason: CloseReason) -> str:
    """Return the request for what belongs to a reason for closing."""
    ask = {
        CloseReason.JOINS_ACTIVITY: t("Met welke activiteit doet de bewoner mee?"),
        CloseReason.BELONGS_TO: t("Bij wie hoort het? Kies, of schrijf het."),
        CloseReason.ALREADY_REPORTED: t("Onder welk nummer is het al gemeld? Bijvoorbeeld M-2026-0042."),
    }[reason]
    return f"{about}\n{ask}"


def number_unknown(t: Translator) -> str:
    """Return the answer to a number that no other report has."""
    return t("Dat nummer ken ik niet. Schrijf het zoals op de kaart.")


def finish_preview(t: Translator, *, about: str, text: str) -> str:
    """Return the preview of a closing."""
    head = t("Afronden. Dit leest de bewoner:")
    return f"{about}\n{head}\n<blockquote>{text}</blockquote>"


def finished(t: Translator, *, number: str) -> str:
    """Return the confirmation of closing."""
    return t("{number} is afgerond.").format(number=number)


# -- links ------------------------------------------------------------------------------------------------------


def link_opened(t: Translator) -> str:
    """Return the answer to a one-time link that worked."""
    return t("Deze melding is nu open voor jou. Wat je hier leest, blijft hier.")


def hello_staff(t: Translator) -> str:
    """Return the answer to the link that only opens the private chat."""
    return t("Nu kan ik je hier schrijven. Ga terug naar de groep en tik nog eens.")


def link_unknown(t: Translator) -> str:
    """Return the answer to a link that no one made."""
    return t("Deze link werkt niet. Tik in de groep op Openen.")


def link_used(t: Translator) -> str:
    """Return the answer to a link that was used or is too old."""
    return t("Deze link is al gebruikt of te oud. Tik in de groep opnieuw op Openen.")


def link_not_yours(t: Translator) -> str:
    """Return the answer to who uses the link of somebody else."""
    return t("Deze link is voor een collega. Hij opent alleen bij die persoon.")


def link_not_allowed(t: Translator) -> str:
    """Return the answer to who may not see the report (any more)."""
    return t("Je kunt deze melding nu niet openen. Een collega heeft hem.")
