"""What a repairer can repair, and the first name by which the hosts know them."""

from bot.domain.activities.repairing import Skill
from bot.texts.translator import Translator, escape


def skills_key(t: Translator) -> str:
    """Return the button to what one can repair."""
    return t("🧰 Wat kan ik repareren?")


def skills(t: Translator, *, name: str | None) -> str:
    """Return the page of what one can repair."""
    lines = [t("<b>Wat kan jij repareren?</b>"), t("Tik aan wat je kunt. Nog eens tikken haalt het weg.")]
    if name:
        lines.append(t("De gastvrouw of gastheer ziet je als: {name}.").format(name=escape(name)))
    else:
        lines.append(t("De gastvrouw of gastheer ziet je naam nog niet."))
    return "\n".join([*lines, t("Dit is gewist 90 dagen na je laatste keer.")])


def skill(t: Translator, of: Skill) -> str:
    """Return a skill."""
    return {
        Skill.ELECTRICAL: t("apparaten met een stekker"),
        Skill.ELECTRONICS: t("elektronica, beeld en geluid"),
        Skill.COMPUTER: t("computers"),
        Skill.TEXTILE: t("kleding en stof"),
        Skill.BICYCLE: t("fietsen"),
        Skill.WOOD: t("hout en meubels"),
        Skill.MECHANICAL: t("wat draait of klemt"),
        Skill.SHARPENING: t("slijpen"),
        Skill.CLOCK: t("klokken"),
        Skill.JEWELLERY: t("sieraden"),
    }[of]


def skill_key(t: Translator, of: Skill, *, can: bool) -> str:
    """Return the button of a skill, ticked or not."""
    return f"{'☑️' if can else '⬜'} {skill(t, of)}"


def name_key(t: Translator) -> str:
    """Return the button that tells one's first name."""
    return t("✏️ Mijn voornaam")


def ask_name(t: Translator) -> str:
    """Return the question for a first name."""
    return t("Hoe heet je? Typ alleen je voornaam.")


def no_name(t: Translator) -> str:
    """Return the answer to what is no name."""
    return t("Dat is geen voornaam. Typ hem nog eens.")
