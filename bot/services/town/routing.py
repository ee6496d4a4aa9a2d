"""Routing: which desk gets a report, by the ordered rules of the set-up file."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.enums import Kind, Theme
from bot.domain.routing import Place, Rule, Subject, route
from storage.models import Desk, RoutingRule
from storage.queries import town
from storage.queries.once import lasting
from storage.work import Work


@dataclass(frozen=True)
class Routed:
    """The desk that gets a report, and the position (from 0) of the rule that says so."""

    desk: Desk
    rule_position: int


async def desk_for(work: Work, *, kind: Kind, theme: Theme, area_code: str | None) -> Routed:
    """Return the desk of the first rule that matches; *area_code* None is outside the town or unknown.

    LookupError without an organisation that was set up (its last rule matches everything).
    """
    area = await town.area(work.session, area_code)
    place = Place(area.code, area.region) if area else Place()
    rules = await _rules(work)
    found = route(rules, Subject(kind, theme, place))
    desk = await town.desk(work.session, int(found.desk))
    if desk is None:
        raise LookupError("a routing rule names a desk that is not there")
    return Routed(desk, found.position)


async def last_desk(work: Work) -> Routed:
    """Return the desk of the last rule, which matches everything. LookupError before the set-up."""
    rules = await _rules(work)
    desk = await town.desk(work.session, int(rules[-1].desk)) if rules else None
    if desk is None:
        raise LookupError("no routing rules: run `buurtbode setup FILE` first")
    return Routed(desk, len(rules) - 1)


async def rule_at(work: Work, position: int) -> Rule | None:
    """Return the rule at *position* for "Waarom hier?"; None when the rules have changed since."""
    rules = await _rules(work)
    return rules[position] if 0 <= position < len(rules) else None


async def _rules(work: Work) -> Sequence[Rule]:
    """Return the rules in their order; that of a rule is its position."""

    async def read() -> Sequence[Rule]:
        return [_rule(row) for row in await town.rules(work.session)]

    return await lasting(work.session, "routing", read)


def _rule(row: RoutingRule) -> Rule:
    return Rule(
        desk=str(row.desk_id),
        kinds=frozenset(Kind(kind) for kind in row.kinds),
        themes=frozenset(Theme(theme) for theme in row.themes),
        areas=frozenset(row.areas),
        regions=frozenset(row.regions),
    )
