"""`/privacy` names all that is kept of people, with the time after which it goes."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain.enums import Language
from bot.texts import Translator, privacy
from storage.models import Base

_MACHINE = "no longer than the message it carries, or of staff, partners and who looks after something only"
_STAYS = "until erased on request"
#: By table: the words that name it to people. A new table with personal data fails until it is named here and there.
NAMED = {
    "absence": _MACHINE,
    "activity": _MACHINE,
    "announcement": _MACHINE,
    "audit_entry": "wie van ons iets opent",
    "calendar_feed": "geheime link voor je agenda",
    "consent": "van wie de melding was",
    "dead_update": _MACHINE,
    "desk": _MACHINE,
    "desk_worker": _MACHINE,
    "dialogue": "dat je niet verstuurt",
    "group_guest": _MACHINE,
    "learned_themes": _MACHINE,
    "news_wish": "nieuws? Je keuze",
    "occurrence": _MACHINE,
    "offer": "Een aanmelding",
    "opening": _MACHINE,
    "outbox": _MACHINE,
    "partner": _MACHINE,
    "partner_mail": "tekst en foto’s van je melding",
    "person": _STAYS,
    "person_skill": "wat jij kunt repareren",
    "repair_item": "Wat je laat repareren",
    "report": "tekst en foto’s van je melding",
    "report_event": "van wie de melding was",
    "report_follower": "van wie de melding was",
    "report_media": "tekst en foto’s van je melding",
    "report_message": "tekst en foto’s van je melding",
    "report_note": "tekst en foto’s van je melding",
    "report_word": "tekst en foto’s van je melding",
    "role_grant": _MACHINE,
    "round": "Wie liep, en de regel erbij",
    "round_arrival": "Wie liep",
    "signup": "voornaam van wie jij aanmeldt, en of je er was",
    "stall": "adres van je verkoopplek, en wat je verkoopt",
    "stall_favourite": "je sterren",
    "team": _MACHINE,
    "team_member": "Van een VOG bewaren wij alleen de datum, zolang je in het team zit",
    "team_news": "Nieuws van het team",
    "walk_call": "wie loopt mee?",
}
#: What a column's rule is called on the page.
TIMES = {
    "2 years": "2 jaar",
    "half a year": "een half jaar",
    "7 days": "7 dagen",
    "a week": "een week",
    "90 days": "90 dagen",
    "1 year": "1 jaar",
}


def _page(language: Language = Language.DUTCH) -> str:
    t = Translator(language, ZoneInfo("Europe/Amsterdam"))
    return privacy.page(t, organisation="De Schoor", controller="De Schoor", contact="x@example.org", dpo="fg")


_TABLES = {
    table.name: {column.info["personal"] for column in table.columns if column.info.get("personal")}
    for table in Base.metadata.sorted_tables
    if any(column.info.get("personal") for column in table.columns)
}


def test_each_table_with_personal_data_is_named() -> None:
    assert set(NAMED) == set(_TABLES)


@pytest.mark.parametrize("table", sorted(name for name, words in NAMED.items() if words not in (_MACHINE, _STAYS)))
def test_the_page_says_when_it_goes_as_its_columns_do(table: str) -> None:
    line = next((line for line in _page().splitlines() if NAMED[table] in line), None)
    assert line is not None, f"/privacy does not name {table}"
    times = {TIMES[time] for rule in _TABLES[table] for time in TIMES if rule.startswith((time, f"contact {time}"))}
    assert not times or any(time in line for time in times), (line, times)


@pytest.mark.parametrize("language", list(Language))
def test_the_page_fits_in_one_message(language: Language) -> None:
    assert len(_page(language)) < 4096
    assert "x@example.org" in _page(language)
