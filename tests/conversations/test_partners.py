"""*Doorzetten*: a worker's own summary to a partner by e-mail, and a content-free one about a person after a yes."""

import pytest

from bot.domain.enums import PartnerMailState, ReportStatus
from handlers.staff.buttons import WritePublic
from storage.models import PartnerMail
from storage.queries import partners as queries
from tests.conversations.telling import NUISANCE, PERSON, Told, tells
from tests.post_office import FROM, PostOffice, text_of
from tests.town import Town
from tests.town_people import Someone

SUMMARY = "Een lantaarnpaal aan het plein brandt niet meer."


async def taken(town: Town, *, photos: int = 0, text: str = "De lantaarnpaal is kapot") -> tuple[Told, Someone]:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), text, photos=photos)
    await samira.taps("Ik pak het op", on=told.card)
    return told, samira


async def sealed(town: Town, *, write_back: bool = True) -> tuple[Told, Someone]:
    wilma = town.worker("Wilma")
    await wilma.starts()
    told = await tells(
        town, town.resident("Fatima"), "Mijn overbuurvrouw komt nooit meer buiten", kind=PERSON, desk="stad",
        theme="Eenzaam zijn", write_back=write_back,
    )  # fmt: skip
    await wilma.taps("Ik pak het op", on=told.card)
    return told, wilma


async def passes_on(worker: Someone, told: Told, partner: str = "Gemeente Almere", summary: str = SUMMARY) -> None:
    """Go from the card to the preview, or to the photos."""
    await worker.taps("Meer…", on=told.card)
    await worker.taps("Doorzetten", on=told.card)
    await worker.taps(partner)
    await worker.says(summary)


async def wants_a_call(worker: Someone, partner: str = "Woningcorporatie") -> None:
    """Go from the private card to asking the resident."""
    await worker.taps("Meer…")
    await worker.taps("Doorzetten")
    await worker.taps(partner)
    await worker.says("036 123 45 67")
    await worker.taps("Vraag het de bewoner")


async def the_mail(told: Told) -> PartnerMail:
    async with told.town.reading() as work:
        found = await queries.of_report(work.session, (await told.report()).id)
        return found[-1][0]


