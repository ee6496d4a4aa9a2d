"""Mails to partners that are refused, wait, are given up, or that nobody answers."""

import pytest

from tests.conversations.passing import SUMMARY, passes_on, taken
from tests.post_office import PostOffice, text_of
from tests.town import Town


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
