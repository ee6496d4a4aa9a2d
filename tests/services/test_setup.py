"""The set-up file: what it says is loaded, what it gets wrong is named with its line, and running it again is safe."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Select, select

from bot.domain.enums import RoleName
from bot.services.desk import roles
from bot.services.setup import SetupError, load, parse
from bot.services.town import areas as area_service
from storage.engine import Database
from storage.models import (
    Desk,
    DeskWorker,
    Occurrence,
    Organisation,
    Partner,
    Person,
    RoleGrant,
    RoutingRule,
    Team,
    TeamMember,
)
from storage.models.base import Base
from storage.queries import staff, town
from storage.work import Work

Row = TypeVar("Row", bound=Base)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

TOWN = """\
organisation: De Schoor
timezone: Europe/Amsterdam
languages: [nl, en]
areas: almere
privacy: {controller: De Schoor, contact: privacy@example.org, dpo: fg@example.org}
safety: {officer: 9003, hours: "ma-vr 09:00-17:00"}
people:
  - {telegram: 9001, name: Samira, roles: [worker]}
  - {telegram: 9003, name: Wilma, roles: [worker, admin, safety]}
  - {telegram: 9101, name: Jan, roles: []}
desks:
  - {key: stad-west, name: Stad West, chat: -1001, workers: [9001], contact: 9001}
  - {key: stad, name: Heel Almere, chat: -1003, workers: [9003], contact: 9003}
routing:
  - {kinds: [person, self], desk: stad}
  - {themes: [sociale cohesie], areas: [Filmwijk], desk: stad-west}
  - {regions: [Almere Stad West], desk: stad-west}
  - {desk: stad}
promises: {default: 3, veiligheid: 1}
teams:
  - {key: filmwijk, name: Buurtpreventie Filmwijk, area: Filmwijk, chat: -2001, worker: 9001, coordinator: 9101,
     members: [{telegram: 9101, name: Jan, vog: true}, {telegram: 9103, name: Mia, vog: false}]}
activities:
  - key: ronde-filmwijk
    kind: patrol
    team: filmwijk
    title: Avondronde
    starts: 2026-12-01T20:00
    ends: 2026-12-01T21:00
    repeats: FREQ=WEEKLY;BYDAY=TU,TH
    roles: {walker: {min: 2, max: 4}}
reminders:
  patrol: [1d@19:00, 3h]
partners:
  - {key: gemeente, name: Gemeente Almere, kind: gemeente, email: meldingen@example.org}
