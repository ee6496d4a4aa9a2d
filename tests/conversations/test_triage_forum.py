"""A desk that lives in one topic of a forum: its cards stand there, and no report is lost with the topic."""

from sqlalchemy import select

from storage.models import Desk
from tests.conversations.telling import tells
from tests.town import Town


async def _moves_into_a_topic(town: Town) -> int:
    """Make the group of Stad West a forum with a topic for the desk; return the topic's id."""
    samira, chat = town.worker("Samira"), town.desk("stad-west").chat
    chat.is_forum = True
    topic = await samira.does(lambda person: person.opens_topic(chat, "Meldingen"))
    async with town.writing() as work:
        desk = (await work.session.scalars(select(Desk).where(Desk.key == "stad-west"))).one()
        desk.thread_id = topic.thread_id
    return topic.thread_id


async def test_cards_words_and_photos_stand_in_the_topic_of_the_desk(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await samira.starts()
    topic = await _moves_into_a_topic(town)
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot", photos=1)
    await samira.taps("Ik pak het op", on=lamp.card)
    for label in ("Meer…", "Vraag stellen"):
        await samira.taps(label, on=lamp.card)
    await samira.says("Welke paal is het?", reply_to=None)
    await samira.taps("Versturen")
    await fatima.taps("Antwoord terug")
    await fatima.says("Die bij de school.")
    about = [message for message in town.desk("stad-west").messages if "0001" in message.text]
    assert len(about) == 3  # the card, its photo, what the resident said
    assert {message.thread_id for message in about} == {topic}


async def test_a_card_whose_topic_was_deleted_is_made_again_in_the_group(town: Town) -> None:
    samira = town.worker("Samira")
    topic = await _moves_into_a_topic(town)
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    card = lamp.card
    assert card.thread_id == topic
    chat = town.desk("stad-west").chat
    await samira.does(lambda person: person.deletes_topic(chat, topic))
    assert not [message for message in town.desk("stad-west").messages if "M-2026-0001" in message.text]

    other = await tells(town, town.resident("Piet"), "De bank is stuk")
    assert "De bank is stuk" in other.card.text
    await town.resident("Fatima").says("/meldingen")
    await town.resident("Fatima").taps("M-2026-0001")
    await town.resident("Fatima").taps("Schrijf erbij")
    await town.resident("Fatima").says("Hij knippert ook.")
    assert "De lantaarnpaal is kapot" in lamp.card.text
    assert lamp.card.labels == ["Ik pak het op", "Meer…"]
