"""What workers look up: open reports of their desks, their own, and a search. Lines only, never a word of a resident.

Source: "Triage" ("oldest promise first in lists"), "Sealed reports" ("search does not look inside") and the issue's
"own desks only".
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.domain.areas import Sure, by_name
from bot.domain.enums import RoleName
from bot.domain.notices.triage import ReportCard
from bot.domain.phrases import tokens
from bot.domain.reports import ReportNumber, parse_number
from bot.domain.searching import Term, terms_of
from bot.domain.standing import is_late
from bot.domain.time import local_date
from bot.services.desk import cards, lists
from bot.services.town import places
from bot.services.triage import Act, permits
from storage.models import Desk, Outbox, Report
from storage.queries import finding as queries
from storage.queries import outbox, people, staff, town
from storage.queries.finding import At
from storage.work import Work

__all__ = ["At", "Line", "Page", "Reader", "Refused", "Shown", "Unfindable", "mine", "open_at", "reader", "search"]

#: Lines of one page.
PAGE = 8
#: Characters of a search that count.
MAX_TYPED = 200
#: How many years back a number without a year is looked for.
_YEARS = 5


class Refused(Enum):
    """Why somebody sees no list at all."""

    #: In private: no worker of any desk.
    NO_WORKER = "no_worker"
    #: In a desk's group: not a worker of that desk.
    NOT_YOURS = "not_yours"
    #: In a group that is no desk's.
    NO_DESK = "no_desk"


class Unfindable(Enum):
    """Why nothing was looked for."""

    #: Only words that stand in every text, or none.
    TOO_COMMON = "too_common"
    #: Somebody unknown may be in this group, so words are looked for in private only.
    IN_PRIVATE = "in_private"


@dataclass(frozen=True)
class Reader:
    """Who looks, and at which desks: all of their own in private, those of the chat in a group."""

    person: int
    desks: Sequence[Desk]
    private: bool

    @property
    def ids(self) -> list[int]:
        """The ids of the desks."""
        return [desk.id for desk in self.desks]


@dataclass(frozen=True)
class Line:
    """A report in a list: what a sealed card may tell of any report."""

    report: Report
    area: str | None
    holder: str | None
    late: bool


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and where the pages before and after begin (None: there is none).

    `areas` are the names of the wijken that were asked for.
    """

    lines: Sequence[Line]
    earlier: At | None = None
    later: At | None = None
    areas: Sequence[str] = ()


@dataclass(frozen=True)
class _Walk:
    """What a query gave in the direction of `at`: the places to show, and from where to go on (None: at its end)."""

    shown: Sequence[tuple[int, int]]
    on: tuple[int, int] | None


_Source = Callable[[At | None], Awaitable[_Walk]]


async def reader(work: Work, person_id: int, *, chat: int | None, thread: int | None = None) -> Reader | Refused:
    """Return what this person may look at: in private (*chat* None), or in a group; rights are read now."""
    session = work.session
    if chat is None:
        own = await queries.desks_of(session, person_id)
        return Reader(person_id, own, private=True) if own else Refused.NO_WORKER
    here = await town.desk_of_chat(session, chat, thread)
    if not here:
        return Refused.NO_DESK
    if RoleName.ADMIN not in await staff.roles(session, person_id):
        here = [desk for desk in here if await staff.works_at(session, person_id, desk.id)]
    return Reader(person_id, here, private=False) if here else Refused.NOT_YOURS


async def open_at(work: Work, who: Reader, at: At | None = None) -> Page:
    """Return a page of the open reports of the reader's desks: ⚠ first, then the oldest promise."""
    return await _page(work, _simple(work, lambda at: queries.open_query(who.ids, at, limit=PAGE + 1)), at)


async def mine(work: Work, who: Reader, person_id: int, at: At | None = None) -> Page:
    """Return a page of the open reports that a worker has at the reader's desks, in the same order."""
    source = _simple(work, lambda at: queries.mine_query(person_id, who.ids, at, limit=PAGE + 1))
    return await _page(work, source, at)


async def search(work: Work, who: Reader, typed: str, at: At | None = None) -> Page | Unfindable:
    """Return a page of what is found for *typed*: a report's number, the name of a wijk, else words.

    Words are looked for in the texts of open (not sealed) reports only; all of them must be there.
    """
    typed = typed[:MAX_TYPED]
    if (number := _number(typed)) is not None:
        return await _numbered(work, who, number)
    here = await _areas(work, typed)
    if here:
        codes = [code for code, _name in here]
        source = _simple(work, lambda at: queries.area_query(codes, who.ids, at, limit=PAGE + 1))
        return replace(await _page(work, source, at), areas=[name for _code, name in here])
    terms = terms_of(typed)
    if not terms:
        return Unfindable.TOO_COMMON
    desks = [desk.id for desk in who.desks if who.private or not desk.sealed_cards_only]
    if not desks:
        return Unfindable.IN_PRIVATE
    page = await _page(work, await _by_words(work, terms, desks), at)
    return replace(page, lines=[line for line in page.lines if not line.report.sealed])


