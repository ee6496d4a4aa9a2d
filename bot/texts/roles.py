"""`/rollen`: what the beheerder reads while taking a role away. B1."""

from bot.domain.enums import RoleName
from bot.texts.translator import Translator, escape


def role_name(t: Translator, of: RoleName) -> str:
    """Return the name of a role."""
    return {
        RoleName.WORKER: t("buurtwerker"),
        RoleName.ADMIN: t("beheerder"),
        RoleName.SAFETY: t("veiligheidsfunctionaris"),
    }[of]


def overview(t: Translator) -> str:
    """Return what stands above the list."""
    return t("Van wie neem je een rol weg? Een rol geven doe je in het instelbestand.")


def holding(t: Translator, *, name: str, role: RoleName) -> str:
    """Return the button of somebody's role (no HTML)."""
    return f"{name} · {role_name(t, role)}"


def sure(t: Translator, *, name: str, role: RoleName) -> str:
    """Return the question before a role is taken away."""
    line = t(
        "Neem je de rol {role} weg van {name}? Dat geldt meteen: knoppen, links en roosters. "
        "Open meldingen gaan terug naar de groep."
    )
    return line.format(role=role_name(t, role), name=escape(name))


def yes(t: Translator) -> str:
    """Return the yes to it."""
    return t("Ja, weghalen")


def back(t: Translator) -> str:
    """Return the button back to the list."""
    return t("⬅️ Terug naar de lijst")


def done(t: Translator, *, name: str, role: RoleName) -> str:
    """Return what became of it."""
    return t("{name} is geen {role} meer.").format(name=escape(name), role=role_name(t, role))


def same(t: Translator) -> str:
    """Return the answer when the role was gone already."""
    return t("Die rol was al weg.")


def last(t: Translator) -> str:
    """Return the answer when it is the last beheerder."""
    return t("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")


def not_admin(t: Translator) -> str:
    """Return the answer to who is no beheerder."""
    return t("Dit kan alleen de beheerder.")
