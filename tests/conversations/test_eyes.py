"""Eyes: who comes into a desk's group is seen; somebody unknown sees no word until the beheerder confirms."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from bot.demo.telegram.model import Member
from bot.domain.enums import Reachable, RoleName
from bot.services.desk import eyes
from storage.models import Desk, DeskWorker, GroupGuest, HandledUpdate, Outbox, Person, RoleGrant
from storage.queries import staff
from tests.conversations.telling import Told, tells
from tests.town import Town

#: Tuesday 24 November, after the look of 07:30.
NEXT_MORNING = datetime(2026, 11, 24, 6, 35, tzinfo=UTC)


async def _lamp(town: Town) -> Told:
    fatima = town.resident("Fatima")
    told = await tells(town, fatima, "De lantaarnpaal is kapot", photos=1)
    receipt = next(message for message in fatima.messages if "M-2026-0001" in message.text)
    await fatima.says("Hij valt bijna om.", reply_to=receipt)
    return told


def _readable(town: Town) -> str:
    said = town.desk("stad-west").messages
    return "\n".join([*(message.text for message in said), *("FOTO" for message in said if message.media)])


async def _piet_joins(town: Town) -> None:
    chat = town.desk("stad-west").chat
    await town.resident("Piet").does(lambda person: person.joins(chat))


async def test_somebody_unknown_turns_the_cards_sealed_until_the_beheerder_confirms(town: Town) -> None:
    wilma, samira = town.worker("Wilma"), town.worker("Samira")
    await wilma.starts()
    told = await _lamp(town)
    assert "De lantaarnpaal is kapot" in _readable(town)
    assert "Hij valt bijna om." in _readable(town)
    assert "FOTO" in _readable(town)

    await _piet_joins(town)
    for words in ("lantaarnpaal", "Hij valt bijna om.", "FOTO"):
        assert words not in _readable(town)
    assert told.card.text.splitlines()[0] == "🔒 M-2026-0001 · verzegeld"
    assert any("Hier zit iemand die ik niet ken." in text for text in town.desk("stad-west").texts)
    assert wilma.sees.startswith("In de groep van Stad West zit iemand die ik niet ken: deze persoon.")
    assert "Piet" not in wilma.sees

    pressed = wilma.message.buttons[0][0]["callback_data"]
    await samira.starts()
    await samira.forges(pressed)
    assert samira.toast == "Dit kan alleen de beheerder."
    assert "lantaarnpaal" not in _readable(town)

    await wilma.taps("Hoort erbij")
    assert wilma.sees == "Wilma zegt: dit hoort bij de groep van Stad West."
    for words in ("De lantaarnpaal is kapot", "Hij valt bijna om.", "FOTO", "Het is opgelost."):
        assert words in _readable(town)
    assert "Hier zit iemand die ik niet ken." not in _readable(town)


async def test_who_leaves_again_opens_the_cards(town: Town) -> None:
    await town.worker("Wilma").starts()
    await _lamp(town)
    await _piet_joins(town)
    new = await tells(town, town.resident("Els"), "De bank is stuk")
    assert "De bank is stuk" not in _readable(town)
    chat = town.desk("stad-west").chat
    await town.worker("Samira").does(lambda person: person.removes(chat, town.resident("Piet").person))
    assert "De lantaarnpaal is kapot" in _readable(town)
    assert "De bank is stuk" in new.card.text
    assert town.worker("Wilma").sees == "Opgelost: in de groep van Stad West zit niemand meer die ik niet ken."


async def test_colleagues_and_beheerders_may_come_and_go(town: Town) -> None:
    await _lamp(town)
    chat = town.desk("stad-west").chat
    await town.worker("Omar").does(lambda person: person.leaves(chat))
    await town.worker("Omar").does(lambda person: person.joins(chat))
    await town.worker("Wilma").does(lambda person: person.joins(chat))
    assert "De lantaarnpaal is kapot" in _readable(town)
    async with town.reading() as work:
        assert await work.session.scalar(select(func.count()).select_from(GroupGuest)) == 0


async def test_a_bot_without_rights_sees_who_comes_by_the_groups_own_messages(town: Town) -> None:
    await town.worker("Wilma").starts()
    await _lamp(town)
    chat, bot = town.desk("stad-west").chat, town.world.bot
    chat.members[bot.id] = Member(bot)
    await _piet_joins(town)
    assert "De lantaarnpaal" not in _readable(town)
    await town.resident("Piet").does(lambda person: person.leaves(chat))
    assert "De lantaarnpaal is kapot" in _readable(town)


async def test_who_comes_in_during_the_daily_look_is_not_forgotten_by_it(town: Town) -> None:
    await _lamp(town)
    await _piet_joins(town)
    chat, workers = town.desk("stad-west").chat, [9001, 9002]
    async with town.writing() as work:
        await eyes.counted(work, chat.id, total=2, looked_for=workers, inside=workers)
    await town.settle()
    assert "De lantaarnpaal" not in _readable(town)


async def test_the_daily_count_finds_who_came_unseen(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    told = await _lamp(town)
    chat = town.desk("stad-west").chat
    town.world.add_person("Onbekend", id=7001)
    members = dict(chat.members)
    chat.members[7001] = type(members[9001])(town.world.users[7001])

    await town.advance(NEXT_MORNING)
    assert wilma.sees.startswith("In de groep van Stad West zit 1 persoon die ik niet ken.")
    assert "lantaarnpaal" not in told.card.text
    await wilma.taps("Hoort erbij")
    assert "De lantaarnpaal is kapot" in told.card.text

    await town.advance(days=1)
    assert "De lantaarnpaal is kapot" in _readable(town)
    del chat.members[7001]
    await town.advance(days=1)
    async with town.reading() as work:
        assert await work.session.scalar(select(func.count()).select_from(GroupGuest)) == 0


async def _hire(town: Town, person_id: int) -> None:
    """Give the desk of Stad West a worker whom Telegram does not know: never there, or a mistyped number."""
    async with town.writing() as work:
        (desk,) = await staff.desks_of(work.session, town.worker("Omar").id)
        work.session.add(Person(id=person_id, created_at=town.now, name="Nieuw", reachable=Reachable.NEVER_STARTED))
        await work.session.flush()
        work.session.add(RoleGrant(person_id=person_id, role=RoleName.WORKER, given_at=town.now))
        work.session.add(DeskWorker(desk_id=desk.id, person_id=person_id))


async def test_a_worker_whom_telegram_does_not_know_does_not_blind_the_daily_count(town: Town) -> None:
    await town.worker("Wilma").starts()
    await _hire(town, 7777)
    told = await _lamp(town)
    chat = town.desk("stad-west").chat
    town.world.add_person("Onbekend", id=7001)
    chat.members[7001] = type(chat.members[9001])(town.world.users[7001])
    await town.advance(NEXT_MORNING)
    assert "lantaarnpaal" not in told.card.text


async def test_who_never_was_in_the_group_is_no_stranger_there_after_losing_the_role(town: Town) -> None:
    wilma = town.worker("Wilma")
    await wilma.starts()
    await _hire(town, 7777)
    told = await _lamp(town)
    await wilma.says("/rollen")
    await wilma.taps("Nieuw")
    await wilma.taps("Ja, weghalen")
    assert wilma.sees == "Nieuw is geen buurtwerker meer."
    assert "De lantaarnpaal is kapot" in told.card.text


async def test_group_talk_is_dropped_unread(town: Town) -> None:
    await _lamp(town)
    async with town.reading() as work:
        before = await work.session.scalar(select(func.count()).select_from(Outbox))
    await town.worker("Samira").says_in(town.desk("stad-west"), "Ken jij die straat, Omar?")
    async with town.reading() as work:
        assert await work.session.scalar(select(func.count()).select_from(Outbox)) == before
        columns = HandledUpdate.__table__.columns.keys()
        assert set(columns) == {"update_id", "at"}
        assert (await work.session.scalars(select(Desk).where(Desk.sealed_cards_only))).all() == []
