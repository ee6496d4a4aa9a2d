"""About a person: the resident's yes for this case comes first, and can be taken back."""

from bot.domain.enums import PartnerMailState
from tests.conversations.passing import sealed, the_mail, wants_a_call
from tests.post_office import PostOffice, text_of
from tests.town import Town


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
