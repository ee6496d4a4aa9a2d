"""Use cases about a person as such."""

from storage.models import Person
from storage.queries import staff
from storage.work import Work


async def forget_name(work: Work, person: Person) -> bool:
    """Erase the first name that a resident gave; False for staff and members, who are named by the organisation."""
    if await staff.is_named_by_organisation(work.session, person.id):
        return False
    person.name = None
    return True
