"""Names of kinds, themes and statuses as people read them: on buttons, on cards and in sentences."""

from functools import lru_cache

from bot.domain.enums import CloseReason, Kind, ReportStatus, Theme
from bot.texts.translator import Translator

#: Stands between the parts of a line; what matters most comes first.
PART = " · "
#: Names that stand on very many screens are put together once: for each sort, in a few languages.
_NAMES = 100


@lru_cache(maxsize=_NAMES)
def kind(t: Translator, of: Kind) -> str:
    """Return the name of a kind, as it stands on its button."""
    return {
        Kind.PLACE: t("📍 Een plek op straat"),
        Kind.NUISANCE: t("👥 Overlast of ruzie"),
        Kind.PERSON: t("👤 Ik maak me zorgen om iemand"),
        Kind.SELF: t("🙋 Mijzelf of mijn gezin"),
        Kind.IDEA: t("💡 Een idee voor de buurt"),
        Kind.OPPORTUNITY: t("🌱 Een kans voor de buurt"),
    }[of]


@lru_cache(maxsize=_NAMES)
def theme(t: Translator, of: Theme) -> str:
    """Return the name of a theme in plain words, as it stands on its button."""
    return {
        Theme.POVERTY: t("💶 Geld en armoede"),
        Theme.LONELINESS: t("🪑 Eenzaam zijn"),
        Theme.COHESION: t("🤝 Samen leven"),
        Theme.HEALTH: t("🩺 Gezondheid"),
        Theme.SAFETY: t("🛡 Veiligheid"),
        Theme.LIVABILITY: t("🏘 De straat en de buurt"),
        Theme.SUSTAINABILITY: t("♻️ Groen en energie"),
        Theme.OTHER: t("❔ Iets anders"),
    }[of]


@lru_cache(maxsize=_NAMES)
def status(t: Translator, of: ReportStatus) -> str:
    """Return where a report stands, as its resident reads it."""
    return {
        ReportStatus.RECEIVED: t("Ontvangen"),
        ReportStatus.TAKEN: t("Opgepakt"),
        ReportStatus.ASKED: t("Wij wachten op jouw antwoord"),
        ReportStatus.FORWARDED: t("Doorgezet"),
        ReportStatus.CLOSED: t("Afgerond"),
    }[of]


def close_reason(t: Translator, of: CloseReason) -> str:
    """Return why a report was closed, as its resident reads it."""
    return {
        CloseReason.SOLVED: t("opgelost"),
        CloseReason.PARTLY_SOLVED: t("deels opgelost"),
        CloseReason.TALKED: t("gesprek gehad"),
        CloseReason.VISITED: t("huisbezoek"),
        CloseReason.JOINS_ACTIVITY: t("je doet mee met een activiteit"),
        CloseReason.INITIATIVE: t("initiatief gestart"),
        CloseReason.BELONGS_TO: t("hoort bij een ander"),
        CloseReason.COULD_NOT: t("kon niet"),
        CloseReason.ALREADY_REPORTED: t("al gemeld"),
        CloseReason.OWN_FILE: t("overgedragen naar eigen dossier"),
        CloseReason.WITHDRAWN: t("ingetrokken"),
        CloseReason.SELF_REPORTED: t("zelf gemeld"),
        CloseReason.NO_MOVEMENT: t("lang niets gebeurd"),
        CloseReason.ERASED: t("gewist"),
    }[of]
