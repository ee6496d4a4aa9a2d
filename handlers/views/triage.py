"""The card of a report: in its desk's group, in a worker's private chat, and as a line of a list."""

from collections.abc import Sequence

from bot.domain.enums import Kind, Reachable, ReportStatus, Theme
from bot.domain.notices.triage import CardMenu, PrivateCard, PrivateCardAnew, PrivateMenu, ReportCard
from bot.domain.reports import format_number, is_long_closed
from bot.services import triage
from bot.services.desk import cards
from bot.services.reporting import me_too, reply_photos
from bot.services.town import routing
from bot.texts import conversation as talk_texts
from bot.texts import signals as signal_texts
from bot.texts import triage as texts
from bot.texts import triage_notices as notice_texts
from handlers.staff.buttons import AREA, Menu
from handlers.views import card_lines, triage_keys
from handlers.views.card_lines import Facts, facts_of
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, line, view
from handlers.views.triage_keys import Around
from storage.models import Area, Desk, Opening, Person, Report
from storage.queries import staff, town
from storage.queries import triage as queries


@view(ReportCard)
async def report_card(notice: ReportCard, reading: Reading) -> Drawn:
    """Draw the card in the group."""
    return await _group_card(notice, reading, Menu.CARD)


@view(CardMenu)
async def card_menu(notice: CardMenu, reading: Reading) -> Drawn:
    """Draw the card in the group with a menu open."""
    return await _group_card(notice, reading, notice.menu)


@line(ReportCard)
async def report_line(notice: ReportCard, reading: Reading) -> str:
    """Return the label of the card's button on a list; empty when it is no longer at this desk, or closed."""
    report = await reading.work.session.get(Report, notice.report)
    if report is None or report.desk_id != notice.desk or report.status is ReportStatus.CLOSED:
        return ""
    area = await town.area(reading.work.session, report.area_code)
    holder = await reading.work.session.get(Person, report.holder_id) if report.holder_id else None
    name = texts.status_name(reading.t, status=report.status, holder=holder.name if holder else None)
    return texts.one_line(
        reading.t,
        number=format_number(report.year, report.number),
        danger=report.danger,
        theme=report.theme,
        area=area.name if area else None,
        status_name=name,
    )


@view(PrivateCard)
async def private_card(notice: PrivateCard, reading: Reading) -> Drawn:
    """Draw the report for one worker, as far as that worker may see it now."""
    return await _private_card(notice, reading, Menu.CARD)


@view(PrivateCardAnew)
async def private_card_anew(notice: PrivateCardAnew, reading: Reading) -> Drawn:
    """Draw the same below in the chat."""
    return await _private_card(notice, reading, Menu.CARD)


@view(PrivateMenu)
async def private_menu(notice: PrivateMenu, reading: Reading) -> Drawn:
    """Draw the same with a menu open."""
    return await _private_card(notice, reading, notice.menu)


async def _group_card(notice: ReportCard, reading: Reading, menu: str) -> Drawn:
    session, t = reading.work.session, reading.t
    report = await session.get(Report, notice.report)
    desk = await session.get(Desk, notice.desk)
    if report is None or desk is None:
        return NotAnyMore("report gone")
    if reading.message_id is None and is_long_closed(report.closed_at, reading.now):
        return NotAnyMore("closed long ago")
    facts = await facts_of(reading, report)
    if report.desk_id != desk.id:
        return await _moved(facts, reading)
    hidden = cards.is_hidden(report, desk)
    lines = card_lines.head(t, facts, sealed=hidden)
    if hidden:
        lines += card_lines.state(t, facts, hidden=True)
    else:
        lines += [*card_lines.words(t, facts), *card_lines.state(t, facts), *card_lines.notes(t, facts)]
    likely = await _likely(reading, report, "" if hidden else menu, report.holder_id)
    lines += await _under(reading, facts, menu, open_rule=not hidden)
    lines += [] if hidden else card_lines.likely(t, likely, menu=menu)
    around = Around(
        private=False,
        hidden=hidden,
        areas=await _areas(reading, menu),
        colleagues=await _colleagues(reading, report, menu),
        pictures=await _pictures(reading, report, menu),
        likely=likely,
        groupable=me_too.groupable(report, likely, reading.now),
        opening=await _opening(reading, facts),
        opener=(facts.holder.name or "?") if facts.holder else "",
        username=reading.bot_username,
    )
    return Drawing(text="\n".join(lines), keyboard=triage_keys.keyboard(t, report, menu, around))


