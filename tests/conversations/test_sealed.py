"""Sealed reports: the group sees a number; one worker reads it in private; the resident's screen says nothing."""

from sqlalchemy import select

from bot.demo.telegram.model import Message
from bot.domain.enums import Kind
from bot.services import triage
from handlers.my_reports.buttons import OpenMine, OpenOne
from handlers.staff.buttons import SetKind
from storage.models import AuditEntry, Opening, Person
from tests.conversations.telling import NUISANCE, PERSON, Told, tells
from tests.town import Town

SECRET = "Mijn bovenbuurman schreeuwt elke nacht"


async def _nuisance(town: Town, *, write_back: bool = True) -> Told:
    return await tells(town, town.resident("Fatima"), SECRET, kind=NUISANCE, write_back=write_back)


def _in_group(town: Town) -> list[Message]:
    return [message for key in ("stad-west", "veilig", "stad") for message in town.desk(key).chat.messages]


async def test_the_group_card_holds_no_word_of_it(town: Town) -> None:
    told = await _nuisance(town)

    assert told.card.text.splitlines()[0] == "🔒 M-2026-0001 · verzegeld"
    assert "Stedenwijk (Almere Stad West)" in told.card.text
    assert "Gemeld op maandag 23 november" in told.card.text
    assert "Status: ontvangen, nog van niemand" in told.card.text
    assert told.card.labels == ["Ik pak het op", "Meer…"]
    for word in ("bovenbuurman", "schreeuwt", "Overlast", "bewoner 0001", "Nederlands"):
        assert word not in told.card.text


async def test_taking_it_opens_it_in_private_by_a_link_for_that_worker_only(town: Town) -> None:
    told = await _nuisance(town)
    samira, omar = town.worker("Samira"), town.worker("Omar")

    await samira.taps("Ik pak het op", on=told.card)
    assert "Status: opgepakt door Samira" in told.card.text
    assert SECRET in "\n".join(message.text for message in samira.messages)
    assert told.card.labels == ["🔒 Openen", "Meer…"]
    card = next(message for message in samira.messages if SECRET in message.text)
    assert card.protect_content
    assert "👥 Overlast of ruzie" in card.text
    assert "Leest Nederlands." in card.text

    await omar.taps("Openen", on=told.card)
    assert omar.toast.startswith("Samira heeft deze melding.")
    assert not omar.was_told(SECRET)


async def test_a_one_time_link_works_once_and_for_nobody_else(town: Town) -> None:
    told = await _nuisance(town)
    samira, omar, fatima = town.worker("Samira"), town.worker("Omar"), town.resident("Fatima")
    await samira.taps("Ik pak het op", on=told.card)
    async with town.reading() as work:
        token = (await work.session.scalars(select(Opening.token))).one()

    for stranger in (omar, fatima, town.resident("Piet")):
        await stranger.starts(token)
        assert stranger.was_told("Deze link is voor een collega.")
        assert stranger is fatima or not stranger.was_told(SECRET)

    await samira.starts(token)
    assert samira.was_told("Deze link is al gebruikt of te oud.")
    await samira.starts("open-verzonnen")
    assert samira.was_told("Deze link werkt niet.")


async def test_a_link_that_was_not_used_stands_on_the_card_and_is_refused_to_colleagues(town: Town) -> None:
    told = await _nuisance(town)
    samira, omar = town.worker("Samira"), town.worker("Omar")
    button = told.card.buttons[0][0]["callback_data"]
    await samira.forges(button, on=told.card)  # taps without following the link that Telegram opens
    assert told.card.labels == ["🔒 Openen", "Meer…", "🔒 Openen (alleen Samira)"]

    await omar.taps("alleen Samira", on=told.card)
    assert omar.was_told("Deze link is voor een collega.")
    assert not omar.was_told(SECRET)

    await samira.taps("alleen Samira", on=told.card)
    assert samira.was_told(SECRET)
    assert told.card.labels == ["🔒 Openen", "Meer…"]


