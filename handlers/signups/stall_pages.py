"""What each question about a stall shows and takes: where it stands, its point on the map, and what it sells."""

from bot.domain.activities.stalls import AddressProblem
from bot.domain.geo import Point
from bot.domain.text_input import Word, word
from bot.services.rommelroute import stalls
from bot.texts import menu as menu_texts
from bot.texts import signup_form as texts
from bot.texts import stalls as stall_texts
from handlers.context import Ctx
from handlers.signups.draft import SignupDraft, Step
from handlers.signups.pages import OTHER, PAGES, SKIP, YES, Next, Options, Page, skips, title_of
from handlers.views.drawing import Drawing
from storage.models import Area, Occurrence

FIELD, OWN, SAME, SHARE = "field", "own", "same", "loc"
MAX_SELLS = 200


async def _where(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    t, title = context.t, await title_of(context, draft)
    field: Options = [[(texts.shared_field_key(t), FIELD)]]
    if draft.signup is None:
        return texts.where(t, title=title), field
    return stall_texts.where_now(t, title=title), [[(stall_texts.same_place_key(t), SAME)], *field]


async def _chose_where(_context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    if value == SAME and draft.signup is not None:
        return Next(to=Step.SELLS)
    if value != FIELD:
        return None
    draft.shared_field, draft.street, draft.house_number, draft.postcode = True, None, None, None
    draft.lat = draft.lon = None
    return Next(to=Step.SELLS)


async def _heard_where(context: Ctx, draft: SignupDraft, text: str) -> Next:
    address = stalls.read_address(text)
    if isinstance(address, AddressProblem):
        return Next(again=texts.address_problem(context.t, address))
    stall = stalls.at_address(address, None)
    draft.shared_field, draft.lat, draft.lon = False, None, None
    draft.street, draft.house_number, draft.postcode = stall.street, stall.house_number, stall.postcode
    return Next(to=Step.FLAT) if stalls.is_flat(text) else await _after_address(context, draft)


async def _after_address(context: Ctx, draft: SignupDraft) -> Next:
    """Ask for what is missing of the postcode, and once whether one outside the wijk of the route is right."""
    if not stalls.is_whole(draft.postcode):
        return Next(to=Step.POSTCODE)
    if stalls.lies_outside(draft.postcode or "", await _area_code(context, draft)):
        return Next(to=Step.OUTSIDE)
    return Next(to=Step.SPOT)


async def _area_code(context: Ctx, draft: SignupDraft) -> str | None:
    occurrence = await context.work.session.get(Occurrence, draft.occurrence)
    return occurrence.area_code if occurrence else None


async def _flat(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    t = context.t
    address = stalls.address_line(draft.stall()) or ""
    options: Options = [[(texts.shared_field_key(t), FIELD)], [(texts.own_address_key(t, address=address), OWN)]]
    return texts.is_it_a_flat(t), options


async def _chose_flat(context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    return await _after_address(context, draft) if value == OWN else await _chose_where(context, draft, value)


async def _heard_flat(context: Ctx, draft: SignupDraft, text: str) -> Next:
    if word(text) is Word.YES:
        return await _chose_where(context, draft, FIELD) or Next()
    return await _after_address(context, draft) if word(text) is Word.NO else await _heard_where(context, draft, text)


async def _postcode(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    return stall_texts.postcode(context.t, address=stalls.address_line(draft.stall()) or ""), []


async def _no_buttons(_context: Ctx, _draft: SignupDraft, _value: str) -> Next | None:
    return None


async def _heard_postcode(context: Ctx, draft: SignupDraft, text: str) -> Next:
    """Take a postcode, or the whole address once more: who sees a mistake in it types it again."""
    if not isinstance(stalls.read_address(text), AddressProblem):
        return await _heard_where(context, draft, text)
    found = stalls.read_postcode(text)
    if isinstance(found, AddressProblem):
        return Next(again=stall_texts.postcode_problem(context.t, found))
    draft.postcode = found
    return await _after_address(context, draft)


async def _outside(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    t, code = context.t, await _area_code(context, draft)
    area = None if code is None else await context.work.session.get(Area, code)
    text = stall_texts.outside(t, address=stalls.address_line(draft.stall()) or "", area=area.name if area else "")
    return text, [[(stall_texts.it_is_right_key(t), YES)], [(stall_texts.other_address_key(t), OTHER)]]


async def _chose_outside(_context: Ctx, _draft: SignupDraft, value: str) -> Next | None:
    return {YES: Next(to=Step.SPOT), OTHER: Next(to=Step.WHERE)}.get(value)


async def _heard_outside(context: Ctx, draft: SignupDraft, text: str) -> Next:
    said = {Word.YES: Step.SPOT, Word.NO: Step.WHERE}.get(word(text) or Word.SKIP)
    return Next(to=said) if said else await _heard_where(context, draft, text)


async def _spot(context: Ctx, _draft: SignupDraft) -> tuple[str, Options]:
    t = context.t
    return stall_texts.spot(t), [[(stall_texts.share_key(t), SHARE)], [(texts.skip_key(t), SKIP)]]


async def _chose_spot(context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    t = context.t
    if value == SKIP:
        draft.lat = draft.lon = None
        return Next(to=Step.SELLS)
    if value != SHARE:
        return None
    draft.location_key = True
    key = stall_texts.share_key(t)
    context.say(Drawing(text=stall_texts.share_below(t), menu=menu_texts.rows(t), ask_location=key))
    return Next(to=Step.SPOT)


async def _heard_spot(context: Ctx, draft: SignupDraft, text: str) -> Next:
    if skips(text):
        draft.lat = draft.lon = None
        return Next(to=Step.SELLS)
    return Next(again=texts.choose_below(context.t))


async def take_location(context: Ctx, draft: SignupDraft, point: Point) -> Next:
    """Keep a shared point, rounded; one that can't be on the route is asked again."""
    if await stalls.is_far(context.work, point, await _area_code(context, draft)):
        return Next(again=stall_texts.too_far(context.t))
    kept = stalls.kept_point(point)
    draft.lat, draft.lon = kept.lat, kept.lon
    return Next(to=Step.SELLS)


def put_menu_back(context: Ctx, draft: SignupDraft) -> None:
    """Show the menu again without the key for sharing a location on top of it."""
    if draft.location_key:
        draft.location_key = False
        context.say(Drawing(text=stall_texts.menu_is_back(context.t), menu=menu_texts.rows(context.t)))


async def _sells(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    t = context.t
    same: Options = [[(stall_texts.same_things_key(t), SAME)]] if draft.signup is not None and draft.sells else []
    return texts.sells(t), [*same, [(texts.skip_key(t), SKIP)]]


async def _chose_sells(_context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    if value == SAME and draft.signup is not None:
        return Next(to=Step.CHECK)
    draft.sells = None
    return Next(to=Step.CHECK) if value == SKIP else None


async def _heard_sells(context: Ctx, draft: SignupDraft, text: str) -> Next:
    if len(text) > MAX_SELLS:
        return Next(again=texts.too_long(context.t, most=MAX_SELLS))
    draft.sells = None if skips(text) else text
    return Next(to=Step.CHECK)


async def _check(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    t = context.t
    text = texts.check_stall(t, address=stalls.address_line(draft.stall()), sells=draft.sells)
    confirm = texts.confirm_key(t) if draft.signup is None else stall_texts.confirm_change_key(t)
    return text, [[(confirm, YES)]]


async def _chose_check(_context: Ctx, _draft: SignupDraft, value: str) -> Next | None:
    return Next() if value == YES else None


async def _heard_check(context: Ctx, _draft: SignupDraft, text: str) -> Next:
    return Next() if word(text) is Word.YES else Next(again=texts.choose_below(context.t))


PAGES |= {
    Step.WHERE: Page(_where, _chose_where, _heard_where),
    Step.FLAT: Page(_flat, _chose_flat, _heard_flat),
    Step.POSTCODE: Page(_postcode, _no_buttons, _heard_postcode),
    Step.OUTSIDE: Page(_outside, _chose_outside, _heard_outside),
    Step.SPOT: Page(_spot, _chose_spot, _heard_spot),
    Step.SELLS: Page(_sells, _chose_sells, _heard_sells),
    Step.CHECK: Page(_check, _chose_check, _heard_check),
}
