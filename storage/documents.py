"""What stands in JSON columns, as text: drafts, prompts and ready messages, several with every update.

pydantic's writer takes a quarter of the time of Python's, its reader half. Neither knows half of a surrogate pair,
which Python writes as an escape: a document with one is left to Python.
"""

import json
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json


def written(document: Any) -> str:  # noqa: ANN401 any JSON
    """Return *document* as JSON; `TypeError` for what is none."""
    try:
        return to_json(document, inf_nan_mode="constants").decode()
    except (PydanticSerializationError, UnicodeEncodeError):
        return json.dumps(document)


def read(text: str | bytes) -> Any:  # noqa: ANN401 any JSON
    """Return the document that *text* is; `ValueError` when it is no JSON."""
    try:
        return from_json(text)
    except ValueError:
        return json.loads(text)
