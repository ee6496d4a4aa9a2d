"""The page of one meeting: what it is, how full it is, and what this person can do about it."""

from collections import Counter
from collections.abc import Sequence

from telegram import Update

from bot.domain.activities.offers import walks_in
from bot.domain.enums import ActivityKind, SignupState
from bot.services.activities import coordinating, guests, meetings, one_date, rescheduling, signups
from bot.services.activities.meetings import Meeting
from bot.services.rommelroute import stalls
from bot.texts import Translator
from bot.texts import activities as texts
from bot.texts import managing as managing_texts
from bot.texts import patrol as patrol_texts
from bot.texts import signing as along_texts
from bot.texts import signups as signup_texts
from bot.texts import stalls as stall_texts
from handlers.activities import round_rows, stall_rows
from handlers.activities.along_buttons import Bring, SignOther
from handlers.activities.buttons import (
    CallOff,
    Coming,
    Join,
    ListPage,
    NotComing,
    OfferNo,
    OfferYes,
    OpenMeeting,
    OpenMine,
    Shifts,
    TakeOver,
)
from handlers.activities.making_buttons import CallOffDate, OpenDate
from handlers.activities.repair_rows import attendance_rows
from handlers.activities.repair_rows import meeting_rows as repair_rows
from handlers.buttons import Button
from handlers.context import Ctx, keys
from storage.models import Occurrence, Signup
from storage.queries import offers as offer_queries
from storage.queries import signups as queries

Row = tuple[str, Button] | list[tuple[str, Button]]
#: So many of whom somebody signed up have a line and a button on the page; all are in 🎟 Waar ik heen ga.
MOST_GUESTS = 8


async def on_open(_update: Update, context: Ctx, pressed: OpenMeeting) -> None:
    """Show a meeting."""
    await show_meeting(context, pressed.occurrence)


async def show_meeting(context: Ctx, occurrence_id: int, *, above: str = "", guest: int | None = None) -> None:
    """Show the page of a meeting under the line *above*; one that this person may not know of does not exist.

    *guest* is a sign-up of somebody whom this person signed up: it is shown instead of the others.
    """
    meeting = await meetings.detail(context.work, occurrence_id, context.person.id)
    if meeting is None:
        show_not_there(context)
        return
    mine = await queries.mine_at(context.work.session, occurrence_id, context.person.id)
    parts = [above, page(context, meeting)]
    names_walkers = meeting.occurrence.kind is ActivityKind.PATROL
    if names_walkers:
        names = await queries.names(context.work.session, occurrence_id)
        t = context.t
        parts.append(
            "\n".join([patrol_texts.roster(t, names=names), patrol_texts.never_alone(t), patrol_texts.secret(t)])
        )
    parts.append("\n".join(await _seeking(context, meeting.occurrence)))
    shown, rest = _shown(mine, guest)
    parts += [await (status if row.id == guest or not row.for_name else status_line)(context, row) for row in shown]
    parts += [along_texts.more_guests(context.t, count=rest)] if rest else []
    rows = [
        *await round_rows.meeting_rows(context, meeting),
        *await own_rows(context, meeting, shown),
        *await stall_rows.rows(context, meeting, mine),
        *await _joining(context, meeting),
        *await repair_rows(context, meeting.occurrence),
        *await attendance_rows(context, meeting.occurrence),
    ]
    if await _may_call_off(context, meeting.occurrence):
        button = CallOff(occurrence_id, meeting.occurrence.version, sure=False)
        rows.append((texts.call_off_key(context.t), button))
    if await one_date.date_of(context.work, occurrence_id, context.person.id) is not None:
        rows.append((managing_texts.manage_this_key(context.t), OpenDate(occurrence_id)))
    about = occurrence_id if names_walkers else None
    context.show("\n\n".join(filter(None, parts)), keys(*rows, _back(context, meeting)), about=about)


async def _seeking(context: Ctx, occurrence: Occurrence) -> list[str]:
    """Return a line per role in which somebody can't come and nobody took the place yet."""
    if occurrence.called_off_at is not None or occurrence.starts_at <= context.now:
        return []
    found = Counter(row.role for row in await queries.seeking(context.work.session, occurrence.id))
    return [along_texts.seeks(context.t, role=role, count=count) for role, count in sorted(found.items())]


