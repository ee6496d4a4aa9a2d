"""What each question of a sign-up shows, and what a tap or typed words mean there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.activities.guests import is_first_name
from bot.domain.activities.repair import Slot
from bot.domain.text_input import Word, normalise, word
from bot.services.repair_cafe import bringing
from bot.texts import signing as along_texts
from bot.texts import signup_form as texts
from handlers.context import Ctx
from handlers.signups.draft import SignupDraft, Step, first_step
from storage.models import Activity, Occurrence
from storage.queries import signups as queries

Options = list[list[tuple[str, str]]]
SKIP, YES, OTHER, WALK_IN, NO_PHOTO = "skip", "yes", "other", "walkin", "nophoto"
MAX_ITEM, MAX_BRAND, MAX_FAULT = 80, 80, 500


@dataclass(frozen=True)
class Next:
    """Where an answer leads: to the usual next question, to *to*, or (*again*) to the same one with a reason."""

    to: Step | None = None
    again: str = ""


@dataclass(frozen=True)
class Page:
    """One question. `choose` gets a button's value as untrusted input; None refuses it. `hear` gets typed words."""

    page: Callable[[Ctx, SignupDraft], Awaitable[tuple[str, Options]]]
    choose: Callable[[Ctx, SignupDraft, str], Awaitable[Next | None]]
    hear: Callable[[Ctx, SignupDraft, str], Awaitable[Next]]


async def following(context: Ctx, draft: SignupDraft, step: Step) -> Step | None:
    """Return the question after *step*; None when all is answered. Those of a stall say themselves what follows."""
    match step:
        case Step.NAME:
            return first_step(draft.role) if draft.asks_more else None
        case Step.ITEM | Step.WHICH:
            return Step.BRAND
        case Step.BRAND:
            return Step.FAULT
        case Step.FAULT:
            return Step.SLOT if await _has_slots(context, draft) else _rules(context, draft)
        case Step.SLOT:
            return _rules(context, draft)
        case _:
            return None


def _rules(context: Ctx, draft: SignupDraft) -> Step | None:
    return Step.RULES if draft.guest or context.person.house_rules_at is None else None


# -- somebody without Telegram --------------------------------------------------------------------------------------


async def _name(context: Ctx, _draft: SignupDraft) -> tuple[str, Options]:
    return along_texts.guest_name(context.t), []


async def _heard_name(context: Ctx, draft: SignupDraft, text: str) -> Next:
    name = " ".join(text.split())
    if not is_first_name(name):
        return Next(again=along_texts.guest_name_unclear(context.t))
    draft.for_name = name
    return Next()


# -- Repair Café ----------------------------------------------------------------------------------------------------


