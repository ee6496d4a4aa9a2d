"""*Samenvoegen*: one report goes on in another, and everybody concerned hears it without a word of anybody else."""

from handlers.following.buttons import Leave
from handlers.staff.buttons import Menu, MergeInto, ShowMenu
from storage.models import Report
from storage.queries import following as queries
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town
from tests.town_people import Someone


async def _two(town: Town, samira: Someone) -> tuple[Told, Told]:
    """Two residents tell of the same lamp; Samira has both."""
    first = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    second = await tells(town, town.resident("Piet"), "Het is donker bij de speeltuin")
    for told in (first, second):
        await samira.taps("Ik pak het op", on=told.card)
    return first, second


async def test_a_report_goes_on_in_another_and_its_resident_follows_that(town: Town) -> None:
    fatima, piet, samira = town.resident("Fatima"), town.resident("Piet"), town.worker("Samira")
    await samira.starts()
    first, second = await _two(town, samira)

    await samira.taps("Meer…", on=second.card)
    await samira.taps("Samenvoegen", on=second.card)
    assert "Met welke melding? Deze melding wordt afgerond." in second.card.text
    assert "M-2026-0001, maandag 23 november: “De lantaarnpaal is kapot”" in second.card.text
    assert second.card.labels == ["Voeg samen met M-2026-0001", "✏️ Ander nummer", "⬅️ Terug"]

    await samira.taps("Voeg samen met M-2026-0001", on=second.card)
    assert samira.toast == "M-2026-0002 gaat verder in M-2026-0001."
    assert "Status: afgerond door Samira op maandag 23 november: al gemeld (M-2026-0001)" in second.card.text
    assert "👥 1 andere bewoner volgt dit" in first.card.text
    assert "Je melding M-2026-0002 is afgerond door Samira van De Schoor." in piet.sees
    assert "Dit was al gemeld: M-2026-0001." in piet.sees
    assert "Wij gaan verder met M-2026-0001. Je krijgt bericht als daar nieuws over is." in piet.sees

    await samira.taps("Antwoord", on=first.card)
    await samira.says("Ik bel je vanmiddag, Fatima.")
    await samira.taps("Versturen")
    assert fatima.was_told("Ik bel je vanmiddag")
    await samira.taps("Afronden", on=first.card)
    await samira.taps("deels opgelost", on=first.card)
    assert piet.sees == "Nieuws over melding M-2026-0001: die is afgerond.\nHet is voor een deel opgelost."
    for words in ("lantaarnpaal", "Fatima", "vanmiddag"):
        assert not piet.was_told(words)
    assert not fatima.was_told("speeltuin")


async def test_not_solved_takes_ones_own_report_out_of_the_other_one(town: Town) -> None:
    piet, samira = town.resident("Piet"), town.worker("Samira")
    first, second = await _two(town, samira)
    await samira.taps("Meer…", on=second.card)
    await samira.taps("Samenvoegen", on=second.card)
    await samira.taps("Voeg samen met M-2026-0001", on=second.card)
    await samira.taps("Afronden", on=first.card)
    await samira.taps("opgelost", on=first.card)

    await piet.taps("Niet opgelost")
    assert "Je melding M-2026-0002 is weer open." in piet.sees
    assert "Status: opgepakt door Samira" in second.card.text
    assert "volgt dit" not in first.card.text
    async with town.reading() as work:
        report = await work.session.get(Report, (await second.report()).id)
        assert report is not None
        assert report.merged_into is None


async def test_by_number_it_is_previewed_and_says_what_stands_in_the_way(town: Town) -> None:
    piet, samira, wilma = town.resident("Piet"), town.worker("Samira"), town.worker("Wilma")
    await samira.starts()
    first, second = await _two(town, samira)
    await tells(town, town.resident("Els"), "Er ligt grofvuil", area="Filmwijk", desk="stad")
    hurt = await tells(town, town.resident("Bo"), "Er is een steen gegooid", danger=True)
    assert not wilma.was_told("0002")

    await samira.taps("Meer…", on=second.card)
    await samira.taps("Samenvoegen", on=second.card)
    await samira.taps("Ander nummer", on=second.card)
    assert "Met welke melding voeg je deze samen?" in samira.sees
    for number, answer in (
        ("M-2026-0099", "Dat nummer ken ik niet."),
        ("0002", "Dat is dezelfde melding."),
        ("0003", "Die melding staat bij een andere triagegroep."),
        (hurt.number, "Een melding met gevaar kun je niet samenvoegen."),
    ):
        await samira.says(number)
        assert answer in samira.sees

    await samira.says("0001")
    assert "Dit wordt samengevoegd met M-2026-0001 en afgerond. Dit leest de bewoner:" in samira.sees
    assert "Wij gaan verder met M-2026-0001." in samira.sees
    assert not piet.was_told("M-2026-0001")
    await samira.taps("✅ Samenvoegen")
    assert samira.sees == "M-2026-0002 gaat verder in M-2026-0001."
    assert "Wij gaan verder met M-2026-0001." in piet.sees
    assert "👥 1 andere bewoner volgt dit" in first.card.text