def _shown(mine: Sequence[Signup], guest: int | None) -> tuple[Sequence[Signup], int]:
    """Return the sign-ups that a page has room for, one's own first, and how many more there are."""
    own, others = [row for row in mine if not row.for_name], [row for row in mine if row.for_name]
    if guest is not None:
        return [row for row in others if row.id == guest], 0
    return [*own, *others[:MOST_GUESTS]], max(0, len(others) - MOST_GUESTS)


async def _may_call_off(context: Ctx, occurrence: Occurrence) -> bool:
    if occurrence.called_off_at is not None or occurrence.ends_at <= context.now:
        return False
    return await coordinating.may_call_off(context.work, occurrence, context.person.id)


async def on_call_off(_update: Update, context: Ctx, pressed: CallOff) -> None:
    """Ask whether the coordinator is sure, then call the meeting off; for everybody else it does not exist."""
    t = context.t
    meeting = await meetings.detail(context.work, pressed.occurrence, context.person.id)
    if meeting is None or not await _may_call_off(context, meeting.occurrence):
        await show_meeting(context, pressed.occurrence)
    elif pressed.version != meeting.occurrence.version:
        await show_meeting(context, pressed.occurrence, above=signup_texts.changed(t))
    elif not pressed.sure:
        occurrence = meeting.occurrence
        when = texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)
        sure = CallOff(occurrence.id, occurrence.version, sure=True)
        context.show(
            texts.call_off_sure(t, title=meeting.activity.title, when=when),
            keys(
                (texts.call_off_yes_key(t), sure),
                (managing_texts.with_reason_key(t), CallOffDate(occurrence.id)),
                (texts.back_key(t), OpenMeeting(occurrence.id)),
            ),
        )
    else:
        await rescheduling.call_off(context.work, pressed.occurrence, None, by=context.person.id)
        await show_meeting(context, pressed.occurrence, above=texts.call_off_done(t))


def show_not_there(context: Ctx) -> None:
    """Answer about a meeting that does not exist, or that this person may not know of: exactly the same."""
    t = context.t
    context.show(
        texts.not_there(t),
        keys((texts.to_list_key(t), ListPage(context.person.area_code)), (signup_texts.to_mine_key(t), OpenMine())),
    )


def page(context: Ctx, meeting: Meeting) -> str:
    """Return the words about a meeting, without what is only for one person."""
    occurrence = meeting.occurrence
    off = occurrence.called_off_at is not None
    return texts.detail(
        context.t,
        title=meeting.activity.title,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        place=meeting.place,
        area=meeting.area.name if meeting.area else None,
        state=texts.state(context.t, meeting.state),
        roles=[] if off else role_lines(context.t, meeting),
        deadline_at=None if off else occurrence.deadline_at,
        closed=occurrence.deadline_at is not None and occurrence.deadline_at <= context.now,
        why=occurrence.called_off_why,
    )


def role_lines(t: Translator, meeting: Meeting) -> list[str]:
    """Return a line per role: how many there are, and how many are still needed."""
    return [
        texts.role_line(
            t,
            of=role,
            taken=count.taken,
            minimum=count.minimum,
            maximum=count.maximum,
            walks_in=walks_in(meeting.occurrence.kind, role),
        )
        for role, count in meeting.roles.items()
    ]


async def status(context: Ctx, row: Signup) -> str:
    """Return how one's own sign-up stands, or that of somebody whom one signed up."""
    text = await _status(context, row)
    if row.seats > 1:
        waits = row.state is SignupState.WAITING
        text += "\n" + (along_texts.two_wait(context.t) if waits else along_texts.two_come(context.t))
    return along_texts.guest_status(name=row.for_name, status=text) if row.for_name else text


async def status_line(context: Ctx, row: Signup) -> str:
    """Return the same on one line, for a list."""
    line = (await _status(context, row)).partition("\n")[0]
    return along_texts.guest_line(name=row.for_name, status=line) if row.for_name else line


