"""🗂 Wat ik heb gemeld: the list, one report, the talk, taking back."""

from bot.domain.drafts import Step
from bot.domain.enums import CloseReason, MessageDirection, ReportStatus
from handlers.my_reports import OpenOne, ReadAnswer, ReplyTo
from handlers.my_reports.buttons import Rename, Withdraw
from storage.ids import new_id
from storage.models import Report, ReportMessage
from storage.queries import reports as queries
from tests.conversations.report_steps import reach, reports_of
from tests.town import Town
from tests.town_people import Someone

SAMIRA = 9001


async def _sends(person: Someone, *, sealed: bool = False) -> Report:
    await reach(person, Step.WRITE_BACK if sealed else Step.SUMMARY)
    if sealed:
        await person.taps("Ja")
    await person.taps("Versturen")
    return (await reports_of(person.town, person))[0]


async def _is_answered(town: Town, report: Report, text: str, direction: MessageDirection) -> int:
    """Put a worker's message in the talk, as triage does; return its id."""
    message_id = new_id()
    async with town.writing() as work:
        work.session.add(
            ReportMessage(
                id=message_id,
                report_id=report.id,
                direction=direction,
                author_id=SAMIRA,
                text=text,
                created_at=town.now,
                delivered_at=town.now,
            )
        )
        row = await work.session.get_one(Report, report.id)
        row.status, row.holder_id = ReportStatus.ASKED, SAMIRA
    return message_id


async def _talk(town: Town, report: Report) -> list[tuple[MessageDirection, str]]:
    async with town.reading() as work:
        return [(m.direction, m.text) for m in await queries.talk(work.session, report.id, limit=20)]


