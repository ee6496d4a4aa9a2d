"""A town that lives for a morning, so that there are updates of every sort, things to know, and who may know them."""

import copy
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.demo.telegram.model import Chat
from bot.domain.enums import RoleKey
from bot.services.rommelroute.stalls import StallDraft
from handlers.buttons import REGISTRY
from storage.models import Base, Dialogue, Person, Report
from tests.chaos.canaries import Canaries, aliases
from tests.conversations import door_list, secret_team
from tests.conversations.market import with_stalls
from tests.conversations.repair_days import helps, visits
from tests.conversations.telling import IDEA, NUISANCE, tells
from tests.town import Town
from tests.town_people import Someone


@dataclass
class Lived:
    """What came of it: the raw updates, ids and buttons, and who is who."""

    canaries: Canaries = field(default_factory=Canaries)
    updates: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    secrets: secret_team.Secrets = field(default_factory=secret_team.Secrets)


async def live(town: Town) -> Lived:
    """Live a morning in *town* and return what came of it."""
    lived = Lived()
    town.world.updates.on_put = lambda update: lived.updates.append(aliases(copy.deepcopy(update.body)))
    async with town.writing() as work:
        lived.secrets = await secret_team.fill(work)
    await _reports(town, lived.canaries)
    await _sign_ups(town, lived.canaries)
    await _groups(town, lived.canaries)
    await _everything_else(town, lived.canaries)
    town.world.updates.on_put = None
    await _gather(town, lived)
    return lived


def _says(canaries: Canaries, who: Someone, *places: int) -> str:
    return canaries.word(who.id, *places)


async def _reports(town: Town, canaries: Canaries) -> None:
    fatima, karim, lina = (town.resident(name) for name in ("Fatima", "Karim", "Lina"))
    samira, wilma = town.worker("Samira"), town.worker("Wilma")
    for worker in (samira, wilma):
        await worker.starts()
    lamp = await tells(town, fatima, f"De lamp is kapot {_says(canaries, fatima)}", photos=2, point=(52.368, 5.196))
    await tells(town, karim, f"Ruzie met de buren {_says(canaries, karim)}", kind=NUISANCE, photos=1)
    await tells(
        town, lina, f"Een moestuin {_says(canaries, lina)}", kind=IDEA, area="Filmwijk", desk="stad", send=False
    )
    await samira.taps("Ik pak het op", on=lamp.card)
    await samira.taps("Antwoord", on=lamp.card)
    await samira.says(f"Wij komen kijken {_says(canaries, samira)}")
    await samira.taps("Versturen")
    await fatima.taps("Antwoord terug")
    await fatima.says(f"Dank u wel {_says(canaries, fatima)}")
    word = await samira.says_in(lamp.card.chat, f"Wie gaat mee {_says(canaries, samira)}", reply_to=lamp.card)
    await samira.edits(word, f"Wie gaat er mee {_says(canaries, samira)}")


async def _sign_ups(town: Town, canaries: Canaries) -> None:
    await helps(town, "Ann", RoleKey.HOST, known_as=canaries.word(town.resident("Ann").id))
    await visits(town, "Bob", f"radio {canaries.word(town.resident('Bob').id)}")
    stall = StallDraft("Filmstraat", "4", "1325 AB", sells=canaries.word(town.resident("Cor").id))
    await with_stalls(town, {"Cor": stall})
    async with town.writing() as work:
        for name in ("Fatima", "Karim", "Lina", "Bob", "Cor"):
            someone = town.resident(name)
            (await work.session.get_one(Person, someone.id)).name = canaries.word(someone.id)