async def _item(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    return texts.item(context.t, title=await title_of(context, draft)), []


async def _no_buttons(_context: Ctx, _draft: SignupDraft, _value: str) -> Next | None:
    return None


async def _heard_item(context: Ctx, draft: SignupDraft, text: str) -> Next:
    typed = " ".join(text.split())
    if len(typed) > MAX_ITEM:
        return Next(again=texts.too_long(context.t, most=MAX_ITEM))
    found = bringing.search(typed)
    exact = next((item for item in found if normalise(item.name) == normalise(typed)), None)
    draft.typed, draft.candidates = typed, [item.name for item in found]
    draft.item = exact.name if exact else typed
    return Next(to=Step.WHICH) if found and not exact else Next(to=Step.BRAND)


async def _which(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    options: Options = [[(name, str(at))] for at, name in enumerate(draft.candidates)]
    return texts.which_item(context.t), [*options, [(texts.other_item_key(context.t, typed=draft.typed), OTHER)]]


async def _chose_which(_context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    if value == OTHER:
        draft.item = draft.typed
        return Next()
    if not value.isdecimal() or int(value) >= len(draft.candidates):
        return None
    draft.item = draft.candidates[int(value)]
    return Next()


async def _brand(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    return texts.brand(context.t, item=draft.item or ""), [[(texts.skip_key(context.t), SKIP)]]


async def _chose_brand(_context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    draft.brand = None
    return Next() if value == SKIP else None


async def _heard_brand(context: Ctx, draft: SignupDraft, text: str) -> Next:
    if len(text) > MAX_BRAND:
        return Next(again=texts.too_long(context.t, most=MAX_BRAND))
    draft.brand = None if skips(text) else text
    return Next()


async def _fault(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    t, skip = context.t, (texts.skip_key(context.t), SKIP)
    if draft.photo is None:
        return texts.fault(t), [[skip]]
    return texts.fault_with_photo(t), [[skip, (texts.no_photo_key(t), NO_PHOTO)]]


async def _chose_fault(context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    if value == NO_PHOTO:
        draft.photo = None
        context.step(Step.FAULT.value, draft.model_dump(mode="json"))
        return Next(again=texts.photo_gone(context.t))
    draft.fault = None
    return Next() if value == SKIP else None


async def _heard_fault(context: Ctx, draft: SignupDraft, text: str) -> Next:
    if len(text) > MAX_FAULT:
        return Next(again=texts.too_long(context.t, most=MAX_FAULT))
    draft.fault = None if skips(text) else text
    return Next()


async def _has_slots(context: Ctx, draft: SignupDraft) -> bool:
    occurrence = await context.work.session.get(Occurrence, draft.occurrence)
    role = None if occurrence is None else await queries.role_of(context.work.session, occurrence, draft.role)
    return role is not None and role.slot_minutes is not None


async def _free(context: Ctx, draft: SignupDraft) -> list[Slot]:
    occurrence = await context.work.session.get(Occurrence, draft.occurrence)
    role = None if occurrence is None else await queries.role_of(context.work.session, occurrence, draft.role)
    return [] if occurrence is None or role is None else list(await bringing.free_slots(context.work, occurrence, role))


async def _slot(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    t, free = context.t, await _free(context, draft)
    buttons = [
        (texts.slot_key(t, starts_at=slot.starts_at, ends_at=slot.ends_at), str(int(slot.starts_at.timestamp())))
        for slot in free
    ]
    pairs: Options = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return texts.slot(t) if free else texts.slots_full(t), [*pairs, [(texts.walk_in_key(t), WALK_IN)]]


async def _chose_slot(context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    if value == WALK_IN:
        draft.slot_at = None
        return Next()
    free = {str(int(slot.starts_at.timestamp())) for slot in await _free(context, draft)}
    if value not in free:
        return Next(again=texts.slot_gone(context.t)) if value.isdecimal() else None
    draft.slot_at = int(value)
    return Next()


async def _heard_slot(context: Ctx, draft: SignupDraft, text: str) -> Next:
    typed = text.strip().replace(".", ":")
    for slot in await _free(context, draft):
        if typed in (context.t.time(slot.starts_at), context.t.time(slot.starts_at).lstrip("0")):
            draft.slot_at = int(slot.starts_at.timestamp())
            return Next()
    return Next(again=texts.choose_below(context.t))


async def _rules_page(context: Ctx, draft: SignupDraft) -> tuple[str, Options]:
    above = along_texts.read_aloud(context.t, name=draft.for_name) + "\n\n" if draft.guest else ""
    return above + texts.house_rules(context.t), [[(texts.accept_key(context.t), YES)]]


async def _chose_rules(_context: Ctx, draft: SignupDraft, value: str) -> Next | None:
    if value != YES:
        return None
    draft.rules_accepted = True
    return Next()


async def _heard_yes(context: Ctx, draft: SignupDraft, text: str) -> Next:
    """Take "ja" (or another word for it) as the one button that there is."""
    if word(text) is not Word.YES:
        return Next(again=texts.choose_below(context.t))
    draft.rules_accepted = True
    return Next()


def skips(text: str) -> bool:
    """Return whether typed words mean to leave the question open."""
    return word(text) in (Word.SKIP, Word.NO)


async def title_of(context: Ctx, draft: SignupDraft) -> str:
    """Return the title of the activity that is signed up for."""
    occurrence = await context.work.session.get(Occurrence, draft.occurrence)
    activity = None if occurrence is None else await context.work.session.get(Activity, occurrence.activity_id)
    return activity.title if activity else ""


PAGES: dict[Step, Page] = {
    Step.NAME: Page(_name, _no_buttons, _heard_name),
    Step.ITEM: Page(_item, _no_buttons, _heard_item),
    Step.WHICH: Page(_which, _chose_which, _heard_item),
    Step.BRAND: Page(_brand, _chose_brand, _heard_brand),
    Step.FAULT: Page(_fault, _chose_fault, _heard_fault),
    Step.SLOT: Page(_slot, _chose_slot, _heard_slot),
    Step.RULES: Page(_rules_page, _chose_rules, _heard_yes),
}
