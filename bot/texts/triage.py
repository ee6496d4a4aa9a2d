"""What workers read: cards of reports in the group and in private, their menus, and answers to their taps."""

from bot.domain.enums import CloseReason, Kind, Language, MediaKind, ReportStatus, Theme
from bot.texts import labels
from bot.texts.translator import Translator, escape

#: UTF-16 units of a resident's words on a card; the rest is read in private.
WORDS_ON_CARD = 2000
#: UTF-16 units of one line of talk or of a note on a card.
LINE_ON_CARD = 300


def shorten(text: str, units: int) -> str:
    """Return *text* in at most *units* UTF-16 units, as Telegram counts; what is cut off is marked with "…"."""
    if len(text.encode("utf-16-le")) <= 2 * units:
        return text
    cut = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", errors="ignore")
    return f"{cut.rstrip()}…"


def quoted(typed: str, units: int) -> str:
    """Return words that somebody typed, cut and escaped, as a quotation."""
    return f"<blockquote>{escape(shorten(typed, units))}</blockquote>"


def whole(typed: str, units: int) -> str:
    """Return somebody's own words alone in their message, which holds so many UTF-16 units."""
    return escape(shorten(typed, units))


def resident(t: Translator, *, number: str, name: str | None = None) -> str:
    """Return how a resident is called (no HTML): the first name they gave, else their report's number."""
    return name or t("bewoner {number}").format(number=number)


# -- lines of a card --------------------------------------------------------------------------------------------


def headline(t: Translator, *, number: str, danger: bool, sealed: bool) -> str:
    """Return the first line of a card."""
    line = f"<b>{number}</b>"
    if sealed:
        line = t("🔒 {line} · verzegeld").format(line=line)
    return f"⚠ {line}" if danger else line


def subject(t: Translator, *, kind: Kind | None, theme: Theme, area: str | None, region: str | None) -> str:
    """Return what and where; *kind* None for a sealed card in a group."""
    where = f"{escape(area)} ({escape(region or '')})" if area else t("Wijk onbekend")
    return " · ".join(filter(None, (labels.kind(t, kind) if kind else "", labels.theme(t, theme), where)))


def who(t: Translator, *, number: str, name: str | None, language: Language) -> str:
    """Return who tells it and which language they read."""
    reads = {Language.DUTCH: t("Nederlands"), Language.ENGLISH: t("Engels")}[language]
    name = escape(resident(t, number=number, name=name))
    return t("Van {resident}. Leest {language}.").format(resident=name, language=reads)


def signal(t: Translator, *, worker: str | None) -> str:
    """Return who brought a report for somebody without Telegram."""
    return t("Signaal van {worker}.").format(worker=escape(worker)) if worker else t("Signaal van een buurtwerker.")


def reported(t: Translator, *, day: str) -> str:
    """Return since when there is this report, as a date."""
    return t("Gemeld op {day}").format(day=day)


def promised(t: Translator, *, day: str) -> str:
    """Return by when the resident must hear something, as a date."""
    return t("Antwoord beloofd: uiterlijk {day}").format(day=day)


def kept(t: Translator, *, day: str) -> str:
    """Return when the resident heard something."""
    return t("De bewoner kreeg bericht op {day}").format(day=day)


def status(t: Translator, *, status: ReportStatus, holder: str | None, day: str, partner: str | None = None) -> str:
    """Return where the report stands, who has it and since when; *partner*: to whom it was passed on."""
    name = {
        ReportStatus.RECEIVED: t("ontvangen"),
        ReportStatus.TAKEN: t("opgepakt"),
        ReportStatus.ASKED: t("vraag aan bewoner"),
        ReportStatus.FORWARDED: t("doorgezet"),
        ReportStatus.CLOSED: t("afgerond"),
    }[status]
    if partner and status is ReportStatus.FORWARDED:
        name = t("doorgezet naar {partner}").format(partner=escape(partner))
    if holder is None:
        return t("Status: <b>{status}</b>, nog van niemand").format(status=name)
    return t("Status: <b>{status}</b> door {holder} op {day}").format(status=name, holder=escape(holder), day=day)


def closed(t: Translator, *, reason: str, holder: str | None, day: str) -> str:
    """Return the status line of a closed report."""
    if holder is None:
        return t("Status: <b>afgerond</b> op {day}: {reason}").format(day=day, reason=reason)
    line = t("Status: <b>afgerond</b> door {holder} op {day}: {reason}")
    return line.format(holder=escape(holder), day=day, reason=reason)


def reason(t: Translator, of: CloseReason, detail: str | None = None) -> str:
    """Return why a report was closed, with what belongs to it."""
    name = {
        CloseReason.JOINS_ACTIVITY: t("doet mee met {detail}"),
        CloseReason.BELONGS_TO: t("hoort bij {detail}"),
        CloseReason.ALREADY_REPORTED: t("al gemeld ({detail})"),
    }.get(of)
    return name.format(detail=escape(detail)) if name and detail else labels.close_reason(t, of)


def moved(t: Translator, *, number: str, desk: str, day: str) -> str:
    """Return the old desk's card of a report that went elsewhere."""
    return t("<b>{number}</b> staat nu bij {desk}, sinds {day}.").format(number=number, desk=escape(desk), day=day)


