"""Use cases about a person as such."""

from storage.models import Person
from storage.queries import staff
from storage.work import Work


async def forget_name(work: Work, person: Person) -> bool:
    """Erase the first name that a resident gave; False when there is none, or somebody else gave it."""
    if not await may_forget_name(work, person):
        return False
    person.name = None
    return True


async def may_forget_name(work: Work, person: Person) -> bool:
    """Return whether this person gave the own name: staff and members are named by the organisation."""
    return bool(person.name) and not await staff.is_named_by_organisation(work.session, person.id)