"""


async def _load(database: Database, text: str = TOWN, *, now: datetime = NOW) -> None:
    town_file, lines = parse(text)
    async with database.write(now) as work:
        await load(work, town_file, lines, area_service.builtin())


def _problem(text: str) -> str:
    with pytest.raises(SetupError) as caught:
        parse(text)
    return str(caught.value)


async def test_the_town_is_loaded_as_the_file_says(database: Database) -> None:
    await _load(database)
    async with database.read(NOW) as work:
        organisation = await town.organisation(work.session)
        assert (organisation.name, organisation.promises) == ("De Schoor", {"default": 3, "veiligheid": 1})
        assert len(await town.areas(work.session)) == 71
        rules = await town.rules(work.session)
        assert [rule.position for rule in rules] == [0, 1, 2, 3]
        assert rules[1].themes == ["sociale_cohesie"]
        assert len(rules[1].areas) == 1
        desk = (await town.desk_of_chat(work.session, -1001))[0]
        assert [worker.name for worker in await staff.workers_of(work.session, desk.id)] == ["Samira"]
        assert desk.hours == "ma-vr 08:30-17:00"
        assert await staff.roles(work.session, 9003) == {RoleName.WORKER, RoleName.ADMIN, RoleName.SAFETY}


async def test_members_with_a_vog_may_see_the_roster_and_others_not(database: Database) -> None:
    await _load(database)
    async with database.read(NOW) as work:
        member = await work.session.get(TeamMember, (await _team_id(work), 9103))
        assert member is not None
        assert member.vog_on is None
        assert await staff.may_see_roster(work.session, 9101, await _team_id(work))
        assert not await staff.may_see_roster(work.session, 9103, await _team_id(work))


async def test_the_series_is_there_sixty_days_ahead(database: Database) -> None:
    await _load(database)
    async with database.read(NOW) as work:
        days = sorted(row.nominal_on for row in (await work.session.scalars(_all(Occurrence))).all())
    assert days[:3] == [date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 8)]
    assert days[-1] <= date(2027, 1, 23)


async def test_loading_twice_changes_nothing(database: Database) -> None:
    await _load(database)
    before = await _everything(database)
    await _load(database)
    assert await _everything(database) == before


async def test_a_role_taken_in_the_chat_stays_taken(database: Database) -> None:
    await _load(database)
    async with database.write(NOW) as work:
        grant = await work.session.get(RoleGrant, (9001, RoleName.WORKER))
        assert grant is not None
        grant.taken_at, grant.taken_by = NOW, 9003
        desk = (await town.desk_of_chat(work.session, -1001))[0]
        place = await work.session.get(DeskWorker, (desk.id, 9001))
        assert place is not None
        place.taken_at = NOW
    await _load(database)
    async with database.read(NOW) as work:
        assert await staff.roles(work.session, 9001) == frozenset()
        desk = (await town.desk_of_chat(work.session, -1001))[0]
        assert await staff.workers_of(work.session, desk.id) == []


async def test_who_lost_the_role_in_the_chat_is_no_contact_again(database: Database) -> None:
    await _load(database)
    async with database.write(NOW) as work:
        assert await roles.take_away(work, 9003, 9001, RoleName.WORKER) is roles.Taken.DONE
    await _load(database)
    other = TOWN.replace("key: stad-west, name: Stad West", "key: nieuw, name: Nieuw").replace(
        "desk: stad-west", "desk: nieuw"
    )
    await _load(database, other.replace("chat: -1001", "chat: -1009"))
    async with database.read(NOW) as work:
        contacts = {desk.key: desk.contact_id for desk in await work.session.scalars(select(Desk))}
        assert contacts == {"stad-west": 9003, "nieuw": 9003, "stad": 9003}


async def test_a_partner_that_left_the_file_is_written_to_no_more(database: Database) -> None:
    await _load(database)
    await _load(database, TOWN[: TOWN.index("partners:")])
    async with database.read(NOW) as work:
        partner = (await work.session.scalars(select(Partner))).one()
        assert (partner.active, partner.email) == (False, None)
    await _load(database)
    async with database.read(NOW) as work:
        partner = (await work.session.scalars(select(Partner))).one()
        assert (partner.active, partner.email) == (True, "meldingen@example.org")


async def test_a_role_that_left_the_file_is_gone_and_comes_back_with_it(database: Database) -> None:
    await _load(database)
    await _load(
        database,
        TOWN.replace("roles: [worker, admin, safety]", "roles: [worker, admin, safety]").replace(
            "{telegram: 9101, name: Jan, roles: []}", "{telegram: 9101, name: Jan, roles: [admin]}"
        ),
    )
    await _load(database)
    async with database.read(NOW) as work:
        assert await staff.roles(work.session, 9101) == frozenset()
    await _load(database, TOWN.replace("name: Jan, roles: []", "name: Jan, roles: [admin]"))
    async with database.read(NOW) as work:
        assert await staff.roles(work.session, 9101) == {RoleName.ADMIN}


async def test_who_lost_something_is_forgotten_after_two_years_once_the_file_does_not_name_them(
    database: Database,
) -> None:
    await _load(database)
    async with database.write(NOW) as work:
        for grant in await work.session.scalars(_all(RoleGrant).where(RoleGrant.person_id == 9001)):
            grant.taken_at, grant.taken_by = NOW, 9003
        for worker in await work.session.scalars(_all(DeskWorker).where(DeskWorker.person_id == 9001)):
            worker.taken_at = NOW
        for member in await work.session.scalars(_all(TeamMember)):
            member.left_at = NOW
    other = TOWN.replace("members: [{telegram: 9101, name: Jan, vog: true}, ", "members: [")
    other = other.replace("workers: [9001], contact: 9001", "workers: [9003], contact: 9003")
    other = other.replace("worker: 9001", "worker: 9003")
    other = other.replace("  - {telegram: 9001, name: Samira, roles: [worker]}\n", "")
    other = other.replace("coordinator: 9101", "coordinator: 9003").replace(
        "  - {telegram: 9101, name: Jan, roles: []}\n", ""
    )
    for text, later, lost in ((other, 729, (1, 1, 2)), (TOWN, 731, (1, 1, 2)), (other, 731, (0, 0, 1))):
        await _load(database, text, now=NOW + timedelta(days=later))
        async with database.read(NOW) as work:
            found = [
                (await work.session.scalars(_all(RoleGrant).where(RoleGrant.person_id == 9001))).all(),
                (await work.session.scalars(_all(DeskWorker).where(DeskWorker.person_id == 9001))).all(),
                (await work.session.scalars(_all(TeamMember))).all(),
            ]
            assert tuple(map(len, found)) == lost


async def test_a_withdrawn_vog_is_not_given_back(database: Database) -> None:
    await _load(database)
    async with database.write(NOW) as work:
        member = await work.session.get(TeamMember, (await _team_id(work), 9101))
        assert member is not None
        member.vog_withdrawn_at = NOW
    await _load(database)
    async with database.read(NOW) as work:
        member = await work.session.get(TeamMember, (await _team_id(work), 9101))
        assert member is not None
        assert member.vog_withdrawn_at == NOW


async def test_a_withdrawn_vog_does_not_come_back_through_another_team(database: Database) -> None:
    await _load(database)
    async with database.write(NOW) as work:
        member = await work.session.get(TeamMember, (await _team_id(work), 9101))
        assert member is not None
        member.vog_withdrawn_at = NOW
    await _load(
        database, TOWN.replace("key: filmwijk", "key: filmwijk-noord").replace("team: filmwijk", "team: filmwijk-noord")
    )
    async with database.read(NOW) as work:
        renamed = (await work.session.scalars(select(Team).where(Team.key == "filmwijk-noord"))).one()
        assert not staff.is_cleared(await staff.membership(work.session, 9101, renamed.id))


async def test_another_time_zone_moves_the_dates_that_nobody_joined(database: Database) -> None:
    await _load(database, TOWN.replace("timezone: Europe/Amsterdam", "timezone: UTC"))
    await _load(database)
    async with database.read(NOW) as work:
        first = min(row.starts_at for row in (await work.session.scalars(_all(Occurrence))).all())
    assert first == datetime(2026, 12, 1, 19, tzinfo=UTC)


async def test_a_residents_own_first_name_is_kept(database: Database) -> None:
    async with database.write(NOW) as work:
        work.session.add(Person(id=9103, name="Mimi", created_at=NOW))
    await _load(database)
    async with database.read(NOW) as work:
        mia = await work.session.get(Person, 9103)
        assert mia is not None
        assert mia.name == "Mimi"


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("organisation: De Schoor", "organisation: De Schoor\nfoo: 1", 2, "no such field"),
        ("languages: [nl, en]", "languages: [nl, xx]", 3, "languages"),
        ("timezone: Europe/Amsterdam", "timezone: Mars/Phobos", 2, "time zone"),
        ("{telegram: 9001, name: Samira, roles: [worker]}", "{name: Samira}", 8, "`telegram` is missing"),
        ("contact: 9001}", "contact: 9001, hours: sometimes}", 12, "opening hours"),
        ("themes: [sociale cohesie]", "themes: [gezelligheid]", 16, "themes"),
        ("starts: 2026-12-01T20:00", "starts: 2026-12-01T22:00", 24, "ends before it starts"),
        ("patrol: [1d@19:00, 3h]", "patrol: [soon]", 33, "reminders"),
        ("repeats: FREQ=WEEKLY;BYDAY=TU,TH", "repeats: now and then", 30, "not a repeat rule"),
        ("repeats: FREQ=WEEKLY;BYDAY=TU,TH", "repeats: FREQ=HOURLY", 30, "not a repeat rule"),
        (
            "starts: 2026-12-01T20:00\n    ends: 2026-12-01",
            "starts: 2026-12-02T20:00\n    ends: 2026-12-02",
            24,
            "first date",
        ),
        ("email: meldingen@example.org", "email: nowhere", 35, "e-mail"),
        ("promises: {default: 3, veiligheid: 1}", "promises: {default: 0}", 19, "promises"),
        ("key: stad,", "key: Stad!,", 13, "key"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(before: str, after: str, line: int, words: str) -> None:
    text = TOWN.replace(before, after, 1)
    assert text != TOWN
    problem = _problem(text)
    assert problem.startswith(f"line {line}: ")
    assert words in problem


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("areas: [Filmwijk]", "areas: [Utopia]", 16, "unknown area `Utopia`"),
        ("regions: [Almere Stad West]", "regions: [Amsterdam]", 17, "unknown region `Amsterdam`"),
        ("  - {desk: stad}\n", "", 17, "the last rule must match everything"),
        ("  - {desk: stad}\n", "  - {desk: stad}\n  - {kinds: [place], desk: stad}\n" * 2, 19, "can never match"),
        ("officer: 9003", "officer: 9001", 6, "no safety officer"),
        ("workers: [9001], contact: 9001", "workers: [9001], contact: 9003", 12, "not one of the desk's workers"),
        ("workers: [9001], contact: 9001", "workers: [9101], contact: 9101", 12, "the role worker"),
        ("roles: [worker, admin, safety]", "roles: [worker, safety]", 7, "the role admin"),
        ("desk: stad-west}\n  - {regions", "desk: nergens}\n  - {regions", 16, "no desk `nergens`"),
        ("team: filmwijk", "team: nergens", 26, "no team `nergens`"),
        ("chat: -1003", "chat: -1001", 12, "share the chat"),
        ("chat: -2001", "chat: -1001", 12, "a team's"),
        ("{telegram: 9103, name: Mia, vog: false}", "{telegram: 9001, name: Samira, vog: true}", 22, "own VOG"),
        ("key: stad, name", "key: stad-west, name", 13, "twice"),
    ],
)  # fmt: skip
async def test_a_contradiction_is_named_with_its_line_and_changes_nothing(
    database: Database, before: str, after: str, line: int, words: str
) -> None:
    text = TOWN.replace(before, after, 1)
    assert text != TOWN
    with pytest.raises(SetupError) as caught:
        await _load(database, text)
    assert any(problem.startswith(f"line {line}: ") and words in problem for problem in caught.value.problems)
    async with database.read(NOW) as work:
        assert await work.session.get(Organisation, 1) is None
        assert (await work.session.scalars(_all(Person))).all() == []


@given(st.text(max_size=200))
def test_no_text_brings_the_reader_down(text: str) -> None:
    with pytest.raises(SetupError):
        parse(text)


def test_a_key_written_twice_is_refused() -> None:
    assert _problem(TOWN + "organisation: Een ander\n") == "line 36: `organisation` is written twice"


def test_broken_yaml_is_named_with_its_line() -> None:
    assert _problem("organisation: [").startswith("line ")


async def _team_id(work: Work) -> int:
    team = (await work.session.scalars(select(Team))).one()
    return team.id


def _all(model: type[Row]) -> Select[Row]:
    return select(model)


async def _everything(database: Database) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    async with database.read(NOW) as work:
        for model in (Person, Desk, DeskWorker, RoleGrant, TeamMember, Occurrence, RoutingRule):
            rows = (await work.session.scalars(_all(model))).all()
            columns = [c.name for c in model.__table__.columns if not (model is RoutingRule and c.name == "id")]
            found[model.__name__] = sorted(tuple(repr(getattr(row, name)) for name in columns) for row in rows)
    return found


def test_the_example_of_the_documentation_is_valid() -> None:
    page = Path(__file__).parents[2] / "docs" / "setup-file.md"
    example = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    town_file, _ = parse(example)
    assert yaml.safe_load(example)["organisation"] == town_file.organisation


@pytest.mark.parametrize("name", ["Politie Almere", "Veilig Thuis Flevoland"])
async def test_police_and_veilig_thuis_are_refused_as_partners(database: Database, name: str) -> None:
    with pytest.raises(SetupError) as caught:
        await _load(database, TOWN.replace("name: Gemeente Almere", f"name: {name}"))
    assert "police and Veilig Thuis are no partners; people call them" in str(caught.value)
    assert str(caught.value).startswith("line ")
