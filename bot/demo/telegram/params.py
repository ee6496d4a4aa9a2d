"""From a request's parameters, as JSON or as form, to typed values; what does not fit is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.demo.telegram.errors import malformed
from bot.demo.telegram.model import Json
from bot.demo.telegram.table import TABLE, Field

_INT: Final = re.compile(r"[+-]?\d{1,19}")
_ATTACHED: Final = re.compile(r"attach://([^\s\"\\]+)")
_EMPTY: Final = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "url": "bad webhook: URL is empty",
}
_TRUE: Final = frozenset({"true", "True", "yes", "1"})
_FALSE: Final = frozenset({"false", "False", "no", "0", ""})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    filename: str
    mime_type: str
    data: bytes = field(repr=False)


class Params(Mapping[str, Any]):
    """A method's parameters after the check, by name; *uploads* are files that other parameters attach."""

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload]) -> None:
        """Keep values that were checked."""
        self._values = values
        self.uploads = uploads

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - values are as varied as the Bot API
        """Return a value that was sent."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._values)

    def __len__(self) -> int:
        """Count the parameters."""
        return len(self._values)

    def text(self, name: str) -> str:
        """Return a text, empty if it was not sent."""
        value: str = self._values.get(name, "")
        return value

    def number(self, name: str, default: int = 0) -> int:
        """Return a whole number."""
        value: int = self._values.get(name, default)
        return value

    def flag(self, name: str) -> bool:
        """Return a yes or no; not sent means no."""
        return bool(self._values.get(name, False))

    def object(self, name: str) -> Json | None:
        """Return a JSON object, None if it was not sent."""
        value: Json | None = self._values.get(name)
        return value

    def array(self, name: str) -> list[Any] | None:
        """Return a JSON array, None if it was not sent."""
        value: list[Any] | None = self._values.get(name)
        return value


def read(method: str, wire: Mapping[str, object], files: Mapping[str, Upload]) -> Params:
    """Check what came for *method* against the table and return it typed; raise 400 on the first misfit."""
    fields = TABLE[method]
    values: dict[str, Any] = {}
    for name, raw in wire.items():
        if name not in fields:
            raise malformed(f"unknown parameter {name}")
        value = _typed(fields[name], raw)
        if value is not None:
            values[name] = value
    attached: dict[str, Upload] = {}
    if files or any(isinstance(raw, str) and raw.startswith("attach://") for raw in wire.values()):
        attached = _place_files(fields, wire, files, values)
    for name, spec in fields.items():
        if spec.required and name not in values:
            raise malformed(_EMPTY.get(name, f"{name} is not specified"))
    return Params(values, attached)


def loosely_written(method: str, wire: Mapping[str, object], *, as_json: bool) -> dict[str, str]:
    """Return the numbers and booleans that came as text where their own form was possible, as they came.

    The server understands them, as the real one does; a client that minds its types never writes them.
    """
    fields = TABLE[method]
    words = {name: raw for name, raw in wire.items() if isinstance(raw, str) and name in fields}
    return {
        name: raw
        for name, raw in words.items()
        if (as_json and fields[name].sort in {"int", "float", "bool"})
        or (fields[name].sort == "bool" and raw not in {"true", "false"})
    }


def _place_files(
    fields: Mapping[str, Field], wire: Mapping[str, object], files: Mapping[str, Upload], values: dict[str, Any]
) -> dict[str, Upload]:
    mentioned = {name for raw in wire.values() for name in _ATTACHED.findall(_as_text(raw))}
    attached = {}
    for name, upload in files.items():
        if name in fields and fields[name].sort == "file":
            values[name] = upload
        elif name in mentioned:
            attached[name] = upload
        else:
            raise malformed(f"unknown parameter {name}")
    for name, spec in fields.items():
        value = values.get(name)
        if spec.sort == "file" and isinstance(value, str) and value.startswith("attach://"):
            found = attached.get(value.removeprefix("attach://"))
            if found is None:
                raise malformed("there is no file in the request that the parameter attaches")
            values[name] = found
    return attached


def _as_text(raw: object) -> str:
    return raw if isinstance(raw, str) else json.dumps(raw)


def _typed(spec: Field, raw: object) -> Any:  # noqa: ANN401 - values are as varied as the Bot API
    if raw is None:
        return None
    match spec.sort:
        case "str" | "file":
            if not isinstance(raw, str):
                raise _misfit(spec, "a string")
            _whole_characters(raw)
            return raw
        case "int" | "chat":
            return _whole(spec, raw)
        case "bool":
            return _yes_or_no(spec, raw)
        case "float":
            return _decimal(spec, raw)
        case sort:
            return _from_json(spec, raw, dict if sort == "obj" else list)


def _whole(spec: Field, raw: object) -> int | str | None:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        if _INT.fullmatch(raw.strip()):
            return int(raw)
        if not raw:
            return None
        if spec.sort == "chat":
            return raw
    raise _misfit(spec, "an integer")


def _yes_or_no(spec: Field, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw in _TRUE | _FALSE:
        return raw in _TRUE
    raise _misfit(spec, "a boolean")


def _decimal(spec: Field, raw: object) -> float:
    if isinstance(raw, int | float | str) and not isinstance(raw, bool):
        try:
            return float(raw)
        except ValueError:
            pass
    raise _misfit(spec, "a number")


def _from_json(spec: Field, raw: object, wanted: type) -> Any:  # noqa: ANN401 - JSON
    value = raw
    if isinstance(raw, str):
        if not raw:
            return None
        try:
            value = json.loads(raw)
        except ValueError:
            raise malformed(f"can't parse {spec.name.replace('_', ' ')} JSON object") from None
    if not isinstance(raw, str) or "\\ud" in raw.lower():
        _whole_characters(json.dumps(value, ensure_ascii=False))
    if not isinstance(value, wanted):
        kind = "object" if wanted is dict else "array"
        raise malformed(f"{kind} expected as {spec.name.replace('_', ' ')}")
    return value


def _whole_characters(text: str) -> None:
    """Raise 400 for half a character: a surrogate without its other half."""
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise malformed("strings must be encoded in UTF-8") from None


def _misfit(spec: Field, wanted: str) -> Exception:
    return malformed(f"parameter {spec.name} must be {wanted}")
