"""The page of one meeting: what it is, how full it is, and what this person can do about it."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.enums import ActivityKind, SignupState
from bot.domain.offers import walks_in
from bot.services import activities, coordinating, one_date, signups, stalls
from bot.services.activities import Meeting
from bot.texts import activities as texts
from bot.texts import managing as managing_texts
from bot.texts import patrol as patrol_texts
from bot.texts import signups as signup_texts
from bot.texts import stalls as stall_texts
from handlers.activities import round_rows, stall_rows
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
from handlers.activities.repair_rows import meeting_rows as repair_rows
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.making_buttons import CallOffDate, OpenDate
from storage.models import Occurrence, Signup
from storage.queries import offers as offer_queries
from storage.queries import signups as queries

Row = tuple[str, Button] | list[tuple[str, Button]]


async def on_open(_update: Update, context: Ctx, pressed: OpenMeeting) -> None:
    """Show a meeting."""
    await show_meeting(context, pressed.occurrence)


async def show_meeting(context: Ctx, occurrence_id: int, *, above: str = "") -> None:
    """Show the page of a meeting under the line *above*; one that this person may not know of does not exist."""
    meeting = await activities.detail(context.work, occurrence_id, context.person.id)
    if meeting is None:
        show_not_there(context)
        return
    mine = await queries.mine_at(context.work.session, occurrence_id, context.person.id)
    parts = [above, page(context, meeting)]
    if meeting.occurrence.kind is ActivityKind.PATROL:
        names = await queries.names(context.work.session, occurrence_id)
        t = context.t
        parts.append(
            "\n".join([patrol_texts.roster(t, names=names), patrol_texts.never_alone(t), patrol_texts.secret(t)])
        )
    parts += [await status(context, row) for row in mine]
    rows = [
        *await round_rows.meeting_rows(context, meeting),
        *await own_rows(context, meeting, mine),
        *await stall_rows.rows(context, meeting, mine),
        *await _joining(context, meeting, mine),
        *await repair_rows(context, meeting.occurrence),
    ]
    if await _may_call_off(context, meeting.occurrence):
        button = CallOff(occurrence_id, meeting.occurrence.version, sure=False)
        rows.append((texts.call_off_key(context.t), button))
    if await one_date.date_of(context.work, occurrence_id, context.person.id) is not None:
        rows.append((managing_texts.manage_this_key(context.t), OpenDate(occurrence_id)))
    context.show("\n\n".join(filter(None, parts)), keys(*rows, _back(context, meeting)))


async def _may_call_off(context: Ctx, occurrence: Occurrence) -> bool:
    if occurrence.called_off_at is not None or occurrence.ends_at <= context.now:
        return False
    return await coordinating.may_call_off(context.work, occurrence, context.person.id)


async def on_call_off(_update: Update, context: Ctx, pressed: CallOff) -> None:
    """Ask whether the coordinator is sure, then call the meeting off; for everybody else it does not exist."""
    t = context.t
    meeting = await activities.detail(context.work, pressed.occurrence, context.person.id)
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
        await activities.call_off(context.work, pressed.occurrence, None, by=context.person.id)
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
    lines = [
        texts.role_line(
            context.t,
            of=role,
            taken=count.taken,
            minimum=count.minimum,
            maximum=count.maximum,
            walks_in=walks_in(occurrence.kind, role),
        )
        for role, count in meeting.roles.items()
    ]
    return texts.detail(
        context.t,
        title=meeting.activity.title,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        place=meeting.place,
        area=meeting.area.name if meeting.area else None,
        state=texts.state(context.t, meeting.state),
        roles=[] if off else lines,
        deadline_at=None if off else occurrence.deadline_at,
        why=occurrence.called_off_why,
    )


async def status(context: Ctx, row: Signup) -> str:
    """Return how one's own sign-up stands."""
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
    if occurrence.called_off_at is not None or occurrence.starts_at <= context.now:
        return []
    rows: list[Row] = []
    for row in mine:
        if row.state is SignupState.OFFERED:
            offer = await offer_queries.pending_offer_of(context.work.session, row.id)
            if offer is not None:
                yes, no = OfferYes(offer.id), OfferNo(offer.id)
                rows.append([(signup_texts.offer_yes_key(t), yes), (signup_texts.offer_no_key(t), no)])
        elif row.state is SignupState.SEEKS_STAND_IN:
            rows.append((signup_texts.again_key(t), Coming(row.id, row.version)))
        elif row.state is not SignupState.PRESENT:
            label = signup_texts.not_coming_key(t)
            if len(mine) > 1:
                label = f"{label} ({texts.role(t, row.role)})"
            rows.append((label, NotComing(row.id, row.version)))
    return rows


async def _joining(context: Ctx, meeting: Meeting, mine: Sequence[Signup]) -> list[Row]:
    """Return the ways to sign up or to stand in, for roles that this person has not."""
    occurrence = meeting.occurrence
    if not await signups.may_join(context.work, occurrence, context.person):
        return []
    has = {row.role for row in mine}
    rows: list[Row] = []
    for row in await queries.seeking(context.work.session, occurrence.id):
        if row.role not in has and occurrence.starts_at > context.now and occurrence.called_off_at is None:
            rows.append((signup_texts.take_over_key(context.t), TakeOver(row.id, row.version)))
            break
    for role, count in meeting.roles.items():
        if role in has or signups.refuses(context.work, occurrence, context.person, role, None) is not None:
            continue
        waits = count.free == 0 and not walks_in(occurrence.kind, role)
        label = texts.join_key(context.t, of=role, kind=occurrence.kind, waiting=waits)
        rows.append((label, Join(occurrence.id, occurrence.version, role)))
    return rows


def _back(context: Ctx, meeting: Meeting) -> Row:
    if meeting.occurrence.kind is ActivityKind.PATROL:
        return (patrol_texts.shifts_key(context.t), Shifts())
    return (texts.to_list_key(context.t), ListPage(context.person.area_code))