class Shown(Enum):
    """What became of a tap on a line."""

    #: It stands in the group; `point` names the message.
    THERE = "there"
    #: It comes as a new message.
    COMES = "comes"
    #: It is not (any more) at a desk that this reader may look at.
    NOT_HERE = "not_here"


async def point(work: Work, who: Reader, report_id: int) -> tuple[Shown, Report | None, int | None]:
    """Find the card of a report in its group: where it stands, and have it made (again) when it does not."""
    report = await look(work, who, report_id)
    if report is None:
        return Shown.NOT_HERE, None, None
    key = ReportCard(report.id, report.desk_id).key
    if await lists.unlist(work, key):
        return Shown.COMES, report, None
    row: Outbox | None = await outbox.by_key(work.session, key)
    await cards.refresh(work, report)
    return (Shown.COMES, report, None) if row is None or row.message_id is None else (
        Shown.THERE, report, row.message_id
    )  # fmt: skip


async def look(work: Work, who: Reader, report_id: int) -> Report | None:
    """Return a report when it is at one of the reader's desks and they may look at it now."""
    report = await work.session.get(Report, report_id)
    if report is None or report.desk_id not in who.ids:
        return None
    return report if await permits(work, report, who.person, Act.LOOK) else None


async def lines_of(work: Work, reports: Sequence[Report]) -> list[Line]:
    """Return reports as lines of a list."""
    session = work.session
    today = local_date(work.now, await town.zone(session))
    names = await queries.area_names(session, {report.area_code for report in reports if report.area_code})
    holders = await people.fetch(session, {report.holder_id for report in reports if report.holder_id})
    return [
        Line(
            report,
            names.get(report.area_code or ""),
            (holders[report.holder_id].name or "?") if report.holder_id in holders else None,
            is_late(status=report.status, promise_on=report.promise_on, kept=report.kept_at is not None, today=today),
        )
        for report in reports
    ]


# -- how --------------------------------------------------------------------------------------------------------


async def _page(work: Work, source: _Source, at: At | None) -> Page:
    walk = await source(at)
    if at is not None and not walk.shown and walk.on is None:  # the list has become shorter: turn round
        at = None if at.back else At(at.standing, at.report + 1, back=True)
        walk = await source(at)
    back = at is not None and at.back
    shown = walk.shown[::-1] if back else walk.shown
    on = None if walk.on is None else At(*walk.on, back=back)
    if at is None:
        behind = None
    elif walk.shown:
        behind = At(*walk.shown[0], back=not back)
    else:
        behind = At(at.standing, at.report + (-1 if back else 1), back=not back)
    found = await lines_of(work, await queries.reports(work.session, [report for _, report in shown]))
    return Page(found, earlier=on if back else behind, later=behind if back else on)


def _simple(work: Work, query: Callable[[At | None], queries.Ordered]) -> _Source:
    async def source(at: At | None) -> _Walk:
        found = await queries.keys(work.session, query(at))
        return _Walk(found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None)

    return source


async def _by_words(work: Work, terms: Sequence[Term], desks: Sequence[int]) -> _Source:
    """Return a source that walks along the rarest of the words and looks whether the others are there as well."""
    session = work.session
    words = [await queries.words_fitting(session, term, desks) for term in terms]
    if len(words) > 1:
        counted = [(await queries.rarity(session, fitting, desks), fitting) for fitting in words]
        words = [fitting for _count, fitting in sorted(counted, key=lambda pair: pair[0])]
    limit = PAGE + 1 if len(words) == 1 else queries.SCAN

    async def source(at: At | None) -> _Walk:
        rows = await session.execute(queries.words_query(words[0], words[1:], desks, at, limit=limit))
        seen = [((standing, report), fits) for standing, report, fits in rows]
        found = [place for place, fits in seen if fits]
        if len(found) > PAGE:
            return _Walk(found[:PAGE], found[PAGE - 1])
        return _Walk(found, seen[-1][0] if len(seen) == limit else None)

    return source


async def _numbered(work: Work, who: Reader, number: ReportNumber) -> Page:
    zone = await town.zone(work.session)
    this_year = local_date(work.now, zone).year
    years = [number.year] if number.year else list(range(this_year, this_year - _YEARS, -1))
    return Page(await lines_of(work, await queries.numbered(work.session, number.serial, years, who.ids)))


def _number(typed: str) -> ReportNumber | None:
    """Return the number that *typed* is: "M-2026-0042", "0042", and here also "42"."""
    bare = typed.strip().removeprefix("#")
    if bare.isdecimal() and len(bare) <= 7:
        return ReportNumber(int(bare))
    return parse_number(typed)


async def _areas(work: Work, typed: str) -> list[tuple[str, str]]:
    """Return code and name of the wijken that *typed* is the name of; a word like it is none."""
    plain = " ".join(tokens(typed))
    asked = plain.removeprefix("wijk ")
    known = await places.names(work)
    if asked == plain:
        known = [area for area in known if plain in {" ".join(tokens(name)) for name in (area.name, *area.aliases)}]
    located = by_name(asked, known) if known else None
    if located is None or located.sure not in (Sure.ONE, Sure.CHOOSE):
        return []
    return [(area.code, area.name) for area in located.areas]
