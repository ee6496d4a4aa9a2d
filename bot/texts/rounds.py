"""A round that is walked: *Ik ben er*, the two big buttons, and SAAR."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.translator import Translator, escape


def here_key(t: Translator) -> str:
    """Return the button of a walker who is there."""
    return t("🦺 Ik ben er")


def not_here_key(t: Translator) -> str:
    """Return the button of somebody who was named but is not there."""
    return t("❌ Ik ben er niet")


def broken_key(t: Translator) -> str:
    """Return the first big button: it becomes a report."""
    return t("🔧 Kapot of vies")


def suspect_key(t: Translator) -> str:
    """Return the second big button: it shows what to do."""
    return t("👀 Verdacht")


def home_key(t: Translator) -> str:
    """Return the button that begins closing."""
    return t("🏠 Wij zijn thuis")


def to_round_key(t: Translator) -> str:
    """Return the button back to the round."""
    return t("🦺 Terug naar de ronde")


def name_key(t: Translator, *, name: str | None) -> str:
    """Return the button of somebody who is there too; None has told no name."""
    return t("👤 {name} is er ook").format(name=name or t("een lid"))


def others_key(t: Translator) -> str:
    """Return the button to the members who did not sign up."""
    return t("👥 Iemand anders is er")


def who_is_there(t: Translator) -> str:
    """Return the question who stands there without having signed up."""
    return t("Wie is er bij je? Alleen leden met een VOG lopen mee. Tik op de naam.")


def nobody_to_name(t: Translator) -> str:
    """Return what is said when no other member may walk along."""
    return t("Er is niemand anders van het team die mee mag lopen. Ga niet alleen.")


def head(*, title: str, when: str) -> str:
    """Return which round it is; *when* is ready text."""
    return f"🦺 <b>{escape(title)}</b>\n{when}"


def danger(t: Translator) -> str:
    """Return the sentence under every round that is open."""
    return t("Buurtbode let niet op jullie. Gevaar: 112.")


# -- opening --------------------------------------------------------------------------------------------------------


def are_you_there(t: Translator) -> str:
    """Return the question from 15 minutes before the start on."""
    return t("Ben je er? Tik op de knop.")


def there(t: Translator, *, others: bool) -> str:
    """Return what somebody reads who is there as the first; *others* signed up as well."""
    if others:
        return t("Je bent er. Wacht op de ander. Staat de ander naast je? Tik op de naam.")
    return t("Je bent er. Er is niemand anders aangemeld. Ga niet alleen op pad.")


def there_already(t: Translator, *, names: Sequence[str | None]) -> str:
    """Return who is there."""
    return t("Er al: {names}.").format(names=walkers(t, names))


def is_open(t: Translator, *, names: Sequence[str | None]) -> str:
    """Return that the round is open, with who walks."""
    return t("✅ De ronde is open. Samen lopen: {names}.").format(names=walkers(t, names))


def named_by(t: Translator, *, name: str | None) -> str:
    """Return what somebody reads who was named as the second."""
    return t("{name} zegt dat jij er ook bent. Klopt dat niet? Tik op <b>Ik ben er niet</b>.").format(
        name=escape(name) if name else t("Een lid")
    )


def join_them(t: Translator) -> str:
    """Return the question to who signed up but is not there, while others walk."""
    return t("Ben je er ook? Tik dan op de knop.")


def found(t: Translator, *, count: int) -> str:
    """Return how much was reported on this round."""
    return t.ngettext("Gemeld op deze ronde: {n} melding.", "Gemeld op deze ronde: {n} meldingen.", count).format(
        n=count
    )


def nobody_else(t: Translator) -> str:
    """Return the question to who is the only one that still comes."""
    return t("Er loopt nu niemand anders mee. Ga niet alleen. Is er toch iemand bij je? Tik op de knop.")


def alone_on_the_way(t: Translator) -> str:
    """Return what an open round says once fewer than two may walk it."""
    return t("⚠️ <b>Je bent nu alleen.</b> Loop niet verder. Ga naar huis.")


def not_yours(t: Translator) -> str:
    """Return what the message about a round says to who walks along no more."""
    return t("Je loopt niet mee in deze ronde.")


def gone(t: Translator) -> str:
    """Return what somebody reads who said not to be there."""
    return t("Je loopt niet mee. Kom je toch? Tik op de knop.")


def alone(t: Translator) -> str:
    """Return the warning to who is left."""
    return t("⚠️ <b>Je bent nu alleen. Ga niet op pad.</b>\nDe ander zegt: ik ben er niet.")


def too_early(t: Translator, *, at: datetime) -> str:
    """Return from when on one can be there."""
    return t("Dat kan vanaf {time}.").format(time=t.time(at))


def over(t: Translator) -> str:
    """Return what is said of a round that is over."""
    return t("Deze ronde is voorbij.")


def called_off(t: Translator) -> str:
    """Return what is said of a round that does not go ahead."""
    return t("De ronde gaat niet door. Ga niet alleen.")


def moved(t: Translator, *, when: str) -> str:
    """Return what a message about an earlier time says now; *when* is ready text."""
    return t("De ronde is op een andere tijd: {when}.").format(when=when)


def missing(t: Translator, *, starts_at: datetime) -> str:
    """Return what walkers are asked once, when nobody opened the round."""
    return t("🔔 De ronde van {time} is nog niet open. Lopen jullie? Tik op <b>Ik ben er</b>.").format(
        time=t.time(starts_at)
    )


def not_walking_key(t: Translator) -> str:
    """Return the button of who does not walk after all."""
    return t("❌ Ik loop niet")


def not_walking(t: Translator) -> str:
    """Return the answer to it."""
    return t("Goed. Ga niet alleen op pad.")


def not_open(t: Translator) -> str:
    """Return what is said when a round is to be closed, or used, that nobody opened."""
    return t("Deze ronde is niet open.")


# -- during the walk ------------------------------------------------------------------------------------------------


def saar(t: Translator, *, emergency: str, police: str) -> str:
    """Return the SAAR card with the numbers of the help lines."""
    return "\n".join(
        [
            t("👀 <b>Verdacht? Denk aan SAAR.</b>"),
            "",
            t("<b>S</b>ignaleer: kijk goed. Blijf op afstand."),
            t("<b>A</b>larmeer: gebeurt het nu? Bel {emergency}. Geen spoed? Bel {police}.").format(
                emergency=emergency, police=police
            ),
            t("<b>A</b>pp: zet het in de buurtapp. Geen namen, geen foto's van mensen."),
            t("<b>R</b>eageer: praat alleen als het veilig is. Ga nooit achter iemand aan."),
            "",
            t("Buurtbode bewaart dit niet en stuurt het niet door."),
        ]
    )


def walkers(t: Translator, names: Sequence[str | None]) -> str:
    """Return the names of walkers; who has none is a member."""
    return ", ".join(escape(name) if name else t("een lid") for name in names)
