"""Workers' own signals, and reports for somebody without Telegram: the same path, and nobody who hears back."""

from sqlalchemy import select

from bot.domain.enums import Kind, ReportStatus, Source
from bot.domain.reports import MAX_MEDIA
from bot.domain.signals import MAX_SIGNAL
from storage.models import Report
from storage.queries import triage as queries
from tests.town import Town


async def _report(town: Town, number: int = 1) -> Report | None:
    async with town.reading() as work:
        return await queries.by_number(work.session, 2026, number)


async def test_one_sentence_and_a_source_become_a_card(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    assert "🗒 Signaal opschrijven" in samira.buttons
    await samira.taps("Signaal opschrijven")
    assert "Typ één zin, of spreek hem in." in samira.sees
    await samira.says("Buren willen samen een moestuin beginnen")
    assert "Waar komt het vandaan?" in samira.sees
    await samira.taps("aan de deur")
    await samira.taps("Een kans voor de buurt")
    await samira.taps("Groen en energie")
    await samira.says("Stedenwijk")
    assert "aan de deur · 🌱 Een kans voor de buurt · ♻️ Groen en energie" in samira.sees
    await samira.taps("Versturen")
    assert samira.sees == "M-2026-0001 staat bij Stad West."

    card = town.desk("stad-west").card(1)
    assert "🌱 Een kans voor de buurt" in card.text
    assert "Signaal van Samira. Bron: aan de deur." in card.text
    assert "Antwoord beloofd" not in card.text
    await omar.taps("Ik pak het op", on=card)
    assert card.labels == ["Afronden", "Meer…"]
    await omar.taps("Meer…", on=card)
    assert "Vraag stellen" not in card.labels
    await omar.taps("Terug", on=card)
    await omar.taps("Afronden", on=card)
    assert "Niemand krijgt bericht." in card.text
    await omar.taps("initiatief gestart", on=card)
    report = await _report(town)
    assert report is not None
    assert (report.status, report.kind, report.source) == (ReportStatus.CLOSED, Kind.OPPORTUNITY, Source.DOOR)
    assert (report.resident_id, report.recorded_by, report.promise_on) == (None, samira.id, None)


async def test_a_spoken_report_about_somebody_is_sealed_and_goes_the_same_way(town: Town) -> None:
    samira, wilma = town.worker("Samira"), town.worker("Wilma")
    await samira.says("/signaal")
    await samira.sends_voice()
    await samira.taps("telefoon")
    await samira.taps("Ik maak me zorgen om iemand")
    assert samira.sees.startswith("Is iemand nu in gevaar?")
    await samira.says("ja")
    assert "Bel nu 112. Buurtbode belt niet voor jou." in samira.sees
    await samira.taps("Eenzaam zijn")
    await samira.taps("Almere Stad West")
    await samira.taps("Stedenwijk")
    assert "🔒 Verzegeld: alleen wie hem oppakt, leest hem." in samira.sees
    await samira.says("versturen")

    card = town.desk("stad").card(1)
    assert card.text.splitlines()[0] == "⚠ 🔒 M-2026-0001 · verzegeld"
    assert "Signaal" not in card.text
    await wilma.starts()
    await wilma.taps("Ik pak het op", on=card)
    assert "Signaal van Samira. Bron: telefoon." in wilma.sees
    assert "🎤 1 spraakbericht" in wilma.sees


async def test_words_behind_the_command_names_of_people_and_terug(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.says("/signaal De buurman gooit afval bij het bankje")
    await samira.taps("op straat")
    await samira.taps("Een plek op straat")
    assert "Gaat dit over mensen?" in samira.sees
    await samira.taps("Terug")
    assert "Waar gaat het over?" in samira.sees
    await samira.taps("Een plek op straat")
    await samira.taps("Overlast of ruzie")
    await samira.taps("De straat en de buurt")
    await samira.taps("Buiten Almere of onbekend")
    assert "🔒 Verzegeld" in samira.sees
    await samira.taps("Versturen")
    report = await _report(town)
    assert report is not None
    assert (report.kind, report.about_people, report.area_code) == (Kind.NUISANCE, True, None)


async def test_a_signal_can_be_left_and_taken_up_again(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.says("signaal")
    await samira.says("De speeltuin is leeg")
    old = samira.message.buttons[0][0]["callback_data"]
    await samira.says("/hulp")
    await town.restart()
    await samira.says("/signaal")
    assert samira.sees.startswith("Je was hier al aan begonnen.")
    await samira.taps("school")
    await samira.forges(old)
    assert samira.toast
    await samira.says("stop")
    assert samira.sees == "Gestopt. Dit signaal is weg."
    assert await _report(town) is None


async def test_it_is_for_staff_only_at_every_step(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await fatima.starts()
    assert "🗒 Signaal opschrijven" not in fatima.buttons
    await fatima.says("/signaal De bank is stuk")
    assert "Typ één zin, of spreek hem in." not in fatima.sees
    await samira.says("/signaal De bank is stuk")
    pressed = samira.message.buttons[0][0]["callback_data"]
    await fatima.forges(pressed)
    assert fatima.sees == "Dit kunnen alleen medewerkers."
    await fatima.says("signaal")
    assert "Waar gaat het over?" in fatima.sees


async def test_in_the_group_it_leads_to_the_private_chat_and_keeps_nothing(town: Town) -> None:
    omar, els, desk = town.worker("Omar"), town.resident("Els"), town.desk("stad-west")
    await omar.starts()
    await omar.says_in(desk, "/signaal Mevrouw Jansen is erg eenzaam")
    assert desk.texts == [
        "Een signaal schrijf je in je privéchat met mij. Wat je hier typte, is niet bewaard. "
        "Gaat het over mensen? Haal het dan hier weg."
    ]
    assert desk.messages[0].buttons[0][0]["url"].endswith("?start=signaal")
    await omar.starts("signaal")
    assert omar.sees.startswith("Wat is het signaal?")
    assert "Jansen" not in omar.sees
    await els.starts("signaal")
    assert not els.was_told("Wat is het signaal?")
    async with town.reading() as work:
        assert (await work.session.scalars(select(Report))).all() == []


async def test_words_with_a_later_photo_count_and_a_file_too_many_is_named(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.says("/signaal Er ligt afval bij de flat")
    await samira.sends_photo("Bij de ingang ligt een vrouw op de grond")
    assert samira.sees.startswith("Waar komt het vandaan?")
    await samira.sends_photo("x" * (MAX_SIGNAL - 10))
    assert samira.sees.startswith("Wat je bij het bestand schreef, past er niet meer bij. Samen mogen het 1000 tekens")
    for _ in range(MAX_MEDIA - 1):
        await samira.sends_photo()
    assert samira.sees.startswith(f"Er mogen {MAX_MEDIA} foto's of bestanden bij. Deze past er niet meer bij.")
    await samira.taps("op straat")
    await samira.taps("Een plek op straat")
    assert samira.sees.startswith("Gaat dit over mensen?"), "what was written with the photo is read as well"
    await samira.taps("Terug")
    await samira.taps("Terug")
    assert samira.sees.startswith("Waar komt het vandaan?"), "the words were answered before"
    await samira.says("op straat")
    await samira.says("Een plek op straat")
    await samira.taps("Nee")
    assert samira.sees.startswith("Is iemand nu in gevaar?")
    await samira.taps("Nee")
    await samira.taps("De straat en de buurt")
    await samira.says("Stedenwijk")
    await samira.says("ja")
    report = await _report(town)
    assert report is not None
    assert report.text == "Er ligt afval bij de flat\nBij de ingang ligt een vrouw op de grond"
