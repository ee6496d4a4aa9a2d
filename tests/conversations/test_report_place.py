"""A report about a place in the street, from the first words to the card."""

from sqlalchemy import func, select

from bot.demo.telegram.model import Message
from bot.domain.drafts import Step
from bot.domain.enums import Kind, Theme
from storage.models import Report, ReportMedia
from tests.conversations.report_steps import draft_of, reach, reports_of, step_of
from tests.town import Town

DANGER_LINE = "Is er nu gevaar? Bel 112. Wij lezen dit bericht later."
STEDENWIJK = (52.364766, 5.207945)


async def test_a_broken_lamp_takes_six_messages_and_taps_and_meets_no_danger_screen(town: Town) -> None:
    fatima = town.resident("Fatima")

    await fatima.says("De lantaarnpaal is kapot")
    assert fatima.sees.endswith(DANGER_LINE)
    assert "🆘 Nu gevaar" in fatima.buttons

    await fatima.taps("Een plek op straat")
    assert "Waar hoort dit bij?" in fatima.sees
    assert fatima.buttons[0] == "🏘 De straat en de buurt"

    await fatima.taps("De straat en de buurt")
    assert "Dit maakt de gemeente. Meld het zelf: https://www.almere.nl/?id=4015 of 14 036." in fatima.sees

    await fatima.taps("Geef het door voor mij")
    assert "Waar is het?" in fatima.sees

    await fatima.says("1325 AB")
    assert "Dit stuur ik. Klopt het?" in fatima.sees
    assert "De lantaarnpaal is kapot" in fatima.sees
    assert "Wij zien je naam niet. Telegram weet wel wie je bent." in fatima.sees
    assert "De buurtwerkers van De Schoor lezen dit." in fatima.sees
    assert "/privacy" in fatima.sees

    await fatima.taps("Versturen")
    assert "M-2026-0001" in fatima.sees
    assert "Je hoort iets vóór vrijdag 27 november." in fatima.sees
    assert "De buurtwerkers van De Schoor lezen dit." in fatima.sees
    assert not fatima.was_told("Is iemand nu in gevaar?")

    (report,) = await reports_of(town, fatima)
    assert (report.kind, report.theme, report.pass_on) == (Kind.PLACE, Theme.LIVABILITY, True)
    assert not report.sealed
    assert "M-2026-0001" in "\n".join(town.desk("stad").texts + town.desk("stad-west").texts)


