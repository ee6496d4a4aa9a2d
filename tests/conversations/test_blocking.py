"""*Blokkeren* from the card: nobody sees who it is, the resident keeps 112 and our number, and it can be undone."""

from datetime import timedelta

from bot.services import retention
from handlers.staff.buttons import Block
from storage.models import Organisation, Person, Report
from storage.queries import reports as queries
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town
from tests.town_people import Someone


async def _blocks(worker: Someone, told: Told) -> None:
    await worker.taps("Meer…", on=told.card)
    await worker.taps("Blokkeren", on=told.card)
    assert "Wil je deze bewoner blokkeren?" in told.card.text
    await worker.taps("Ja, blokkeren", on=told.card)


async def test_a_worker_blocks_and_unblocks_without_seeing_who_it_is(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    async with town.writing() as work:
        organisation = await work.session.get_one(Organisation, 1)
        organisation.privacy = organisation.privacy | {"phone": "036 555 0100"}
    told = await tells(town, fatima, "Jullie zijn allemaal dom")
    other = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await _blocks(samira, told)
    assert samira.toast == "De bewoner is geblokkeerd."
    assert "🚫 Bewoner geblokkeerd op maandag 23 november" in told.card.text
    assert "geblokkeerd" not in other.card.text  # no card tells that both are of one person
    for words in ("Nog een melding", "Er is brand"):
        await fatima.says(words)
        assert fatima.sees == "Je kunt hier nu niets melden. Gevaar? Bel 112. Vragen? De Schoor: 036 555 0100."
    await fatima.says("/meldingen")
    await fatima.taps(f"M-2026-{told.number}")
    await fatima.taps("Schrijf erbij")
    assert "Gevaar? Bel 112." in fatima.sees
    assert not any("Fatima" in text or str(fatima.id) in text for text in town.desk("stad-west").readable)

    await samira.taps("Meer…", on=told.card)
    await samira.taps("Deblokkeren", on=told.card)
    assert "geblokkeerd" not in told.card.text
    await fatima.says("De lantaarnpaal is weer kapot")
    assert "Waar gaat het over?" in fatima.sees


async def test_a_block_from_a_second_card_stays_when_the_first_is_lifted(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    first, second = [await tells(town, fatima, f"Lamp {n} is kapot") for n in (1, 2)]
    for told in (first, second):
        await samira.taps("Ik pak het op", on=told.card)
        await _blocks(samira, told)
    await samira.taps("Meer…", on=first.card)
    await samira.taps("Deblokkeren", on=first.card)
    await fatima.says("Hallo, er ligt glas")
    assert "Gevaar? Bel 112." in fatima.sees


async def test_of_a_sealed_report_it_happens_in_private_and_only_by_who_has_it(town: Town) -> None:
    fatima, samira, omar = town.resident("Fatima"), town.worker("Samira"), town.worker("Omar")
    told = await tells(town, fatima, "Ruzie over de heg", kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Meer…", on=told.card)
    assert "Blokkeren" not in told.card.labels
    report = await told.report()
    await omar.forges(Block(report.id, report.version, on=True).encode(), on=told.card)
    assert (await told.report()).blocked_at is None
    await samira.taps("Open in privé", on=told.card)
    await samira.taps("Meer…")
    await samira.taps("Blokkeren")
    await samira.taps("Ja, blokkeren")
    assert (await told.report()).blocked_at is not None
    assert "geblokkeerd" not in told.card.text
    report = await told.report()
    await samira.forges(Block(report.id, report.version - 1, on=False).encode())
    assert (await told.report()).blocked_at is not None


async def test_a_block_ends_when_no_card_knows_its_resident_any_more(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await _blocks(samira, told)
    await samira.taps("Afronden", on=told.card)
    await samira.taps("opgelost", on=told.card)
    async with town.database.write(town.now + timedelta(days=91)) as work:
        while any((await retention.erase_some(work)).values()):
            pass
    async with town.reading() as work:
        report = await work.session.get_one(Report, (await told.report()).id)
        person = await work.session.get_one(Person, fatima.id)
        assert (report.resident_id, person.blocked_at) == (None, None)


async def test_a_late_part_of_an_album_is_not_taken_from_who_was_blocked(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    told = await tells(town, fatima, "De lantaarnpaal is kapot", photos=2)
    album = next(m.media_group_id for m in reversed(fatima.person.chat.messages) if m.media_group_id)
    await samira.taps("Ik pak het op", on=told.card)
    await _blocks(samira, told)
    await fatima.does(lambda person: person.sends_photo(fatima.id, album=album))
    assert "Gevaar? Bel 112." in fatima.sees
    report = await told.report()
    async with town.reading() as work:
        assert len(await queries.media_of(work.session, report.id)) == 2
