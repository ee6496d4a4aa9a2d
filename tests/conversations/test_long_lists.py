"""Lists of names and reports longer than a keyboard: Telegram takes 100 keys, so they come in pages."""

import pytest

from bot.domain.enums import PartnerKind, Reachable, RoleName
from storage.models import DeskWorker, Partner, Person, Report, ReportFollower, RoleGrant
from storage.queries import absence as absence_queries
from storage.queries import staff
from storage.queries import triage as queries
from tests.conversations.telling import tells
from tests.post_office import PostOffice
from tests.town import Town
from tests.town_people import Someone

MANY = 110


async def _many_colleagues(town: Town) -> None:
    """So many more workers at the desk of Stad West, Naam 000 and on."""
    async with town.writing() as work:
        (desk,) = await staff.desks_of(work.session, town.worker("Omar").id)
        for number in range(MANY):
            town.world.add_person(f"Naam {number:03}", id=20_000 + number)
            who = Person(id=20_000 + number, created_at=town.now, name=f"Naam {number:03}", reachable=Reachable.YES)
            work.session.add(who)
        await work.session.flush()
        for number in range(MANY):
            person_id = 20_000 + number
            work.session.add(RoleGrant(person_id=person_id, role=RoleName.WORKER, given_at=town.now))
            work.session.add(DeskWorker(desk_id=desk.id, person_id=person_id))


async def _pages(who: Someone) -> list[list[str]]:
    """Return the labels of this page and of all behind it, turning them."""
    pages = [list(who.buttons)]
    while any("Volgende" in label for label in pages[-1]):
        await who.taps("Volgende")
        pages.append(list(who.buttons))
    return pages


def _named(pages: list[list[str]]) -> list[str]:
    return [label for page in pages for label in page if label.startswith("Naam")]


