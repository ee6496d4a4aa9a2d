"""Reminders: planned outbox rows of every sign-up, recomputed in the transaction of whatever moves it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.activities.reminders import DEFAULT_LEADS, Due, Lead, parse_leads, plan
from bot.domain.enums import ActivityKind, ReminderChoice, RoleKey, SignupState
from bot.domain.notices.activities import ReminderAnswered, SignupReminder
from storage.models import Occurrence, Organisation, Person, Signup
from storage.queries import signups as queries
from storage.queries import town
from storage.work import Work

_CHUNK = 500


async def replan(work: Work, *signups: Signup) -> None:
    """Plan the reminders of *signups* as they are now, and drop those that no longer fit.

    Called in the transaction of every use case that joins, leaves, moves or cancels. What would be due by now is
    skipped: the confirmation was it. The choice of the person is looked at when a reminder is drawn. Somebody without
    Telegram has none: who signed them up gets no questions about others.
    """
    await drop(work, signups, after=work.now)
    for signup in signups:
        occurrence = await work.session.get(Occurrence, signup.occurrence_id)
        if occurrence is None or occurrence.called_off_at is not None or signup.for_name:
            continue
        if signup.state is SignupState.SIGNED_UP:
            await _put(work, signup, occurrence)


async def replan_person(work: Work, person: Person) -> None:
    """Plan the reminders of all that *person* has a place at; what is due already is left as it is."""
    for signup, occurrence in await queries.to_remind(work.session, now=work.now, person_id=person.id):
        await _put(work, signup, occurrence)


async def replan_all(work: Work) -> None:
    """Plan everybody's reminders anew, when the organisation changed its table of leads."""
    await replan(work, *[signup for signup, _occurrence in await queries.to_remind(work.session, now=work.now)])


async def _put(work: Work, signup: Signup, occurrence: Occurrence) -> None:
    for due in await _dues(work, signup, occurrence, ReminderChoice.ALL):
        work.put(
            SignupReminder(signup.id, str(due.lead)),
            chat=signup.person_id,
            due_at=due.due_at,
            valid_until=due.valid_until,
        )


async def drop(work: Work, signups: Sequence[Signup], *, after: datetime | None = None) -> None:
    """Make the reminders of *signups* that have not gone out yet never go out; with *after* only those due later."""
    await work.flush()
    for start in range(0, len(signups), _CHUNK):
        ids = [signup.id for signup in signups[start : start + _CHUNK]]
        await queries.drop_waiting(work.session, SignupReminder.kind, ids, reason="replanned", after=after)


async def follow(work: Work, signup: Signup) -> None:
    """Have the reminders of *signup* that were sent say whether its person comes, wherever that was answered."""
    await work.flush()
    for key in await queries.shown(work.session, (SignupReminder.kind, ReminderAnswered.kind), signup.id):
        work.put(ReminderAnswered(signup.id, key.split(":", 2)[2]), chat=signup.person_id)


async def next_one(work: Work, signup: Signup, occurrence: Occurrence, choice: ReminderChoice) -> datetime | None:
    """Return when the next reminder of a sign-up goes out (UTC), for its confirmation; None when none will."""
    dues = await _dues(work, signup, occurrence, choice)
    return dues[0].due_at if dues else None


async def still_wanted(work: Work, signup: Signup, occurrence: Occurrence, lead: str, choice: ReminderChoice) -> bool:
    """Return whether the reminder *lead* belongs to the plan of a sign-up as it is now, at or before now.

    False when the meeting was moved away from it, when the organisation dropped this lead, or when the person wants
    only the last reminder, or none.
    """
    organisation = await town.organisation(work.session)
    leads = leads_for(organisation, occurrence.kind, signup.role)
    here = organisation.zone
    whole = plan(leads, occurrence.starts_at, signup.queued_at, here, kind=occurrence.kind, choice=choice)
    return any(str(due.lead) == lead and due.due_at <= work.now for due in whole)


async def _dues(work: Work, signup: Signup, occurrence: Occurrence, choice: ReminderChoice) -> list[Due]:
    organisation = await town.organisation(work.session)
    leads = leads_for(organisation, occurrence.kind, signup.role)
    here = organisation.zone
    return plan(leads, occurrence.starts_at, work.now, here, kind=occurrence.kind, choice=choice)


def leads_for(organisation: Organisation, kind: ActivityKind, role: RoleKey) -> Sequence[Lead]:
    """Return the leads of a role, by the set-up file's table or else by the defaults of the field.

    The two questions that keep people from walking alone are asked whatever the table says.
    """
    if kind is ActivityKind.PATROL:
        return tuple(dict.fromkeys([*DEFAULT_LEADS[kind].of(role), *_leads_of_table(organisation, kind, role)]))
    return _leads_of_table(organisation, kind, role)


def _leads_of_table(organisation: Organisation, kind: ActivityKind, role: RoleKey) -> Sequence[Lead]:
    table = organisation.reminders.get(kind.value)
    if table is None:
        return DEFAULT_LEADS[kind].of(role)
    if not isinstance(table, Mapping):
        return parse_leads(table).of(role)
    by_role = {RoleKey(name): leads for name, leads in table.items() if name != "default"}
    return parse_leads(table.get("default", ()), by_role).of(role)
