"""From text to a checked `TownFile`; every error names its line."""

from collections.abc import Sequence
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.services.setup.schema import TownFile

Path = tuple[str | int, ...]
Lines = dict[Path, int]
#: How PyYAML fails on a value that only looks like a date or a number ("2026-02-30"), or is tagged as one.
_NO_VALUE = (ValueError, LookupError, AttributeError)


class SetupError(Exception):
    """The set-up file can't be used. `problems` are sentences that name a line each; nothing was changed."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Hold the problems, in the order of the file."""
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def parse(text: str) -> tuple[TownFile, Lines]:
    """Return the town that *text* (YAML) describes, and the line (from 1) of everything in it.

    SetupError for text that is no YAML, a key written twice, an unknown field or a value that does not fit.
    """
    root = _composed(text)
    if not isinstance(root, yaml.MappingNode):
        raise SetupError(["line 1: a set-up file starts with `organisation: …`"])
    lines: Lines = {}
    value = _value(root, (), lines)
    try:
        return TownFile.model_validate(value), lines
    except ValidationError as error:
        found = sorted((line_of(lines, detail["loc"]), _sentence(detail, lines)) for detail in _telling(error))
        raise SetupError(list(dict.fromkeys(sentence for _, sentence in found))) from error


def _composed(text: str) -> yaml.Node | None:
    """Return the tree of *text*; without aliases, which make a short file endless."""
    try:
        alias = next((event for event in yaml.parse(text, yaml.SafeLoader) if isinstance(event, yaml.AliasEvent)), None)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise SetupError([f"line {_line(error.problem_mark)}: {error.problem}"]) from error
    except yaml.YAMLError as error:
        raise SetupError([f"not readable as YAML: {error}"]) from error
    except RecursionError as error:
        raise SetupError(["not readable as YAML: too many brackets in each other"]) from error
    if alias is not None:
        raise SetupError([f"line {_line(alias.start_mark)}: write it out, `*{alias.anchor}` is not understood here"])
    return root


def _line(mark: "yaml.error.Mark | yaml._yaml.Mark | None") -> int:
    return mark.line + 1 if mark else 1


def _telling(error: ValidationError) -> list[ErrorDetails]:
    """Return the errors without those that only say that another form of the same value was possible too."""
    details = error.errors()
    forms = {"dict_type", "list_type"}
    told = {detail["loc"][:2] for detail in details if detail["type"] not in forms}
    return [detail for detail in details if detail["type"] not in forms or detail["loc"][:2] not in told]


def line_of(lines: Lines, path: Sequence[str | int]) -> int:
    """Return the line of *path*, or of the nearest thing around it."""
    for length in range(len(path), -1, -1):
        if (line := lines.get(tuple(path[:length]))) is not None:
            return line
    return 1


def _value(node: yaml.Node, path: Path, lines: Lines) -> Any:  # noqa: ANN401 YAML holds anything
    """Return the plain value of *node* and remember the lines of everything in it."""
    here = node.start_mark.line + 1
    lines.setdefault(path, here)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, position), lines) for position, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise SetupError([f"line {line}: the name of a field is one word"])
            key = str(key_node.value)
            if key in found:
                raise SetupError([f"line {line}: `{key}` is written twice"])
            lines[(*path, key)] = line
            found[key] = _value(value_node, (*path, key), lines)
        return found
    try:
        return yaml.SafeLoader("").construct_object(node, deep=True)
    except yaml.MarkedYAMLError as error:
        raise SetupError([f"line {here}: {error.problem}"]) from error
    except _NO_VALUE as error:
        raise SetupError([f"line {here}: `{node.value}` is not a value: {error}"]) from error


def _sentence(detail: ErrorDetails, lines: Lines) -> str:
    """Return one pydantic error as "line 12: desks → contact: this field is missing"."""
    path = [part for part in detail["loc"] if tuple(detail["loc"][: detail["loc"].index(part) + 1]) in lines]
    names = " → ".join(str(part + 1) if isinstance(part, int) else part for part in (path or detail["loc"]))
    last = detail["loc"][-1] if detail["loc"] else ""
    known = {
        "missing": f"`{last}` is missing",
        "extra_forbidden": "there is no such field",
    }
    message = known.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return f"line {line_of(lines, detail['loc'])}: {names}: {message}"