async def test_roles_of_very_many_people_come_in_pages(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await _many_colleagues(town)
    await wilma.says("/rollen")
    pages = await _pages(wilma)
    assert _named(pages) == [f"Naam {number:03} · buurtwerker" for number in range(MANY)]
    assert "Omar · buurtwerker" in pages[-1]
    await wilma.taps("Vorige")
    assert wilma.buttons == pages[-2]
    label = _named([wilma.buttons])[0]
    await wilma.taps(label)
    await wilma.taps("Ja, weghalen")
    await wilma.taps("Terug naar de lijst")
    assert wilma.buttons[0] != label, "the page from which it was taken, without that name"
    assert wilma.buttons[:5] == pages[-2][1:6]
    await wilma.says("Naam 001 · buurtwerker")
    assert wilma.sees.startswith("Neem je de rol buurtwerker weg van Naam 001?")


async def test_very_many_colleagues_to_be_away_and_to_replace(town: Town) -> None:
    samira = town.worker("Samira")  # the contact
    await samira.starts()
    await _many_colleagues(town)
    await samira.says("/afwezig")
    assert samira.buttons[0] == "Ik"
    pages = await _pages(samira)
    assert _named(pages) == [f"Naam {number:03}" for number in range(MANY)]
    assert all(page[-2:] == ["⬅️ Terug", "✖️ Stoppen"] for page in pages)
    await samira.says("Naam 003")
    assert samira.sees.startswith("Tot en met welke dag is Naam 003 er niet?")
    await samira.says("morgen")
    assert samira.buttons[0] == "Naam 000"
    pages = await _pages(samira)
    assert _named(pages) == [f"Naam {number:03}" for number in range(MANY) if number != 3]
    assert pages[-1][-3] == "Niemand"
    await samira.taps("Omar")
    assert samira.sees == "Naam 003 is er niet t/m dinsdag 24 november. Omar neemt waar."
    async with town.reading() as work:
        (row,) = await absence_queries.of_person(work.session, 20_003)
        assert row.substitute_id == town.worker("Omar").id


async def test_a_tap_that_turns_an_old_list_changes_nothing(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    await _many_colleagues(town)
    await samira.says("/afwezig")
    turn = next(k["callback_data"] for row in samira.message.buttons for k in row if "Volgende" in k["text"])
    await omar.starts()
    await omar.forges(turn)
    assert omar.toast == "Dat had je al beantwoord."
    await samira.says("Naam 005")
    await samira.forges(turn)
    assert samira.toast == "Dat had je al beantwoord."
    assert samira.sees.startswith("Tot en met welke dag is Naam 005 er niet?")


@pytest.mark.parametrize("where", ["group", "private"])
async def test_very_many_colleagues_to_hand_a_report_to(town: Town, where: str) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    await _many_colleagues(town)
    told = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    await omar.taps("Ik pak het op", on=told.card)
    if where == "private":
        await omar.taps("Meer…", on=told.card)
        await omar.taps("Open in privé", on=told.card)

    def card() -> list[str]:
        return told.card.labels if where == "group" else omar.buttons

    async def tap(label: str) -> None:
        await omar.taps(label, on=told.card if where == "group" else omar.message)

    await tap("Meer…")
    await tap("Overdragen")
    seen = _named([card()])
    while any("Volgende" in label for label in card()):
        await tap("Volgende")
        seen += _named([card()])
    assert seen == [f"Naam {number:03}" for number in range(MANY)]
    await tap("Samira")
    assert (await told.report()).holder_id == town.worker("Samira").id


async def _many_partners(town: Town) -> None:
    async with town.writing() as work:
        for number in range(MANY):
            work.session.add(
                Partner(
                    key=f"p{number}", name=f"Naam {number:03}", kind=PartnerKind.COMPANY, email=f"p{number}@example.org"
                )
            )


async def test_very_many_partners_that_a_report_may_belong_to(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    await _many_partners(town)
    told = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Afronden", on=told.card)
    await samira.taps("hoort bij", on=told.card)
    pages = await _pages(samira)
    assert _named(pages) == [f"Naam {number:03}" for number in range(MANY)]
    await samira.taps("Naam 109")
    await samira.taps("Afronden en versturen")
    assert (await told.report()).close_detail == "Naam 109"


async def test_very_many_partners_to_pass_a_report_on_to(mail_town: Town, post: PostOffice) -> None:
    town, samira = mail_town, mail_town.worker("Samira")
    await samira.starts()
    await _many_partners(town)
    told = await tells(town, town.resident("Els"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Doorzetten", on=told.card)
    pages = await _pages(samira)
    assert _named(pages) == [f"Naam {number:03}" for number in range(MANY)]
    await samira.taps("Naam 109")
    await samira.says("Een lamp is stuk.")
    await samira.taps("Versturen")
    assert post.mail["To"] == "Naam 109 <p109@example.org>"


async def test_very_many_reports_that_a_resident_follows(town: Town) -> None:
    els = town.resident("Els")
    first = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await els.starts()
    async with town.writing() as work:
        model = await queries.by_number(work.session, 2026, int(first.number))
        assert model is not None
        own = ("id", "draft_id", "number")
        columns = {c.key: getattr(model, c.key) for c in Report.__table__.columns if c.key not in own}
        for number in range(MANY):
            new = model.id + 1 + number
            report = Report(**columns, id=new, draft_id=new, number=500 + number)
            work.session.add(report)
            await work.session.flush()
            work.session.add(ReportFollower(report_id=report.id, person_id=els.id, joined_at=town.now))
    await els.says("/meldingen")
    pages = await _pages(els)
    seen = [label for page in pages for label in page if "je volgt dit" in label]
    assert seen == [f"🔔 M-2026-{500 + number:04} (je volgt dit)" for number in reversed(range(MANY))]
    await els.taps("Vorige")
    assert els.buttons == pages[-2]
    await els.taps("Volgende")
    await els.taps("M-2026-0500")
    assert els.sees.startswith("Je volgt melding M-2026-0500.")
