"""Standard answers: the beheerder keeps them by conversation, and whoever writes an *Antwoord* picks one."""

from bot.domain.enums import Language, RoleName, Theme
from handlers.staff.pages import PickReady
from handlers.standard_answers.buttons import AddAnswer, ChangeAnswer, OfTheme, OpenAnswer, RemoveAnswer
from storage.models import Report, RoleGrant, StandardAnswer
from storage.queries import standard_answers as queries
from tests.conversations.telling import tells
from tests.town import Town
from tests.town_people import Someone

THEME = "🏘 De straat en de buurt"


async def _add(wilma: Someone, title: str, text: str, *, language: str = "Nederlands") -> None:
    await wilma.says("/antwoorden")
    await wilma.taps(THEME)
    await wilma.taps(f"Nieuw in het {language}")
    await wilma.says(title)
    await wilma.says(text)
    assert wilma.sees.startswith("Bewaard.")


async def _all(town: Town) -> list[tuple[Language, str, str]]:
    async with town.reading() as work:
        found = await queries.of_theme(work.session, Theme.LIVABILITY)
        return [(each.language, each.title, each.text) for each in found]


async def test_the_beheerder_adds_edits_and_removes_them(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await wilma.says("/antwoorden")
    assert "Kies een thema." in wilma.sees
    await wilma.taps(THEME)
    assert wilma.buttons == ["🆕 Nieuw in het Nederlands", "🆕 Nieuw in het Engels", "⬅️ Terug"]
    await wilma.taps("Nieuw in het Nederlands")
    assert "Hoe heet dit antwoord?" in wilma.sees
    await wilma.says("x" * 41)
    assert "Dat is te lang." in wilma.sees
    await wilma.sends_photo()
    assert "Stuur het als tekst." in wilma.sees
    await wilma.says("Doorgegeven")
    await wilma.says("terug")
    assert "Hoe heet dit antwoord?" in wilma.sees
    await wilma.says("Doorgegeven")
    await wilma.says("Wij hebben het <doorgegeven>.")
    assert "Doorgegeven · 🏘 De straat en de buurt · Nederlands\nWij hebben het <doorgegeven>." in wilma.sees
    await _add(wilma, "Passed on", "We passed it on.", language="Engels")

    await wilma.says("/antwoorden")
    await wilma.taps(f"{THEME} (2)")
    await wilma.taps("Nieuw in het Nederlands")
    await wilma.says("Doorgegeven")
    assert "Die naam is er al bij dit thema." in wilma.sees
    await wilma.says("stop")
    assert wilma.sees == "Gestopt. Er is niets veranderd."

    await wilma.says("/antwoorden")
    await wilma.taps(f"{THEME} (2)")
    await wilma.taps("Nederlands: Doorgegeven")
    await wilma.taps("✏️ Naam")
    await wilma.says("Bij de gemeente")
    await wilma.taps("✏️ Tekst")
    await wilma.says("De gemeente weet het.")
    assert await _all(town) == [
        (Language.DUTCH, "Bij de gemeente", "De gemeente weet het."),
        (Language.ENGLISH, "Passed on", "We passed it on."),
    ]
    await wilma.taps("Weghalen")
    assert wilma.sees == "“Bij de gemeente” weghalen?"
    await wilma.taps("Ja, haal weg")
    assert wilma.sees.startswith("Weggehaald.")
    assert await _all(town) == [(Language.ENGLISH, "Passed on", "We passed it on.")]


async def test_who_writes_picks_one_of_the_theme_in_the_residents_language_and_may_change_it(town: Town) -> None:
    wilma, samira, fatima = town.worker("Wilma"), town.worker("Samira"), town.resident("Fatima")
    await wilma.starts()
    await samira.starts()
    await _add(wilma, "Doorgegeven", "Wij hebben het doorgegeven.")
    await _add(wilma, "Wij komen kijken", "Wij komen deze week kijken.")
    await _add(wilma, "Passed on", "We passed it on.", language="Engels")
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=lamp.card)

    await samira.taps("Antwoord", on=lamp.card)
    assert "Of kies een standaardantwoord. Je kunt het nog veranderen." in samira.sees
    assert samira.buttons == ["Doorgegeven", "Wij komen kijken", "✖️ Stoppen"]
    await samira.taps("Doorgegeven")
    assert "Wij hebben het doorgegeven." in samira.sees
    assert not samira.message.protect_content, "it must be possible to copy it"
    await samira.taps("Wij komen kijken")
    await samira.says("Wij komen donderdag kijken.")
    assert "Dit gaat naar de bewoner:\nWij komen donderdag kijken." in samira.sees
    assert not fatima.was_told("kijken")
    await samira.taps("Anders schrijven")
    await samira.taps("Doorgegeven")
    await samira.taps("Verder")
    assert "Dit gaat naar de bewoner:\nWij hebben het doorgegeven." in samira.sees
    assert not fatima.was_told("doorgegeven")
    await samira.taps("Versturen")
    assert "Wij hebben het doorgegeven." in fatima.sees

    for label in ("Meer…", "Vraag stellen"):
        await samira.taps(label, on=lamp.card)
    assert samira.buttons == ["✖️ Stoppen"], "a question has none"


