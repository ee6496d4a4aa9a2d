"""The card of an open report in its desk's group: taken, answered, closed, and opened again by its resident."""

from bot.services.desk import cards
from handlers.staff.buttons import PhotoAway
from storage.queries import triage as queries
from tests.conversations.telling import IDEA, NUISANCE, tells
from tests.town import Town


async def test_a_report_is_taken_answered_and_closed(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await samira.starts()
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot")

    assert "M-2026-0001" in lamp.card.text
    assert "De lantaarnpaal is kapot" in lamp.card.text
    assert "Van bewoner 0001. Leest Nederlands." in lamp.card.text
    assert "Gemeld op maandag 23 november" in lamp.card.text
    assert "Antwoord beloofd: uiterlijk donderdag 26 november" in lamp.card.text
    assert "Status: ontvangen, nog van niemand" in lamp.card.text
    assert lamp.card.labels == ["Ik pak het op", "Meer…"]

    await samira.taps("Ik pak het op", on=lamp.card)
    assert "Status: opgepakt door Samira op maandag 23 november" in lamp.card.text
    assert lamp.card.labels == ["Antwoord", "Afronden", "Meer…"]

    await samira.taps("Antwoord", on=lamp.card)
    assert "M-2026-0001" in samira.sees
    assert "Er gaat nog niets weg." in samira.sees

    await samira.says("De gemeente komt morgen.")
    assert "Dit gaat naar de bewoner:" in samira.sees
    assert not fatima.was_told("De gemeente komt morgen.")

    await samira.taps("Versturen")
    assert "Verstuurd over M-2026-0001." in samira.sees
    assert "Bericht van Samira van De Schoor over M-2026-0001:" in fatima.sees
    assert "De gemeente komt morgen." in fatima.sees
    assert "De bewoner kreeg bericht op maandag 23 november" in lamp.card.text
    assert "Antwoord beloofd" not in lamp.card.text

    await fatima.taps("Antwoord terug")
    await fatima.says("Dank je wel!")
    below = town.desk("stad-west").messages[-1]
    assert "💬 bewoner 0001 over M-2026-0001:" in below.text
    assert "Dank je wel!" in below.text
    assert below.reply_to is lamp.card
    assert "💬 De bewoner schreef op maandag 23 november" in lamp.card.text

    await samira.taps("Afronden", on=lamp.card)
    await samira.taps("opgelost", on=lamp.card)
    assert "Status: afgerond door Samira op maandag 23 november: opgelost" in lamp.card.text
    assert "Je melding M-2026-0001 is afgerond door Samira van De Schoor." in fatima.sees
    assert "Het is opgelost." in fatima.sees


async def test_not_solved_opens_the_report_again_and_asks_for_one_line(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot")
    await samira.taps("Ik pak het op", on=lamp.card)
    await samira.taps("Afronden", on=lamp.card)
    await samira.taps("opgelost", on=lamp.card)

    await fatima.taps("Niet opgelost")
    assert "Je melding M-2026-0001 is weer open." in fatima.sees
    assert "Status: opgepakt door Samira" in lamp.card.text

    await fatima.says("Hij is nog steeds uit.")
    assert "Hij is nog steeds uit." in town.desk("stad-west").messages[-1].text

    await fatima.taps("Niet opgelost")
    assert "Deze melding is nog open." in fatima.sees


async def test_a_second_worker_is_told_who_was_first(town: Town) -> None:
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    samira, omar = town.worker("Samira"), town.worker("Omar")
    before = lamp.card.buttons[0][0]["callback_data"]

    await samira.taps("Ik pak het op", on=lamp.card)
    await omar.forges(before, on=lamp.card)
    assert omar.toast == "Samira heeft deze melding al."
    assert "opgepakt door Samira" in lamp.card.text

    await samira.forges(before, on=lamp.card)
    assert samira.toast == "Jij hebt deze melding al."


async def test_photos_stand_below_the_card_and_follow_what_the_resident_takes_away(town: Town) -> None:
    fatima = town.resident("Fatima")
    lamp = await tells(town, fatima, "De lantaarnpaal is kapot", photos=2)

    assert "📷 2 foto's of video's, hieronder" in lamp.card.text
    album = [message for message in town.desk("stad-west").messages if message.media]
    assert len(album) == 2
    assert album[0].reply_to is lamp.card

    await fatima.taps("Foto 1 weg")
    assert "📷 1 foto of video, hieronder" in lamp.card.text
    assert len([message for message in town.desk("stad-west").messages if message.media]) == 1


async def test_a_worker_takes_a_photo_away_from_every_screen(town: Town) -> None:
    samira, omar, desk = town.worker("Samira"), town.worker("Omar"), town.desk("stad-west")
    await samira.starts()
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot", photos=2)
    await samira.taps("Meer…", on=lamp.card)
    await samira.taps("Open in privé", on=lamp.card)
    await samira.taps("Meer…")
    await samira.taps("Hele tekst en bestanden")
    assert len([message for message in samira.messages if message.media]) == 2

    for label in ("Foto weg", "Foto 1 weg"):
        await omar.taps(label, on=lamp.card)
    assert omar.toast == "De foto is weg."
    assert "📷 1 foto of video, hieronder" in lamp.card.text
    assert len([message for message in desk.messages if message.media]) == 1
    assert len([message for message in samira.messages if message.media]) == 1

    for label in ("Meer…", "Foto weg"):
        await omar.taps(label, on=lamp.card)
    await omar.taps("Foto weg", on=lamp.card)
    assert not any(message.media for message in [*desk.messages, *samira.messages])
    await omar.taps("Meer…", on=lamp.card)
    assert not [label for label in lamp.card.labels if "Foto" in label]


async def test_a_photo_of_a_sealed_report_goes_only_by_who_may_open_it(town: Town) -> None:
    samira, omar = town.worker("Samira"), town.worker("Omar")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), "Ruzie op de galerij", kind=NUISANCE, photos=1)
    async with town.reading() as work:
        report = await told.report()
        (photo,) = await queries.media_of(work.session, report.id)
    await omar.forges(PhotoAway(report.id, report.version, photo.id).encode(), on=told.card)
    assert (await told.report()).version == report.version
    await samira.taps("Ik pak het op", on=told.card)
    await samira.taps("Meer…")
    await samira.taps("Foto weg")
    await samira.taps("Foto weg")
    assert samira.toast == "De foto is weg."
    assert "📷" not in samira.sees


