"""The words on the buttons of the report conversation."""

from bot.texts.translator import Translator


def now_danger(t: Translator) -> str:
    """Return the button of the first message in every report."""
    return t("🆘 Nu gevaar")


def yes(t: Translator) -> str:
    """Return *Ja*."""
    return t("Ja")


def no(t: Translator) -> str:
    """Return *Nee*."""
    return t("Nee")


def have_called(t: Translator) -> str:
    """Return the way on after 112 was called."""
    return t("Ik heb gebeld, ik wil nog iets melden")


def was_no_danger(t: Translator) -> str:
    """Return the way back from the 112 screen."""
    return t("Het was geen gevaar")


def go_on(t: Translator) -> str:
    """Return the button that leaves a question as it is."""
    return t("▶️ Verder")


def no_words(t: Translator) -> str:
    """Return the button of somebody who has no words for it."""
    return t("De foto zegt genoeg")


def details_are_there(t: Translator) -> str:
    """Return the button of somebody who told what, where and when already."""
    return t("Het staat er al in")


def report_myself(t: Translator) -> str:
    """Return the choice to go to the municipality oneself."""
    return t("Ik meld het zelf")


def pass_on(t: Translator) -> str:
    """Return the choice to let the workers pass it on."""
    return t("Geef het door voor mij")


def in_area(t: Translator, *, name: str) -> str:
    """Return the quick choice of a wijk that was named."""
    return t("✅ {name}").format(name=name)


def share_location(t: Translator) -> str:
    """Return the button, and the key below, for sharing one's location."""
    return t("📍 Stuur mijn plek")


def unknown_place(t: Translator) -> str:
    """Return the choice for no place."""
    return t("Weet ik niet")


def other_place(t: Translator) -> str:
    """Return the choice to say another place."""
    return t("Een andere plek")


def outside_on(t: Translator) -> str:
    """Return the choice to go on outside the town."""
    return t("Ja, ga verder")


def consent_yes(t: Translator) -> str:
    """Return the consent for what one tells about oneself."""
    return t("Ja, dat mag")


def consent_none(t: Translator) -> str:
    """Return the choice of somebody who tells nothing of that sort."""
    return t("Daar vertel ik niets over")


def is_complaint(t: Translator) -> str:
    """Return the choice for the complaints procedure."""
    return t("Ja, dit is een klacht")


def is_report(t: Translator) -> str:
    """Return the choice of somebody whose words only looked like a complaint."""
    return t("Nee, dit is een melding")


def write_back_no(t: Translator) -> str:
    """Return the choice of somebody who comes back by themselves."""
    return t("Nee, ik kom zelf terug")


def send(t: Translator) -> str:
    """Return *Versturen*."""
    return t("✅ Versturen")


def add_photo(t: Translator) -> str:
    """Return the button for a photo."""
    return t("📷 Foto erbij")


def first_name(t: Translator) -> str:
    """Return the button for a first name."""
    return t("✏️ Mijn voornaam")


def no_name(t: Translator) -> str:
    """Return the choice for no name."""
    return t("Geen naam")


def more_words(t: Translator) -> str:
    """Return the button for more text."""
    return t("📝 Meer vertellen")


def call_me(t: Translator) -> str:
    """Return the button of somebody who would rather talk."""
    return t("📞 Bel mij liever")


def do_not_call(t: Translator) -> str:
    """Return the button that takes the telephone number back."""
    return t("Toch niet bellen")


def morning(t: Translator) -> str:
    """Return a part of the day."""
    return t("'s Ochtends")


def afternoon(t: Translator) -> str:
    """Return a part of the day."""
    return t("'s Middags")


def any_time(t: Translator) -> str:
    """Return any part of the day."""
    return t("Maakt niet uit")


def photo_away(t: Translator, *, number: int = 1, of: int = 1) -> str:
    """Return the button that takes a photo away; in an album it says which."""
    return t("🗑 Foto weg") if of == 1 else t("🗑 Foto {n} weg").format(n=number)


def wipe(t: Translator) -> str:
    """Return the button that wipes the talk."""
    return t("🧹 Wis dit gesprek")


def resume(t: Translator) -> str:
    """Return the way on with a draft."""
    return t("▶️ Verder gaan")


def begin_new(t: Translator) -> str:
    """Return the way to another report; the draft goes."""
    return t("🆕 Nieuwe melding")


def throw_away(t: Translator) -> str:
    """Return the button that throws a draft away."""
    return t("🗑 Weggooien")
