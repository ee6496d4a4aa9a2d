"""What only the whole file can tell: names that point somewhere, rules that can match, people with their roles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.enums import RoleName
from bot.domain.partners import is_no_partner
from bot.domain.routing import Place, Rule, catches_all, unreachable_rules
from bot.services.setup.reading import Lines, Path, SetupError, line_of
from bot.services.setup.schema import TownFile

Problem = tuple[Path, str]


@dataclass(frozen=True)
class Gazetteer:
    """The areas to check against: code and region by name (exact spelling), and the codes themselves."""

    by_name: Mapping[str, str]
    region_of: Mapping[str, str]

    def code(self, name_or_code: str) -> str | None:
        """Return the code of an area that was named by name or code."""
        return name_or_code if name_or_code in self.region_of else self.by_name.get(name_or_code)


def check(town: TownFile, lines: Lines, gazetteer: Gazetteer) -> None:
    """Raise SetupError with every problem that *town* has, in the order of the file."""
    checks: list[Callable[[TownFile, Gazetteer], Iterable[Problem]]] = [
        _twice, _people, _safety, _desks, _areas, _rules, _teams, _reminders, _partners,
    ]  # fmt: skip
    problems = [problem for each in checks for problem in each(town, gazetteer)]
    if problems:
        found = sorted((line_of(lines, path), sentence) for path, sentence in problems)
        raise SetupError([f"line {line}: {sentence}" for line, sentence in found])


def rules_of(town: TownFile, gazetteer: Gazetteer) -> list[Rule]:
    """Return the routing rules with area codes instead of names; unknown names are left out."""
    return [
        Rule(
            desk=entry.desk,
            kinds=frozenset(entry.kinds),
            themes=frozenset(entry.themes),
            areas=frozenset(code for name in entry.areas if (code := gazetteer.code(name))),
            regions=frozenset(entry.regions),
        )
        for entry in town.routing
    ]


def _twice(town: TownFile, _gazetteer: Gazetteer) -> Iterator[Problem]:
    keyed: dict[str, list[object]] = {
        "people": [person.telegram for person in town.people],
        "desks": [desk.key for desk in town.desks],
        "teams": [team.key for team in town.teams],
        "activities": [activity.key for activity in town.activities],
        "partners": [partner.key for partner in town.partners],
    }
    for section, keys in keyed.items():
        counts = Counter(keys)
        for position, key in enumerate(keys):
            if counts[key] > 1 and key in keys[:position]:
                yield (section, position), f"{section}: `{key}` is there twice"
    chats = Counter((desk.chat, desk.thread) for desk in town.desks)
    for position, desk in enumerate(town.desks):
        if chats[(desk.chat, desk.thread)] > 1:
            yield ("desks", position, "chat"), f"two desks share the chat {desk.chat}; give each a thread of its own"
    team_chats = {team.chat for team in town.teams if team.chat is not None}
    for position, desk in enumerate(town.desks):
        if desk.chat in team_chats:
            yield (
                ("desks", position, "chat"),
                f"the chat {desk.chat} is a team's; a desk holds its workers and the bot only",
            )


def _people(town: TownFile, _gazetteer: Gazetteer) -> Iterator[Problem]:
    known = {person.telegram for person in town.people}
    for position, activity in enumerate(town.activities):
        if activity.coordinator is not None and activity.coordinator not in known:
            yield ("activities", position, "coordinator"), f"nobody in `people` has the id {activity.coordinator}"
    if not any(RoleName.ADMIN in person.roles for person in town.people):
        yield ("people",), "nobody has the role admin (the beheerder)"


def _safety(town: TownFile, _gazetteer: Gazetteer) -> Iterator[Problem]:
    officer = next((person for person in town.people if person.telegram == town.safety.officer), None)
    if officer is None or RoleName.SAFETY not in officer.roles:
        yield (
            ("safety", "officer"),
            f"no safety officer: {town.safety.officer} is nobody in `people` with the role safety",
        )


def _partners(town: TownFile, _gazetteer: Gazetteer) -> Iterator[Problem]:
    for position, partner in enumerate(town.partners):
        if is_no_partner(partner.name, partner.email):
            yield (
                ("partners", position, "name"),
                f"`{partner.key}`: police and Veilig Thuis are no partners; people call them",
            )


def _desks(town: TownFile, _gazetteer: Gazetteer) -> Iterator[Problem]:
    roles = {person.telegram: person.roles for person in town.people}
    for position, desk in enumerate(town.desks):
        for index, worker in enumerate(desk.workers):
            if RoleName.WORKER not in roles.get(worker, []):
                yield ("desks", position, "workers", index), f"{worker} is nobody in `people` with the role worker"
        if desk.contact not in desk.workers:
            yield ("desks", position, "contact"), f"the contact {desk.contact} is not one of the desk's workers"


def _areas(town: TownFile, gazetteer: Gazetteer) -> Iterator[Problem]:
    regions = set(gazetteer.region_of.values())
    named: list[tuple[Path, str]] = []
    for position, rule in enumerate(town.routing):
        named += [(("routing", position, "areas", index), name) for index, name in enumerate(rule.areas)]
        for index, region in enumerate(rule.regions):
            if region not in regions:
                yield ("routing", position, "regions", index), f"unknown region `{region}`"
    named += [(("teams", position, "area"), team.area) for position, team in enumerate(town.teams)]
    named += [
        (("activities", position, "area"), activity.area)
        for position, activity in enumerate(town.activities)
        if activity.area is not None
    ]
    for path, name in named:
        if gazetteer.code(name) is None:
            yield path, f"unknown area `{name}`"


def _rules(town: TownFile, gazetteer: Gazetteer) -> Iterator[Problem]:
    desks = {desk.key for desk in town.desks}
    for position, entry in enumerate(town.routing):
        if entry.desk not in desks:
            yield ("routing", position, "desk"), f"there is no desk `{entry.desk}`"
    rules = rules_of(town, gazetteer)
    if not catches_all(rules):
        yield ("routing", len(rules) - 1), "the last rule must match everything: name only a desk"
    places = [Place(area, region) for area, region in gazetteer.region_of.items()]
    for unreachable in unreachable_rules(rules, places):
        earlier = ", ".join(str(position + 1) for position in unreachable.taken_by)
        why = f"rule {earlier} takes all of it" if earlier else "nothing is like that"
        yield ("routing", unreachable.position), f"rule {unreachable.position + 1} can never match: {why}"


def _teams(town: TownFile, _gazetteer: Gazetteer) -> Iterator[Problem]:
    roles = {person.telegram: person.roles for person in town.people}
    teams = {team.key for team in town.teams}
    for position, team in enumerate(town.teams):
        members = [member.telegram for member in team.members]
        if RoleName.WORKER not in roles.get(team.worker, []):
            yield ("teams", position, "worker"), f"{team.worker} is nobody in `people` with the role worker"
        if team.coordinator not in roles:
            yield ("teams", position, "coordinator"), f"nobody in `people` has the id {team.coordinator}"
        for index, member in enumerate(team.members):
            if member.telegram in members[:index]:
                yield ("teams", position, "members", index), f"{member.telegram} is there twice"
            if member.telegram == team.worker and member.vog:
                yield ("teams", position, "members", index, "vog"), "a worker does not tick the own VOG"
    for position, activity in enumerate(town.activities):
        if activity.team is not None and activity.team not in teams:
            yield ("activities", position, "team"), f"there is no team `{activity.team}`"


def _reminders(town: TownFile, _gazetteer: Gazetteer) -> Iterator[Problem]:
    for kind, plan in town.reminders.items():
        if isinstance(plan, dict) and "default" not in plan:
            yield ("reminders", kind.value), "the roles that are not named need a `default`"
