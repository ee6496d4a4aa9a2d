"""Words go where their writer was told, and nowhere else: previews, group talk, other workers' private chats."""

from bot.domain.enums import CloseReason
from storage.models import Desk
from tests.conversations.telling import NUISANCE, Told, tells
from tests.town import Town
from tests.town_people import Someone

SECRET = "Mijn bovenbuurman schreeuwt elke nacht"


async def _taken(town: Town, text: str = "De lantaarnpaal is kapot") -> tuple[Told, Someone]:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), text)
    await samira.taps("Ik pak het op", on=told.card)
    return told, samira


async def test_talk_after_the_preview_is_talk(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Wij komen morgen kijken.")
    talk = await samira.says_in(town.desk("stad-west"), "Die mevrouw belt elke week.", reply_to=told.card)

    assert not talk.deleted
    await samira.taps("Versturen")
    assert told.resident.was_told("Wij komen morgen kijken.")
    assert not told.resident.was_told("belt elke week")


async def test_an_older_preview_does_not_send_newer_words(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Wij komen morgen kijken.")
    first = samira.message
    await samira.says("Even voor mezelf: niet vergeten.")

    await samira.taps("Versturen", on=first)
    assert not told.resident.was_told("Wij komen morgen kijken.")
    assert not told.resident.was_told("Even voor mezelf")
    assert "Even voor mezelf" in samira.sees
    await samira.taps("Versturen")
    assert told.resident.was_told("Even voor mezelf")


async def test_a_spoken_reply_can_be_heard(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Antwoord", on=told.card)
    await samira.says("Waar precies?")
    await samira.taps("Versturen")
    await told.resident.taps("Antwoord terug")
    await told.resident.sends_voice()

    await samira.taps("Open de melding", on=town.desk("stad-west").messages[-1])
    await samira.taps("Meer…")
    await samira.taps("Hele tekst en bestanden")
    assert any(message.media for message in samira.messages if "M-2026-0001" in message.text)


async def test_sealing_takes_words_out_of_colleagues_private_chats(town: Town) -> None:
    omar = town.worker("Omar")
    await omar.starts()
    told, samira = await _taken(town, "De lantaarnpaal is kapot. " + "Er is ook herrie. " * 150)
    await omar.taps("Meer…", on=told.card)
    await omar.taps("Open in privé", on=told.card)
    await omar.taps("Meer…")
    await omar.taps("Hele tekst en bestanden")
    assert omar.was_told("herrie")

    for label in ("Soort, thema, wijk", "Soort", "Overlast"):
        await samira.taps(label, on=told.card)
    assert not [message for message in omar.messages if not message.deleted and "herrie" in message.text]


async def test_a_group_that_sees_sealed_cards_only_reads_no_detail_of_a_closing(town: Town) -> None:
    told, samira = await _taken(town)
    await samira.taps("Afronden", on=told.card)
    await samira.taps("hoort bij", on=told.card)
    await samira.says("mevrouw Jansen")
    await samira.taps("Afronden")
    report = await told.report()
    assert report.close_reason is CloseReason.BELONGS_TO
    assert "mevrouw Jansen" in told.card.text
    async with town.writing() as work:
        desk = await work.session.get(Desk, report.desk_id)
        assert desk is not None
        desk.sealed_cards_only = True
    await samira.taps("Meer…", on=told.card)
    assert "mevrouw Jansen" not in told.card.text


async def test_a_holder_who_blocked_the_bot_is_called_in_the_group(town: Town) -> None:
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), SECRET, kind=NUISANCE)
    await samira.taps("Ik pak het op", on=told.card)
    await samira.blocks()
    await told.resident.says("/meldingen")
    await told.resident.taps("M-2026-0001")
    await told.resident.taps("Schrijf erbij")
    await told.resident.says("Hij staat nu voor mijn deur")
    last = town.desk("stad-west").messages[-1]
    assert last.text == "Samira, er is een bericht over M-2026-0001. Tik op de kaart op Openen."
