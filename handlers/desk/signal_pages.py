"""The questions of `/signaal` with their answers."""

from collections.abc import Callable, Sequence

from bot.domain.areas import regions
from bot.domain.enums import Kind, Source, Theme
from bot.domain.signals import KINDS, PEOPLE_KINDS, SOURCES, Ask, SignalDraft
from bot.services.town import places
from bot.texts import labels
from bot.texts import signals as texts
from handlers.context import Ctx
from storage.queries import town

#: What the buttons carry.
YES, NO, NOWHERE, AREA, REGION = "yes", "no", "none", "a", "r"
Options = list[tuple[str, str]]


async def page(context: Ctx, draft: SignalDraft, ask: Ask) -> tuple[str, Options]:
    """Return a question with its answers: what each says, and what its button carries."""
    t = context.t
    match ask:
        case Ask.WORDS:
            return texts.words_question(t), []
        case Ask.SOURCE:
            return texts.source_question(t), [(texts.source_name(t, each), each.value) for each in SOURCES]
        case Ask.KIND:
            return texts.kind_question(t), _named(lambda kind: labels.kind(t, kind), KINDS)
        case Ask.PEOPLE:
            people = _named(lambda kind: labels.kind(t, kind), PEOPLE_KINDS)
            return texts.people_question(t), [*people, (texts.not_people(t), NO)]
        case Ask.DANGER:
            return texts.danger_question(t), [(texts.yes(t), YES), (texts.no(t), NO)]
        case Ask.THEME:
            themes = sorted(Theme, key=lambda theme: theme is not draft.signs.theme)
            return texts.theme_question(t), [(labels.theme(t, theme), theme.value) for theme in themes]
        case Ask.WHERE:
            return texts.where_question(t), await _places(context, draft)
        case Ask.SEND:
            return await _summary(context, draft), [(texts.send(t), YES)]


def _named(label: Callable[[Kind], str], kinds: Sequence[Kind]) -> Options:
    return [(label(kind), kind.value) for kind in kinds]


async def _places(context: Ctx, draft: SignalDraft) -> Options:
    """Return the wijken of what was said, of a region or a postcode; else the regions."""
    known = await places.names(context.work)
    by_code = {area.code: area for area in known}
    if draft.choices:
        return [(by_code[code].name, AREA + code) for code in draft.choices if code in by_code]
    if draft.region is not None:
        return [(area.name, AREA + area.code) for area in known if area.region == draft.region]
    near = [(by_code[code].name, AREA + code) for code in draft.signs.areas if code in by_code]
    named = [(region, f"{REGION}{at}") for at, region in enumerate(regions(known))]
    return [*near, *named, (texts.unknown_place(context.t), NOWHERE)]


async def _summary(context: Ctx, draft: SignalDraft) -> str:
    area = await town.area(context.work.session, draft.area)
    return texts.summary(
        context.t,
        text=draft.text,
        files=len(draft.media),
        source=draft.source or Source.OWN_EYES,
        kind=draft.kind or Kind.PLACE,
        theme=draft.theme or Theme.OTHER,
        place=area.name if area else None,
        sealed=draft.sealed,
    )