async def _private_card(notice: PrivateCard, reading: Reading, menu: str) -> Drawn:
    t = reading.t
    report = await reading.work.session.get(Report, notice.report)
    if report is None:
        return NotAnyMore("report gone")
    tapped = isinstance(notice, PrivateCardAnew | PrivateMenu)
    if not tapped and reading.message_id is None and is_long_closed(report.closed_at, reading.now):
        return NotAnyMore("closed long ago")
    facts = await facts_of(reading, report)
    if not await triage.may_open(reading.work, report, notice.person):
        name = facts.holder.name if facts.holder else None
        return Drawing(text=notice_texts.not_yours_now(t, number=facts.number, name=name), protect=True)
    likely = await _likely(reading, report, menu, notice.person)
    lines = [
        *card_lines.head(t, facts, sealed=report.sealed, kind=report.kind),
        *card_lines.words(t, facts, private=True),
        *card_lines.state(t, facts),
        *await card_lines.talk(reading, facts),
        *card_lines.notes(t, facts),
        *await _under(reading, facts, menu, open_rule=True),
        *card_lines.likely(t, likely, menu=menu),
    ]
    around = Around(
        private=True,
        areas=await _areas(reading, menu),
        colleagues=await _colleagues(reading, report, menu),
        pictures=await _pictures(reading, report, menu),
        likely=likely,
        groupable=me_too.groupable(report, likely, reading.now),
        more=card_lines.is_cut(facts),
        worried=await triage.may_be_worried(reading.work, report, notice.person),
    )
    return Drawing(text="\n".join(lines), keyboard=triage_keys.keyboard(t, report, menu, around), protect=True)


async def _areas(reading: Reading, menu: str) -> Sequence[Area]:
    wanted = menu.partition(".")[0] in (Menu.REGION, AREA)
    return await town.areas(reading.work.session) if wanted else ()


async def _colleagues(reading: Reading, report: Report, menu: str) -> Sequence[Person]:
    wanted = menu.partition(".")[0] == Menu.HAND
    return await staff.workers_of(reading.work.session, report.desk_id) if wanted else ()


async def _pictures(reading: Reading, report: Report, menu: str) -> Sequence[int]:
    wanted = menu in (Menu.MORE, Menu.PHOTOS)
    return await reply_photos.pictures_of(reading.work, report.id) if wanted else ()


async def _likely(reading: Reading, report: Report, menu: str, person_id: int | None) -> Sequence[Report]:
    if menu != Menu.MERGE or person_id is None:
        return ()
    return await triage.likely(reading.work, report, person_id)


async def _moved(facts: Facts, reading: Reading) -> Drawing:
    """Return what the old desk's card says."""
    desk = await reading.work.session.get(Desk, facts.report.desk_id)
    event = await queries.last_event(reading.work.session, facts.report.id, "rerouted")
    day = reading.t.day_of(event.at if event else facts.report.changed_at)
    return Drawing(text=texts.moved(reading.t, number=facts.number, desk=desk.name if desk else "?", day=day))


async def _opening(reading: Reading, facts: Facts) -> Opening | None:
    """Return the holder's unused link, as long as the bot can't write to the holder."""
    holder = facts.holder
    if holder is None or holder.reachable is Reachable.YES:
        return None
    return await queries.unused_opening(reading.work.session, facts.report.id, holder.id)


async def _under(reading: Reading, facts: Facts, menu: str, *, open_rule: bool) -> list[str]:
    """Return the line that an open menu adds."""
    if menu == Menu.WHY:
        return ["", await _why(reading, facts.report, open_rule=open_rule)]
    if menu == Menu.BLOCK:
        return ["", talk_texts.block_question(reading.t)]
    if menu == Menu.CLOSE and facts.report.resident_id is None:
        return ["", signal_texts.close_question(reading.t)]
    question = texts.menu_question(reading.t, menu.partition(".")[0])
    return ["", question] if question else []


async def _why(reading: Reading, report: Report, *, open_rule: bool) -> str:
    """Return the rule that brought the report here; of a sealed one never which kind."""
    t, rule = reading.t, await routing.rule_at(reading.work, report.rule_position)
    if rule is None or rule.desk != str(report.desk_id):
        return texts.why_unknown(t)
    names = {area.code: area.name for area in await town.areas(reading.work.session)}
    criteria = []
    if rule.kinds:
        criteria.append(texts.why_kinds(t, sorted(rule.kinds, key=list(Kind).index) if open_rule else []))
    if rule.themes:
        criteria.append(texts.why_themes(t, sorted(rule.themes, key=list(Theme).index)))
    if rule.areas:
        criteria.append(texts.why_areas(t, sorted(names.get(code, code) for code in rule.areas)))
    if rule.regions:
        criteria.append(texts.why_regions(t, sorted(rule.regions)))
    return texts.why(t, position=report.rule_position + 1, criteria=criteria)
