"""Drawing what the beheerder is asked about somebody unknown in a desk's group, and what the group is told."""

from bot.domain.enums import RoleName
from bot.domain.notices.eyes import GroupIsHidden, PutOutOfGroup, StrangerInGroup, StrangerSettled
from bot.services.desk import eyes
from bot.texts import eyes as texts
from bot.texts import triage_notices as notice_texts
from handlers.context import keys
from handlers.desk.eyes import Confirm
from handlers.views.drawing import Drawing, Drawn, NotAnyMore, PutOut
from handlers.views.registry import Reading, view
from storage.models import Desk, GroupGuest, Person
from storage.queries import eyes as eye_queries
from storage.queries import staff


@view(StrangerInGroup)
async def stranger_in_group(notice: StrangerInGroup, reading: Reading) -> Drawn:
    """Ask about somebody, or say how it ended."""
    t, session = reading.t, reading.work.session
    desk = await session.get(Desk, notice.desk)
    if desk is None or RoleName.ADMIN not in await staff.roles(session, notice.person):
        return NotAnyMore("no desk, or no beheerder")
    guest = await session.get(GroupGuest, (desk.chat_id, notice.stranger))
    if guest is not None and guest.confirmed_at is None:
        if notice.stranger == eyes.UNSEEN:
            text = texts.strangers(t, desk=desk.name, count=guest.extra)
        else:
            text = texts.stranger(t, desk=desk.name, person_id=notice.stranger)
        return Drawing(text, keys((texts.confirm_label(t), Confirm(desk.id, notice.stranger))))
    if reading.message_id is None:
        return NotAnyMore("settled")
    if guest is None:
        return Drawing(texts.gone(t, desk=desk.name))
    admin = await session.get(Person, guest.confirmed_by) if guest.confirmed_by else None
    return Drawing(texts.confirmed(t, desk=desk.name, name=(admin.name if admin else None) or "?"))


@view(StrangerSettled)
async def stranger_settled(notice: StrangerSettled, reading: Reading) -> Drawn:
    """Draw the same message after it was answered."""
    return await stranger_in_group(notice, reading)


@view(GroupIsHidden)
async def group_is_hidden(notice: GroupIsHidden, reading: Reading) -> Drawn:
    """Tell the group why no words stand there, and who can change that; later that it is over."""
    desk = await reading.work.session.get(Desk, notice.desk)
    if desk is None or not desk.sealed_cards_only:
        return NotAnyMore("open again") if reading.message_id is None else Drawing(texts.group_open(reading.t))
    admins = await staff.with_role(reading.work.session, RoleName.ADMIN)
    names = [notice_texts.mention(admin.name or "?", admin.id) for admin in admins]
    return Drawing(texts.group_hidden(reading.t, names=names))


@view(PutOutOfGroup)
async def put_out_of_group(notice: PutOutOfGroup, reading: Reading) -> Drawn:
    """Put somebody out who still has no business there."""
    if await eye_queries.is_colleague(reading.work.session, reading.chat_id, notice.person):
        return NotAnyMore("belongs there")
    return PutOut(notice.person)
