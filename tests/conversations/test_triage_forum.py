"""A desk that lives in one topic of a forum: its cards stand there, and no report is lost with the topic."""

from sqlalchemy import select

from handlers.views.drawing import Drawing
from storage.models import Desk
from storage.queries import setup as queries
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


async def test_a_deleted_topic_is_made_again_with_what_is_open(town: Town) -> None:
    samira, stad_west = town.worker("Samira"), town.desk("stad-west")
    topic = await _moves_into_a_topic(town)
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    assert lamp.card.thread_id == topic
    await samira.does(lambda person: person.deletes_topic(stad_west.chat, topic))
    assert stad_west.messages == []

    other = await tells(town, town.resident("Piet"), "De bank is stuk")
    anew = next(each for each in stad_west.chat.topics.values() if not each.deleted)
    assert (anew.name, anew.thread_id != topic) == ("Stad West", True)
    assert "De bank is stuk" in other.card.text
    assert {message.thread_id for message in stad_west.messages} == {anew.thread_id}
    listed = next(message for message in stad_west.messages if message.text.startswith("Dit is een nieuwe plek."))
    await samira.taps(listed.labels[0], on=listed)
    assert "De lantaarnpaal is kapot" in lamp.card.text
    assert lamp.card.labels == ["Ik pak het op", "Meer…"]
    async with town.reading() as work:
        assert await queries.topic_now(work.session, stad_west.chat.id, topic) == anew.thread_id, "so set-up follows"

    async with town.writing() as work:
        work.say(Drawing(text="Nog iets.").to_message(), chat=stad_west.chat.id, thread=topic)
    await town.settle()
    late = next(message for message in stad_west.messages if message.text == "Nog iets.")
    assert late.thread_id == anew.thread_id, "what had not followed yet does so when it is sent"


async def test_without_the_right_to_make_topics_the_card_stands_in_the_group(town: Town) -> None:
    samira, chat = town.worker("Samira"), town.desk("stad-west").chat
    topic = await _moves_into_a_topic(town)
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.does(lambda person: person.deletes_topic(chat, topic))
    town.world.faults.fail(
        "createForumTopic", count=9, status=400, description="Bad Request: not enough rights to create a topic"
    )

    other = await tells(town, town.resident("Piet"), "De bank is stuk")
    assert "De bank is stuk" in other.card.text
    assert other.card.thread_id is None
    await town.resident("Fatima").says("/meldingen")
    await town.resident("Fatima").taps("M-2026-0001")
    await town.resident("Fatima").taps("Schrijf erbij")
    await town.resident("Fatima").says("Hij knippert ook.")
    assert "De lantaarnpaal is kapot" in lamp.card.text
