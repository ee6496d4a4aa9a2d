"""What repairers can do, and which of them fits a thing."""

from dataclasses import dataclass

from bot.domain.activities.repairing import Skill
from bot.domain.enums import RoleKey
from storage.models import Person, PersonSkill
from storage.queries import repair as queries
from storage.queries import signups as signup_queries
from storage.work import Work

MAX_NAME = 40


@dataclass(frozen=True)
class Fitting:
    """Who can repair a thing: names, and how many more who told no name."""

    names: tuple[str, ...]
    nameless: int


async def may_pick(work: Work, occurrence_id: int, person_id: int) -> bool:
    """Return whether somebody repairs at this meeting, or waits for it."""
    row = await signup_queries.of_person(work.session, occurrence_id, person_id, RoleKey.REPAIRER)
    return row is not None and row.state in signup_queries.OPEN


async def of(work: Work, person_id: int) -> frozenset[Skill]:
    """Return what somebody can repair."""
    return frozenset(Skill(skill) for skill in await queries.skills(work.session, person_id))


async def set_to(work: Work, person_id: int, skill: Skill, *, can: bool) -> frozenset[Skill]:
    """Note that somebody can repair this (or not any more); return all that they can."""
    had = await of(work, person_id)
    if can and skill not in had:
        work.session.add(PersonSkill(person_id=person_id, skill=skill.value))
        await work.session.flush()
    elif not can:
        await queries.drop_skill(work.session, person_id, skill.value)
    return had | {skill} if can else had - {skill}


def name(person: Person, typed: str) -> bool:
    """Keep a first name for who makes the list; False for what is none."""
    said = " ".join(typed.split())
    if not 0 < len(said) <= MAX_NAME or not any(char.isalpha() for char in said) or said.startswith("/"):
        return False
    person.name = said
    return True


async def fitting(work: Work, occurrence_id: int, skill: str | None) -> Fitting:
    """Return which repairers of a meeting fit a thing; all of them when nobody knows what it asks for."""
    found = [
        name
        for name, skills in await queries.repairers(work.session, occurrence_id)
        if skill is None or skill in skills
    ]
    named = tuple(name for name in found if name)
    return Fitting(named, len(found) - len(named))