def files(t: Translator, *, counts: dict[MediaKind, int], below: bool) -> str:
    """Return how many files there are; *below*: photos and videos stand below the card."""
    pictures = counts.get(MediaKind.PHOTO, 0) + counts.get(MediaKind.VIDEO, 0)
    spoken = sum(counts.get(kind, 0) for kind in (MediaKind.VOICE, MediaKind.VIDEO_NOTE, MediaKind.AUDIO))
    documents = counts.get(MediaKind.DOCUMENT, 0)
    parts = []
    if pictures and below:
        parts.append(t.ngettext("📷 {n} foto of video, hieronder", "📷 {n} foto's of video's, hieronder", pictures))
    elif pictures:
        parts.append(t.ngettext("📷 {n} foto of video", "📷 {n} foto's of video's", pictures))
    if spoken:
        parts.append(t.ngettext("🎤 {n} spraakbericht", "🎤 {n} spraakberichten", spoken))
    if documents:
        parts.append(t.ngettext("📎 {n} bestand", "📎 {n} bestanden", documents))
    numbers = (number for number in (pictures, spoken, documents) if number)
    return " · ".join(part.format(n=number) for part, number in zip(parts, numbers, strict=True))


def pass_on(t: Translator) -> str:
    """Return the line of a report that the resident wants passed on to the municipality."""
    return t("Vraagt: geef het door aan de gemeente.")


def call_hint(t: Translator) -> str:
    """Return the line of an open card whose resident wants to be called; the number stands in private only."""
    return t("📞 Wil gebeld worden. Het nummer staat in je privéchat.")


def call_me(t: Translator, *, number: str, part_of_day: str | None, language: str | None) -> str:
    """Return the phone number of a resident who would rather be called; in private only."""
    more = ", ".join(escape(each) for each in (part_of_day, language) if each)
    line = t("📞 Wil gebeld worden: {number}").format(number=escape(number))
    return f"{line} ({more})" if more else line


def no_write_back(t: Translator) -> str:
    """Return the line of a report whose resident wants no messages."""
    return t("Wil geen bericht. De bewoner komt zelf terug en leest het dan.")


def unreachable(t: Translator) -> str:
    """Return the line of a report whose resident can't be reached any more."""
    return t("⛔ Een bericht komt niet aan: de bewoner heeft Buurtbode gestopt.")


def last_words(t: Translator, *, day: str) -> str:
    """Return when a resident last said something."""
    return t("💬 De bewoner schreef op {day}").format(day=day)


def erased(t: Translator) -> str:
    """Return what stands on a card in place of words that were erased."""
    return t("De tekst en de bestanden zijn gewist.")


def note(t: Translator, *, name: str, day: str, text: str) -> str:
    """Return a worker's note on a card."""
    line = t("📝 {name}, {day}: {text}")
    return line.format(name=escape(name), day=day, text=escape(shorten(text, LINE_ON_CARD)))


def talk_line(t: Translator, *, name: str, day: str, text: str) -> str:
    """Return one line of what was said between resident and worker."""
    return f"<b>{escape(name)}</b>, {day}: {escape(shorten(text, LINE_ON_CARD))}"


def why(t: Translator, *, position: int, criteria: list[str]) -> str:
    """Return the rule by which a report came here; *position* counts from 1, *criteria* as `why_*`."""
    if not criteria:
        return t("Waarom hier? Regel {n}: geen andere regel past.").format(n=position)
    return t("Waarom hier? Regel {n}: {criteria}.").format(n=position, criteria="; ".join(criteria))


def why_unknown(t: Translator) -> str:
    """Return the answer when the rule is no longer there."""
    return t("Waarom hier? De regels zijn sindsdien veranderd.")


def why_kinds(t: Translator, kinds: list[Kind]) -> str:
    """Return that a rule asks about the kind; without *kinds* it does not say which."""
    return t("soort {names}").format(names=", ".join(labels.kind(t, kind) for kind in kinds)) if kinds else t("soort")


def why_themes(t: Translator, themes: list[Theme]) -> str:
    """Return that a rule asks about the theme."""
    return t("thema {names}").format(names=", ".join(labels.theme(t, theme) for theme in themes))


def why_areas(t: Translator, names: list[str]) -> str:
    """Return that a rule asks about the wijk."""
    return t("wijk {names}").format(names=", ".join(escape(name) for name in names))


def why_regions(t: Translator, names: list[str]) -> str:
    """Return that a rule asks about the region."""
    return t("gebied {names}").format(names=", ".join(escape(name) for name in names))


# -- questions of menus -----------------------------------------------------------------------------------------


def menu_question(t: Translator, menu: str) -> str:
    """Return the line that an opened menu adds to the card."""
    return {
        "correct": t("Wat klopt er niet?"),
        "kind": t("Welke soort is het?"),
        "theme": t("Welk thema is het?"),
        "region": t("In welk gebied?"),
        "area": t("Welke wijk?"),
        "close": t("Hoe is het afgelopen? De bewoner krijgt bericht."),
        "hand": t("Wie neemt het over?"),
        "photos": t("Welke foto of video moet weg? Kijk of er mensen, kinderen of kentekens op staan."),
    }.get(menu, "")


# -- lists ------------------------------------------------------------------------------------------------------


def one_line(t: Translator, *, number: str, danger: bool, theme: Theme, area: str | None, status_name: str) -> str:
    """Return a report as the label of its button on a list (no HTML): nothing that a sealed card may not show."""
    parts = (number, labels.theme(t, theme), area or t("wijk onbekend"), status_name)
    return ("⚠ " if danger else "") + labels.PART.join(parts)


def status_name(t: Translator, *, status: ReportStatus, holder: str | None) -> str:
    """Return the status in a word, with who has it (no HTML)."""
    if status is ReportStatus.CLOSED:
        return t("afgerond")
    return holder or t("nog van niemand")
