"""Drawing a round that is walked; judged when it is drawn: who may not see rosters (any more) gets nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.activities.rounds import MIN_WALKERS
from bot.domain.enums import RoundOutcome
from bot.domain.notices.rounds import (
    RoundAlone,
    RoundCard,
    RoundCardBelow,
    RoundIncident,
    RoundMissing,
    RoundNotHome,
    RoundUnclosed,
)
from bot.services import rounds
from bot.services.rounds import Scene
from bot.texts import Translator
from bot.texts import activities as activity_texts
from bot.texts import patrol as patrol_texts
from bot.texts import round_closing as closing_texts
from bot.texts import rounds as texts
from handlers.activities.round_buttons import (
    Broken,
    Here,
    Home,
    IsHere,
    NotHere,
    Others,
    Suspect,
)
from handlers.activities.round_rows import Row, closed_rows, closing_rows
from handlers.context import keys
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Activity, Occurrence
from storage.queries import activities as activity_queries
from storage.queries import rounds as queries


@dataclass(frozen=True)
class Seen:
    """A round as somebody may see it now, with the words for it."""

    scene: Scene
    title: str
    when: str
    place: str | None
    names: dict[int, str | None]

    @property
    def head(self) -> str:
        """Which round it is."""
        return texts.head(title=self.title, when=self.when)

    def named(self, people: Sequence[int]) -> list[str | None]:
        """Return the names of people in their order."""
        return [self.names.get(who) for who in people]


async def _seen(reading: Reading, occurrence_id: int, at: int, person_id: int) -> Seen | NotAnyMore:
    occurrence = await reading.work.session.get(Occurrence, occurrence_id)
    activity = None if occurrence is None else await reading.work.session.get(Activity, occurrence.activity_id)
    scene = None if occurrence is None else await rounds.look(reading.work, occurrence)
    if occurrence is None or activity is None or scene is None:
        return NotAnyMore("gone")
    if await activity_queries.visible(reading.work.session, occurrence_id, person_id) is None:
        return NotAnyMore("not_allowed")
    if scene.at != at and reading.message_id is None:
        return NotAnyMore("moved")
    when = activity_texts.span(reading.t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)
    people = {*scene.expected, *scene.walkers, *scene.arrivals}
    people |= {row.named_by for row in scene.arrivals.values() if row.named_by is not None}
    names = await queries.names(reading.work.session, sorted(people))
    return Seen(scene, activity.title, when, occurrence.place or activity.place, names)


@view(RoundCard)
@view(RoundCardBelow)
async def round_card(notice: RoundCard, reading: Reading) -> Drawn:
    """Draw the message of one walker."""
    seen = await _seen(reading, notice.occurrence, notice.at, notice.person)
    if isinstance(seen, NotAnyMore):
        return await _not_theirs(notice, reading, seen)
    scene, t, who = seen.scene, reading.t, notice.person
    if scene.at != notice.at:
        return Drawing(texts.moved(t, when=seen.when))
    if scene.round is not None and scene.round.closed_at is not None:
        return _closed(seen, reading)
    if scene.is_open and who in scene.walkers:
        return await _walking(seen, reading, who)
    if scene.occurrence.called_off_at is not None:
        return Drawing(f"{seen.head}\n\n{texts.called_off(t)}")
    if reading.now >= scene.occurrence.ends_at:
        return Drawing(f"{seen.head}\n\n{texts.over(t)}")
    if who not in scene.expected:
        return await _not_theirs(notice, reading, NotAnyMore("not_a_walker"))
    return await _before(seen, reading, who)


async def _not_theirs(notice: RoundCard, reading: Reading, why: NotAnyMore) -> Drawn:
    """Take names and buttons out of a message that stands; who set out still says that they are home."""
    if reading.message_id is None:
        return why
    occurrence = await reading.work.session.get(Occurrence, notice.occurrence)
    scene = None if occurrence is None else await rounds.look(reading.work, occurrence)
    walks = scene is not None and scene.is_open and notice.person in scene.walkers
    home: list[Row] = [(texts.home_key(reading.t), Home(notice.occurrence, notice.at))] if walks else []
    return Drawing(texts.not_yours(reading.t), keys(*home))


async def _before(seen: Seen, reading: Reading, who: int) -> Drawing:
    """*Ik ben er*, and once somebody is there: who else may be."""
    t, scene = reading.t, seen.scene
    ids = (scene.occurrence.id, scene.at)
    others = [one for one in scene.arrived if one != who]
    lines = [seen.head, *([f"📍 {seen.place}"] if seen.place else []), ""]
    if others:
        said = texts.is_open if scene.is_open else texts.there_already
        lines.append(said(t, names=seen.named(others)))
    rows: list[Row] = []
    if who in scene.arrived:
        absent = [one for one in scene.absent if one != who]
        lines.append(texts.there(t, others=bool(absent)))
        rows += [(texts.name_key(t, name=seen.names.get(one)), IsHere(*ids, one)) for one in absent]
        if await rounds.others(reading.work, scene):
            rows.append((texts.others_key(t), Others(*ids)))
        rows.append((texts.not_walking_key(t), NotHere(*ids)))
    else:
        comes = who in scene.coming
        lines.append(_question(scene, t, comes=comes))
        rows.append((texts.here_key(t), Here(*ids)))
        rows += [(texts.not_walking_key(t), NotHere(*ids))] if comes else []
    return Drawing("\n".join([*lines, patrol_texts.never_alone(t)]), keys(*rows))


def _question(scene: Scene, t: Translator, *, comes: bool) -> str:
    """Return what somebody is asked who is not there yet."""
    if not comes:
        return texts.gone(t)
    if scene.is_open:
        return texts.join_them(t)
    return texts.are_you_there(t) if len(scene.coming) >= MIN_WALKERS else texts.nobody_else(t)


async def _walking(seen: Seen, reading: Reading, who: int) -> Drawing:
    """The two big buttons, each with a row of its own, and the way home."""
    t, scene = reading.t, seen.scene
    ids = (scene.occurrence.id, scene.at)
    still = [one for one in scene.walkers if one in scene.expected]
    enough = len(still) >= MIN_WALKERS
    walk = texts.is_open(t, names=seen.named(still)) if enough else texts.alone_on_the_way(t)
    lines = [seen.head, "", walk, texts.danger(t)]
    rows: list[Row] = [(texts.broken_key(t), Broken(*ids)), (texts.suspect_key(t), Suspect(*ids))]
    rows.append((texts.home_key(t), Home(*ids)))
    count = 0 if scene.round is None else await queries.found_on(reading.work.session, scene.round.id)
    if count:
        lines.append(texts.found(t, count=count))
    named_by = scene.arrivals[who].named_by if who in scene.arrivals else None
    if named_by is not None:
        lines += ["", texts.named_by(t, name=seen.names.get(named_by))]
        rows.append((texts.not_here_key(t), NotHere(*ids)))
    return Drawing("\n".join(lines), keys(*rows))


def _closed(seen: Seen, reading: Reading) -> Drawing:
    t, scene = reading.t, seen.scene
    if scene.round is None or scene.round.outcome is None:
        return Drawing(f"{seen.head}\n\n{texts.over(t)}")
    text = f"{seen.head}\n\n{closing_texts.is_closed(t, of=RoundOutcome(scene.round.outcome))}"
    return Drawing(text, keys(*closed_rows(t, reading.work, scene)))


@view(RoundAlone)
async def round_alone(notice: RoundAlone, reading: Reading) -> Drawn:
    """Warn who is left, unless somebody walks along again."""
    seen = await _seen(reading, notice.occurrence, notice.at, notice.person)
    if isinstance(seen, NotAnyMore):
        return seen
    return NotAnyMore("not_alone") if seen.scene.round is not None else Drawing(texts.alone(reading.t))


@view(RoundMissing)
async def round_missing(notice: RoundMissing, reading: Reading) -> Drawn:
    """Ask a walker about a round that nobody opened."""
    seen = await _seen(reading, notice.occurrence, notice.at, notice.person)
    if isinstance(seen, NotAnyMore):
        return seen
    scene, t = seen.scene, reading.t
    if scene.round is not None or scene.occurrence.called_off_at is not None:
        return NotAnyMore("opened")
    ids = (scene.occurrence.id, scene.at)
    text = f"{texts.missing(t, starts_at=scene.occurrence.starts_at)}\n{patrol_texts.never_alone(t)}"
    return Drawing(text, keys((texts.here_key(t), Here(*ids)), (texts.not_walking_key(t), NotHere(*ids))))


@view(RoundUnclosed)
async def round_unclosed(notice: RoundUnclosed, reading: Reading) -> Drawn:
    """Ask a walker whether everybody is home."""
    seen = await _seen(reading, notice.occurrence, notice.at, notice.person)
    if isinstance(seen, NotAnyMore):
        return seen
    scene, t = seen.scene, reading.t
    if not scene.is_open:
        return NotAnyMore("closed")
    text = closing_texts.unclosed(t, ends_at=scene.occurrence.ends_at)
    return Drawing(text, keys(*closing_rows(t, scene.occurrence.id, scene.at, home=True)))


async def _led(reading: Reading, occurrence_id: int, at: int, person_id: int) -> Seen | NotAnyMore:
    """Return a round for its coordinator or worker; nobody else reads what they do."""
    seen = await _seen(reading, occurrence_id, at, person_id)
    if isinstance(seen, NotAnyMore):
        return seen
    leads = person_id in await rounds.leading(reading.work, seen.scene.occurrence)
    return seen if leads and seen.scene.round is not None else NotAnyMore("not_allowed")


@view(RoundNotHome)
async def round_not_home(notice: RoundNotHome, reading: Reading) -> Drawn:
    """Tell the coordinator that nobody closed a round, and later that somebody did after all."""
    seen = await _led(reading, notice.occurrence, notice.at, notice.person)
    if isinstance(seen, NotAnyMore) or seen.scene.round is None:
        return seen if isinstance(seen, NotAnyMore) else NotAnyMore("gone")
    t, walked, title = reading.t, seen.scene.round, seen.title
    if walked.closed_at is None or walked.outcome is None:
        names = seen.named(seen.scene.walkers)
        return Drawing(closing_texts.not_home(t, title=title, when=seen.when, names=names))
    if reading.message_id is None:
        return NotAnyMore("closed")
    of = RoundOutcome(walked.outcome)
    return Drawing(closing_texts.home_after_all(t, title=title, when=seen.when, at=walked.closed_at, of=of))


@view(RoundIncident)
async def round_incident(notice: RoundIncident, reading: Reading) -> Drawn:
    """Tell coordinator and worker of an incident, with the line once there is one."""
    seen = await _led(reading, notice.occurrence, notice.at, notice.person)
    if isinstance(seen, NotAnyMore) or seen.scene.round is None:
        return seen if isinstance(seen, NotAnyMore) else NotAnyMore("gone")
    walked = seen.scene.round
    if walked.outcome != RoundOutcome.INCIDENT:
        return NotAnyMore("no_incident")
    names = seen.named(seen.scene.walkers)
    return Drawing(closing_texts.incident(reading.t, title=seen.title, when=seen.when, names=names, line=walked.line))
