"""What activities say is looked at again when it is drawn: whatever no longer holds is not said."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.enums import (
    ActivityKind,
    Attendance,
    Language,
    OfferState,
    ReminderChoice,
    RoleKey,
    SignupState,
)
from bot.domain.notices import Notice
from bot.domain.notices.activities import (
    CalledOff,
    FreePlace,
    Moved,
    NoStandIn,
    PlaceOffered,
    ReminderAnswered,
    SignupReminder,
    StandInFound,
    StandInWanted,
)
from bot.services.activities import signups
from bot.texts import Translator
from bot.texts import reminders as reminder_texts
from handlers.views import VIEWS
from handlers.views.drawing import Drawing, Drawn, Later, NotAnyMore
from handlers.views.registry import Reading
from storage.engine import Database
from storage.models import Occurrence, Offer, Person, Signup, TeamMember
from storage.queries import signups as queries
from storage.work import Work
from tests.services.meetings import COORDINATOR, NOW, make_town, meeting, person, team, wall

DAY_BEFORE = wall("2026-12-04T13:00")
ZONE = ZoneInfo("Europe/Amsterdam")

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def dutch(language: Language = Language.DUTCH) -> Translator:
    return Translator(language, ZONE)


async def draw(
    database: Database, notice: Notice, *, at: datetime = DAY_BEFORE, message_id: int | None = None
) -> Drawn:
    async with database.read(at) as work:
        return await VIEWS[type(notice)](notice, Reading(work, dutch(), 1, None, message_id, "bot", dutch))


async def why_not(database: Database, notice: Notice, *, at: datetime = DAY_BEFORE) -> str:
    drawn = await draw(database, notice, at=at)
    assert isinstance(drawn, NotAnyMore), drawn
    return drawn.reason


async def host(database: Database, **changes: object) -> Signup:
    """Return the sign-up of a host, changed as asked."""
    async with database.write(NOW) as work:
        await make_town(work)
        cafe = await meeting(work, "2026-12-05T13:00", {RoleKey.HOST: (1, 1)})
        result = await signups.join(work, cafe.id, await person(work, 1), RoleKey.HOST)
        assert result.signup is not None
        for name, value in changes.items():
            setattr(result.signup, name, value)
        return result.signup


def add_offer(work: Work, signup: Signup, state: OfferState) -> Offer:
    """Return an offer of a place until the day before, made now to who signed up."""
    offer = Offer(
        signup_id=signup.id,
        occurrence_id=signup.occurrence_id,
        person_id=signup.person_id,
        made_at=NOW,
        expires_at=DAY_BEFORE,
        state=state,
    )
    work.session.add(offer)
    return offer


async def change(database: Database, signup: Signup, **changes: object) -> None:
    """Change the meeting of a sign-up."""
    async with database.write(NOW) as work:
        row = await work.session.get(Occurrence, signup.occurrence_id)
        for name, value in changes.items():
            setattr(row, name, value)


async def test_a_reminder_is_said_only_to_who_still_comes_and_wants_it(database: Database) -> None:
    signup = await host(database)
    notice = SignupReminder(signup.id, "1d")
    assert isinstance(await draw(database, notice), Drawing)
    assert await why_not(database, SignupReminder(5, "1d")) == "gone"
    assert await why_not(database, SignupReminder(signup.id, "3h")) == "not_planned"
    assert await why_not(database, notice, at=wall("2026-12-05T13:00")) == "started"
    assert await why_not(database, notice, at=wall("2026-12-04T12:59")) == "not_planned"
    async with database.write(NOW) as work:
        who = await work.session.get(Person, 1)
        assert who is not None
        who.reminders = ReminderChoice.NONE
    assert await why_not(database, notice) == "not_planned"
    await change(database, signup, called_off_at=NOW)
    assert await why_not(database, notice) == "called_off"


async def test_a_reminder_of_who_left_is_not_said(database: Database) -> None:
    signup = await host(database, state=SignupState.CANCELLED)
    assert await why_not(database, SignupReminder(signup.id, "1d")) == "cancelled"
    drawn = await draw(database, ReminderAnswered(signup.id, "1d"), message_id=9)
    assert isinstance(drawn, Drawing)
    assert drawn.text.startswith("❌ Je komt niet.")
    assert await why_not(database, ReminderAnswered(signup.id, "1d")) == "gone"


async def test_an_answered_reminder_offers_the_way_back_while_a_stand_in_is_looked_for(database: Database) -> None:
    signup = await host(database, state=SignupState.SEEKS_STAND_IN)
    drawn = await draw(database, ReminderAnswered(signup.id, "1d"), message_id=9)
    assert isinstance(drawn, Drawing)
    assert drawn.keyboard[0][0].label == "↩️ Toch wel"


async def walker(work: Work) -> Signup:
    """Return the sign-up of a walker, member 11."""
    await make_town(work)
    squad = await team(work, {11: True, 12: True})
    shift = await meeting(
        work, "2026-12-05T20:00", {RoleKey.WALKER: (2, 4)}, kind=ActivityKind.PATROL, team=squad, title="Ronde"
    )
    result = await signups.join(work, shift.id, await person(work, 11), RoleKey.WALKER)
    assert result.signup is not None
    return result.signup


async def test_nothing_about_a_patrol_is_said_to_who_lost_the_vog(database: Database) -> None:
    async with database.write(NOW) as work:
        signup = await walker(work)
        signup.attendance = Attendance.COMING
        offer = Offer(
            signup_id=signup.id, occurrence_id=signup.occurrence_id, person_id=11, made_at=NOW, expires_at=DAY_BEFORE
        )
        work.session.add(offer)
    notice = SignupReminder(signup.id, "1d@19:00")
    evening = wall("2026-12-04T19:00")
    assert await why_not(database, notice, at=evening) == "answered"
    async with database.write(NOW) as work:
        shift = await work.session.get(Occurrence, signup.occurrence_id)
        assert shift is not None
        for number in (11, 12):
            member = await work.session.get(TeamMember, (shift.team_id, number))
            assert member is not None
            member.vog_withdrawn_at = NOW
    assert await why_not(database, notice, at=evening) == "not_allowed"
    assert await why_not(database, PlaceOffered(offer.id)) == "not_allowed"
    drawn = await draw(database, ReminderAnswered(signup.id, "1d@19:00"), message_id=9)
    assert drawn == NotAnyMore("not_allowed")
    async with database.write(NOW) as work:
        row = await work.session.get(Signup, signup.id)
        assert row is not None
        row.state = SignupState.SEEKS_STAND_IN
    assert await why_not(database, StandInWanted(signup.id, signup.version, 12)) == "not_allowed"
    assert isinstance(await draw(database, NoStandIn(signup.id, signup.version, COORDINATOR)), Drawing)
    assert await why_not(database, NoStandIn(signup.id, signup.version, 99)) == "not_allowed"
    assert await why_not(database, CalledOff(signup.occurrence_id, 11)) == "not_called_off"


async def test_stand_ins_are_asked_while_one_is_needed(database: Database) -> None:
    signup = await host(database, state=SignupState.SEEKS_STAND_IN)
    wanted = StandInWanted(signup.id, signup.version, 2)
    assert isinstance(await draw(database, wanted), Drawing)
    assert await why_not(database, StandInWanted(signup.id, signup.version + 1, 2)) == "found"
    assert await why_not(database, StandInWanted(signup.id, signup.version, 1)) == "comes_already"
    assert await why_not(database, NoStandIn(signup.id, signup.version + 1, COORDINATOR)) == "found"
    assert await why_not(database, StandInFound(signup.id, signup.version)) == "changed"
    for notice in (wanted, NoStandIn(signup.id, signup.version, COORDINATOR), FreePlace(signup.id, 0)):
        assert await why_not(database, notice, at=wall("2026-12-05T13:00")) == "started"


async def test_a_free_place_is_named_while_it_is_free(database: Database) -> None:
    signup = await host(database, state=SignupState.WAITING)
    assert isinstance(await draw(database, FreePlace(signup.id, 0)), Drawing)
    async with database.write(NOW) as work:
        await signups.join(work, signup.occurrence_id, await person(work, 2), RoleKey.HOST)
        other = await queries.of_person(work.session, signup.occurrence_id, 2, RoleKey.HOST)
        assert other is not None
        other.state = SignupState.SIGNED_UP
    assert await why_not(database, FreePlace(signup.id, 0)) == "taken"
    assert await why_not(database, FreePlace(other.id, 0)) == "not_waiting"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (OfferState.ACCEPTED, "✅ Je hebt de plek."),
        (OfferState.DECLINED, "Je zei nee."),
        (OfferState.EXPIRED, "De tijd is voorbij."),
        (OfferState.WITHDRAWN, "is er niet meer"),
    ],
)
async def test_an_offer_says_what_became_of_it(database: Database, state: OfferState, words: str) -> None:
    signup = await host(database)
    async with database.write(NOW) as work:
        offer = add_offer(work, signup, state)
    drawn = await draw(database, PlaceOffered(offer.id), message_id=9)
    assert isinstance(drawn, Drawing)
    assert words in drawn.text
    assert await why_not(database, PlaceOffered(offer.id)) == "answered"
    assert await why_not(database, PlaceOffered(5)) == "gone"


async def test_an_offer_that_is_gone_says_still_on_the_list_only_to_who_waits(database: Database) -> None:
    signup = await host(database, state=SignupState.WAITING)
    async with database.write(NOW) as work:
        offer = add_offer(work, signup, OfferState.WITHDRAWN)
    said = []
    for state, off in ((SignupState.WAITING, None), (SignupState.SIGNED_UP, None), (SignupState.WAITING, NOW)):
        async with database.write(NOW) as work:
            row = await work.session.get(Signup, signup.id)
            meeting = await work.session.get(Occurrence, signup.occurrence_id)
            assert row is not None
            assert meeting is not None
            row.state, meeting.called_off_at = state, off
        drawn = await draw(database, PlaceOffered(offer.id), message_id=9)
        assert isinstance(drawn, Drawing)
        said.append("Je staat nog op de lijst." in drawn.text)
    assert said == [True, False, False]


async def test_no_place_is_offered_at_night(database: Database) -> None:
    night, morning = wall("2026-12-03T22:00"), wall("2026-12-04T08:00")
    signup = await host(database, state=SignupState.OFFERED)
    async with database.write(NOW) as work:
        offer = add_offer(work, signup, OfferState.PENDING)
        await person(work, 2)
    assert await draw(database, PlaceOffered(offer.id), at=night) == Later(morning)
    assert isinstance(await draw(database, PlaceOffered(offer.id), at=morning), Drawing)
    async with database.write(NOW) as work:
        row = await work.session.get(Signup, signup.id)
        assert row is not None
        row.state = SignupState.SEEKS_STAND_IN
    wanted = StandInWanted(signup.id, signup.version, 2)
    assert await draw(database, wanted, at=night) == Later(morning)
    assert isinstance(await draw(database, wanted, at=morning), Drawing)


async def test_moved_and_called_off_speak_of_the_last_change_only(database: Database) -> None:
    signup = await host(database)
    await change(database, signup, sequence=2)
    assert await why_not(database, Moved(signup.occurrence_id, 1, 1)) == "changed"
    assert isinstance(await draw(database, Moved(signup.occurrence_id, 2, 1)), Drawing)
    waiting = await draw(database, Moved(signup.occurrence_id, 2, 2))
    assert isinstance(waiting, Drawing)
    assert [key.label for row in waiting.keyboard for key in row] == ["📄 Bekijk de activiteit"]
    assert await why_not(database, CalledOff(signup.occurrence_id, 1)) == "not_called_off"
    assert await why_not(database, CalledOff(5, 1)) == "not_called_off"


@pytest.mark.parametrize(
    ("now", "dutch_words", "english_words"),
    [
        ("2026-11-25T13:00", "Over 10 dagen: ", "In 10 days: "),
        ("2026-12-04T23:30", "Morgen: ", "Tomorrow: "),
        ("2026-12-05T08:00", "Over 5 uur: ", "In 5 hours: "),
        ("2026-12-05T12:00", "Over 1 uur: ", "In 1 hour: "),
        ("2026-12-05T12:15", "Over 45 minuten: ", "In 45 minutes: "),
        ("2026-12-05T12:59", "Over 1 minuut: ", "In 1 minute: "),
    ],
)
def test_how_soon_is_counted_when_it_is_said(
    database_kind: str, now: str, dutch_words: str, english_words: str
) -> None:
    starts_at = wall("2026-12-05T13:00")
    for language, words in ((Language.DUTCH, dutch_words), (Language.ENGLISH, english_words)):
        said = reminder_texts.begins(dutch(language), title="<Café>", starts_at=starts_at, now=wall(now))
        assert said == f"{words}<b>&lt;Café&gt;</b>"