async def test_an_empty_list_says_how_to_begin(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("🗂 Wat ik heb gemeld")
    assert fatima.sees == "Je hebt nog niets gemeld. Wil je iets melden? Typ het gewoon."


async def test_an_open_report_shows_its_words_status_and_promise(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima)
    await fatima.says("/meldingen")
    assert fatima.buttons == ["M-2026-0001 De lantaarnpaal is kapot"]
    await fatima.taps("M-2026-0001")
    assert "Ontvangen" in fatima.sees
    assert "Je hoort iets vóór vrijdag 27 november." in fatima.sees
    assert "De lantaarnpaal is kapot" in fatima.sees


async def test_of_a_sealed_report_the_list_shows_the_number_only(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima, sealed=True)
    await fatima.says("/meldingen")
    assert fatima.buttons == ["M-2026-0001"]
    await fatima.taps("M-2026-0001")
    assert "alleen" not in fatima.sees
    assert "🧹 Wis dit gesprek" in fatima.buttons
    await fatima.taps("Toon wat er staat")
    assert "Ik ben heel vaak alleen" in fatima.sees
    await fatima.taps("Sluit")
    assert "alleen" not in fatima.sees


async def test_the_list_goes_page_by_page(town: Town) -> None:
    fatima = town.resident("Fatima")
    for _ in range(6):
        await _sends(fatima)
    await fatima.says("/meldingen")
    assert [label[:11] for label in fatima.buttons[:5]] == [f"M-2026-000{n}" for n in (6, 5, 4, 3, 2)]
    await fatima.taps("Oudere meldingen")
    assert [label[:11] for label in fatima.buttons] == ["M-2026-0001"]


async def test_a_sealed_answer_is_read_hidden_and_answered(town: Town) -> None:
    fatima = town.resident("Fatima")
    report = await _sends(fatima, sealed=True)
    message = await _is_answered(town, report, "Wil je koffie komen drinken? <3", MessageDirection.QUESTION)
    await fatima.forges(ReadAnswer(message).encode())
    assert "Vraag van Samira van De Schoor over M-2026-0001:" in fatima.sees
    assert "Wil je koffie komen drinken? <3" in fatima.sees
    await fatima.taps("Sluit")
    assert fatima.sees == "Je hebt een bericht van De Schoor."
    await fatima.taps("Lezen")
    await fatima.taps("Antwoord terug")
    await fatima.says("Graag, donderdag")
    assert fatima.sees == "Verstuurd. De buurtwerker leest het."
    assert (await _talk(town, report))[-1] == (MessageDirection.RESIDENT, "Graag, donderdag")
    (now,) = await reports_of(town, fatima)
    assert now.status is ReportStatus.TAKEN
    assert not any("donderdag" in text for text in town.desk("stad").texts)


async def test_nobody_else_reads_answers_names_or_takes_back(town: Town) -> None:
    fatima, other = town.resident("Fatima"), town.resident("Iemand anders")
    report = await _sends(fatima, sealed=True)
    message = await _is_answered(town, report, "Geheim", MessageDirection.ANSWER)
    await other.starts()
    for button in (
        ReadAnswer(message),
        OpenOne(report.id, words=True),
        ReplyTo(report.id),
        Rename(report.id),
        Withdraw(report.id, sure=True),
        ReadAnswer(message + 1),
    ):
        await other.forges(button.encode())
        assert not other.was_told("Geheim")
        assert not other.was_told("alleen")
    await other.says("Hoi daar")
    (now,) = await reports_of(town, fatima)
    assert (now.status, now.resident_name) == (ReportStatus.ASKED, None)
    assert len(await _talk(town, report)) == 1


async def test_an_album_is_one_answer(town: Town) -> None:
    fatima = town.resident("Fatima")
    report = await _sends(fatima)
    await fatima.taps("Wat ik heb gemeld")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.sends_album(3, "Zo ziet het eruit")
    async with town.reading() as work:
        (message,) = await queries.talk(work.session, report.id, limit=5)
    assert message.text == "Zo ziet het eruit"
    assert len(message.media or ()) == 3


async def test_a_telegram_reply_to_the_receipt_is_an_answer_too(town: Town) -> None:
    fatima = town.resident("Fatima")
    report = await _sends(fatima)
    await fatima.says("Hij is ook scheef", reply_to=fatima.message)
    assert await _talk(town, report) == [(MessageDirection.RESIDENT, "Hij is ook scheef")]
    assert any("Hij is ook scheef" in text for text in town.desk("stad").texts)


async def test_what_can_not_be_sent_along_is_asked_again_and_stop_and_back_work(town: Town) -> None:
    fatima = town.resident("Fatima")
    report = await _sends(fatima)
    await fatima.taps("Wat ik heb gemeld")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.does(lambda them: them.sends_sticker(them.id))
    assert "Dit kan ik niet gebruiken." in fatima.sees
    assert any("Stoppen" in label for label in fatima.buttons)
    await fatima.says("terug")
    assert "M-2026-0001" in fatima.sees
    await fatima.taps("Schrijf erbij")
    await fatima.says("stop")
    assert fatima.sees == "Gestopt. Er is niets verstuurd."
    assert not await _talk(town, report)


async def test_a_first_name_can_be_given_later(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima)
    await fatima.taps("Wat ik heb gemeld")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Mijn voornaam")
    await fatima.says("🙂")
    assert "Typ alleen je voornaam." in fatima.sees
    await fatima.says("Fatima <3")
    assert fatima.sees == "De buurtwerkers zien nu: Fatima <3."
    (report,) = await reports_of(town, fatima)
    assert report.resident_name == "Fatima <3"


async def test_a_report_can_be_taken_back_after_one_more_question(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima)
    await fatima.taps("Wat ik heb gemeld")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Melding intrekken")
    assert "Wil je melding M-2026-0001 intrekken?" in fatima.sees
    await fatima.taps("Nee")
    await fatima.taps("Melding intrekken")
    await fatima.taps("Ja, intrekken")
    assert "is ingetrokken" in fatima.sees
    (report,) = await reports_of(town, fatima)
    assert (report.status, report.close_reason) == (ReportStatus.CLOSED, CloseReason.WITHDRAWN)


async def test_the_longest_answer_fits(town: Town) -> None:
    fatima = town.resident("Fatima")
    report = await _sends(fatima)
    await fatima.forges(ReplyTo(report.id).encode())
    await fatima.says("<" * 4096)
    message = await _is_answered(town, report, "&" * 3000, MessageDirection.ANSWER)
    await fatima.forges(ReadAnswer(message).encode())
    assert "&&&" in fatima.sees
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    assert "<<<" in fatima.sees


async def test_what_can_be_no_answer_keeps_the_question_and_its_buttons(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima, sealed=True)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    for button in ("Schrijf erbij", "Mijn voornaam"):
        await fatima.taps(button)
        asked = fatima.sees
        await fatima.does(lambda them: them.sends_sticker(them.id))
        assert fatima.sees.endswith(asked)
        assert {"🧹 Wis dit gesprek", "⬅️ Terug", "✖️ Stoppen"} <= set(fatima.buttons)
        await fatima.says("terug")


async def test_no_first_name_after_all(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima)
    for name, is_called in (("Fatima", "Fatima"), ("geen naam", None), ("Fatima", "Fatima"), ("nee", None)):
        await fatima.says("/meldingen")
        await fatima.taps("M-2026-0001")
        await fatima.taps("Mijn voornaam")
        await fatima.says(name)
        (report,) = await reports_of(town, fatima)
        assert report.resident_name == is_called


async def test_an_answer_that_speaks_of_danger_names_whom_to_call(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.says("Mijn man slaat mij")
    assert "Verstuurd. De buurtwerker leest het." in fatima.sees
    assert "Wacht niet op ons. Bel nu: Alarmnummer 112 · Veilig Thuis 0800-2000" in fatima.sees
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.sends_voice()
    assert "Heb je nu hulp nodig? Bel:\nAlarmnummer 112" in fatima.sees


async def test_a_closed_report_opens_again_from_the_list_too(town: Town) -> None:
    fatima, wilma = town.resident("Fatima"), town.worker("Wilma")
    await wilma.starts()
    await reach(fatima, Step.WRITE_BACK)
    await fatima.taps("Nee, ik kom zelf terug")
    await fatima.taps("Versturen")
    card = town.desk("stad").card(1)
    await wilma.taps("Ik pak het op", on=card)
    await wilma.taps("Afronden")
    await wilma.taps("gesprek gehad")
    assert not fatima.was_told("afgerond")  # who wants no message back has no closing to tap below

    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.says("niet opgelost")
    assert "Je melding M-2026-0001 is weer open." in fatima.sees
    assert "Kijk vanaf donderdag 26 november zelf" in fatima.sees
    assert (await reports_of(town, fatima))[0].status is ReportStatus.TAKEN


async def test_what_was_taken_back_is_not_offered_to_open_again(town: Town) -> None:
    fatima = town.resident("Fatima")
    await _sends(fatima)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Melding intrekken")
    await fatima.taps("Ja")
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    assert "Niet opgelost" not in fatima.buttons
