"""*Doorzetten*: what workers read about partners, mails and the public line. B1."""

from bot.domain.enums import PartnerMailState
from bot.texts.translator import Translator, escape

# -- labels -----------------------------------------------------------------------------------------------------


def labels_of(t: Translator) -> dict[str, str]:
    """Return the labels of a worker's buttons by a short name."""
    return {
        "forward": t("Doorzetten"),
        "public": t("Openbare regel"),
        "goes_along": t("☐ Gaat niet mee. Tik om mee te sturen"),
        "stays_out": t("☑ Gaat mee. Tik om weg te laten"),
        "go_on": t("Verder"),
        "number": t("📞 Ander werknummer"),
        "rewrite": t("✏️ Anders schrijven"),
        "send": t("✅ Versturen"),
        "ask": t("✅ Vraag het de bewoner"),
        "said_yes": t("✅ De bewoner zei ja. Versturen"),
        "open": t("Open de melding"),
    }


def again_label(t: Translator, *, partner: str) -> str:
    """Return the label for sending a mail once more."""
    return t("🔁 Nog eens naar {partner}").format(partner=partner)


def answered_label(t: Translator, *, partner: str) -> str:
    """Return the label for noting that a partner has answered."""
    return t("✔️ {partner} heeft gereageerd").format(partner=partner)


def cancel_label(t: Translator, *, partner: str) -> str:
    """Return the label for calling off a mail that still waits."""
    return t("✖️ Toch niet naar {partner}").format(partner=partner)


# -- lines of a card --------------------------------------------------------------------------------------------


def card_line(
    t: Translator, *, state: PartnerMailState, partner: str | None, day: str, reason: str | None, answered: bool
) -> str:
    """Return what a card says about one mail; *partner* None on the card of a sealed report in a group."""
    to = escape(partner) if partner else t("een partner")
    if state is PartnerMailState.SENT and answered:
        return t("✉️ Doorgezet naar {partner}. Er kwam een reactie op {day}.").format(partner=to, day=day)
    if state is PartnerMailState.FAILED:
        line = t("⛔ De mail naar {partner} is niet aangekomen ({day}): {reason}")
        return line.format(partner=to, day=day, reason=why_failed(t, reason))
    line = {
        PartnerMailState.ASKING: t("✉️ Nog niets naar {partner}: de bewoner moet eerst ja zeggen. Gevraagd op {day}."),
        PartnerMailState.DECLINED: t("✉️ Niets naar {partner}: de bewoner zei nee."),
        PartnerMailState.WITHDRAWN: t("✉️ Niets meer naar {partner}: de bewoner nam de ja terug."),
        PartnerMailState.CANCELLED: t("✉️ Toch niet naar {partner} gestuurd."),
        PartnerMailState.WAITING: t("✉️ De mail naar {partner} is onderweg."),
        PartnerMailState.SENT: t("✉️ Doorgezet naar {partner} op {day}"),
    }[state]
    return line.format(partner=to, day=day)


def why_failed(t: Translator, reason: str | None) -> str:
    """Return why a mail did not arrive, in words; the mail server's own code where it gave one."""
    known = {
        "photo": t("een foto is er niet meer"),
        "address": t("het adres klopt niet"),
        "no_answer": t("de mailserver antwoordt al drie dagen niet"),
        "may_not_go": t("de melding is intussen veranderd"),
        "own_mistake": t("er ging iets mis bij Buurtbode"),
    }
    if reason in known:
        return known[reason]
    return t("geweigerd door de mailserver, code {code}").format(code=reason or "?")


# -- the worker writes ------------------------------------------------------------------------------------------


def no_mail(t: Translator) -> str:
    """Return the answer to *Doorzetten* when there is no mail server in the settings."""
    return t("E-mail is niet ingesteld. Doorzetten kan dus niet. Vraag de beheerder, of bel de partner zelf.")


def no_partners(t: Translator) -> str:
    """Return the answer when no partner with an address is in the set-up file."""
    return t("Er zijn geen partners met een e-mailadres. De beheerder zet ze in het instelbestand.")


def choose(t: Translator, *, about: str, lines: list[str], only_number: bool, phones: list[str]) -> str:
    """Return the question to whom; *lines* say what went before, *phones* whom to call instead."""
    parts = [about, *lines, t("Naar wie zet je het door?")]
    if only_number:
        parts.append(
            t(
                "Dit gaat over een persoon. In de mail staat alleen het nummer, “Wilt u mij bellen?”, je naam en "
                "je werknummer. De bewoner moet eerst ja zeggen."
            )
        )
    parts.append(t("Politie en Veilig Thuis krijgen geen mail. Bel zelf: {phones}.").format(phones=", ".join(phones)))
    return "\n".join(parts)


def phone(*, name: str, number: str) -> str:
    """Return a number to call, with its name."""
    return f"{escape(name)} {number}"


def write_summary(t: Translator, *, about: str, partner: str) -> str:
    """Return the request to write a summary."""
    ask = t(
        "Schrijf een samenvatting voor {partner}, in je eigen woorden. Zet er geen namen in. "
        "De woorden van de bewoner gaan niet mee. Ik laat je de mail eerst zien."
    )
    return f"{about}\n{ask.format(partner=escape(partner))}"


def text_only(t: Translator) -> str:
    """Return the answer to anything but text."""
    return t("Stuur het als tekst.")


def tap_below(t: Translator) -> str:
    """Return the answer to words where only buttons count."""
    return t("Kies een knop, of typ stop.")