async def _status(context: Ctx, row: Signup) -> str:
    t = context.t
    if row.state is SignupState.WAITING:
        return signup_texts.status_waiting(t, position=await queries.position(context.work.session, row))
    if row.state is SignupState.OFFERED:
        offer = await offer_queries.pending_offer_of(context.work.session, row.id)
        return signup_texts.status_offered(t, until=offer.expires_at if offer else context.now)
    if row.state is SignupState.SEEKS_STAND_IN:
        return signup_texts.status_seeking(t)
    lines = [signup_texts.status_place(t, role=row.role, slot_at=row.slot_at)]
    if (item := await queries.repair_item(context.work.session, row.id)) is not None:
        lines.append(signup_texts.own_item(t, item=item.item_type, brand=item.brand, fault=item.fault))
    stall = await queries.stall(context.work.session, row.id)
    if stall is not None and (stall.shared_field or stall.street):
        lines.append(signup_texts.own_stall(t, address=stalls.address_line(stall), sells=stall.sells))
        lines += [stall_texts.own_number(t, number=stall.number)] if stall.number else []
    return "\n".join(lines)


async def own_rows(context: Ctx, meeting: Meeting, mine: Sequence[Signup]) -> list[Row]:
    """Return what can be done about one's own sign-ups."""
    t = context.t
    occurrence = meeting.occurrence
    if occurrence.called_off_at is not None:
        return []
    rows: list[Row] = []
    own = sum(not row.for_name for row in mine)
    for row in mine:
        if signups.is_over_for(context.work, occurrence, row.role):
            continue
        if row.state is SignupState.OFFERED:
            offer = await offer_queries.pending_offer_of(context.work.session, row.id)
            if offer is not None:
                yes, no = OfferYes(offer.id), OfferNo(offer.id)
                rows.append([(signup_texts.offer_yes_key(t), yes), (signup_texts.offer_no_key(t), no)])
        elif row.state is SignupState.SEEKS_STAND_IN:
            name = f" ({row.for_name})" if row.for_name else ""
            rows.append((signup_texts.again_key(t) + name, Coming(row.id, row.version)))
        elif row.state is not SignupState.PRESENT:
            label = signup_texts.not_coming_key(t)
            if row.for_name:
                label = along_texts.guest_not_coming_key(t, name=row.for_name)
            elif own > 1:
                label = f"{label} ({texts.role(t, row.role)})"
            rows.append((label, NotComing(row.id, row.version)))
            rows += companion(context, meeting, row)
    return rows


def companion(context: Ctx, meeting: Meeting, row: Signup) -> list[Row]:
    """Return the button that brings somebody along, or comes alone after all, where that is possible."""
    t, settings, deadline = context.t, meeting.settings.get(row.role), meeting.occurrence.deadline_at
    if meeting.occurrence.starts_at <= context.now:
        return []
    if row.seats > 1:
        return [(along_texts.alone_key(t), Bring(row.id, row.version, companion=False))]
    closed = deadline is not None and deadline <= context.now
    if row.for_name or closed or settings is None or not settings.plus_one:
        return []
    return [(along_texts.bring_key(t), Bring(row.id, row.version, companion=True))]


async def _joining(context: Ctx, meeting: Meeting) -> list[Row]:
    """Return the ways to sign up or to stand in, for roles that this person has not."""
    occurrence = meeting.occurrence
    if not await signups.may_join(context.work, occurrence, context.person):
        return []
    has = await queries.own_roles(context.work.session, occurrence.id, context.person.id)
    rows: list[Row] = []
    for row in await queries.seeking(context.work.session, occurrence.id):
        if row.role not in has and occurrence.starts_at > context.now and occurrence.called_off_at is None:
            rows.append((signup_texts.take_over_key(context.t), TakeOver(row.id, row.version)))
            break
    roles = [
        role for role in meeting.roles if not signups.refuses(context.work, occurrence, context.person, role, None)
    ]
    for role, count in meeting.roles.items():
        if role in has or role not in roles:
            continue
        waits = count.free == 0 and not walks_in(occurrence.kind, role)
        label = texts.join_key(context.t, of=role, kind=occurrence.kind, waiting=waits)
        rows.append((label, Join(occurrence.id, occurrence.version, role)))
    if roles and await guests.may_bring(context.work, occurrence, context.person):
        rows.append((along_texts.guest_key(context.t), SignOther(occurrence.id, occurrence.version)))
    return rows


def _back(context: Ctx, meeting: Meeting) -> Row:
    if meeting.occurrence.kind is ActivityKind.PATROL:
        return (patrol_texts.shifts_key(context.t), Shifts())
    return (texts.to_list_key(context.t), ListPage(context.person.area_code))