async def test_the_longest_way_for_a_place_is_eight_and_still_without_danger(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Bij Filmstraat 12 is de lantaarnpaal kapot")
    await fatima.taps("Een plek op straat")
    assert fatima.sees == "Gaat dit over mensen?"
    await fatima.taps("Nee")
    await fatima.taps("De straat en de buurt")
    await fatima.taps("Geef het door voor mij")
    await fatima.taps("Almere Stad West")
    await fatima.taps("Stedenwijk")
    await fatima.taps("Versturen")
    assert "M-2026-0001" in fatima.sees
    assert "ontvangen" in town.desk("stad-west").card(1).text


async def test_a_wijk_that_was_named_is_one_tap(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Lantaarnpaal kapot in de Filmwijk")
    await fatima.taps("Een plek op straat")
    await fatima.taps("De straat en de buurt")
    await fatima.taps("Geef het door voor mij")
    assert "✅ Filmwijk" in fatima.buttons[0]
    await fatima.taps("Filmwijk")
    assert "Wijk: Filmwijk" in fatima.sees


async def test_who_goes_to_the_municipality_sends_nothing(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.COUNTER)
    await fatima.taps("Ik meld het zelf")
    assert "Goed dat je het zelf meldt. Ik heb niets verstuurd." in fatima.sees
    assert await step_of(fatima) is None
    assert not await reports_of(town, fatima)


async def test_an_idea_goes_to_no_counter(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Zullen we samen een tuin maken?")
    await fatima.taps("Een idee voor de buurt")
    await fatima.taps("Samen leven")
    await fatima.says("Stedenwijk")
    await fatima.says("versturen")
    (report,) = await reports_of(town, fatima)
    assert (report.kind, report.sealed, report.pass_on) == (Kind.IDEA, False, False)


async def test_a_location_gives_wijken_to_choose_from_and_a_rounded_point(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WHERE)
    await fatima.taps("Stuur mijn plek")
    assert fatima.menu == ["📍 Stuur mijn plek"]
    await fatima.sends_location(*STEDENWIJK)
    assert "Iets melden" in "".join(fatima.menu)
    assert fatima.sees.startswith("Welke wijk is het?")
    assert "Stedenwijk" in fatima.buttons[0]
    await fatima.taps("Stedenwijk")
    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    assert report.lat is not None
    assert (report.lat, report.lon) != STEDENWIJK
    assert abs(report.lat - STEDENWIJK[0]) < 0.0003


async def test_outside_the_town_one_may_go_on(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WHERE)
    await fatima.sends_location(52.37, 4.89)
    assert "buiten Almere" in fatima.sees
    await fatima.taps("Een andere plek")
    assert "Waar is het?" in fatima.sees
    await fatima.says("1012 AB")
    await fatima.says("ja")
    assert "Wijk: onbekend, of buiten Almere" in fatima.sees
    await fatima.says("ja")
    (report,) = await reports_of(town, fatima)
    assert (report.area_code, report.lat) == (None, None)


async def test_a_postcode_of_two_wijken_is_asked_about(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WHERE)
    await fatima.says("1314")
    assert "Welke wijk is het?" in fatima.sees
    assert len([label for label in fatima.buttons if "Almere" in label or "wijk" in label.lower()]) >= 2


async def test_an_album_is_one_message_and_its_pictures_go_along(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.sends_album(4, "Afval naast de container")
    notes = [m for m in fatima.messages if "Staan er mensen" in m.text]
    assert len(notes) == 1
    assert len([m for m in fatima.messages if "Waar gaat het over?" in m.text]) == 1
    await fatima.taps("Foto 2 weg")
    assert fatima.toast == "De foto is weg."
    assert len((await draft_of(fatima)).media) == 3
    await fatima.taps("Een plek op straat")
    await fatima.taps("De straat en de buurt")
    await fatima.taps("Geef het door voor mij")
    await fatima.taps("Weet ik niet")
    assert "Er gaan 3 foto's of bestanden mee." in fatima.sees
    await fatima.taps("Versturen")
    async with town.reading() as work:
        count = await work.session.scalar(select(func.count()).select_from(ReportMedia))
    assert count == 3


async def test_a_photo_can_be_taken_away_after_sending(town: Town) -> None:
    fatima, other = town.resident("Fatima"), town.resident("Iemand anders")
    await reach(fatima, Step.PHOTO)
    await fatima.sends_photo()
    assert "Er gaat 1 foto of bestand mee." in fatima.sees
    await fatima.taps("Verder")
    await fatima.taps("Versturen")
    note = next(m for m in fatima.messages if "Staan er mensen" in m.text)
    data = note.buttons[0][0]["callback_data"]
    await other.starts()
    await other.forges(data)
    async with town.reading() as work:
        assert (await work.session.scalars(select(ReportMedia))).one().removed_at is None
    await fatima.taps("Foto weg", on=note)
    async with town.reading() as work:
        assert (await work.session.scalars(select(ReportMedia))).one().removed_at is not None
    assert note.text == "De foto is weg."
    assert not note.labels


async def test_the_eleventh_file_is_refused(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.PHOTO)
    for _ in range(11):
        await fatima.sends_photo()
    assert "Er mogen 10 foto's of bestanden bij." in fatima.sees
    assert len((await draft_of(fatima)).media) == 10


async def test_only_a_photo_asks_for_a_few_words_but_does_not_insist(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WORDS)
    assert "Vertel kort wat er is." in fatima.sees
    await fatima.taps("De foto zegt genoeg")
    assert await step_of(fatima) is Step.THEME


async def test_words_at_a_choice_join_the_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Lantaarnpaal kapot")
    await fatima.says("al twee weken lang bij de speeltuin")
    assert "Ik heb dat bij je melding gezet." in fatima.sees
    assert (await draft_of(fatima)).text == "Lantaarnpaal kapot\nal twee weken lang bij de speeltuin"


async def test_after_two_answers_that_were_not_understood_a_call_is_offered(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.THEME)
    await fatima.says("??")
    assert "Praat je liever?" not in fatima.sees
    await fatima.says("??")
    assert "Praat je liever? Tik op 📞 Bel mij liever." in fatima.sees


async def test_who_rather_talks_leaves_a_number(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/melden")
    await fatima.taps("Bel mij liever")
    await fatima.says("bel maar")
    assert "Dat nummer snap ik niet." in fatima.sees
    await fatima.says("06 12345678")
    await fatima.taps("'s Ochtends")
    await fatima.says("Arabisch")
    assert "Waar gaat het over?" in fatima.sees
    await fatima.taps("Een idee voor de buurt")
    await fatima.taps("Samen leven")
    await fatima.taps("Weet ik niet")
    assert "Bel mij op 06 12345678." in fatima.sees
    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    assert report.call_me == {"number": "06 12345678", "part": "morning", "language": "Arabisch"}


async def test_a_first_name_may_hold_html(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.NAME)
    await fatima.says("<b>Fatima</b> & co")
    assert "Je voornaam: <b>Fatima</b> & co" in fatima.sees
    await fatima.taps("Versturen")
    (report,) = await reports_of(town, fatima)
    assert report.resident_name == "<b>Fatima</b> & co"


async def test_two_taps_on_send_make_one_report(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.SUMMARY)
    summary = fatima.message
    await fatima.person.taps(summary.chat, summary, _data(summary, "Versturen"))
    await fatima.person.forges(summary.chat, summary, _data(summary, "Versturen"))
    await town.settle()
    async with town.reading() as work:
        assert await work.session.scalar(select(func.count()).select_from(Report)) == 1


async def test_the_second_report_says_nothing_about_privacy_and_gets_the_next_number(town: Town) -> None:
    fatima = town.resident("Fatima")
    for number in ("M-2026-0001", "M-2026-0002"):
        await reach(fatima, Step.SUMMARY)
        assert ("/privacy" in fatima.sees) == (number == "M-2026-0001")
        await fatima.taps("Versturen")
        assert number in fatima.sees


async def test_in_english_it_reads_english(town: Town) -> None:
    john = town.resident("John Smith", language="en")
    await john.says("The street lamp is broken")
    assert john.sees.endswith("Is there danger now? Call 112. We will read this message later.")
    await john.taps("A place in the street")
    await john.taps("The street and the neighbourhood")
    if "municipality" in john.sees:
        await john.taps("Pass it on for me")
    await john.taps("I don't know")
    await john.says("send")
    assert "✅ Sent. Your report is M-2026-0001." in john.sees
    assert "You will hear from us before Friday 27 November." in john.sees


def _data(message: Message, label: str) -> str:
    return next(str(key["callback_data"]) for row in message.buttons for key in row if label in key["text"])


async def test_a_region_and_a_post_box_that_are_typed(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.WHERE)
    await fatima.says("Almere Haven")
    assert await step_of(fatima) is Step.AREA
    await fatima.says("1300 AA")
    assert fatima.sees.startswith("Dat is een postbus. Typ de postcode van de plek zelf.")
    await fatima.says("Stedenwijk")
    assert "Wijk: Stedenwijk" in fatima.sees


async def test_who_wants_to_be_called_may_change_that_on_the_summary(town: Town) -> None:
    fatima = town.resident("Fatima")
    await reach(fatima, Step.SUMMARY)
    await fatima.taps("Bel mij liever")
    await fatima.says("06 12345678")
    await fatima.taps("Maakt niet uit")
    await fatima.says("Tigrinya")
    assert (await draft_of(fatima)).call_me is not None
    await fatima.taps("Toch niet bellen")
    assert (await draft_of(fatima)).call_me is None
    assert "📞 Bel mij liever" in fatima.buttons
    await fatima.taps("Mijn voornaam")
    await fatima.says("Fatima")
    await fatima.taps("Mijn voornaam")
    await fatima.says("nee")
    assert (await draft_of(fatima)).name is None
    await fatima.taps("Versturen")
    assert len(await reports_of(town, fatima)) == 1