async def test_every_opening_is_in_the_audit_trail(town: Town) -> None:
    told = await _nuisance(town)
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Openen", on=told.card)
    await omar.taps("Openen", on=told.card)

    async with town.reading() as work:
        rows = (await work.session.execute(select(AuditEntry.actor_id, AuditEntry.action))).all()
    assert [(actor, action) for actor, action in rows if action.startswith("open")] == [(samira.id, "opened")] * 2


async def test_answering_back_and_forth_leaves_nothing_on_a_screen(town: Town) -> None:
    told = await _nuisance(town)
    fatima, samira = told.resident, town.worker("Samira")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord")
    await samira.says("Ik bel maandag bij je aan.")
    await samira.taps("Versturen")

    assert fatima.sees == "Je hebt een bericht van De Schoor."
    assert fatima.buttons == ["Lezen"]
    await fatima.taps("Lezen")
    assert "Ik bel maandag bij je aan." in fatima.sees

    await fatima.taps("Antwoord terug")
    await fatima.says("Liever dinsdag.")
    assert "Liever dinsdag." in samira.sees
    assert samira.message.protect_content
    assert "💬 De bewoner schreef op maandag 23 november" in told.card.text
    assert not any("dinsdag" in message.text or "bel maandag" in message.text for message in _in_group(town))


async def test_closing_says_only_that_there_is_a_message(town: Town) -> None:
    told = await _nuisance(town)
    fatima, samira = told.resident, town.worker("Samira")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Afronden")
    await samira.taps("gesprek gehad")

    assert fatima.sees == "Je hebt een bericht van De Schoor."
    await fatima.taps("Lezen")
    assert "Wij hebben erover gepraat." in fatima.sees
    assert "Niet opgelost" in fatima.buttons
    assert "Status: afgerond door Samira op maandag 23 november: gesprek gehad" in told.card.text


async def test_who_wants_no_message_gets_none_and_finds_the_answer(town: Town) -> None:
    told = await _nuisance(town, write_back=False)
    fatima, samira = told.resident, town.worker("Samira")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    heard = len(fatima.messages)
    await samira.taps("Antwoord")
    await samira.says("Kom langs op het spreekuur.")
    assert "De bewoner wil geen bericht." in samira.sees
    await samira.taps("Versturen")
    assert "staat klaar voor de bewoner" in samira.sees
    await samira.taps("Afronden")
    await samira.taps("gesprek gehad")
    assert len(fatima.messages) == heard
    assert (await told.report()).kept_at is None


async def test_handing_over_closes_it_for_the_old_holder(town: Town) -> None:
    told = await _nuisance(town)
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    await omar.starts()
    await omar.taps("Ik pak het op", on=told.card)
    assert omar.was_told(SECRET)

    await samira.taps("Meer…", on=told.card)
    await samira.taps("Overnemen", on=told.card)
    assert "opgepakt door Samira" in told.card.text
    assert samira.was_told(SECRET)
    assert omar.was_told("Samira heeft M-2026-0001 overgenomen.")
    assert not omar.was_told(SECRET)


async def test_files_come_in_private_on_request_and_go_after_a_day(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), SECRET, kind=NUISANCE, photos=1, voice=True)
    samira = town.worker("Samira")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    assert not any(message.media for message in _in_group(town))
    assert "📷 1 foto of video · 🎤 1 spraakbericht" in samira.sees

    await samira.taps("Meer…")
    await samira.taps("Hele tekst en bestanden")
    sent = [message for message in samira.messages if message.media]
    assert [message.media for message in sent] == ["photo", "voice"]
    assert all(message.protect_content for message in sent)

    await town.advance(hours=24, minutes=1)
    assert not any(message.media for message in samira.messages)


