"""A desk's group: the bot comes in, a group is unknown, a group becomes a supergroup, a role is corrected away."""

from tests.conversations.report_steps import draft_of
from tests.conversations.telling import IDEA, tells
from tests.town import Town


async def test_the_bot_says_what_a_group_is_for_and_shows_what_came_in_meanwhile(town: Town) -> None:
    samira, desk = town.worker("Samira"), town.desk("stad-west")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    await samira.does(lambda person: person.removes_bot(desk.chat))
    await samira.does(lambda person: person.adds_bot(desk.chat))

    assert any("Hier komen de meldingen voor Stad West." in text for text in desk.texts)
    assert any("Maak mij beheerder." in text for text in desk.texts)
    assert told.card.labels == ["Ik pak het op", "Meer…"]


async def test_an_unknown_group_is_told_its_number(town: Town) -> None:
    piet = town.resident("Piet")
    group = await piet.does(lambda person: person.creates_group("Buren", with_bot=True))
    said = [message.text for message in group.visible if message.sender is town.world.bot]
    assert said == [f"Deze groep ken ik niet. Zet dit nummer in het instelbestand: {group.id}"]


async def test_cards_follow_a_group_that_became_a_supergroup(town: Town) -> None:
    samira = town.worker("Samira")
    told = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    group = town.desk("stad-west").chat
    group.type = "group"
    new = await samira.does(lambda person: person.upgrades(group))

    shown = [message for message in new.visible if message.sender is town.world.bot]
    assert any("M-2026-0001" in message.text or "0001" in " ".join(message.labels) for message in shown)
    later = await tells(town, town.resident("Piet"), "De bank is stuk")
    assert any("De bank is stuk" in message.text for message in new.visible)
    assert (told.number, later.number) == ("0001", "0002")


async def test_a_corrected_theme_moves_the_report_and_the_old_card_says_where(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), "Er is te weinig licht", photos=1)
    omar, samira = town.worker("Omar"), town.worker("Samira")
    await samira.taps("Ik pak het op", on=told.card)
    await omar.taps("Meer…", on=told.card)
    await omar.taps("Soort, thema, wijk", on=told.card)
    await omar.taps("Thema", on=told.card)
    await omar.taps("Veiligheid", on=told.card)

    assert omar.toast == "Aangepast. De melding gaat naar Veiligheid."
    assert told.card.text == "M-2026-0001 staat nu bij Veiligheid, sinds maandag 23 november."
    assert told.card.labels == []
    assert not any(message.media for message in town.desk("stad-west").messages)
    new = town.desk("veilig").card("0001")
    assert "Er is te weinig licht" in new.text
    assert "Status: ontvangen, nog van niemand" in new.text
    assert any(message.media for message in town.desk("veilig").messages)
    assert len(told.resident.messages) == len([m for m in told.resident.messages if "Samira" not in m.text])


async def test_a_corrected_wijk_stays_or_moves_by_the_rules(town: Town) -> None:
    told = await tells(town, town.resident("Fatima"), "Een moestuin bij de school", kind=IDEA)
    samira = town.worker("Samira")
    await samira.taps("Meer…", on=told.card)
    for label in ("Soort, thema, wijk", "Wijk", "Almere Stad West", "Literatuurwijk"):
        await samira.taps(label, on=told.card)
    assert samira.toast == "Aangepast."
    assert "Literatuurwijk (Almere Stad West)" in told.card.text

    await samira.taps("Meer…", on=told.card)
    for label in ("Soort, thema, wijk", "Wijk", "Buiten Almere"):
        await samira.taps(label, on=told.card)
    assert "staat nu bij Heel Almere" in told.card.text
    assert "Wijk onbekend" in town.desk("stad").card("0001").text


async def test_a_group_that_moves_among_other_messages_loses_none_of_them(town: Town) -> None:
    """One batch: a report begins, a worker looks something up in the group, the group moves, the report goes on."""
    samira, omar, fatima = town.worker("Samira"), town.worker("Omar"), town.resident("Fatima")
    await tells(town, town.resident("Piet"), "De lantaarnpaal is kapot")
    group = town.desk("stad-west").chat
    group.type = "group"
    await samira.says_in(group, "/zoek lantaarnpaal")
    await town.stop()
    await fatima.person.writes("Er ligt glas op straat")
    await omar.person.sends(group, "/zoek lantaarnpaal")
    new = await samira.person.upgrades(group)
    await fatima.person.writes("Ook bij de speeltuin")
    await town.restart()
    await town.settle()
    assert (await draft_of(fatima)).text == "Er ligt glas op straat\nOok bij de speeltuin"
    assert any(message.text.startswith("Gevonden meldingen") for message in new.visible)