def photos_question(t: Translator, *, count: int) -> str:
    """Return the question which photos go along."""
    return t.ngettext(
        "Gaat de foto mee? Tik onder de foto. Staan er mensen, kinderen of kentekens op? Laat hem dan weg.",
        "Welke foto's gaan mee? Tik onder elke foto. Staan er mensen, kinderen of kentekens op? Laat die dan weg.",
        count,
    )


def photo_caption(t: Translator, *, number: str, position: int, count: int) -> str:
    """Return what stands under one photo."""
    return t("Foto {n} van {count} bij {number}").format(n=position, count=count, number=number)


def ask_number(t: Translator, *, about: str, partner: str) -> str:
    """Return the question for the worker's own work number."""
    ask = t("Wat is je werknummer? Daarop belt {partner} jou. Ik onthoud het voor de volgende keer.")
    return f"{about}\n{ask.format(partner=escape(partner))}"


def number_unclear(t: Translator) -> str:
    """Return the answer to what is no phone number."""
    return t("Dat is geen telefoonnummer. Schrijf het zo: 036 123 45 67.")


def preview(t: Translator, *, about: str, partner: str, address: str, subject: str, body: str) -> str:
    """Return the preview: to whom, and exactly what."""
    head = t("Deze mail gaat naar {partner} ({address}):").format(partner=escape(partner), address=escape(address))
    return f"{about}\n{head}\n{quoted(subject, body)}"


def quoted(subject: str, body: str) -> str:
    """Return a mail as a quotation."""
    return f"<blockquote><b>{escape(subject)}</b>\n\n{escape(body.strip())}</blockquote>"


def yes_first(t: Translator, *, comes_back: bool) -> str:
    """Return what happens first with a mail about a person; *comes_back*: the resident wants no messages."""
    if comes_back:
        return t(
            "De bewoner wil geen bericht. De vraag staat klaar tot de bewoner terugkomt. Eerder gaat er niets weg."
        )
    return t("De bewoner krijgt eerst deze mail te zien en zegt ja of nee. Eerder gaat er niets weg.")


def told_you_yes(t: Translator) -> str:
    """Return what a worker states about a resident who is not in the chat."""
    return t("De bewoner heeft hier geen Telegram. Verstuur dit alleen als de bewoner tegen jou ja zei.")


def on_its_way(t: Translator, *, partner: str) -> str:
    """Return the confirmation of sending."""
    return t("De mail gaat nu naar {partner}. Op de kaart zie je of hij aankomt.").format(partner=escape(partner))


def asked(t: Translator, *, partner: str) -> str:
    """Return the confirmation of asking the resident."""
    return t("Ik vraag het de bewoner. Bij ja gaat de mail vanzelf naar {partner}.").format(partner=escape(partner))


def stopped(t: Translator, *, number: str) -> str:
    """Return the end without sending."""
    return t("Gestopt. Er ging niets weg over {number}.").format(number=number)


def changed(t: Translator) -> str:
    """Return the answer when the report is not what it was at the preview."""
    return t("De melding is intussen veranderd. Er ging niets weg. Begin opnieuw met Doorzetten.")


def once_more(t: Translator, *, partner: str, quote: str) -> str:
    """Return the question before a mail goes again."""
    return t("Dit gaat nog eens naar {partner}:").format(partner=escape(partner)) + f"\n{quote}"


def cancelled(t: Translator) -> str:
    """Return the confirmation of calling a mail off."""
    return t("Goed. Deze mail gaat niet weg.")


def noted(t: Translator) -> str:
    """Return the confirmation that a partner answered."""
    return t("Genoteerd op de kaart.")


# -- the public line --------------------------------------------------------------------------------------------


def write_public(t: Translator, *, about: str, now: str | None) -> str:
    """Return the request for the one line that exports may show; *now* is the line that stands there."""
    ask = t(
        "Schrijf één regel die iedereen mag lezen. Hij komt in de openbare lijst, met nummer, thema, wijk en maand. "
        "Geen namen, geen adres, geen woorden van de bewoner. Met een streepje (-) haal je hem weg."
    )
    stands = t("Nu staat er: {line}").format(line=escape(now)) if now else ""
    return "\n".join(filter(None, (about, ask, stands)))


def public_refused(t: Translator) -> str:
    """Return the answer to a line that names somebody's number, plate or house."""
    return t("Er staat een telefoonnummer, kenteken, huisnummer of e-mailadres in. Schrijf het zonder.")


def public_kept(t: Translator, *, number: str) -> str:
    """Return the confirmation of the public line."""
    return t("De openbare regel van {number} is aangepast.").format(number=number)


def public_on_card(t: Translator, *, line: str) -> str:
    """Return the public line as it stands on a card."""
    return t("🌍 Openbaar: {line}").format(line=escape(line))


# -- what the worker is told ------------------------------------------------------------------------------------


def news(t: Translator, *, action: str, number: str, partner: str, reason: str | None) -> str:
    """Return what the holder hears about one mail; *action* is the step in the report's history."""
    line = {
        "yes_given": t("{number}: de bewoner zegt ja. De mail gaat nu naar {partner}."),
        "yes_refused": t("{number}: de bewoner zegt nee. Er gaat niets naar {partner}."),
        "yes_withdrawn": t("{number}: de bewoner neemt de ja terug. Er gaat niets meer naar {partner}."),
        "mail_failed": t("⛔ {number}: de mail naar {partner} is niet aangekomen: {reason}"),
    }[action]
    return line.format(number=number, partner=escape(partner), reason=why_failed(t, reason))


def silent(t: Translator, *, number: str, partner: str, day: str) -> str:
    """Return the nudge after 14 days."""
    line = t("{partner} heeft over {number} niets laten horen sinds {day}. Bel, of stuur de mail nog eens.")
    return line.format(partner=escape(partner), number=number, day=day)
