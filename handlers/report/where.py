"""Where it is: a shared location, a postcode, or region and wijk."""

from bot.domain.areas import Located, Sure, regions
from bot.domain.drafts import ReportDraft, Step, unplace
from bot.domain.enums import Kind
from bot.domain.geo import Point, rounded
from bot.domain.phrases import tokens
from bot.domain.text_input import Word
from bot.services.town import places
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from handlers.context import Ctx
from handlers.report.flow import PAGES, Page, StepPage, Turn, open_step
from handlers.views.drawing import Drawing

#: Longer texts that name no place are something told, not a place.
PLACE_WORDS = 4
ON, OTHER, NOWHERE, SHARE, AREA, REGION = "on", "other", "none", "loc", "a", "r"


async def _where(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    known = await places.names(context.work)
    by_code = {area.code: area for area in known}
    walked = draft.walk.area if draft.walk else None
    likely = dict.fromkeys([walked or "", *draft.signs.areas, context.person.area_code or ""])
    near = [code for code in likely if code in by_code]
    quick = [[(labels.in_area(t, name=by_code[code].name), AREA + code)] for code in near]
    named = [(region, f"{REGION}{at}") for at, region in enumerate(regions(known))]
    rows = [named[at : at + 2] for at in range(0, len(named), 2)]
    text = texts.where_question(t, about_self=draft.kind is Kind.SELF)
    share, unknown = [(labels.share_location(t), SHARE)], [(labels.unknown_place(t), NOWHERE)]
    return Page(text, [*quick, share, *rows, unknown])


async def _chose_where(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value == NOWHERE:
        unplace(draft)
        draft.nowhere = True
        return Turn()
    if value == SHARE:
        return await _share(context, draft)
    names = await places.names(context.work)
    if value.startswith(REGION) and value[1:].isdecimal() and int(value[1:]) < len(regions(names)):
        unplace(draft)
        draft.region = regions(names)[int(value[1:])]
        return Turn()
    if value[1:] in {area.code for area in names}:
        unplace(draft)
    return _take(draft, value, {area.code for area in names})


def _take(draft: ReportDraft, value: str, allowed: set[str]) -> Turn | None:
    """Take the wijk of a button that may only name one of *allowed*."""
    if not value.startswith(AREA) or value[1:] not in allowed:
        return None
    draft.area = value[1:]
    return Turn()


async def _share(context: Ctx, draft: ReportDraft) -> Turn:
    """Put the key for sharing a location in the place of the menu; the question stays open."""
    t = context.t
    draft.location_key = True
    await open_step(context, draft, Step.WHERE)
    context.say(Drawing(text=texts.send_location(t), menu=[], ask_location=labels.share_location(t)))
    return Turn(ended=True)


async def _area(context: Ctx, draft: ReportDraft) -> Page:
    found = [area for area in await places.names(context.work) if area.region == draft.region]
    options = [(area.name, AREA + area.code) for area in found]
    rows = [options[at : at + 2] for at in range(0, len(options), 2)]
    return Page(texts.area_question(context.t, region=draft.region or ""), rows)


async def _chose_area(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    found = {area.code for area in await places.names(context.work) if area.region == draft.region}
    return _take(draft, value, found)


async def _choice(context: Ctx, draft: ReportDraft) -> Page:
    by_code = {area.code: area.name for area in await places.names(context.work)}
    rows = [[(by_code[code], AREA + code)] for code in draft.choices if code in by_code]
    return Page(texts.choice_question(context.t), [*rows, [(labels.other_place(context.t), OTHER)]])


async def _chose_choice(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    return _elsewhere(draft) if value == OTHER else _take(draft, value, set(draft.choices))


async def _outside(context: Ctx, _draft: ReportDraft) -> Page:
    t = context.t
    return Page(texts.outside(t), [[(labels.outside_on(t), ON)], [(labels.other_place(t), OTHER)]])


async def _chose_outside(_context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    if value == OTHER:
        return _elsewhere(draft)
    draft.nowhere = value == ON
    return Turn() if draft.nowhere else None


def _elsewhere(draft: ReportDraft) -> Turn:
    unplace(draft)
    return Turn(to=Step.WHERE)


async def _heard(context: Ctx, draft: ReportDraft, text: str) -> Turn | None:
    """Take a postcode, the name of a wijk or of a region."""
    found = await places.typed(context.work, text)
    if isinstance(found, str):
        unplace(draft)
        draft.region = found
        return Turn()
    if found.sure is Sure.POST_BOX:
        return Turn(above=texts.post_box(context.t), missed=True)
    if found.sure is Sure.UNKNOWN:
        short = len(tokens(text)) <= PLACE_WORDS
        return Turn(above=texts.place_unknown(context.t), missed=True) if short else None
    place(draft, found)
    return Turn()


def place(draft: ReportDraft, found: Located) -> None:
    """Write down what was found: one wijk, some to choose from, or outside."""
    unplace(draft)
    if found.area is not None:
        draft.area = found.area.code
    elif found.sure is Sure.CHOOSE:
        draft.choices = [area.code for area in found.areas]
    elif found.sure is Sure.OUTSIDE:
        draft.outside = True


async def take_location(context: Ctx, draft: ReportDraft, lat: float, lon: float) -> None:
    """Write down a shared location: its wijk, and a point rounded to about 25 m (for an open place report)."""
    point = Point(lat, lon)
    place(draft, await places.at_point(context.work, point))
    if draft.kind in (None, Kind.PLACE) and not draft.sealed and not draft.outside:
        kept = rounded(point)
        draft.lat, draft.lon = kept.lat, kept.lon


PAGES |= {
    Step.WHERE: StepPage(_where, _chose_where, _heard, {Word.SKIP: NOWHERE}),
    Step.AREA: StepPage(_area, _chose_area, _heard),
    Step.CHOICE: StepPage(_choice, _chose_choice, _heard),
    Step.OUTSIDE: StepPage(_outside, _chose_outside, _heard, {Word.YES: ON, Word.NO: OTHER}),
}