async def test_why_here_shows_the_rule(town: Town) -> None:
    plan = await tells(town, town.resident("Fatima"), "Een moestuin bij de school", kind=IDEA)
    omar = town.worker("Omar")

    await omar.taps("Meer…", on=plan.card)
    await omar.taps("Waarom hier?", on=plan.card)
    assert "Waarom hier? Regel 3: gebied Almere Stad West." in plan.card.text

    await omar.taps("⬅️ Terug", on=plan.card)
    assert "Waarom hier?" not in plan.card.text
    assert plan.card.labels == ["Ik pak het op", "Meer…"]


async def test_a_deleted_card_is_made_again(town: Town) -> None:
    lamp = await tells(town, town.resident("Fatima"), "De lantaarnpaal is kapot")
    first = lamp.card
    first.deleted = True

    async with town.writing() as work:
        await cards.refresh(work, await lamp.report())
    await town.settle()
    assert lamp.card is not first
    assert lamp.card.labels == ["Ik pak het op", "Meer…"]


async def test_html_in_names_and_words_stands_as_it_was_typed(town: Town) -> None:
    lamp = await tells(town, town.resident("Fatima"), "<b>Lamp</b> & <script> kapot")
    assert "<b>Lamp</b> & <script> kapot" in lamp.card.text


async def test_a_text_of_4096_characters_is_cut_on_the_card_and_whole_in_private(town: Town) -> None:
    fatima, samira = town.resident("Fatima"), town.worker("Samira")
    await samira.starts()
    long = "Lamp kapot. " + "😀" * 2042
    assert len(long.encode("utf-16-le")) == 2 * 4096
    lamp = await tells(town, fatima, long)
    assert "😀…" in lamp.card.text

    await samira.taps("Meer…", on=lamp.card)
    await samira.taps("Open in privé", on=lamp.card)
    await samira.taps("Meer…")
    await samira.taps("Hele tekst en bestanden")
    assert samira.sees == long
    assert samira.message.protect_content

    await town.advance(hours=25)
    assert samira.sees != long
