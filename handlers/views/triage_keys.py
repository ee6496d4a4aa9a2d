"""The keyboards of cards: what can be done with a report in its state, in the group and in private."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.enums import Kind, ReportStatus, Theme
from bot.domain.reports import format_number
from bot.services import triage
from bot.texts import Translator, labels, meldcode, report_buttons
from bot.texts import conversation as talk_texts
from bot.texts import merging as merging_texts
from bot.texts import partners as partner_texts
from bot.texts import triage_answers as texts
from handlers.buttons import Button, Key, Keyboard
from handlers.staff.buttons import (
    AREA,
    Block,
    CloseAs,
    Files,
    Forward,
    GroupWith,
    HandTo,
    Meldcode,
    Menu,
    MergeInto,
    MergeNumber,
    Open,
    PhotoAway,
    PickRegion,
    SetArea,
    SetKind,
    SetTheme,
    ShowMenu,
    Take,
    TakeOver,
    TurnColleagues,
    Ungroup,
    WriteAnswer,
    WriteNote,
    WritePublic,
    WriteQuestion,
)
from handlers.turning import part
from storage.models import Area, Opening, Person, Report

_PER_ROW = 2
#: Photos of so many later messages can be taken away from one menu, the newest; Telegram takes 100 keys.
_MOST_PICTURES = 60


@dataclass(frozen=True)
class Around:
    """What a keyboard needs to know besides the report.

    `private`: it stands in a worker's own chat; `hidden`: the group may see no word of it; `more`: there is more to
    read than the card shows. `areas` are all areas by region and name, `colleagues` the workers of the desk,
    `pictures` our ids of the report's photos and videos, `likely` the reports that it may be merged with, `groupable`
    those that it may be grouped with, by id; `worried`: the meldcode is for the reader. `opening` is a one-time link
    that its holder (`opener`) has not used; `username` is the bot's.
    """

    private: bool
    hidden: bool = False
    areas: Sequence[Area] = ()
    colleagues: Sequence[Person] = ()
    opening: Opening | None = None
    opener: str = ""
    username: str = ""
    more: bool = False
    pictures: Sequence[int] = ()
    worried: bool = False
    likely: Sequence[Report] = ()
    groupable: frozenset[int] = frozenset()


def keyboard(t: Translator, report: Report, menu: str, around: Around) -> Keyboard:
    """Return the keyboard of a card with *menu* open under it."""
    name, _, rest = menu.partition(".")
    rows = {
        Menu.MORE.value: _more,
        Menu.CORRECT.value: _correct,
        Menu.KIND.value: _kinds,
        Menu.THEME.value: _themes,
        Menu.REGION.value: _regions,
        Menu.CLOSE.value: _reasons,
        Menu.WHY.value: _nothing,
        Menu.PHOTOS.value: _pictures,
        Menu.BLOCK.value: _block,
        Menu.MERGE.value: _merge,
    }
    if name == AREA and rest.isdecimal():
        return [*_areas(t, report, around, int(rest)), _back(t, report, Menu.REGION)]
    if name == Menu.HAND.value:
        start = int(rest) if rest.isdecimal() else 0
        return [*_colleagues(t, report, around, start), _back(t, report, Menu.CARD)]
    if name in rows:
        up = Menu.CORRECT if name in (Menu.KIND, Menu.THEME, Menu.REGION) else Menu.CARD
        return [*rows[name](t, report, around), _back(t, report, up)]
    return _card(t, report, around)


def regions(areas: Sequence[Area]) -> list[str]:
    """Return the names of all regions in their order."""
    return sorted({area.region for area in areas})


def _card(t: Translator, report: Report, around: Around) -> Keyboard:
    names, at = texts.labels_of(t), (report.id, report.version)
    more = Key(names["more"], ShowMenu(*at, Menu.MORE))
    if report.status is ReportStatus.CLOSED:
        return [[more]]
    if around.worried:
        calm = replace(around, worried=False)
        return [*_card(t, report, calm), [Key(meldcode.label(t), Meldcode(report.id))]]
    if report.holder_id is None:
        return [[Key(names["take"], Take(*at)), more]]
    if around.hidden:
        rows = [[Key(names["open"], Open(report.id)), more]]
        if around.opening is not None and around.username:
            link = f"https://t.me/{around.username}?start={around.opening.token}"
            rows.append([Key(texts.open_for(t, name=around.opener), url=link)])
        return rows
    if report.resident_id is None:
        return [[Key(names["close"], ShowMenu(*at, Menu.CLOSE)), more]]
    return [[Key(names["answer"], WriteAnswer(*at)), Key(names["close"], ShowMenu(*at, Menu.CLOSE)), more]]


def _more(t: Translator, report: Report, around: Around) -> Keyboard:
    """Return everything else that can be done now."""
    names, at = texts.labels_of(t), (report.id, report.version)
    running = report.status is not ReportStatus.CLOSED
    held = running and report.holder_id is not None
    here = not around.hidden
    offers: list[tuple[bool, str, Button]] = [
        (held and here and report.resident_id is not None, "ask", WriteQuestion(*at)),
        (running, "correct", ShowMenu(*at, Menu.CORRECT)),
        (held and here, "forward", Forward(*at)),
        (True, "note", WriteNote(report.id)),
        (not report.sealed and (held or not running), "public", WritePublic(report.id)),
        (held and here and not report.danger, "merge", ShowMenu(*at, Menu.MERGE)),
        (held and here, "hand", ShowMenu(*at, Menu.HAND)),
        (held, "over", TakeOver(*at)),
        (here and bool(around.pictures), "photos", ShowMenu(*at, Menu.PHOTOS)),
        (True, "why", ShowMenu(*at, Menu.WHY)),
        (here and _may_be_blocked(report), "block", _block_button(report)),
        (not around.private, "private", Open(report.id)),
        (around.private and around.more, "files", Files(report.id)),
    ]
    names |= {name: partner_texts.labels_of(t)[name] for name in ("forward", "public")}
    names["block"] = talk_texts.block_label(t, on=report.blocked_at is None)
    return _rows([Key(names[name], button) for offered, name, button in offers if offered])


def _may_be_blocked(report: Report) -> bool:
    """Tell whether the card offers to block its resident: somebody took the report, or had it."""
    return report.resident_id is not None and report.holder_id is not None


def _block_button(report: Report) -> Button:
    """Return what blocks, after a question, or lifts the block at once."""
    at = (report.id, report.version)
    return ShowMenu(*at, Menu.BLOCK) if report.blocked_at is None else Block(*at, on=False)


def _block(t: Translator, report: Report, _around: Around) -> Keyboard:
    return [[Key(talk_texts.block_sure(t), Block(report.id, report.version, on=True))]]


def _correct(t: Translator, report: Report, _around: Around) -> Keyboard:
    names, at = texts.labels_of(t), (report.id, report.version)
    menus = (("kind", Menu.KIND), ("theme", Menu.THEME), ("area", Menu.REGION))
    return [[Key(names[name], ShowMenu(*at, menu)) for name, menu in menus]]


def _kinds(t: Translator, report: Report, _around: Around) -> Keyboard:
    return _rows([Key(labels.kind(t, kind), SetKind(report.id, report.version, kind)) for kind in Kind])


def _themes(t: Translator, report: Report, _around: Around) -> Keyboard:
    return _rows([Key(labels.theme(t, theme), SetTheme(report.id, report.version, theme)) for theme in Theme])


def _regions(t: Translator, report: Report, around: Around) -> Keyboard:
    at = (report.id, report.version)
    keys = [Key(name, PickRegion(*at, position)) for position, name in enumerate(regions(around.areas))]
    return [*_rows(keys), [Key(texts.labels_of(t)["nowhere"], SetArea(*at, triage.NOWHERE))]]


def _areas(_t: Translator, report: Report, around: Around, region: int) -> Keyboard:
    names = regions(around.areas)
    if region >= len(names):
        return []
    here = [area for area in around.areas if area.region == names[region]]
    return _rows([Key(area.name, SetArea(report.id, report.version, area.code)) for area in here])


def _reasons(t: Translator, report: Report, _around: Around) -> Keyboard:
    at = (report.id, report.version)
    return [[Key(texts.reason_label(t, reason), CloseAs(*at, reason))] for reason in triage.REASONS]


def _colleagues(t: Translator, report: Report, around: Around, start: int) -> Keyboard:
    others = [person for person in around.colleagues if person.id != report.holder_id]
    at = (report.id, report.version)
    names = [Key(person.name or "?", HandTo(*at, person.id)) for person in others]
    page = part(t, names, start, lambda place: TurnColleagues(*at, place))
    return [*_rows(page.keys), *page.turning]


def _pictures(t: Translator, report: Report, around: Around) -> Keyboard:
    at, count = (report.id, report.version), len(around.pictures)
    keys = [
        Key(report_buttons.photo_away(t, number=number, of=count), PhotoAway(*at, file))
        for number, file in enumerate(around.pictures, start=1)
    ]
    return _rows(keys[-_MOST_PICTURES:])


def _merge(t: Translator, report: Report, around: Around) -> Keyboard:
    at = (report.id, report.version)
    if around.hidden:
        return []
    numbers = ((each, format_number(each.year, each.number)) for each in around.likely)
    rows: Keyboard = []
    for each, number in numbers:
        rows.append([Key(merging_texts.into_label(t, number=number), MergeInto(*at, each.id))])
        if each.id in around.groupable and (report.group_id is None or report.group_id != each.group_id):
            rows.append([Key(merging_texts.group_label(t, number=number), GroupWith(*at, each.id))])
    if report.group_id is not None:
        rows.append([Key(merging_texts.ungroup_label(t), Ungroup(*at))])
    return [*rows, [Key(merging_texts.other_number_label(t), MergeNumber(*at))]]


def _nothing(_t: Translator, _report: Report, _around: Around) -> Keyboard:
    return []


def _back(t: Translator, report: Report, to: Menu) -> list[Key]:
    return [Key(texts.labels_of(t)["back"], ShowMenu(report.id, report.version, to))]


def _rows(keys: list[Key]) -> Keyboard:
    return [keys[start : start + _PER_ROW] for start in range(0, len(keys), _PER_ROW)]
