"""Taking a role away works at once: buttons, links, private cards, group membership; open reports go back."""

from sqlalchemy import select

from bot.domain.enums import ReportStatus
from bot.services import setup
from bot.services.town.areas import builtin
from storage.models import Desk
from tests.conversations.telling import NUISANCE, tells
from tests.town import TOWN_FILE, Town

SECRET = "Mijn bovenbuurman schreeuwt elke nacht"


async def takes_role_from(town: Town, name: str) -> None:
    """Wilma takes the role of worker away from somebody."""
    wilma = town.worker("Wilma")
    await wilma.starts()
    await wilma.says("/rollen")
    await wilma.taps(f"{name} · buurtwerker")
    assert f"Neem je de rol buurtwerker weg van {name}?" in wilma.sees
    await wilma.taps("Ja, weghalen")
    assert wilma.was_told(f"{name} is geen buurtwerker meer.")


async def test_everything_that_came_with_the_role_is_gone_at_once(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await omar.starts()
    sealed = await tells(town, town.resident("Fatima"), SECRET, kind=NUISANCE)
    lamp = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=sealed.card)
    await omar.taps("Ik pak het op", on=lamp.card)
    assert omar.was_told(SECRET)
    pressed = omar.message.buttons[0][0]["callback_data"]

    await takes_role_from(town, "Omar")
    assert not omar.was_told(SECRET)
    for told in (sealed, lamp):
        assert "Status: ontvangen, nog van niemand" in told.card.text
        assert (await told.report()).status is ReportStatus.RECEIVED
    assert town.desk("stad-west").chat.member(omar.id) is None
    await omar.forges(pressed)
    assert omar.toast == "Dit kunnen alleen de buurtwerkers van deze triagegroep."
    assert "De lantaarnpaal is kapot" in lamp.card.text

    await samira.starts()
    await samira.taps("Ik pak het op", on=sealed.card)
    assert samira.was_told(SECRET)


async def test_who_can_not_be_put_out_of_the_group_is_a_stranger_there(town: Town) -> None:
    told = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    wilma = town.worker("Wilma")
    await takes_role_from(town, "Samira")  # who owns the group
    assert "lantaarnpaal" not in told.card.text
    assert wilma.sees.startswith("In de groep van Stad West zit iemand die ik niet ken")
    async with town.reading() as work:
        desk = (await work.session.scalars(select(Desk).where(Desk.key == "stad-west"))).one()
        assert (desk.contact_id, desk.sealed_cards_only) == (wilma.id, True)


async def test_the_set_up_file_does_not_give_it_back_and_takes_as_well(town: Town) -> None:
    omar = town.worker("Omar")
    told = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=told.card)
    assert "opgepakt door Omar" in told.card.text
    text = TOWN_FILE.read_text().replace("workers: [9001, 9002]", "workers: [9001]")
    file, lines = setup.parse(text)
    async with town.writing() as work:
        await setup.load(work, file, lines, builtin())
    await town.settle()
    assert "Status: ontvangen, nog van niemand" in told.card.text


async def test_only_a_beheerder_takes_roles_and_the_last_one_stays(town: Town) -> None:
    wilma, omar = town.worker("Wilma"), town.worker("Omar")
    await omar.starts()
    await omar.says("/rollen")
    assert not omar.was_told("Van wie neem je een rol weg?")
    await wilma.starts()
    await wilma.says("/rollen")
    await wilma.taps("Samira · buurtwerker")
    sure = wilma.message.buttons[0][0]["callback_data"]
    await omar.forges(sure)
    assert omar.sees == "Dit kan alleen de beheerder."

    await wilma.taps("Terug naar de lijst")
    await wilma.taps("Wilma · beheerder")
    await wilma.taps("Ja, weghalen")
    assert wilma.sees.startswith("Dit is de laatste beheerder.")
    await wilma.forges(sure)
    await wilma.forges(sure)
    assert wilma.sees == "Die rol was al weg."


async def _loads(town: Town, *changes: tuple[str, str]) -> None:
    text = TOWN_FILE.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file, lines = setup.parse(text)
    async with town.writing() as work:
        await setup.load(work, file, lines, builtin())
    await town.settle()


async def test_another_contact_in_the_set_up_file_closes_what_the_old_one_opened(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    for worker in (samira, omar):
        await worker.starts()
    sealed = await tells(town, town.resident("Fatima"), SECRET, kind=NUISANCE)
    await omar.taps("Ik pak het op", on=sealed.card)
    await samira.taps("Openen", on=sealed.card)
    assert samira.was_told(SECRET)

    await _loads(town, ("workers: [9001, 9002], contact: 9001", "workers: [9001, 9002], contact: 9002"))
    assert not samira.was_told(SECRET)
    assert omar.was_told(SECRET)


async def test_who_leaves_the_desk_by_the_set_up_file_keeps_no_card_that_was_only_read(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    for worker in (samira, omar):
        await worker.starts()
    sealed = await tells(town, town.resident("Fatima"), SECRET, kind=NUISANCE)
    lamp = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=sealed.card)
    await samira.taps("Ik pak het op", on=lamp.card)
    await omar.taps("Meer…", on=lamp.card)
    await omar.taps("Open in privé", on=lamp.card)
    assert omar.was_told("De lantaarnpaal is kapot")

    await _loads(town, ("workers: [9001, 9002]", "workers: [9001]"))
    assert not omar.was_told("De lantaarnpaal is kapot")
    assert not omar.was_told(SECRET)


async def test_who_loses_the_role_while_writing_sends_nothing_and_writes_on_as_a_resident(town: Town) -> None:
    omar, fatima = town.worker("Omar"), town.resident("Fatima")
    await omar.starts()
    sealed = await tells(town, fatima, SECRET, kind=NUISANCE)
    await omar.taps("Ik pak het op", on=sealed.card)
    await omar.taps("Antwoord")
    await omar.says("Ik bel morgen bij u aan")
    send = next(key["callback_data"] for row in omar.message.buttons for key in row if "Versturen" in key["text"])
    assert omar.was_told(SECRET)

    await takes_role_from(town, "Omar")
    assert not omar.was_told(SECRET)
    await omar.forges(send)
    assert not fatima.was_told("Ik bel morgen bij u aan")
    await omar.says("Er ligt rommel bij de speeltuin")
    assert "Waar gaat het over?" in omar.sees, [m.text for m in omar.messages]


async def test_what_is_typed_into_a_draft_after_the_role_went_is_refused_once(town: Town) -> None:
    omar, fatima = town.worker("Omar"), town.resident("Fatima")
    await omar.starts()
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=lamp.card)
    await omar.taps("Antwoord", on=lamp.card)
    await takes_role_from(town, "Omar")
    await omar.says("Ik kom kijken")
    assert omar.sees == "Dit kunnen alleen de buurtwerkers van deze triagegroep."
    assert not omar.was_told("lantaarnpaal")
    await omar.says("Er ligt rommel bij de speeltuin")
    assert "Waar gaat het over?" in omar.sees
    assert not fatima.was_told("Ik kom kijken")