async def test_a_summary_goes_to_a_partner_after_a_preview(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Doorzetten", on=told.card)
    assert "Naar wie zet je het door?" in samira.sees
    assert "Politie 0900-8844" in samira.sees
    assert "Veilig Thuis 0800-2000" in samira.sees
    await samira.taps("Gemeente Almere")
    await samira.says(SUMMARY)
    assert "Deze mail gaat naar Gemeente Almere (meldingen@example.org):" in samira.sees
    assert SUMMARY in samira.sees
    assert post.mails == []
    assert "opgepakt door Samira" in told.card.text

    await samira.taps("Versturen")
    assert post.mail["Subject"] == "Melding M-2026-0001 van De Schoor"
    assert post.mail["To"] == "Gemeente Almere <meldingen@example.org>"
    assert post.mail["From"] == f"De Schoor <{FROM}>"
    assert post.mail["Reply-To"] == f"M-2026-0001 <{FROM}>"
    words = text_of(post.mail)
    assert SUMMARY in words
    assert "Nummer: M-2026-0001\nWijk: Stedenwijk" in words
    assert "De lantaarnpaal is kapot" not in words, "the resident's own words stay here"
    assert "Status: doorgezet naar Gemeente Almere door Samira" in told.card.text
    assert (await told.report()).status is ReportStatus.FORWARDED
    assert post.envelopes == [(FROM, ["meldingen@example.org"])]

    await told.resident.says("/start")
    await told.resident.presses("Wat ik heb gemeld")
    await told.resident.taps("M-2026-0001")
    assert "Doorgezet naar Gemeente Almere" in told.resident.sees


async def test_photos_of_a_place_are_ticked_one_by_one(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town, photos=3)
    await passes_on(samira, told)
    assert "Welke foto's gaan mee?" in samira.sees
    shown = [message for message in samira.messages if "van 3 bij M-2026-0001" in message.text]
    assert [message.text[:6] for message in shown] == ["Foto 1", "Foto 2", "Foto 3"]
    await samira.taps("Gaat niet mee", on=shown[1])
    assert shown[1].labels == ["☑ Gaat mee. Tik om weg te laten"]
    await samira.taps("Gaat niet mee", on=shown[2])
    await samira.taps("Gaat mee", on=shown[2])
    await samira.taps("Verder")
    assert "Bijlage: 1 foto" in samira.sees
    await samira.taps("Versturen")

    attached = list(post.mail.iter_attachments())
    assert [part.get_filename() for part in attached] == ["M-2026-0001-1.jpg"]
    file = next(call for call in mail_town.world.calls if call.method == "getFile").params["file_id"]
    assert file == shown[1].file_ids[0]
    assert attached[0].get_content() == mail_town.world.files.get(file).data
    assert all(message.deleted for message in shown), "the photos leave the worker's screen with the draft"


async def test_about_a_person_the_mail_holds_no_content_and_a_yes_comes_first(
    mail_town: Town, post: PostOffice
) -> None:
    told, wilma = await sealed(mail_town)
    await wilma.taps("Meer…")
    await wilma.taps("Doorzetten")
    assert "De bewoner moet eerst ja zeggen." in wilma.sees
    await wilma.taps("Woningcorporatie")
    assert "Wat is je werknummer?" in wilma.sees
    await wilma.says("dat weet ik niet")
    assert "Dat is geen telefoonnummer." in wilma.sees
    await wilma.says("036 123 45 67")
    assert "Schrijf een samenvatting" not in wilma.sees
    await wilma.taps("Vraag het de bewoner")

    assert post.mails == []
    fatima = told.resident
    assert fatima.sees == "Je hebt een bericht van De Schoor."
    await fatima.taps("Lezen")
    assert "Wilma van De Schoor wil over M-2026-0001 bellen met Woningcorporatie. Mag dat?" in fatima.sees
    mail = "M-2026-0001\n\nWilt u mij bellen?\n\nWilma\n036 123 45 67"
    assert mail in fatima.sees
    assert fatima.buttons == ["Ja", "Nee"]
    await fatima.taps("Ja")

    assert text_of(post.mail).strip() == mail
    assert post.mail["Subject"] == "M-2026-0001: wilt u mij bellen?"
    assert not list(post.mail.iter_attachments())
    assert "Stedenwijk" not in post.mail.as_string()
    assert wilma.was_told("M-2026-0001: de bewoner zegt ja.")
    assert "Woningcorporatie" not in told.card.text, "a sealed card names nobody in the group"
    assert "doorgezet" in told.card.text


async def test_a_no_sends_nothing_and_a_yes_can_be_taken_back(mail_town: Town, post: PostOffice) -> None:
    told, wilma = await sealed(mail_town)
    await wants_a_call(wilma)
    await told.resident.taps("Lezen")
    question = told.resident.message
    await told.resident.taps("Nee")
    assert "Er gaat niets naar Woningcorporatie." in told.resident.sees
    assert wilma.was_told("de bewoner zegt nee. Er gaat niets naar Woningcorporatie.")
    await told.resident.forges(question.buttons[0][0]["callback_data"] if question.buttons else "pfy:1", on=question)
    assert (await the_mail(told)).state is PartnerMailState.DECLINED

    await wilma.taps("Open de melding")
    await wilma.taps("Meer…")
    await wilma.taps("Doorzetten")
    await wilma.taps("Gemeente Almere")
    await wilma.taps("Vraag het de bewoner")
    await post.closes()
    await told.resident.taps("Lezen")
    await told.resident.taps("Ja")
    await told.resident.taps("Toch niet")
    assert "Er gaat niets naar Gemeente Almere." in told.resident.sees
    await post.opens()
    await mail_town.advance(hours=3)
    assert post.mails == []
    assert (await the_mail(told)).state is PartnerMailState.WITHDRAWN


async def test_who_wants_no_messages_finds_the_question_on_coming_back(mail_town: Town, post: PostOffice) -> None:
    told, wilma = await sealed(mail_town, write_back=False)
    heard = len(told.resident.messages)
    await wants_a_call(wilma)
    assert len(told.resident.messages) == heard
    await told.resident.starts()
    await told.resident.presses("Wat ik heb gemeld")
    await told.resident.taps("✉️ M-2026-0001")
    await told.resident.taps("Een vraag voor jou")
    await told.resident.says("ja")
    assert "Wilt u mij bellen?" in text_of(post.mail)


async def test_a_refused_mail_is_on_the_card_and_can_go_again(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    post.refuses["meldingen@example.org"] = "550 5.1.1 no such mailbox here: meldingen@example.org"
    await passes_on(samira, told)
    await samira.taps("Versturen")
    assert "⛔ De mail naar Gemeente Almere is niet aangekomen" in told.card.text
    assert "code 550" in told.card.text
    assert "opgepakt door Samira" in told.card.text
    assert samira.was_told("⛔ M-2026-0001: de mail naar Gemeente Almere is niet aangekomen")

    post.refuses.clear()
    await samira.taps("Nog eens naar Gemeente Almere")
    assert SUMMARY in samira.sees
    await samira.taps("Versturen")
    assert SUMMARY in text_of(post.mail)
    assert "doorgezet naar Gemeente Almere" in told.card.text
    assert "⛔" not in told.card.text


async def test_a_mail_waits_while_the_server_is_away(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    await post.closes()
    await passes_on(samira, told)
    await samira.taps("Versturen")
    assert "✉️ De mail naar Gemeente Almere is onderweg." in told.card.text
    await post.opens()
    post.answers = ["451 4.3.0 try again later"]
    await mail_town.advance(minutes=1, seconds=30)
    assert post.mails == []
    await mail_town.advance(minutes=5)
    assert SUMMARY in text_of(post.mail)
    assert "doorgezet naar Gemeente Almere" in told.card.text


async def test_after_three_days_without_an_answer_it_is_given_up(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    card = told.card  # later the overviews name the number too
    await post.closes()
    await passes_on(samira, told)
    await samira.taps("Versturen")
    await mail_town.advance(days=3, hours=2)
    assert "de mailserver antwoordt al drie dagen niet" in card.text
    assert samira.was_told("⛔ M-2026-0001")


@pytest.mark.slow
async def test_a_silent_partner_is_a_nudge_for_the_holder(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    card = told.card  # later the overviews name the number too
    await passes_on(samira, told)
    await samira.taps("Versturen")
    mail_town.sleep(days=13, hours=22)
    await mail_town.advance(hours=1)
    assert not samira.was_told("niets laten horen")
    await mail_town.advance(hours=2)
    assert "Gemeente Almere heeft over M-2026-0001 niets laten horen sinds maandag 23 november." in samira.sees
    await samira.taps("Gemeente Almere heeft gereageerd")
    assert "opgepakt door Samira" in card.text
    assert "Er kwam een reactie op maandag 7 december." in card.text
    heard = len(samira.messages)
    mail_town.sleep(days=14)
    await mail_town.advance(hours=1)
    assert len([m for m in samira.messages[heard:] if "niets laten horen" in m.text]) == 0
    assert len(post.mails) == 1


@pytest.mark.slow
async def test_the_nudge_comes_within_desk_hours_to_who_has_it_then(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    await mail_town.advance(hours=10)  # 20:00
    await passes_on(samira, told)
    await samira.taps("Versturen")
    omar = mail_town.worker("Omar")
    await omar.starts()
    await omar.taps("Meer…", on=told.card)
    await omar.taps("Overnemen", on=told.card)
    mail_town.sleep(days=14)
    await mail_town.advance(hours=1)
    assert not omar.was_told("niets laten horen")
    await mail_town.advance(hours=13)
    assert omar.was_told("niets laten horen")
    assert not samira.was_told("niets laten horen")
    assert len(post.mails) == 1


async def test_without_a_mail_server_it_says_so(town: Town) -> None:
    told, samira = await taken(town)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Doorzetten", on=told.card)
    assert samira.toast.startswith("E-mail is niet ingesteld.")
    await samira.taps("Open in privé", on=told.card)
    await samira.taps("Meer…")
    await samira.taps("Doorzetten")
    assert samira.was_told("E-mail is niet ingesteld.")


async def test_old_forged_and_foreign_taps_send_nothing(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    omar = mail_town.worker("Omar")
    await omar.starts()
    await passes_on(samira, told)
    old = samira.message
    send = old.buttons[0][0]["callback_data"]
    await samira.taps("Anders schrijven")
    await samira.says("Iets anders.")
    await samira.forges(send, on=old)
    assert samira.toast == "Dat had je al beantwoord."
    await omar.forges(send, on=omar.message)
    await told.resident.forges(send, on=told.resident.message)
    assert post.mails == []

    await samira.taps("Versturen")
    await samira.forges(send, on=old)
    mail = await the_mail(told)
    for data in (f"pfa:{_36(mail.id)}:1:1", f"pfd:{_36(mail.id)}:1", f"pfc:{_36(mail.id)}:1", "pfa:1:1:1", "pfy:1"):
        await omar.forges(data, on=omar.message)
        await told.resident.forges(data, on=told.resident.message)
        await samira.forges(data, on=told.card)
    for data in (f"pfr:{_36(mail.id)}", f"pfy:{_36(mail.id)}", f"pfx:{_36(mail.id)}", f"pfb:{_36(mail.id)}"):
        for who in (omar, samira, told.resident, mail_town.resident("Piet")):
            await who.starts()
            await who.forges(data, on=who.message)
    assert len(post.mails) == 1
    assert (await the_mail(told)).state is PartnerMailState.SENT
    assert "reactie" not in told.card.text


async def test_a_report_that_turns_out_to_be_about_a_person_sends_no_summary(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    await passes_on(samira, told)
    await samira.taps("Soort, thema, wijk", on=told.card)
    await samira.taps("Soort", on=told.card)
    await samira.taps(NUISANCE, on=told.card)
    await samira.taps("Versturen")
    assert "De melding is intussen veranderd. Er ging niets weg." in samira.sees
    assert post.mails == []


async def test_what_waits_is_not_sent_once_the_report_is_sealed(mail_town: Town, post: PostOffice) -> None:
    told, samira = await taken(mail_town)
    await post.closes()
    await passes_on(samira, told)
    await samira.taps("Versturen")
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Soort, thema, wijk", on=told.card)
    await samira.taps("Soort", on=told.card)
    await samira.taps(NUISANCE, on=told.card)
    await post.opens()
    await mail_town.advance(hours=2)
    assert post.mails == []
    assert (await the_mail(told)).state is PartnerMailState.FAILED


async def test_a_worker_calls_off_what_the_resident_has_not_answered(mail_town: Town, post: PostOffice) -> None:
    told, wilma = await sealed(mail_town)
    await wants_a_call(wilma)
    await told.resident.taps("Lezen")
    yes = told.resident.message
    await wilma.taps("Meer…", on=next(m for m in reversed(wilma.messages) if "Meer…" in m.labels))
    await wilma.taps("Doorzetten")
    await wilma.taps("Toch niet naar Woningcorporatie")
    await told.resident.taps("Ja", on=yes)
    assert told.resident.sees == "Deze vraag is niet meer nodig."
    assert post.mails == []


async def test_a_worker_writes_the_one_line_that_exports_may_show(town: Town) -> None:
    told, samira = await taken(town)
    await samira.taps("Meer…", on=told.card)
    await samira.taps("Openbare regel", on=told.card)
    await samira.says("Bel mevrouw op 06 12 34 56 78")
    assert "Er staat een telefoonnummer" in samira.sees
    await samira.says("De gemeente maakt de lamp <b>deze week</b>.")
    assert samira.sees == "De openbare regel van M-2026-0001 is aangepast."
    assert "🌍 Openbaar: De gemeente maakt de lamp <b>deze week</b>." in told.card.text
    assert (await told.report()).public_line == "De gemeente maakt de lamp <b>deze week</b>."
    assert not told.resident.was_told("deze week")

    report = await told.report()
    omar = town.worker("Omar")
    await omar.starts()
    await omar.forges(WritePublic(report.id).encode(), on=told.card)
    assert omar.toast.startswith("Samira heeft deze melding.")


async def test_a_sealed_report_has_no_public_line(mail_town: Town) -> None:
    told, wilma = await sealed(mail_town)
    await wilma.taps("Meer…")
    assert "Openbare regel" not in wilma.buttons
    await wilma.forges(WritePublic((await told.report()).id).encode())
    assert wilma.toast == "Dat kan nu niet. Kijk nog eens op de kaart."


@pytest.mark.parametrize("word", ["stop", "terug"])
async def test_leaving_sends_nothing_and_takes_the_photos_away(mail_town: Town, post: PostOffice, word: str) -> None:
    told, samira = await taken(mail_town, photos=1)
    await passes_on(samira, told)
    shown = next(message for message in samira.messages if "Foto 1 van 1" in message.text)
    await samira.sends_photo()
    assert "Kies een knop, of typ stop." in samira.sees
    await samira.says(word)
    while word == "terug" and "Gestopt" not in samira.sees:
        await samira.says(word)
    assert samira.sees == "Gestopt. Er ging niets weg over M-2026-0001."
    assert shown.deleted
    assert post.mails == []


def _36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits
