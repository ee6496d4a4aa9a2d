"""Mails to partners on both databases: once per draft, nothing without a yes, and what was erased goes nowhere."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.enums import CloseReason, Kind, MediaKind, PartnerMailState, ReportStatus, RoleName
from bot.domain.notices.partners import PartnerLetter
from bot.services import partners, retention, triage
from bot.services.desk import absence
from bot.services.partners import Answer, Letter, mails, outgoing
from bot.services.reporting import reports
from bot.services.triage import Verdict
from storage.engine import Database
from storage.ids import new_id
from storage.models import Consent, DeskWorker, Outbox, PartnerMail, Report, ReportEvent, ReportMedia, RoleGrant
from storage.queries import reports as report_queries
from storage.queries import triage as queries
from storage.work import Work
from tests.services.desks import FATIMA, NOW, OMAR, SAMIRA, WILMA, open_town, someone, told

CALL_ME = "036 123 45 67"


@pytest.fixture
async def town_database(database: Database) -> Database:
    await open_town(database)
    return database


async def _partner(work: Work) -> int:
    return next(one.id for one in await queries.partners(work.session) if one.key == "gemeente")


async def _taken(database: Database, *, kind: Kind = Kind.PLACE, by: int = SAMIRA) -> int:
    async with database.write(NOW) as work:
        report = await told(work, kind=kind)
        assert (await triage.take(work, report.id, await someone(work, by), 1)).done
        return report.id


async def _sealed(database: Database) -> tuple[int, int]:
    """A report about a person and a mail about it that waits for the resident: (report, mail)."""
    report = await _taken(database, kind=Kind.PERSON, by=WILMA)
    async with database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=True, work_number=CALL_ME)
        assert (await partners.send(work, report, await someone(work, WILMA), letter, draft_id=report)).done
        ((mail, _partner_row),) = await partners.mails_of(work, report)
        assert mail.state is PartnerMailState.ASKING
        return report, mail.id


async def _letters(database: Database) -> int:
    async with database.read(NOW) as work:
        query = select(func.count()).select_from(Outbox).where(Outbox.channel == "email", Outbox.state == "waiting")
        return await work.session.scalar(query) or 0


async def test_one_draft_is_one_mail_however_often_it_is_sent_at_once(town_database: Database) -> None:
    report = await _taken(town_database)

    async def send() -> Verdict:
        async with town_database.write(NOW) as work:
            letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
            return (await partners.send(work, report, await someone(work, SAMIRA), letter, draft_id=5)).verdict

    verdicts = await asyncio.gather(*(send() for _ in range(8)))
    assert sorted(verdicts) == [Verdict.DONE, *[Verdict.SAME] * 7]
    assert await _letters(town_database) == 1


async def test_yes_and_no_at_once_count_once(town_database: Database) -> None:
    _report, mail_id = await _sealed(town_database)

    async def answer(yes: bool) -> Answer:
        async with town_database.write(NOW) as work:
            say = partners.agree if yes else partners.decline
            return await say(work, mail_id, await someone(work, FATIMA))

    answers = await asyncio.gather(*(answer(bool(n % 2)) for n in range(8)))
    assert answers.count(Answer.DONE) == 1
    async with town_database.read(NOW) as work:
        mail = await work.session.get_one(PartnerMail, mail_id)
        given = await work.session.scalar(select(func.count()).select_from(Consent))
    assert (mail.state is PartnerMailState.WAITING) is (given == 1)
    assert await _letters(town_database) == given


async def test_nobody_but_the_resident_says_yes(town_database: Database) -> None:
    _report, mail_id = await _sealed(town_database)
    async with town_database.write(NOW) as work:
        for person in (SAMIRA, OMAR, WILMA):
            assert await partners.agree(work, mail_id, await someone(work, person)) is Answer.GONE
    assert await _letters(town_database) == 0


async def test_a_letter_about_a_person_never_keeps_words_or_photos(town_database: Database) -> None:
    report = await _taken(town_database, kind=Kind.SELF, by=WILMA)
    async with town_database.write(NOW) as work:
        wilma, partner = await someone(work, WILMA), await _partner(work)
        words = Letter(partner=partner, only_number=False, summary="Zij huilt veel.")
        assert (await partners.send(work, report, wilma, words, draft_id=1)).verdict is Verdict.STALE
        no_number = Letter(partner=partner, only_number=True, summary="Zij huilt veel.")
        assert (await partners.send(work, report, wilma, no_number, draft_id=2)).verdict is Verdict.IMPOSSIBLE
        both = Letter(partner=partner, only_number=True, summary="Zij huilt.", photos=(1,), work_number=CALL_ME)
        assert (await partners.send(work, report, wilma, both, draft_id=3)).done
        ((mail, _partner_row),) = await partners.mails_of(work, report)
        assert (mail.summary, mail.photos) == ("", [])


async def test_without_a_resident_in_the_chat_the_worker_states_the_yes(town_database: Database) -> None:
    report_id = await _taken(town_database, kind=Kind.PERSON, by=WILMA)
    async with town_database.write(NOW) as work:
        report, wilma = await work.session.get_one(Report, report_id), await someone(work, WILMA)
        report.resident_id, report.recorded_by = None, WILMA
        silent = Letter(partner=await _partner(work), only_number=True, work_number=CALL_ME)
        assert (await partners.send(work, report_id, wilma, silent, draft_id=1)).verdict is Verdict.IMPOSSIBLE
        stated = Letter(partner=await _partner(work), only_number=True, work_number=CALL_ME, said_yes=True)
        assert (await partners.send(work, report_id, wilma, stated, draft_id=2)).done
    assert await _letters(town_database) == 1


async def test_only_photos_of_this_report_that_are_still_there_go_along(town_database: Database) -> None:
    report = await _taken(town_database)
    async with town_database.write(NOW) as work:
        other = await told(work)
        photos = [
            ReportMedia(report_id=at, position=n, kind=kind, file_id=f"f{n}", file_unique_id=f"u{n}", removed_at=gone)
            for n, (at, kind, gone) in enumerate(
                [
                    (report, MediaKind.PHOTO, None),
                    (report, MediaKind.PHOTO, NOW),
                    (report, MediaKind.VOICE, None),
                    (other.id, MediaKind.PHOTO, None),
                ]
            )
        ]
        work.session.add_all(photos)
        await work.session.flush()
        letter = Letter(
            partner=await _partner(work), only_number=False, summary="Zie de foto.", photos=tuple(p.id for p in photos)
        )
        await partners.send(work, report, await someone(work, SAMIRA), letter, draft_id=1)
        ((mail, _partner_row),) = await partners.mails_of(work, report)
        assert mail.photos == [photos[0].id]


async def test_a_role_that_was_taken_away_counts_at_once(town_database: Database) -> None:
    report = await _taken(town_database)
    async with town_database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
        omar, samira = await someone(work, OMAR), await someone(work, SAMIRA)
        assert (await partners.send(work, report, omar, letter, draft_id=1)).verdict is Verdict.HELD
        (await work.session.get_one(RoleGrant, (SAMIRA, RoleName.WORKER))).taken_at = NOW
        await work.session.flush()
        assert (await partners.send(work, report, samira, letter, draft_id=2)).verdict is Verdict.STRANGER
    assert await _letters(town_database) == 0


async def test_accepted_twice_is_one_step_and_a_closed_report_stays_closed(town_database: Database) -> None:
    report_id = await _taken(town_database)
    async with town_database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
        samira = await someone(work, SAMIRA)
        await partners.send(work, report_id, samira, letter, draft_id=1)
        ((mail, _partner_row),) = await partners.mails_of(work, report_id)
        await triage.close(work, report_id, samira, None, reason=CloseReason.COULD_NOT)
        for _ in range(2):
            await partners.accepted(work, PartnerLetter(report_id, mail.id, 1))
        report = await work.session.get_one(Report, report_id)
        assert (report.status, report.partner_id) == (ReportStatus.CLOSED, mail.partner_id)
        steps = (await work.session.scalars(select(ReportEvent.action))).all()
        assert steps.count("forwarded") == 1


async def test_own_file_and_a_year_erase_what_was_written(town_database: Database) -> None:
    report_id = await _taken(town_database)
    async with town_database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
        samira = await someone(work, SAMIRA)
        await partners.send(work, report_id, samira, letter, draft_id=1)
        await triage.close(work, report_id, samira, None, reason=CloseReason.OWN_FILE)
        ((mail, _partner_row),) = await partners.mails_of(work, report_id)
        assert (mail.summary, mail.photos, mail.work_number) == ("", [], None)
    kept = await _taken(town_database)
    async with town_database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
        samira = await someone(work, SAMIRA)
        await partners.send(work, kept, samira, letter, draft_id=new_id())
        await triage.close(work, kept, samira, None, reason=CloseReason.SOLVED)
    async with town_database.write(NOW + timedelta(days=366)) as work:
        while any((await retention.erase_some(work)).values()):
            pass
        assert await partners.mails_of(work, kept) == []


async def test_a_withdrawn_yes_stays_withdrawn(town_database: Database) -> None:
    report, mail_id = await _sealed(town_database)
    async with town_database.write(NOW) as work:
        fatima = await someone(work, FATIMA)
        assert await partners.agree(work, mail_id, fatima) is Answer.DONE
        await partners.accepted(work, PartnerLetter(report, mail_id, 1))
        assert await partners.take_back(work, mail_id, fatima) is Answer.DONE
        assert await partners.take_back(work, mail_id, fatima) is Answer.ALREADY
        again = await partners.resend(work, mail_id, 1, await someone(work, WILMA))
        assert again.verdict is Verdict.IMPOSSIBLE


async def test_another_worker_can_not_use_the_yes_for_a_colleagues_number(town_database: Database) -> None:
    report, mail_id = await _sealed(town_database)
    async with town_database.write(NOW) as work:
        assert await partners.agree(work, mail_id, await someone(work, FATIMA)) is Answer.DONE
        await partners.failed(work, PartnerLetter(report, mail_id, 1), "550")
        row = await work.session.get_one(Report, report)
        row.holder_id = SAMIRA
        work.session.add(DeskWorker(desk_id=row.desk_id, person_id=SAMIRA))
        await work.session.flush()
        assert (await partners.resend(work, mail_id, 1, await someone(work, SAMIRA))).verdict is Verdict.IMPOSSIBLE
        assert (await partners.resend(work, mail_id, 1, await someone(work, WILMA))).done


async def test_a_worker_who_lost_the_role_signs_nothing_more(town_database: Database) -> None:
    _report, mail_id = await _sealed(town_database)
    async with town_database.write(NOW) as work:
        for role in RoleName:
            grant = await work.session.get(RoleGrant, (WILMA, role))
            if grant is not None:
                grant.taken_at = NOW
        assert await partners.agree(work, mail_id, await someone(work, FATIMA)) is Answer.DONE
        mail = await work.session.get_one(PartnerMail, mail_id)
        assert not await mails.may_go(work, mail, await work.session.get_one(Report, mail.report_id))


async def test_the_nudge_is_one_for_each_fortnight(town_database: Database) -> None:
    report = await _taken(town_database)
    async with town_database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
        await partners.send(work, report, await someone(work, SAMIRA), letter, draft_id=1)
        ((mail, _partner_row),) = await partners.mails_of(work, report)
        await partners.accepted(work, PartnerLetter(report, mail.id, 1))
    for days, nudges in ((13, 0), (14, 1), (15, 1), (28, 2)):
        async with town_database.write(NOW + timedelta(days=days)) as work:
            assert await partners.nudge_silent(work) is False
            steps = (await work.session.scalars(select(ReportEvent.action))).all()
            assert steps.count("partner_silent") == nudges


async def test_the_nudges_do_not_keep_a_report_from_standing_still(town_database: Database) -> None:
    report_id = await _taken(town_database)
    async with town_database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
        await partners.send(work, report_id, await someone(work, SAMIRA), letter, draft_id=1)
        ((mail, _partner_row),) = await partners.mails_of(work, report_id)
        await partners.accepted(work, PartnerLetter(report_id, mail.id, 1))
    async with town_database.write(NOW + timedelta(days=14)) as work:
        before = (await work.session.get_one(Report, report_id)).version
        await partners.nudge_silent(work)
        report = await work.session.get_one(Report, report_id)
        assert (report.changed_at, report.version) == (NOW, before)


async def test_who_has_it_and_is_away_does_not_hear_of_the_mail_but_the_contact_does(town_database: Database) -> None:
    report_id = await _taken(town_database, by=OMAR)
    async with town_database.write(NOW) as work:
        omar = await someone(work, OMAR)
        assert await outgoing.reader_of(work, await work.session.get_one(Report, report_id)) == OMAR
        await absence.set_away(work, omar, OMAR, NOW.date() + timedelta(days=3), None)
        assert await outgoing.reader_of(work, await work.session.get_one(Report, report_id)) == SAMIRA


async def test_what_its_resident_took_back_is_not_mailed_any_more(town_database: Database) -> None:
    report_id = await _taken(town_database)
    async with town_database.write(NOW) as work:
        letter = Letter(partner=await _partner(work), only_number=False, summary="Een lamp.")
        await partners.send(work, report_id, await someone(work, SAMIRA), letter, draft_id=1)
        assert await reports.withdraw(work, await someone(work, FATIMA), report_id)
        ((mail, _partner_row),) = await partners.mails_of(work, report_id)
        assert mail.state is PartnerMailState.CANCELLED
    assert await _letters(town_database) == 0


async def test_a_closed_report_asks_its_resident_for_no_yes(town_database: Database) -> None:
    report_id, mail_id = await _sealed(town_database)
    async with town_database.write(NOW) as work:
        await triage.close(work, report_id, await someone(work, WILMA), None, reason=CloseReason.SOLVED)
        assert report_id not in await report_queries.unread(work.session, [report_id])
        assert await partners.agree(work, mail_id, await someone(work, FATIMA)) is Answer.GONE
    assert await _letters(town_database) == 0