async def test_an_english_resident_is_offered_english_ones(town: Town) -> None:
    wilma, samira = town.worker("Wilma"), town.worker("Samira")
    await wilma.starts()
    await samira.starts()
    await _add(wilma, "Doorgegeven", "Wij hebben het doorgegeven.")
    await _add(wilma, "Passed on", "We passed it on.", language="Engels")
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    async with town.writing() as work:
        report = await work.session.get(Report, (await lamp.report()).id)
        assert report is not None
        report.language = Language.ENGLISH
    await samira.taps("Ik pak het op", on=lamp.card)
    await samira.taps("Antwoord", on=lamp.card)
    assert samira.buttons == ["Passed on", "✖️ Stoppen"]


async def test_nobody_else_keeps_them_and_what_is_gone_is_not_picked(town: Town) -> None:
    wilma, samira, fatima = town.worker("Wilma"), town.worker("Samira"), town.resident("Fatima")
    await wilma.starts()
    await samira.starts()
    await _add(wilma, "Doorgegeven", "Wij hebben het doorgegeven.")
    async with town.reading() as work:
        (answer,) = await queries.of_theme(work.session, Theme.LIVABILITY)
    forged = (
        OfTheme(Theme.LIVABILITY),
        OpenAnswer(answer.id),
        AddAnswer(Theme.LIVABILITY, Language.DUTCH),
        ChangeAnswer(answer.id, title=True),
        RemoveAnswer(answer.id, sure=True),
    )
    for who in (samira, fatima):
        await who.says("/antwoorden")
        for button in forged:
            await who.forges(button.encode())
            assert who.sees == "Standaardantwoorden zijn voor de beheerder."
    assert len(await _all(town)) == 1

    lamp = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=lamp.card)
    await samira.taps("Antwoord", on=lamp.card)
    async with town.writing() as work:
        gone = await work.session.get(StandardAnswer, answer.id)
        assert gone is not None
        await work.session.delete(gone)
    await samira.taps("Doorgegeven")
    assert samira.toast == "Dat kan nu niet. Kijk nog eens op de kaart."
    assert samira.buttons == ["✖️ Stoppen"]
    await wilma.forges(RemoveAnswer(answer.id, sure=True).encode())
    assert wilma.was_told("Dit antwoord is er niet meer.")
    await samira.forges(PickReady(1, answer.id).encode())
    assert not fatima.was_told("doorgegeven")


async def test_a_beheerder_who_lost_the_role_halfway_keeps_nothing(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await wilma.says("/antwoorden")
    await wilma.taps(THEME)
    await wilma.taps("Nieuw in het Nederlands")
    await wilma.says("Doorgegeven")
    async with town.writing() as work:
        grant = await work.session.get(RoleGrant, (wilma.id, RoleName.ADMIN))
        assert grant is not None
        grant.taken_at = town.now
    await wilma.says("Wij hebben het doorgegeven.")
    assert wilma.sees == "Standaardantwoorden zijn voor de beheerder."
    assert await _all(town) == []
