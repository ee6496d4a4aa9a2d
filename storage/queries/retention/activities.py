"""Activities: sign-ups, stalls and repairs after the day, what was said of it, calendar feeds and wishes for news."""

from datetime import datetime, timedelta

from sqlalchemy import (
    and_,
    delete,
    exists,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.activities.repairing import UNKNOWN_ITEM
from bot.domain.enums import RoleKey
from storage.models import (
    Activity,
    Announcement,
    CalendarFeed,
    NewsWish,
    Occurrence,
    Offer,
    PersonSkill,
    RepairItem,
    Signup,
    Stall,
    StallFavourite,
)
from storage.queries.retention.chunks import CHUNK, Lost, bulk, due, erase, erase_each

#: So long after the day it is known who came.
PAST_KEPT = timedelta(days=90)
#: The conditions of indexes, to the letter: SQLite uses them only then.
_SOMEBODY = Signup.person_id != literal_column("0")
_REASON = or_(Occurrence.called_off_why.is_not(None), Occurrence.moved_why.is_not(None))
_TOLD = or_(Stall.street.is_not(None), Stall.sells.is_not(None))


async def forget_stalls(session: AsyncSession, now: datetime) -> int:
    """Erase the addresses of stalls, and who marked which with a star, a week after the day."""
    over = exists().where(
        Signup.id == Stall.signup_id,
        Occurrence.id == Signup.occurrence_id,
        Occurrence.ends_at < now - timedelta(days=7),
    )
    told = await due(session, Stall.id, _TOLD, over)
    starred = await due(session, Stall.id, Stall.id.in_(select(StallFavourite.stall_id)), over)
    ids = sorted({*told, *starred})
    if ids:
        nothing = {"street": None, "house_number": None, "postcode": None, "lat": None, "lon": None, "sells": None}
        await bulk(session, update(Stall).where(Stall.id.in_(ids)).values(nothing))
        await bulk(session, delete(StallFavourite).where(StallFavourite.stall_id.in_(ids)))
    return len(ids)


async def forget_signups(session: AsyncSession, now: datetime) -> Lost:
    """Erase sign-ups, offers and repair contact 90 days after the day; of a repair the kind and outcome stay."""
    old = (
        select(Signup.id, Signup.person_id, Signup.occurrence_id)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(Occurrence.ends_at < now - PAST_KEPT, _SOMEBODY)
        .limit(CHUNK)
    )
    rows = (await session.execute(old)).all()
    ids = [signup_id for signup_id, _person_id, _occurrence_id in rows]
    if not ids:
        return Lost(0, ())
    await session.execute(delete(Offer).where(Offer.signup_id.in_(ids)))
    with_item = select(RepairItem.signup_id).where(RepairItem.signup_id.in_(ids))
    kept = list((await session.scalars(with_item)).all())
    repaired = update(RepairItem).where(RepairItem.signup_id.in_(kept))
    await session.execute(repaired.values(brand=None, fault=None, photo=None))
    await session.execute(repaired.where(RepairItem.skill.is_(None)).values(item_type=UNKNOWN_ITEM))
    for row_id in kept:
        await session.execute(
            update(Signup).where(Signup.id == row_id).values(person_id=0, for_name=f"gewist-{row_id}", changed_by=None)
        )
    await session.execute(delete(Signup).where(Signup.id.in_([row_id for row_id in ids if row_id not in set(kept)])))
    await _forget_skills(session, {person_id for _signup_id, person_id, _occurrence_id in rows})
    return Lost(len(ids), sorted({occurrence_id for _id, _person_id, occurrence_id in rows}))


async def _forget_skills(session: AsyncSession, people: set[int]) -> None:
    """Forget what these people can repair, unless they are still known to have come, or to come, as a repairer."""
    repairs = exists().where(Signup.person_id == PersonSkill.person_id, Signup.role == RoleKey.REPAIRER)
    await bulk(session, delete(PersonSkill).where(PersonSkill.person_id.in_(people), ~repairs))


async def forget_lines(session: AsyncSession, now: datetime) -> int:
    """Erase what was added to the news of a date, and why it was moved or called off, 90 days after the day."""
    past = Occurrence.ends_at < now - timedelta(days=90)
    reasons = await due(session, Occurrence.id, past, _REASON)
    if reasons:
        erased = {Occurrence.called_off_why: None, Occurrence.moved_why: None}
        await bulk(session, update(Occurrence).where(Occurrence.id.in_(reasons)).values(erased))
    old = exists().where(Occurrence.id == Announcement.occurrence_id, past)
    return len(reasons) + await erase(session, Announcement.id, old)


async def forget_organisers(session: AsyncSession, now: datetime) -> int:
    """Forget who made an activity and looked after it 90 days after the last of its dates."""
    dates = exists().where(Occurrence.activity_id == Activity.id)
    over = or_(Activity.active.is_(False), and_(Activity.repeats.is_(None), dates))
    still = dates.where(Occurrence.ends_at >= now - timedelta(days=90))
    there = or_(Activity.coordinator_id.is_not(None), Activity.made_by.is_not(None))
    ids = await due(session, Activity.id, there, over, ~still)
    if ids:
        await bulk(session, update(Activity).where(Activity.id.in_(ids)).values(coordinator_id=None, made_by=None))
    return len(ids)


async def forget_feeds(session: AsyncSession, now: datetime) -> int:
    """Take calendar feeds away that nobody looked at for half a year."""
    return await erase(session, CalendarFeed.person_id, CalendarFeed.seen_at < now - timedelta(days=182))


async def forget_news(session: AsyncSession, now: datetime) -> int:
    """Erase who wanted which news 2 years after they said so; who withdraws it is forgotten at once."""
    key = (NewsWish.person_id, NewsWish.area_code, NewsWish.kind)
    old = select(*key).where(NewsWish.given_at < now - timedelta(days=730))
    return await erase_each(session, key, (await session.execute(old.limit(CHUNK))).all())