async def test_a_correction_to_a_sealed_kind_takes_everything_out_of_the_group(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), "Er staat een verwarde man bij de bank", photos=2)
    samira = town.worker("Samira")
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    assert "verwarde man" in told.card.text

    await samira.taps("Meer…", on=told.card)
    await samira.taps("Soort, thema, wijk", on=told.card)
    await samira.taps("Soort", on=told.card)
    await samira.taps("Ik maak me zorgen om iemand", on=told.card)
    visible = [message for message in _in_group(town) if not message.deleted]
    assert not any("verwarde man" in message.text or message.media for message in visible)
    assert town.desk("stad-west").card("0001").text == (
        "M-2026-0001 staat nu bij Heel Almere, sinds maandag 23 november."
    )
    assert "🔒 M-2026-0001 · verzegeld" in town.desk("stad").card("0001").text


async def test_what_is_sealed_after_days_goes_also_where_telegram_deletes_nothing_any_more(town: Town) -> None:
    fatima, samira, group = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west").chat
    await samira.does(lambda person: person.demotes_bot(group))
    told = await tells(town, fatima, "Er staat een verwarde man bij de bank", photos=2)
    receipt = next(message for message in fatima.messages if "M-2026-0001" in message.text)
    await fatima.says("Hij roept naar de kinderen", reply_to=receipt)
    photos = [file for message in group.visible for file in message.file_ids]
    assert len(photos) == 2
    await town.advance(days=3)

    report = await told.report()
    await samira.forges(SetKind(report.id, report.version, Kind.PERSON).encode(), on=told.card)
    visible = [message for message in _in_group(town) if not message.deleted]
    assert not any("verwarde" in message.text or "kinderen" in message.text for message in visible)
    assert not [file for message in visible for file in message.file_ids if file in photos]


async def test_a_sealed_report_stays_sealed_whatever_its_kind_becomes(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), SECRET, kind=PERSON, desk="stad")
    omar = town.worker("Omar")
    async with town.writing() as work:
        report, person = await told.report(), await work.session.get(Person, omar.id)
        assert person is not None
        await triage.correct(work, report.id, person, report.version, kind=Kind.PLACE)
    await town.settle()
    assert (await told.report()).sealed
    assert not any(SECRET in message.text for message in _in_group(town))


async def test_prompts_that_quote_it_leave_the_screen_of_who_had_it(town: Town) -> None:
    told = await _nuisance(town)
    samira, omar, fatima = town.worker("Samira"), town.worker("Omar"), town.resident("Fatima")
    await omar.starts()
    await omar.taps("Ik pak het op", on=told.card)
    await omar.taps("Antwoord")
    await omar.says("Ik bel morgen bij u aan")
    assert len([message for message in omar.messages if SECRET in message.text]) == 3  # card, request and preview
    preview = omar.message

    await samira.starts()
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Overnemen", on=told.card)
    assert samira.was_told(SECRET)
    assert not omar.was_told(SECRET)
    await omar.forges(next(key["callback_data"] for row in preview.buttons for key in row))
    assert not fatima.was_told("Ik bel morgen bij u aan")
    assert not omar.was_told(SECRET)
    await omar.says("stop")
    assert omar.sees == "Gestopt. Er is niets verstuurd over M-2026-0001."


async def test_a_worker_who_told_something_sealed_can_not_forge_it_into_the_group(town: Town) -> None:
    omar, samira = town.worker("Omar"), town.worker("Samira")
    told = await tells(town, omar, SECRET, kind=NUISANCE)
    report = await told.report()
    await samira.starts()
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Antwoord")
    await samira.says("Zullen wij eens bellen?")
    await samira.taps("Versturen")
    read = next(key["callback_data"] for row in omar.message.buttons for key in row if key["text"].endswith("Lezen"))
    for data in (OpenOne(report.id, words=True).encode(), OpenMine(None).encode(), read):
        await omar.forges(data, on=told.card)
    for message in _in_group(town):
        assert SECRET not in message.text
        assert "Zullen wij" not in message.text
        assert "Wat ik heb gemeld" not in message.text
    await omar.taps("Lezen")
    assert omar.was_told("Zullen wij eens bellen?")
