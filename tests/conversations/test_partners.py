"""*Doorzetten*: a worker's own summary to a partner by e-mail, and a content-free one about a person after a yes."""

import pytest

from bot.domain.enums import PartnerMailState, ReportStatus
from handlers.staff.buttons import WritePublic
from tests.conversations.passing import SUMMARY, passes_on, sealed, taken, the_mail
from tests.conversations.telling import NUISANCE
from tests.post_office import FROM, PostOffice, text_of
from tests.town import Town


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


async def test_a_photo_that_is_taken_away_meanwhile_can_not_be_ticked_any_more(
    mail_town: Town, post: PostOffice
) -> None:
    told, samira = await taken(mail_town, photos=2)
    await passes_on(samira, told)
    shown = [message for message in samira.messages if "van 2 bij M-2026-0001" in message.text]
    await samira.taps("Gaat niet mee", on=shown[0])
    await told.resident.says("/meldingen")
    await told.resident.taps("M-2026-0001")
    await told.resident.taps("Foto 1 weg")
    assert shown[0].deleted
    assert [message.text[:6] for message in samira.messages if "bij M-2026-0001" in message.text] == ["Foto 1"]
    await samira.taps("Verder")
    await samira.taps("Versturen")
    assert list(post.mail.iter_attachments()) == []


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
