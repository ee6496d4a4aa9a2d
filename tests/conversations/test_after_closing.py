"""After a closing: a thumb with a line, *Niet opgelost*, and one question four weeks later with a way out."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.enums import Chase, CloseReason, ReportStatus
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town

#: 10:00 in Almere, four weeks after the closing on Monday 23 November 2026.
FOUR_WEEKS_LATER = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)


async def _closed(town: Town, *, kind: str | None = None, reason: str = "opgelost", danger: bool = False) -> Told:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await samira.starts()
    if kind is None:
        told = await tells(town, fatima, "De lantaarnpaal is kapot", danger=danger)
    else:
        told = await tells(town, fatima, "Mijn bovenbuurman schreeuwt", kind=kind, danger=danger)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Afronden", on=None if kind or danger else told.card)
    await samira.taps(reason, on=None if kind or danger else told.card)
    assert (await told.report()).status is ReportStatus.CLOSED
    return told


async def _leaps(town: Town, to: datetime) -> None:
    """Move the clock over weeks in which nothing is looked at, and live its last minute."""
    town.sleep(to - timedelta(minutes=1))
    await town.advance(to)


async def test_a_thumb_with_a_line_comes_back_to_the_card(town: Town) -> None:
    told = await _closed(town)
    fatima = town.resident("Fatima")
    closing = fatima.message
    assert closing.labels == ["👍 Goed geholpen", "👎 Niet goed geholpen", "Niet opgelost"]

    await fatima.taps("Goed geholpen")
    assert closing.text.endswith("👍 Dank je wel.")
    assert closing.labels == ["Niet opgelost"]
    assert "Wil je er iets bij zeggen?" in fatima.sees
    assert "👍 De bewoner is goed geholpen." in told.card.text

    await fatima.says("Samira was snel en aardig.")
    assert "Verstuurd." in fatima.sees
    assert any("Samira was snel en aardig." in text for text in town.desk("stad-west").texts)
    assert (await told.report()).status is ReportStatus.CLOSED


async def test_a_thumb_down_can_be_typed_and_left_without_a_line(town: Town) -> None:
    told = await _closed(town)
    fatima = town.resident("Fatima")
    await fatima.says("niet goed geholpen")
    assert "👎 De bewoner is niet goed geholpen." in told.card.text
    await fatima.taps("Nee, klaar")
    assert fatima.sees == "Dank je wel. Tot een volgende keer."


async def test_what_is_typed_hours_after_a_thumb_is_a_report_of_its_own(town: Town) -> None:
    told = await _closed(town)
    fatima = town.resident("Fatima")
    await fatima.taps("Goed geholpen")
    await town.advance(hours=9)
    await fatima.says("De bank in het park is stuk")
    assert "Waar gaat het over?" in fatima.sees
    assert not any("De bank" in text for text in town.desk(told.desk).texts)


async def test_not_solved_opens_it_again_and_asks_for_one_line(town: Town) -> None:
    told = await _closed(town)
    fatima = town.resident("Fatima")
    await fatima.taps("Goed geholpen")
    await fatima.taps("Niet opgelost")
    assert "is weer open. Wat is er nog aan de hand? Schrijf één zin." in fatima.sees
    await fatima.says("Hij knippert weer.")
    assert "opgepakt door Samira" in told.card.text
    assert "goed geholpen" not in told.card.text
    assert any("Hij knippert weer." in text for text in town.desk("stad-west").texts)


async def test_a_sealed_closing_takes_a_thumb_in_private_only(town: Town) -> None:
    told = await _closed(town, kind=NUISANCE, reason="gesprek gehad")
    fatima = town.resident("Fatima")
    assert fatima.buttons == ["Lezen"]
    await fatima.taps("Lezen")
    await fatima.taps("Niet goed geholpen")
    await fatima.says("Hij schreeuwt nog steeds.")
    assert "👎 De bewoner is niet goed geholpen." in told.card.text
    assert "Hij schreeuwt nog steeds." in town.worker("Samira").sees


async def test_own_file_erases_words_and_files_at_once(town: Town) -> None:
    told = await _closed(town, reason="eigen dossier")
    assert "De lantaarnpaal" not in told.card.text
    assert "De tekst en de bestanden zijn gewist." in told.card.text
    assert (await told.report()).text == ""
    assert (await told.report()).close_reason is CloseReason.OWN_FILE


async def test_a_strangers_or_late_thumb_changes_nothing(town: Town) -> None:
    told = await _closed(town)
    fatima, piet = town.resident("Fatima"), town.resident("Piet")
    thumb = fatima.message.buttons[0][0]["callback_data"]
    await piet.starts()
    await piet.forges(thumb)
    assert piet.sees == "Dit bericht is er niet meer."

    await fatima.taps("Niet opgelost")
    await fatima.forges(thumb)
    assert fatima.sees == "Deze melding is nog open. De buurtwerker is ermee bezig."
    assert "goed geholpen" not in told.card.text


async def test_four_weeks_later_one_question_with_two_taps(town: Town) -> None:
    told = await _closed(town)
    fatima = town.resident("Fatima")
    await _leaps(town, FOUR_WEEKS_LATER.replace(hour=8, minute=59))
    assert not fatima.was_told("Vier weken geleden")
    await _leaps(town, FOUR_WEEKS_LATER)
    assert fatima.sees == "Vier weken geleden was je melding M-2026-0001 klaar. Gaat het nu nog goed?"
    assert fatima.buttons == ["👍 Ja, het gaat goed", "👎 Nee, nog niet", "🔕 Vraag mij dit niet meer"]

    await fatima.says("ja")
    assert fatima.sees == "Het gaat goed met melding M-2026-0001. Fijn om te horen."
    assert "Na vier weken: het gaat nog goed, zegt de bewoner." in told.card.text
    await _leaps(town, town.now + timedelta(days=40))
    assert sum("Vier weken geleden" in message.text for message in fatima.messages) == 0


async def test_a_no_four_weeks_later_opens_it_again_and_it_is_never_asked_twice(town: Town) -> None:
    told = await _closed(town)
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await _leaps(town, FOUR_WEEKS_LATER)
    await fatima.taps("Nee, nog niet")
    assert fatima.was_told("Melding M-2026-0001 is nog niet opgelost. Wij kijken er weer naar.")
    await fatima.says("De lamp is weer uit.")
    assert (await told.report()).status is ReportStatus.TAKEN

    await samira.taps("Afronden", on=told.card)
    await samira.taps("opgelost", on=told.card)
    await _leaps(town, town.now + timedelta(days=40))
    assert not fatima.was_told("Vier weken geleden")


async def test_who_wants_no_question_gets_none_and_can_turn_it_on_again(town: Town) -> None:
    await _closed(town)
    fatima = town.resident("Fatima")
    await _leaps(town, FOUR_WEEKS_LATER)
    await fatima.taps("Vraag mij dit niet meer")
    assert fatima.sees == "Wij vragen dit niet meer. Bij Instellingen zet je het weer aan."

    told = await tells(town, fatima, "De bank in het park is stuk")
    await town.worker("Samira").taps("Ik pak het op", on=told.card)
    await town.worker("Samira").taps("Afronden", on=told.card)
    await town.worker("Samira").taps("opgelost", on=told.card)
    await _leaps(town, town.now + timedelta(days=30))
    assert not fatima.was_told("Vier weken geleden")
    await fatima.says("/instellingen")
    await fatima.taps("Vraag na vier weken: aan zetten")
    assert "🔔 Vraag na vier weken: uit zetten" in fatima.buttons


async def test_sealed_danger_and_erased_reports_are_never_asked_about(town: Town) -> None:
    await _closed(town, kind=NUISANCE, reason="gesprek gehad")
    await _leaps(town, town.now + timedelta(days=30))
    assert not town.resident("Fatima").was_told("Vier weken")


async def test_a_report_opened_again_gets_a_new_date_that_the_resident_hears(town: Town) -> None:
    told = await _closed(town)
    fatima = town.resident("Fatima")
    before = (await told.report()).promise_on
    await town.advance(days=7)
    await fatima.taps("Niet opgelost")
    assert "is weer open. Wat is er nog aan de hand? Schrijf één zin." in fatima.sees
    assert "Je hoort iets vóór vrijdag 4 december." in fatima.sees
    report = await told.report()
    assert report.promise_on == date(2026, 12, 3) != before
    assert report.kept_at is None
    assert "Antwoord beloofd: uiterlijk donderdag 3 december" in told.card.text

    await fatima.says("Hij knippert weer.")
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    assert "vóór vrijdag 4 december" in fatima.sees


async def test_a_report_opened_again_is_chased_by_its_new_date(town: Town) -> None:
    told = await _closed(town)
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await town.advance(days=7)
    await fatima.taps("Niet opgelost")
    await fatima.says("Hij knippert weer.")
    desk = town.desk("stad-west")

    await town.advance(datetime(2026, 12, 2, 12, 0, tzinfo=UTC))
    assert not samira.was_told("Vandaag")
    await town.advance(datetime(2026, 12, 3, 8, 0, tzinfo=UTC))
    assert samira.was_told("M-2026-0001")
    await town.advance(datetime(2026, 12, 4, 8, 0, tzinfo=UTC))
    late = [text for text in desk.texts if "M-2026-0001" in text and "3 december" in text]
    assert late
    assert (await told.report()).chased is Chase.LATE
    await town.advance(datetime(2026, 12, 11, 8, 0, tzinfo=UTC))
    assert (await told.report()).chased is Chase.THRICE


async def test_a_sealed_closing_can_not_be_read_once_the_report_was_opened_and_taken_back(town: Town) -> None:
    await _closed(town, kind=NUISANCE, reason="gesprek gehad")
    fatima = town.resident("Fatima")
    read = fatima.message.buttons[0][0]["callback_data"]
    await fatima.taps("Lezen")
    thumb = fatima.message.buttons[0][0]["callback_data"]
    await fatima.taps("Niet opgelost")
    await fatima.taps("Terug")
    await fatima.taps("Melding intrekken")
    await fatima.taps("Ja")
    for old in (read, thumb):
        await fatima.says("/meldingen")
        await fatima.forges(old)
        assert not fatima.was_told("is afgerond door")
        assert fatima.sees == "Dit bericht is er niet meer."
