"""A round that is walked: *Ik ben er*, the two big buttons, SAAR, closing, and whether everybody is home."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.activities.round_lines import MAX_LINE, Unfit
from bot.domain.enums import RoundOutcome
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
    return t("Er al: {names}.").format(names=_names(t, names))


def is_open(t: Translator, *, names: Sequence[str | None]) -> str:
    """Return that the round is open, with who walks."""
    return t("✅ De ronde is open. Samen lopen: {names}.").format(names=_names(t, names))


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


# -- closing --------------------------------------------------------------------------------------------------------


def outcome(t: Translator, of: RoundOutcome) -> str:
    """Return how a round was, in a sentence."""
    return {
        RoundOutcome.NOTHING: t("geen bijzonderheden"),
        RoundOutcome.SOMETHING: t("bijzonderheden"),
        RoundOutcome.INCIDENT: t("incident"),
    }[of]


def outcome_key(t: Translator, of: RoundOutcome) -> str:
    """Return the button that closes a round."""
    return {
        RoundOutcome.NOTHING: t("✅ Geen bijzonderheden"),
        RoundOutcome.SOMETHING: t("📝 Bijzonderheden"),
        RoundOutcome.INCIDENT: t("⚠️ Incident"),
    }[of]


def home_outcome_key(t: Translator, of: RoundOutcome) -> str:
    """Return the button that closes a round which nobody closed in time."""
    return {
        RoundOutcome.NOTHING: t("🏠 Wij zijn thuis, geen bijzonderheden"),
        RoundOutcome.SOMETHING: t("🏠 Wij zijn thuis, bijzonderheden"),
        RoundOutcome.INCIDENT: t("⚠️ Incident"),
    }[of]


def how_was_it(t: Translator) -> str:
    """Return the question of closing."""
    return t("Zijn jullie thuis? Hoe was de ronde?")


def is_closed(t: Translator, *, of: RoundOutcome) -> str:
    """Return that a round is closed, and how."""
    return t("🏁 De ronde is klaar: {outcome}.").format(outcome=outcome(t, of))


def welcome_home(t: Translator) -> str:
    """Return the word of thanks to who closed it."""
    return t("Dank je. Fijn dat jullie er weer zijn.")


def incident_told(t: Translator) -> str:
    """Return what becomes of an incident."""
    return t("Je coördinator en de buurtwerker krijgen nu bericht. Is er nog gevaar? Bel 112.")


def closed_before(t: Translator, *, of: RoundOutcome) -> str:
    """Return what the second of two reads who close a round."""
    return t("De ronde was al afgesloten: {outcome}.").format(outcome=outcome(t, of))


def raise_key(t: Translator) -> str:
    """Return the button that turns a closed round into one with an incident."""
    return t("⚠️ Toch een incident")


def line_key(t: Translator) -> str:
    """Return the button that adds the line."""
    return t("✏️ Regel erbij")


def no_line_key(t: Translator) -> str:
    """Return the button that leaves the line out."""
    return t("👍 Klaar, geen regel")


def line_question(t: Translator) -> str:
    """Return the question for the line."""
    return t(
        "Wil je er een regel bij schrijven? Schrijf geen naam, geen kenteken en niet hoe iemand eruitziet.\n"
        "Je coördinator en de buurtwerker lezen het. Na 90 dagen is het gewist."
    )


def line_kept(t: Translator) -> str:
    """Return that the line stands."""
    return t("Dank je. Je regel staat erbij.")


def line_left_out(t: Translator) -> str:
    """Return that there is no line."""
    return t("Goed. Er komt geen regel bij.")


def line_there(t: Translator) -> str:
    """Return that somebody wrote one already."""
    return t("Er staat al een regel bij deze ronde.")


def line_too_late(t: Translator) -> str:
    """Return that the round is too long ago."""
    return t("Dat kan niet meer. De ronde is te lang geleden.")


def line_unfit(t: Translator, why: Unfit, *, police: str) -> str:
    """Return why a line is not taken."""
    return {
        Unfit.EMPTY: t("Schrijf een korte zin."),
        Unfit.LONG: t("Dat is te lang. Schrijf hooguit {n} tekens.").format(n=MAX_LINE),
        Unfit.PLATE: t(
            "Daar staat een kenteken in. Dat bewaren wij niet. Schrijf de regel opnieuw, zonder kenteken. "
            "Is het kenteken belangrijk? Bel de politie: {police}."
        ).format(police=police),
        Unfit.PHONE: t(
            "Daar staat een telefoonnummer in. Dat bewaren wij niet. Schrijf de regel opnieuw, zonder nummer."
        ),
    }[why]


# -- is everybody home? ---------------------------------------------------------------------------------------------


def unclosed(t: Translator, *, ends_at: datetime) -> str:
    """Return what walkers are asked half an hour after the end."""
    return t(
        "🔔 <b>Zijn jullie thuis?</b>\nDe ronde was klaar om {time}. Niemand heeft hem afgesloten.\n"
        "Kies een knop. Anders krijgt je coördinator over een kwartier bericht."
    ).format(time=t.time(ends_at))


def not_home(t: Translator, *, title: str, when: str, names: Sequence[str | None]) -> str:
    """Return what the coordinator reads when nobody answered; *when* is ready text."""
    return t(
        "🔔 <b>Een ronde is niet afgesloten.</b>\n{title}, {when}\nLopers: {names}\n"
        "Zij antwoorden niet. Bel hen nu. Gevaar: 112."
    ).format(title=escape(title), when=when, names=_names(t, names))


def home_after_all(t: Translator, *, title: str, when: str, at: datetime, of: RoundOutcome) -> str:
    """Return what the same message reads once the round was closed."""
    return t("🏁 {title}, {when}\nDe ronde is toch afgesloten, om {time}: {outcome}.").format(
        title=escape(title), when=when, time=t.time(at), outcome=outcome(t, of)
    )


def incident(t: Translator, *, title: str, when: str, names: Sequence[str | None], line: str | None) -> str:
    """Return what coordinator and worker read about an incident."""
    text = t("⚠️ <b>Incident tijdens een ronde</b>\n{title}, {when}\nLopers: {names}").format(
        title=escape(title), when=when, names=_names(t, names)
    )
    written = t("Hun regel: {line}").format(line=escape(line)) if line else t("Zij schreven er geen regel bij.")
    return "\n".join([text, written, t("Neem contact op met de lopers.")])


def _names(t: Translator, names: Sequence[str | None]) -> str:
    return ", ".join(escape(name) if name else t("een lid") for name in names)