async def test_merging_tells_everyone_who_joined_and_they_can_leave_again(town: Town) -> None:
    piet, els, samira = town.resident("Piet"), town.resident("Els"), town.worker("Samira")
    first, second = await _two(town, samira)
    third = await tells(town, els, "De lamp is stuk")
    await samira.taps("Ik pak het op", on=third.card)
    for told, into in ((third, second), (second, first)):
        report, other = await told.report(), await into.report()
        await samira.forges(MergeInto(report.id, report.version, other.id).encode(), on=told.card)

    assert "Je volgt melding M-2026-0002. Die gaat verder als M-2026-0001." in els.sees
    assert "Wij gaan verder met M-2026-0001." in piet.sees
    assert "👥 2 andere bewoners volgen dit" in first.card.text

    await els.taps("Geen bericht meer")
    assert els.sees == "Je krijgt geen bericht meer over melding M-2026-0001."
    await els.forges(Leave((await first.report()).id).encode())
    assert els.sees == "Dit bericht is er niet meer."
    await samira.taps("Afronden", on=first.card)
    await samira.taps("opgelost", on=first.card)
    assert "Nieuws over melding M-2026-0001: die is afgerond." in piet.sees
    assert not els.was_told("die is afgerond")


async def test_a_report_that_is_sealed_later_lets_its_followers_go(town: Town) -> None:
    piet, samira = town.resident("Piet"), town.worker("Samira")
    first, second = await _two(town, samira)
    report, other = await second.report(), await first.report()
    await samira.forges(MergeInto(report.id, report.version, other.id).encode(), on=second.card)
    for label in ("Meer…", "Soort, thema, wijk", "Soort", "Overlast of ruzie"):
        await samira.taps(label, on=first.card)

    assert piet.sees == "Over melding M-2026-0001 krijg je geen bericht meer. Is het er nog? Meld het dan zelf."
    async with town.reading() as work:
        assert await queries.count_of(work.session, other.id) == 0


async def test_sealed_ones_only_go_together_of_one_resident_in_private(town: Town) -> None:
    fatima, samira, omar = town.resident("Fatima"), town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    await omar.starts()
    first = await tells(town, fatima, "De buren schreeuwen elke nacht", kind=NUISANCE)
    second = await tells(town, fatima, "Nu staat hun muziek weer hard", kind=NUISANCE)
    other = await tells(town, town.resident("Piet"), "Mijn buren gooien afval", kind=NUISANCE)
    open_one = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    for told in (first, second, other, open_one):
        await samira.taps("Ik pak het op", on=told.card)
    report, kept = await second.report(), await first.report()
    assert "Samenvoegen" not in second.card.labels
    await samira.forges(ShowMenu(report.id, report.version, Menu.MERGE).encode(), on=second.card)
    assert second.card.labels == ["⬅️ Terug"]

    for wrong in (other, open_one):
        await samira.forges(MergeInto(report.id, report.version, (await wrong.report()).id).encode())
        assert samira.was_told("Dat kan alleen met een verzegelde melding van dezelfde bewoner")
    await omar.forges(MergeInto(report.id, report.version, kept.id).encode())
    assert omar.was_told("Samira heeft deze melding.")

    await samira.taps("Terug", on=second.card)
    await samira.taps("Openen", on=second.card)
    for label in ("Meer…", "Samenvoegen"):
        await samira.taps(label)
    assert "“De buren schreeuwen elke nacht”" in samira.sees
    assert samira.message.protect_content
    assert samira.buttons == ["Voeg samen met M-2026-0001", "✏️ Ander nummer", "⬅️ Terug"]
    await samira.taps("Voeg samen met M-2026-0001")
    assert "afgerond" in second.card.text
    assert fatima.sees == "Je hebt een bericht van De Schoor."
    await fatima.taps("Lezen")
    assert "Dit was al gemeld: M-2026-0001." in fatima.sees
    async with town.reading() as work:
        assert await queries.count_of(work.session, kept.id) == 0


async def test_the_news_of_a_night_waits_for_the_morning(town: Town) -> None:
    piet, samira = town.resident("Piet"), town.worker("Samira")
    first, second = await _two(town, samira)
    report, other = await second.report(), await first.report()
    await samira.forges(MergeInto(report.id, report.version, other.id).encode(), on=second.card)
    await town.advance(hours=13)  # 23:00
    await samira.taps("Afronden", on=first.card)
    await samira.taps("opgelost", on=first.card)
    assert not piet.was_told("Nieuws over melding")
    await town.advance(hours=9, minutes=1)
    assert piet.was_told("Nieuws over melding M-2026-0001: die is afgerond.")
