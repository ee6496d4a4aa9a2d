"""Reports about people: sealed from the first answer on, and discreet in every message."""

from sqlalchemy import select

from bot.domain.drafts import Step
from bot.domain.enums import Kind
from handlers.report.wiping import KEPT
from storage.models import Consent, Dialogue
from tests.conversations.report_steps import dialogue, draft_of, reach, reports_of, step_of
from tests.conversations.telling import tells
from tests.town import Town
from tests.town_people import Someone

NO_NAMES = "Schrijf geen naam en geen huisnummer. De buurtwerker vraagt het als het nodig is."
WIPE = "🧹 Wis dit gesprek"


async def test_worries_about_somebody_stay_out_of_the_group(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Ik zie de oude mevrouw nooit meer buiten")
    await fatima.taps("Ik maak me zorgen om iemand")
    assert fatima.sees == f"{NO_NAMES}\n\nIs iemand nu in gevaar?"
    assert WIPE in fatima.buttons
    await fatima.taps("Nee")
    await fatima.taps("Eenzaam zijn")
    await fatima.taps("Weet ik niet")
    assert fatima.sees == "Mogen wij je hier terugschrijven?"
    await fatima.taps("Ja")
    assert "Alleen de buurtwerker die je helpt, leest dit." in fatima.sees
    assert WIPE in fatima.buttons
    summary = fatima.message
    await fatima.taps("Versturen")
    assert summary.text == "Je bericht is verstuurd."
    assert "M-2026-0001" in fatima.sees
    assert "Je hoort iets vóór donderdag 26 november." in fatima.sees
    (report,) = await reports_of(town, fatima)
    assert (report.kind, report.sealed, report.may_write_back) == (Kind.PERSON, True, True)
    texts = [text for desk in ("stad", "stad-west", "veilig") for text in town.desk(desk).texts]
    assert texts
    assert not any("mevrouw" in text for text in texts)


async def test_who_comes_back_alone_gets_no_promise_of_a_message(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WRITE_BACK)
    await fatima.taps("Nee, ik kom zelf terug")
    await fatima.taps("Versturen")
    assert "Wij schrijven je niet." in fatima.sees
    (report,) = await reports_of(town, fatima)
    assert report.may_write_back is False


async def test_people_in_a_place_report_are_asked_about_once(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("De buurman zet zijn afval op straat")
    await fatima.taps("Een plek op straat")
    assert fatima.sees == "Gaat dit over mensen?"
    await fatima.says("ja")
    assert "Wat past het best?" in fatima.sees
    assert NO_NAMES in fatima.sees
    await fatima.taps("Overlast of ruzie")
    draft = await draft_of(fatima)
    assert (draft.kind, draft.sealed) == (Kind.NUISANCE, True)
    assert "Waar hoort dit bij?" in fatima.sees


async def test_telling_about_oneself_asks_for_consent(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.CONSENT)
    await fatima.taps("Ja, dat mag")
    await fatima.taps("Ja")
    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    async with town.reading() as work:
        consent = (await work.session.scalars(select(Consent))).one()
    assert (consent.about, consent.purpose) == (report.id, "own_details")


async def test_a_child_is_sealed_and_told_whom_to_talk_to(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Ik ben 13 en de speeltuin is kapot")
    assert "Praat met iemand die je vertrouwt of bel gratis 0800-0432." in fatima.sees
    await fatima.taps("Een plek op straat")
    if await step_of(fatima) is Step.PEOPLE:
        await fatima.taps("Nee")
    await fatima.taps("De straat en de buurt")
    await fatima.taps("Weet ik niet")
    await fatima.taps("Ja")
    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    assert (report.under_16, report.sealed) == (True, True)
    assert not any("speeltuin" in text for text in town.desk("stad").texts)


async def test_a_sealed_draft_is_never_offered_by_itself(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WRITE_BACK)
    await fatima.says("stop")
    await fatima.says("De lantaarnpaal is kapot")
    assert "Waar gaat het over?" in fatima.sees
    assert not fatima.was_told("Je was bezig met een melding")
    kept = await dialogue(fatima, "report_kept")
    assert kept is not None

    await fatima.says("/meldingen")
    await fatima.taps("Nog niet verstuurd")
    drafts = {(await draft_of(fatima)).text}
    kept = await dialogue(fatima, "report_kept")
    drafts.add(str((kept.draft["pieces"] if kept else [{"text": ""}])[0]["text"]))
    assert drafts == {"De lantaarnpaal is kapot", "Ik ben heel vaak alleen"}


async def test_each_sealed_draft_that_was_left_is_found_again_and_goes_on(town: Town) -> None:
    fatima = town.resident("Fatima")
    texts = ["Ik ben heel vaak alleen", "Mijn vader slaat mij", "De lantaarnpaal is kapot"]
    for text in texts:
        await fatima.says(text)
        if text == texts[0]:
            await fatima.taps("Mijzelf of mijn gezin")
        if text != texts[-1]:
            await fatima.says("stop")
    await fatima.says("/meldingen")
    overview = fatima.message
    assert overview.labels == ["📝 Nog niet verstuurd"] * 3
    seen = set()
    for row in overview.buttons:
        await fatima.forges(row[0]["callback_data"], on=overview)
        seen.add((await draft_of(fatima)).text)
    assert seen == set(texts), "each changes places with the open one, and none is lost"
    await fatima.says("/meldingen")
    assert fatima.message.labels == ["📝 Nog niet verstuurd"] * 3


async def test_a_sealed_draft_goes_on_after_another_report_was_sent(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.CONSENT)
    await fatima.says("stop")
    await tells(town, fatima, "De lantaarnpaal is kapot")
    await fatima.says("/meldingen")
    await fatima.taps("Nog niet verstuurd")
    assert await step_of(fatima) is Step.CONSENT
    assert await dialogue(fatima, "report_kept") is None
    await fatima.says("/meldingen")
    assert fatima.message.labels.count("📝 Nog niet verstuurd") == 1


async def test_of_very_many_sealed_drafts_the_oldest_gives_way(town: Town) -> None:
    fatima = town.resident("Fatima")
    for number in range(len(KEPT) + 2):
        await fatima.says(f"Mijn vader slaat mij, keer {number}")
        await fatima.says("stop")
    async with town.reading() as work:
        rows = (await work.session.scalars(select(Dialogue).where(Dialogue.user_id == fatima.id))).all()
    kept = sorted(str(row.draft["pieces"][0]["text"])[-1] for row in rows)
    assert kept == [str(number) for number in range(1, len(KEPT) + 2)]


async def test_wiping_takes_the_talk_away_and_says_what_is_left(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WRITE_BACK)
    assert len(fatima.person.chat.visible) > 1
    await fatima.taps("Wis dit gesprek")
    assert len(_visible(fatima)) == 1
    assert "Houd het bericht ingedrukt en kies Verwijderen." in fatima.sees
    assert "Er is niets verstuurd." in fatima.sees
    assert await dialogue(fatima) is None


async def test_wiping_after_sending_keeps_the_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WRITE_BACK)
    await fatima.taps("Ja")
    await fatima.taps("Versturen")
    await fatima.taps("Wis dit gesprek")
    assert "Wat je al verstuurd had, blijft bij De Schoor." in fatima.sees
    assert len(await reports_of(town, fatima)) == 1
    assert not any("M-2026-0001" in message.text for message in fatima.messages)


def _visible(person: Someone) -> list[str]:
    return [message.text for message in person.person.chat.visible]


async def test_wiping_takes_older_questions_too_when_answers_were_typed(town: Town) -> None:
    fatima = town.resident("Fatima")
    for words in ("Ik ben heel vaak alleen", "4", "nee", "eenzaam zijn", "1325 AB", "daar vertel ik niets over", "ja"):
        await fatima.says(words)
    assert await step_of(fatima) is Step.SUMMARY
    await fatima.says("versturen")
    await fatima.says("wis dit gesprek")
    assert [text for text in _visible(fatima) if "Houd het bericht ingedrukt" not in text] == []


async def test_what_a_child_tells_later_is_sealed_too(town: Town) -> None:
    fatima = town.resident("Fatima")
    await tells(town, fatima, "Ik ben 13 en de bal ligt in de sloot", desk="stad")
    told = await tells(town, fatima, "De glijbaan is kapot", desk="stad")
    report = await told.report()
    assert (report.under_16, report.sealed) == (True, True)
    assert not any("glijbaan" in text for text in town.desk("stad").texts)
