"""`/privacy`: what is kept of people, for how long, and what they may ask.

Each table with personal data has its line here, with the time that its column names: a test compares the two.
"""

from bot.texts.translator import Translator, escape


def page(t: Translator, *, organisation: str, controller: str, contact: str, dpo: str | None) -> str:
    """Return the privacy page: who, why, what, how long, and what you may ask."""
    who = t(
        "<b>Wat wij bewaren</b>\n\n"
        "Buurtbode is van {organisation}. Verantwoordelijk: {controller}.\n"
        "Wij gebruiken wat je stuurt om je te helpen. Dat is onze taak in de buurt."
    ).format(organisation=escape(organisation), controller=escape(controller))
    ask = t(
        "Wij zien je naam niet. Telegram weet wel wie je bent.\n"
        "Je mag vragen wat wij van je hebben, en het laten wissen: {contact}.\n"
        "Wat in deze chat staat, wis je zelf: verwijder het gesprek in Telegram."
    ).format(contact=escape(contact))
    if dpo:
        ask += "\n" + t("Toezicht op privacy: {dpo}.").format(dpo=escape(dpo))
    return "\n\n".join([who, _reports(t), _activities(t), _teams(t), ask])


def _reports(t: Translator) -> str:
    return t(
        "<b>Meldingen</b>\n"
        "• Een bericht dat je niet verstuurt, is na 7 dagen weg.\n"
        "• 1 jaar na het afronden wissen wij de tekst en foto’s van je melding.\n"
        "• 90 dagen na het afronden weten wij niet meer van wie de melding was.\n"
        "• Van een locatie bewaren wij de wijk. Bij een plek op straat ook een punt van ongeveer 25 meter.\n"
        "• Wij schrijven op wie van ons iets opent. Dat wissen wij na 2 jaar."
    )


def _activities(t: Translator) -> str:
    return t(
        "<b>Activiteiten</b>\n"
        "• Een aanmelding wissen wij 90 dagen na de dag. Ook de voornaam van wie jij aanmeldt, en of je er was.\n"
        "• Wat je laat repareren, en de foto: 90 dagen na de dag. Ook wat jij kunt repareren.\n"
        "• Het adres van je verkoopplek, en wat je verkoopt: een week na de dag. Ook je sterren.\n"
        "• Wil je nieuws? Je keuze wissen wij na 2 jaar. Zet je het uit, dan meteen.\n"
        "• Je geheime link voor je agenda: tot een half jaar na het laatste gebruik. "
        "Wij kunnen de link niet teruglezen. Je kunt hem zelf weghalen bij “Waar ik heen ga”."
    )


def _teams(t: Translator) -> str:
    return t(
        "<b>Buurtpreventie</b>\n"
        "• Wie liep, en de regel erbij: 90 dagen. Nieuws van het team ook 90 dagen.\n"
        "• De vraag “wie loopt mee?” is na 7 dagen weg.\n"
        "• Van een VOG bewaren wij alleen de datum, zolang je in het team zit."
    )
