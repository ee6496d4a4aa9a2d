"""*Iets veranderen* on the summary: every earlier step can be corrected, and *Terug* leaves it as it was."""

import pytest

from bot.domain.drafts import Step
from bot.domain.enums import Kind, Theme
from tests.conversations.report_steps import WAYS, draft_of, reach, reports_of, step_of
from tests.town import Town


async def test_any_earlier_step_is_corrected_from_the_summary(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.SUMMARY)
    await fatima.taps("Iets veranderen")
    assert fatima.buttons[:5] == [
        "Wat ik schreef",
        "Waar het over gaat",
        "Het thema",
        "Doorgeven aan de gemeente",
        "De plek",
    ]
    await fatima.taps("Wat ik schreef")
    assert "Dit staat er nu:\nDe lantaarnpaal is kapot" in fatima.sees
    await fatima.says("De lantaarnpaal bij de brug is kapot")
    assert "De lantaarnpaal bij de brug is kapot" in fatima.sees
    assert await step_of(fatima) is Step.SUMMARY

    await fatima.taps("Iets veranderen")
    await fatima.taps("Het thema")
    await fatima.taps("Groen en energie")
    assert "Thema: " in fatima.sees
    assert await step_of(fatima) is Step.SUMMARY

    await fatima.taps("Iets veranderen")
    await fatima.taps("De plek")
    await fatima.taps("Almere Stad West")
    await fatima.taps("Stedenwijk")
    assert "Wijk: Stedenwijk" in fatima.sees

    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    assert report.text == "De lantaarnpaal bij de brug is kapot"
    assert report.theme is Theme.SUSTAINABILITY
    assert report.area_code is not None


async def test_another_kind_asks_only_what_is_new_and_forgets_what_no_longer_counts(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WRITE_BACK)  # about oneself, with a consent
    await fatima.taps("Nee, ik kom zelf terug")
    await fatima.taps("Iets veranderen")
    await fatima.taps("Waar het over gaat")
    await fatima.taps("Een idee voor de buurt")
    assert await step_of(fatima) is Step.SUMMARY
    await fatima.taps("Iets veranderen")
    assert "Mogen jullie terugschrijven?" not in fatima.buttons
    await fatima.says("terug")
    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    assert (report.kind, report.sealed, report.may_write_back) == (Kind.IDEA, False, True)


@pytest.mark.parametrize("label", ["Wat ik schreef", "Waar het over gaat", "Het thema", "Doorgeven", "De plek"])
async def test_back_leaves_everything_as_it_was(town: Town, label: str) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.SUMMARY)
    before = await draft_of(fatima)
    await fatima.taps("Iets veranderen")
    await fatima.taps(label)
    await fatima.taps("Terug")
    assert await step_of(fatima) is Step.SUMMARY
    kept = {"heard", "misses"}
    assert (await draft_of(fatima)).model_dump(exclude=kept) == before.model_dump(exclude=kept)


async def test_back_out_of_half_a_correction(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.SUMMARY)
    before = await draft_of(fatima)
    await fatima.taps("Iets veranderen")
    await fatima.taps("De plek")
    await fatima.taps("Almere Stad West")
    assert await step_of(fatima) is Step.AREA
    for _ in range(2):
        await fatima.says("terug")
    assert await step_of(fatima) is Step.SUMMARY
    assert (await draft_of(fatima)).nowhere == before.nowhere


async def test_a_report_becomes_one_about_people_and_back(town: Town) -> None:
    fatima = town.resident("Fatima")
    for move in WAYS[Step.PEOPLE]:
        await move(fatima)
    for label in ("Nee", "De straat en de buurt", "Geef het door", "Weet ik niet"):
        if label in " ".join(fatima.buttons):
            await fatima.taps(label)
    assert await step_of(fatima) is Step.SUMMARY
    await fatima.taps("Iets veranderen")
    await fatima.taps("Gaat het over mensen?")
    await fatima.taps("Ja")
    await fatima.taps("Overlast of ruzie")
    await fatima.taps("Ja")
    assert "Alleen de buurtwerker die je helpt, leest dit." in fatima.sees
    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    assert (report.kind, report.sealed, report.pass_on) == (Kind.NUISANCE, True, False)
