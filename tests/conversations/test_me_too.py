"""Me too: neighbours see that more people reported the same, may follow it, and leave it again."""

import pytest

from handlers.report.flow import Answer
from handlers.report.sending import JOIN
from handlers.staff.buttons import GroupWith
from storage.queries import following as queries
from tests.conversations.telling import Told, tells
from tests.town import Town

HERE = (52.3648, 5.2079)
NEAR = (52.3660, 5.2079)
FAR = (52.3690, 5.2079)
MORE = "Meer mensen meldden dit."


async def _grouped(town: Town, count: int) -> list[Told]:
    """So many residents tell of rubbish in one place, and Samira groups their reports."""
    samira = town.worker("Samira")
    reports = [
        await tells(town, town.resident(f"Buur{number}"), f"Er ligt rommel nummer{number}", point=HERE)
        for number in range(1, count + 1)
    ]
    first = reports[0]
    for told in reports:
        await samira.taps("Ik pak het op", on=told.card)
    for told in reports[1:]:
        await samira.taps("Meer…", on=told.card)
        await samira.taps("Samenvoegen", on=told.card)
        await samira.taps(f"Groepeer met M-2026-{first.number}", on=told.card)
        assert samira.toast == "Gegroepeerd. Allebei blijven ze open, en buren kunnen ze volgen."
    return reports


async def test_from_three_others_on_a_neighbour_sees_it_joins_hears_news_and_leaves(town: Town) -> None:
    samira, els = town.worker("Samira"), town.resident("Els")
    reports = await _grouped(town, 3)
    assert "🔗 Gaat over hetzelfde als M-2026-0002, M-2026-0003" in reports[0].card.text

    await tells(town, els, "Bij de speeltuin ligt afval", point=NEAR, send=False)
    assert MORE in els.sees
    for words in ("rommel", "Buur", "nummer1"):
        assert not els.was_told(words)
    await els.taps("Houd mij op de hoogte")
    assert els.sees.startswith("Je krijgt bericht over melding M-2026-000")
    assert "Je eigen melding is niet verstuurd." in els.sees
    number = els.sees.split("M-2026-")[1][:4]
    joined = next(told for told in reports if told.number == number)
    assert "👥 1 andere bewoner volgt dit" in joined.card.text
    assert "afval" not in "".join(town.desk("stad-west").readable)

    await els.says("/meldingen")
    assert f"🔔 M-2026-{number} (je volgt dit)" in els.buttons
    await els.taps("je volgt dit")
    assert els.sees == f"Je volgt melding M-2026-{number}.\nEen buurtwerker is ermee bezig."

    await samira.taps("Afronden", on=joined.card)
    await samira.taps("initiatief gestart", on=joined.card)
    assert (
        els.sees == f"Nieuws over melding M-2026-{number}: die is afgerond.\nEr is een plan van buurtbewoners gestart."
    )

    await els.says("/meldingen")
    await els.taps("je volgt dit")
    await els.taps("Geen bericht meer")
    assert els.sees == f"Je krijgt geen bericht meer over melding M-2026-{number}."
    async with town.reading() as work:
        assert await queries.count_of(work.session, (await joined.report()).id) == 0


@pytest.mark.parametrize(
    "why", ["two others", "far away", "another theme", "about people", "too long ago", "ungrouped"]
)
async def test_otherwise_nobody_sees_that_others_reported_it(town: Town, why: str) -> None:
    samira, els = town.worker("Samira"), town.resident("Els")
    reports = await _grouped(town, 2 if why == "two others" else 3)
    if why == "ungrouped":
        for told in reports:
            for label in ("Meer…", "Samenvoegen", "Uit de groep"):
                await samira.taps(label, on=told.card)
    if why == "too long ago":
        town.sleep(days=86)
    await tells(
        town,
        els,
        "Er ligt afval",
        kind="Overlast of ruzie" if why == "about people" else "Een plek op straat",
        theme="Groen en energie" if why == "another theme" else "De straat en de buurt",
        point=FAR if why == "far away" else NEAR,
        send=False,
    )
    assert MORE not in els.sees
    draft = next(key for row in els.message.buttons for key in row if key["callback_data"].startswith("rq:"))
    forged = Answer.decode(draft["callback_data"])
    assert forged is not None
    await els.forges(Answer(forged.draft, forged.step, JOIN).encode())
    assert not els.was_told("Je krijgt bericht over melding")


async def test_joining_too_late_shows_the_summary_again(town: Town) -> None:
    samira, els = town.worker("Samira"), town.resident("Els")
    reports = await _grouped(town, 3)
    await tells(town, els, "Er ligt afval", point=NEAR, send=False)
    for told in reports:
        await samira.taps("Afronden", on=told.card)
        await samira.taps("opgelost", on=told.card)
    await els.taps("Houd mij op de hoogte")
    assert "Dit stuur ik." in els.sees
    assert MORE not in els.sees
    await els.taps("Versturen")
    assert els.was_told("M-2026-0004")


async def test_only_near_place_reports_of_two_themes_can_be_grouped(town: Town) -> None:
    samira = town.worker("Samira")
    one = await tells(town, town.resident("Fatima"), "Er ligt rommel", point=HERE)
    far = await tells(town, town.resident("Piet"), "Er ligt afval", point=FAR)
    nowhere = await tells(town, town.resident("Bo"), "Er ligt grofvuil")
    await samira.taps("Ik pak het op", on=one.card)
    for label in ("Meer…", "Samenvoegen"):
        await samira.taps(label, on=one.card)
    assert not [label for label in one.card.labels if "Groepeer" in label]
    report = await one.report()
    for other in (far, nowhere, one):
        await samira.forges(GroupWith(report.id, report.version, (await other.report()).id).encode(), on=one.card)
        assert samira.toast == "Dat kan nu niet. Kijk nog eens op de kaart."
    async with town.reading() as work:
        assert not await queries.followed_by(work.session, samira.id, limit=1)
