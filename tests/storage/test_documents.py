"""JSON columns give back what was put in, half of an emoji too."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.documents import read, written
from storage.engine import Database
from storage.models import Dialogue
from storage.queries import dialogues
from tests.town import START

_ANY_TEXT = st.text(st.characters(exclude_categories=()))
_PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _ANY_TEXT
_DOCUMENTS = st.recursive(_PLAIN, lambda inside: st.lists(inside) | st.dictionaries(_ANY_TEXT, inside), max_leaves=20)


@given(_DOCUMENTS)
def test_what_was_written_is_read_and_is_json_for_everybody(document: object) -> None:
    text = written(document)
    assert read(text) == document == json.loads(text)
    text.encode()  # which a database does


@given(_DOCUMENTS)
def test_what_python_wrote_before_is_read(document: object) -> None:
    assert read(json.dumps(document)) == document


def test_what_is_no_json_is_not_written() -> None:
    with pytest.raises(TypeError):
        written({"a": object()})


def test_what_is_no_json_is_not_read() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        read("{")


@pytest.mark.parametrize("text", ["Er ligt glas 🍾", "half \ud83d paar", "\udc00", "«é»\u2028"])
async def test_a_row_keeps_any_text(database: Database, text: str) -> None:
    draft: dict[str, Any] = {"pieces": [{"text": text}], "lat": 52.37, "heard": [[2**40, 1]], "none": None}
    async with database.write(START) as work:
        row = Dialogue(chat_id=1, user_id=1, about="report", draft_id=1, step="tell", draft=draft)
        row.changed_at = START
        work.session.add(row)
    async with database.read(START) as work:
        assert (await dialogues.fetch(work.session, [(1, 1)]))[1, 1, "report"].draft == draft
