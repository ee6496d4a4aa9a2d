"""What may not be kept goes from the screens of staff as well, not from the database alone."""

from datetime import timedelta

from tests.conversations.telling import tells
from tests.town import Town


async def test_a_name_and_later_the_words_go_from_the_group_too(town: Town) -> None:
    fatima, samira, desk = town.resident("Fatima"), town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, fatima, "De lantaarnpaal is kapot", photos=1)
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Mijn voornaam")
    await fatima.says("Fatima")
    await fatima.says("/meldingen")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Schrijf erbij")
    await fatima.says("Hij knippert ook.")
    for label in ("Ik pak het op", "Afronden", "opgelost"):
        await samira.taps(label, on=told.card)
    closed = town.now
    assert "Fatima" in told.card.text
    assert len([message for message in desk.messages if message.media == "photo"]) == 1
    assert any("knippert" in text for text in desk.texts)

    town.sleep(closed + timedelta(days=91))
    await town.advance(minutes=1)
    assert "Fatima" not in told.card.text
    assert "De lantaarnpaal is kapot" in told.card.text

    town.sleep(closed + timedelta(days=366))
    await town.advance(minutes=1)
    assert "lantaarnpaal" not in " ".join(desk.texts)
    assert "knippert" not in " ".join(desk.texts)
    assert [message for message in desk.messages if message.media == "photo"] == []
    assert "afgerond" in told.card.text
