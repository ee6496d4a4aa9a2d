"""From *Antwoord* to *Versturen*: in private or as a reply in the group, once, and never by accident."""

from tests.conversations.telling import Told, tells
from tests.town import Town
from tests.town_people import Someone


async def _taken(town: Town) -> tuple[Told, Someone]:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    return told, samira


async def test_a_reply_in_the_group_goes_to_the_preview_and_from_the_group(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Antwoord", on=told.card)
    reply = await samira.says_in(town.desk("stad-west"), "Hij wordt morgen gemaakt.", reply_to=told.card)

    assert reply.deleted
    assert "Dit gaat naar de bewoner:" in samira.sees
    assert not told.resident.was_told("Hij wordt morgen gemaakt.")
    await samira.taps("Versturen")
    assert told.resident.was_told("Hij wordt morgen gemaakt.")


async def test_talk_in_the_group_stays_in_the_group(town: Town) -> None:
    told, samira = await _taken(town)
    desk, heard = town.desk("stad-west"), len(told.resident.messages)

    talk = [
        await samira.says_in(desk, "Ken jij die mevrouw?", reply_to=told.card),
        await town.worker("Omar").says_in(desk, "Ja, die belt elke week.", reply_to=told.card),
        await samira.says_in(desk, "Dan ga ik langs."),
        await town.worker("Omar").says_in(desk, "Versturen", reply_to=told.card),
    ]
    assert not any(message.deleted for message in talk)
    assert len(told.resident.messages) == heard

    await samira.taps("Antwoord", on=told.card)
    await town.worker("Omar").says_in(desk, "Zeg maar dat ze moet wachten.", reply_to=told.card)
    assert not told.resident.was_told("wachten")
    assert "Schrijf je antwoord" in samira.sees


async def test_a_reply_to_another_card_is_talk(town: Town) -> None:
    told, samira = await _taken(town)
    other = await tells(town, town.resident("Piet"), "De bank is stuk")
    await samira.taps("Antwoord", on=told.card)
    reply = await samira.says_in(town.desk("stad-west"), "Die bank is van hout.", reply_to=other.card)
    assert not reply.deleted
    assert "Schrijf je antwoord" in samira.sees


async def test_the_answer_goes_once(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Wij komen kijken.")
    send = samira.message
    data = send.buttons[0][0]["callback_data"]
    await samira.taps("Versturen", on=send)
    await samira.forges(data, on=send)
    assert samira.toast == "Dat had je al beantwoord."
    assert [m.text.endswith("Wij komen kijken.") for m in told.resident.messages].count(True) == 1


async def test_the_worker_is_reminded_after_15_minutes_but_not_when_it_was_sent(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Antwoord", on=told.card)
    await town.advance(minutes=14)
    assert not samira.was_told("Nog niets verstuurd over 0001.")
    await town.advance(minutes=2)
    assert samira.sees == "Nog niets verstuurd over 0001."

    await samira.says("Wij komen kijken.")
    await samira.taps("Versturen")
    await samira.taps("Antwoord", on=told.card)
    await samira.says("En nog iets.")
    await samira.taps("Versturen")
    await town.advance(minutes=20)
    assert [m.text for m in samira.messages].count("Nog niets verstuurd over 0001.") == 1


async def test_at_night_it_waits_for_eight_unless_now(town: Town) -> None:
    told, samira = await _taken(town)
    await town.advance(hours=12, minutes=30)  # 22:30 in Almere
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Morgen komt er iemand.")
    assert "Het is nu te laat voor een bericht." in samira.sees
    await samira.taps("Versturen om 08:00")
    assert not told.resident.was_told("Morgen komt er iemand.")
    assert "dinsdag 24 november 08:00" in samira.sees

    await samira.taps("Antwoord", on=told.card)
    await samira.says("Dit is dringend.")
    await samira.taps("Nu versturen")
    assert told.resident.was_told("Dit is dringend.")

    await town.advance(hours=9, minutes=45)
    assert told.resident.was_told("Morgen komt er iemand.")


async def test_a_question_changes_the_status_until_the_resident_answers(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Vraag stellen", on=told.card)
    await samira.says("Welk huisnummer staat ernaast?")
    await samira.taps("Versturen")
    assert "Vraag van Samira van De Schoor over M-2026-0001:" in told.resident.sees
    assert "Status: vraag aan bewoner door Samira" in told.card.text

    await told.resident.taps("Antwoord terug")
    await told.resident.says("Nummer 12")
    assert "Status: opgepakt door Samira" in told.card.text
    assert "Nummer 12" in town.desk("stad-west").messages[-1].text


async def test_a_note_is_for_colleagues_only(town: Town) -> None:
    told, samira = await _taken(town)
    heard, wilma = len(told.resident.messages), town.worker("Wilma")
    await wilma.starts()
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Notitie", on=told.card)
    await samira.says("Belt vaker. <b>Let op</b>")
    assert "De notitie staat bij M-2026-0001." in samira.sees
    assert "📝 Samira, maandag 23 november: Belt vaker. <b>Let op</b>" in told.card.text
    assert len(told.resident.messages) == heard


async def test_bad_input_is_answered_and_nothing_is_lost(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Antwoord", on=told.card)
    await samira.sends_photo()
    assert "Stuur het als tekst." in samira.sees
    await samira.sends_voice()
    assert "Stuur het als tekst." in samira.sees
    await samira.says("x" * 4096)
    assert "Dat is te lang. Er passen 3000 tekens in." in samira.sees
    await samira.says("😀" * 1500)
    assert "Dit gaat naar de bewoner:" in samira.sees
    await samira.taps("Anders schrijven")
    await samira.says("<i>Rustig</i> & kalm")
    await samira.says("Toch anders")
    assert "Toch anders" in samira.sees
    await samira.says("stop")
    assert "Er is niets verstuurd over M-2026-0001." in samira.sees
    assert not told.resident.was_told("Toch anders")


async def test_who_never_started_the_bot_is_led_there(town: Town) -> None:
    samira = town.worker("Samira")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord", on=told.card)
    assert samira.was_told("De lantaarnpaal is kapot")
    await samira.taps("Antwoord")
    assert "Schrijf je antwoord aan de bewoner." in samira.sees


async def test_a_closing_with_a_word_is_previewed(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Afronden", on=told.card)
    await samira.taps("hoort bij …", on=told.card)
    assert "Gemeente Almere" in samira.buttons
    await samira.taps("Gemeente Almere")
    assert "Dit hoort bij Gemeente Almere." in samira.sees
    assert not told.resident.was_told("afgerond")
    await samira.taps("Afronden en versturen")
    assert "Dit hoort bij Gemeente Almere." in told.resident.sees
    assert "afgerond door Samira op maandag 23 november: hoort bij Gemeente Almere" in told.card.text


async def test_already_reported_needs_the_number_of_another_report(town: Town) -> None:
    told, samira = await _taken(town)
    other = await tells(town, town.resident("Piet"), "De lamp is stuk")
    await samira.taps("Ik pak het op", on=other.card)
    await samira.taps("Afronden", on=other.card)
    await samira.taps("al gemeld", on=other.card)
    for wrong in ("geen idee", "9999", "0002"):
        await samira.says(wrong)
        assert "Dat nummer ken ik niet." in samira.sees
    await samira.says("0001")
    await samira.taps("Afronden en versturen")
    assert "Dit was al gemeld: M-2026-0001." in other.resident.sees
    assert told.number == "0001"


async def test_own_file_erases_words_and_files_here(town: Town) -> None:
    samira = town.worker("Samira")
    told = await tells(town, town.resident("Fatima"), "Ik heb geen geld voor eten", photos=2)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Afronden", on=told.card)
    await samira.taps("eigen dossier", on=told.card)
    report = await told.report()
    assert report.text == ""
    assert "geen geld" not in told.card.text
    assert not any(message.media for message in town.desk("stad-west").messages)