async def _groups(town: Town, canaries: Canaries) -> None:
    """Talk, commands, replies, people who come and go, the bot out and in, a group that is upgraded."""
    samira, omar, jan = town.worker("Samira"), town.worker("Omar"), town.person("Jan")
    chat, team = town.desk("stad-west").chat, town.group(-2001)
    card = next(message for message in reversed(town.desk("stad-west").messages) if message.labels)
    await omar.says_in(chat, f"Mooi weer {_says(canaries, omar)}")
    await omar.says_in(chat, f"/zoek {_says(canaries, omar)}")
    await omar.says_in(chat, f"Ik bel ze {_says(canaries, omar)}", reply_to=card)
    await omar.does(lambda person: person.sends_photo(chat, f"Kijk {_says(canaries, omar)}", reply_to=card))
    await jan.says_in(team, f"Ik ga om 18:05, wie loopt mee? {_says(canaries, jan, team.id)}")
    for name in ("Fatima", "Piet"):
        await town.resident(name).does(lambda person: person.joins(chat))
        await town.resident(name).does(lambda person: person.leaves(chat))
    await samira.does(lambda person: person.renames(chat, "Andere naam"))
    await samira.does(lambda person: person.stays_anonymous(chat))
    await samira.says_in(chat, "/chatid")
    await samira.does(lambda person: person.stays_anonymous(chat, on=False))
    spare = await omar.does(lambda person: person.creates_group("Oud", samira.person, with_bot=True))
    await omar.does(lambda person: person.removes_bot(spare))
    await omar.does(lambda person: person.adds_bot(spare))
    await omar.does(lambda person: person.promotes_bot(spare))
    await omar.does(lambda person: person.upgrades(spare))
    await _forum(town, omar)


async def _forum(town: Town, omar: Someone) -> None:
    forum: Chat = town.world.add_group("Forum", admins=[omar.person], bot="administrator")
    forum.is_forum = True
    topic = await omar.does(lambda person: person.opens_topic(forum, "Meldingen"))
    await omar.says_in(forum, "/chatid", thread=topic.thread_id)


async def _everything_else(town: Town, canaries: Canaries) -> None:
    """What a resident can send besides words, and what they do with the chat itself."""
    pim = town.resident("Pim")
    await pim.starts("route_5")
    for command in ("/help", "/melden", "/activiteiten", "/mijn", "/instellingen", "/privacy", "/start abc"):
        await pim.says(command)
    await pim.says("stop")
    await pim.sends_voice()
    await pim.sends_album(2, f"Dit is het {_says(canaries, pim)}")
    await pim.sends_location(52.37, 5.21)
    for send in (
        lambda person: person.sends_video(pim.id, _says(canaries, pim)),
        lambda person: person.sends_document(pim.id, _says(canaries, pim)),
        lambda person: person.sends_contact(pim.id, "+31612345678", "Pim"),
        lambda person: person.sends_sticker(pim.id),
        lambda person: person.sends_poll(pim.id, "Ja?"),
        lambda person: person.forwards(pim.id, person.chat.visible[-1], pim.id),
    ):
        await pim.does(send)
    word = await pim.says(f"Er ligt vuil {_says(canaries, pim)}")
    await pim.edits(word, f"Er ligt veel vuil {_says(canaries, pim)}")
    await pim.taps(pim.buttons[0])
    await pim.blocks()
    await pim.unblocks()


async def _gather(town: Town, lived: Lived) -> None:
    """Gather every id there is, and a few taps of every button."""
    async with town.reading() as work:
        numbers: dict[str, list[int]] = {}
        for table in Base.metadata.sorted_tables:
            keys = [column for column in table.primary_key.columns if column.name == "id"]
            for key in keys:
                found = (await work.session.scalars(select(key).order_by(key).limit(6))).all()
                numbers[table.name] = [one for one in found if isinstance(one, int)]
        drafts = list((await work.session.scalars(select(Dialogue.draft_id))).all())
        reports = list((await work.session.scalars(select(Report.id))).all())
        lived.people = list((await work.session.scalars(select(Person.id))).all())
    pool = dict(lived.secrets.by_name) | {name: ids for name, ids in numbers.items() if ids}
    pool |= {"draft": drafts, "report": reports, "version": [1, 2, 3, 0], "person": lived.people}
    few = [*reports, *drafts, *lived.secrets.few]
    lived.buttons = [button.encode() for button in door_list.taps(pool, few)]
    chats = list(town.world.chats)
    messages = [message.message_id for chat in town.world.chats.values() for message in chat.messages[-3:]]
    lived.ids = [*lived.people, *chats, *chats, *messages, *reports, *(one for ids in numbers.values() for one in ids)]
    assert {data.partition(":")[0] for data in lived.buttons} == set(REGISTRY)
