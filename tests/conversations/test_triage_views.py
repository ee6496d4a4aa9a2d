"""What cards and calls say in states that are rare: gone, moved, erased, recorded by a worker, asking for a call."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain.enums import CloseReason, Kind, Language, MediaKind, MessageDirection, ReportStatus, Theme
from bot.domain.notices import Notice
from bot.domain.notices import triage as notices
from bot.domain.notices.after import LaterQuestion
from bot.domain.notices.conversation import PassOnList
from bot.services import triage
from bot.services.reporting import reports
from bot.texts import Translator
from handlers.staff.buttons import Menu
from handlers.views import VIEWS
from handlers.views.drawing import Drawing, Drawn, NotAnyMore, Remove
from handlers.views.registry import LINES, Reading
from storage.engine import Database
from storage.models import Desk, Report, ReportMedia, ReportMessage, ReportNote, RoutingRule
from storage.queries import town
from storage.queries import triage as queries
from storage.work import Work
from tests.services.desks import FATIMA, NOW, OMAR, SAMIRA, WILMA, open_town, someone, told

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
NOBODY = 404


def _reading(work: Work, *, chat: int = -1001, message_id: int | None = None, parts: tuple[int, ...] = ()) -> Reading:
    t = Translator(Language.DUTCH, ZoneInfo("Europe/Amsterdam"))
    return Reading(work, t, chat, None, message_id, "bot", lambda _language: t, parts)


async def _draw(work: Work, notice: Notice, **more: int) -> Drawn:
    return await VIEWS[type(notice)](notice, _reading(work, **more))  # type: ignore[arg-type]  # only ids in these tests


async def _text(work: Work, notice: Notice, **more: int) -> str:
    drawn = await _draw(work, notice, **more)
    assert isinstance(drawn, Drawing)
    return drawn.text


async def test_nothing_is_drawn_of_a_report_that_is_gone(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        desk = (await told(work)).desk_id
        for notice in (
            notices.ReportCard(NOBODY, desk),
            notices.CardMenu(NOBODY, desk, "more"),
            notices.CardMedia(NOBODY, desk),
            notices.ResidentWords(NOBODY, NOBODY, desk),
            notices.PrivateCard(NOBODY, SAMIRA),
            notices.PrivateWords(NOBODY, NOBODY, SAMIRA, 0),
            notices.PrivateText(NOBODY, SAMIRA, 1),
            notices.PrivateMedia(NOBODY, NOBODY, SAMIRA, 1),
            notices.ForgetPrivate(NOBODY, "private_text:1"),
            notices.ToResident(NOBODY, NOBODY),
            notices.ClosingToResident(NOBODY, NOBODY),
            notices.NothingSent(NOBODY, NOBODY, SAMIRA),
            notices.DangerPing(NOBODY, desk),
            notices.DangerAlarm(NOBODY, desk),
            notices.DangerToSafety(NOBODY, desk, WILMA),
            notices.TakenOver(NOBODY, NOBODY, SAMIRA, OMAR),
            notices.ChangedHands(NOBODY, NOBODY, desk, SAMIRA, OMAR),
            notices.Unopened(NOBODY, desk, SAMIRA, NOBODY),
        ):
            assert isinstance(await _draw(work, notice), NotAnyMore), notice
        assert await LINES[notices.ReportCard](notices.ReportCard(NOBODY, desk), _reading(work)) == ""


async def test_what_must_not_stand_in_the_group_any_more_is_removed_whole(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work, kind=Kind.NUISANCE)
        drawn = await VIEWS[notices.CardMedia](
            notices.CardMedia(report.id, report.desk_id), _reading(work, message_id=7, parts=(7, 8))
        )
        assert drawn == Remove([7, 8], "gewist")
        words = notices.ResidentWords(report.id, 1, report.desk_id)
        assert await _draw(work, words, message_id=9) == Remove([9], "gewist")


async def test_the_private_card_says_what_only_its_reader_may_know(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _full(work)
        card = await _text(work, notices.PrivateCard(report.id, SAMIRA), chat=SAMIRA)
        assert "Van Fatima. Leest Nederlands." in card
        assert "📞 Wil gebeld worden: 06 12345678 ('s Ochtends, Arabisch)" in card
        assert "Wil geen bericht." in card
        assert "📷 1 foto of video · 🎤 1 spraakbericht · 📎 1 bestand" in card
        assert "<b>Fatima</b>, maandag 23 november: Het is erger" in card
        assert "<b>Samira</b>, maandag 23 november: Waar?" in card
        assert "📝 Omar, maandag 23 november: Let op" in card

        group = await _text(work, notices.ReportCard(report.id, report.desk_id))
        for word in ("Fatima", "06 12345678", "erger", "Let op", "foto", "📞"):
            assert word not in group

        report.sealed = False
        opened = await _text(work, notices.ReportCard(report.id, report.desk_id))
        assert "📞 Wil gebeld worden. Het nummer staat in je privéchat." in opened
        assert "06 12345678" not in opened
        assert "Let op" in opened


async def _full(work: Work) -> Report:
    """Return a sealed report, taken by Samira, with everything that there can be."""
    report = await told(work, kind=Kind.NUISANCE)
    report.resident_name, report.may_write_back = "Fatima", False
    report.call_me = {"number": "06 12345678", "part": "morning", "language": "Arabisch"}
    await triage.take(work, report.id, await someone(work, SAMIRA), report.version)
    for position, kind in enumerate((MediaKind.PHOTO, MediaKind.VOICE, MediaKind.DOCUMENT)):
        work.session.add(
            ReportMedia(
                report_id=report.id, position=position, kind=kind, file_id=kind.value, file_unique_id=kind.value
            )
        )
    said = ((MessageDirection.RESIDENT, FATIMA, "Het is erger"), (MessageDirection.QUESTION, SAMIRA, "Waar?"))
    for direction, author, text in said:
        work.session.add(
            ReportMessage(report_id=report.id, direction=direction, author_id=author, text=text, created_at=NOW)
        )
    work.session.add(ReportNote(report_id=report.id, author_id=OMAR, text="Let op", created_at=NOW))
    await work.session.flush()
    return report


async def test_a_private_card_closes_for_who_may_not_read_it(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work, kind=Kind.NUISANCE)
        number = f"M-2026-{report.number:04}"
        assert await _text(work, notices.PrivateCard(report.id, OMAR), chat=OMAR) == f"{number} is niet meer van jou."
        await triage.take(work, report.id, await someone(work, SAMIRA), report.version)
        assert await _text(work, notices.PrivateCard(report.id, OMAR), chat=OMAR) == f"{number} is nu van Samira."


async def test_a_signal_of_a_worker_names_the_worker(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        report.resident_id, report.recorded_by = None, OMAR
        await work.session.flush()
        assert "Signaal van Omar." in await _text(work, notices.ReportCard(report.id, report.desk_id))
        report.recorded_by = FATIMA
        assert "Signaal van een buurtwerker." in await _text(work, notices.ReportCard(report.id, report.desk_id))


async def test_an_erased_report_says_so(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        report.text = ""
        await work.session.flush()
        assert "De tekst en de bestanden zijn gewist." in await _text(
            work, notices.ReportCard(report.id, report.desk_id)
        )


@pytest.mark.parametrize(
    ("kind", "theme", "area", "why"),
    [
        (Kind.PLACE, Theme.SAFETY, "WK003427", "Waarom hier? Regel 2: thema 🛡 Veiligheid."),
        (Kind.PLACE, Theme.OTHER, "WK003427", "Waarom hier? Regel 3: gebied Almere Stad West."),
        (Kind.PLACE, Theme.OTHER, "WK003418", "Waarom hier? Regel 4: geen andere regel past."),
        (Kind.SELF, Theme.OTHER, "WK003418", "Waarom hier? Regel 1: soort."),
    ],
)
async def test_why_here(database: Database, kind: Kind, theme: Theme, area: str, why: str) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work, kind=kind, theme=theme, area=area)
        text = await _text(work, notices.CardMenu(report.id, report.desk_id, Menu.WHY.value))
        assert text.endswith(why)


async def test_why_here_names_kinds_to_who_may_read_it_and_wijken(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work, kind=Kind.SELF)
        menu = notices.PrivateMenu(report.id, WILMA, Menu.WHY.value)
        assert "soort 👤 Ik maak me zorgen om iemand, 🙋 Mijzelf of mijn gezin" in await _text(work, menu, chat=WILMA)

        rule = await work.session.get(RoutingRule, (await _rule(work, 0)).id)
        assert rule is not None
        rule.kinds, rule.areas = [], ["WK003427"]
        await work.session.flush()
        assert "Regel 1: wijk Stedenwijk." in await _text(work, menu, chat=WILMA)
        report.rule_position = 9
        assert "De regels zijn sindsdien veranderd." in await _text(work, menu, chat=WILMA)


async def _rule(work: Work, position: int) -> RoutingRule:
    return next(rule for rule in await town.rules(work.session) if rule.position == position)


async def test_a_line_of_a_list_holds_nothing_of_a_sealed_report(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work, kind=Kind.NUISANCE, danger=True)
        card = notices.ReportCard(report.id, report.desk_id)
        line = await LINES[notices.ReportCard](card, _reading(work))
        number = f"M-2026-{report.number:04}"
        assert line == f"⚠ {number} · 🏘 De straat en de buurt · Stedenwijk · nog van niemand"
        await triage.take(work, report.id, await someone(work, SAMIRA), report.version)
        assert (await LINES[notices.ReportCard](card, _reading(work))).endswith("Samira")
        report.status = ReportStatus.CLOSED
        assert await LINES[notices.ReportCard](card, _reading(work)) == ""


async def test_a_closing_is_not_told_when_the_report_was_opened_again(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        samira = await someone(work, SAMIRA)
        await triage.take(work, report.id, samira, report.version)
        await triage.close(work, report.id, samira, None, reason=CloseReason.SOLVED)
        event = await queries.last_event(work.session, report.id, "closed")
        assert event is not None
        closing = notices.ClosingToResident(report.id, event.id)
        assert "Het is opgelost." in await _text(work, closing, chat=FATIMA)
        assert isinstance(await _draw(work, closing, chat=OMAR), NotAnyMore)
        await triage.reopen(work, report.id, await someone(work, FATIMA))
        assert isinstance(await _draw(work, closing, chat=FATIMA), NotAnyMore)


async def test_a_call_names_who_is_called_and_nothing_of_the_report(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _full(work)
        number = f"M-2026-{report.number:04}"
        said = (await queries.messages_of(work.session, report.id, MessageDirection.RESIDENT))[0]
        text = await _text(work, notices.Unopened(report.id, report.desk_id, SAMIRA, said.id))
        called = f'<a href="tg://user?id={SAMIRA}">Samira</a>'
        assert text == f"{called}, er is een bericht over {number}. Tik op de kaart op Openen."
        step = await queries.last_event(work.session, report.id, "taken")
        assert step is not None
        assert await _text(work, notices.Unopened(report.id, report.desk_id, SAMIRA, step.id)) == text
        not_theirs = notices.Unopened(report.id, report.desk_id, OMAR, said.id)
        elsewhere = notices.Unopened(report.id, NOBODY, SAMIRA, said.id)
        for notice in (not_theirs, elsewhere):
            assert isinstance(await _draw(work, notice), NotAnyMore)


async def test_a_change_of_holder_is_told_in_the_group_until_it_changes_again(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report, samira = await _full(work), await someone(work, SAMIRA)
        await triage.hand_over(work, report.id, samira, OMAR, report.version)
        first = await queries.last_change_of_holder(work.session, report.id)
        assert first is not None
        told_omar = notices.ChangedHands(report.id, first, report.desk_id, OMAR, SAMIRA)
        assert "aan jou overgedragen" in await _text(work, told_omar)
        await triage.take_over(work, report.id, samira, report.version)
        assert isinstance(await _draw(work, told_omar), NotAnyMore)


async def test_words_that_a_worker_typed_do_not_stand_in_a_group_with_somebody_unknown(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        report.public_line = "De lamp bij het plein"
        desk = await work.session.get_one(Desk, report.desk_id)
        card, words = notices.ReportCard(report.id, desk.id), "De lamp bij het plein"
        assert words in await _text(work, card)
        desk.sealed_cards_only = True
        assert words not in await _text(work, card)
        drawn = await _draw(work, PassOnList(desk.id, 1), message_id=7)
        assert drawn == Remove([7], "gewist")


async def test_a_closing_before_the_resident_took_the_report_back_counts_no_more(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report, fatima, samira = await told(work), await someone(work, FATIMA), await someone(work, SAMIRA)
        await triage.take(work, report.id, samira, report.version)
        await triage.close(work, report.id, samira, None, reason=CloseReason.SOLVED)
        event = await queries.last_event(work.session, report.id, "closed")
        assert event is not None
        await triage.rate(work, report.id, event.id, fatima, good=True)
        await triage.reopen(work, report.id, fatima)
        assert await reports.withdraw(work, fatima, report.id)
        for notice in (LaterQuestion(report.id, event.id), notices.ClosingToResident(report.id, event.id)):
            assert isinstance(await _draw(work, notice, chat=FATIMA), NotAnyMore), notice
        assert "👍" not in await _text(work, notices.ReportCard(report.id, report.desk_id))
        outcome = await triage.rate(work, report.id, event.id, fatima, good=False)
        assert outcome.verdict is triage.Verdict.STALE
