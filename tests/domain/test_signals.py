"""A worker's signal: what is asked, in which order, and how an answer is taken back."""

import pytest

from bot.domain.drafts import DraftMedia, Signs
from bot.domain.enums import Kind, MediaKind, Source, Theme
from bot.domain.signals import Ask, SignalDraft, answered, next_ask, undo


def _full(**changes: object) -> SignalDraft:
    values = {"text": "x", "source": Source.DOOR, "kind": Kind.IDEA, "theme": Theme.COHESION, "nowhere": True}
    return SignalDraft.model_validate(values | changes)


@pytest.mark.parametrize(
    ("changes", "ask"),
    [
        ({}, Ask.SEND),
        ({"text": ""}, Ask.WORDS),
        ({"source": None}, Ask.SOURCE),
        ({"kind": None}, Ask.KIND),
        ({"kind": Kind.PLACE, "signs": Signs(people=True)}, Ask.PEOPLE),
        ({"kind": Kind.PLACE, "signs": Signs(people=True), "about_people": False}, Ask.SEND),
        ({"kind": Kind.PERSON}, Ask.DANGER),
        ({"kind": Kind.PERSON, "danger": False}, Ask.SEND),
        ({"signs": Signs(danger="fire")}, Ask.DANGER),
        ({"theme": None}, Ask.THEME),
        ({"nowhere": False}, Ask.WHERE),
        ({"nowhere": False, "area": "WK003401"}, Ask.SEND),
    ],
)
def test_the_first_open_question_is_asked(changes: dict[str, object], ask: Ask) -> None:
    assert next_ask(_full(**changes)) is ask


def test_a_spoken_signal_needs_no_words() -> None:
    voice = DraftMedia(id=1, kind=MediaKind.VOICE, file_id="f", unique_id="u", note=1)
    assert next_ask(_full(text="", media=[voice])) is Ask.SEND


@pytest.mark.parametrize(
    ("changes", "sealed"),
    [
        ({"kind": None}, False),
        ({}, False),
        ({"kind": Kind.OPPORTUNITY}, False),
        ({"kind": Kind.NUISANCE}, True),
        ({"danger": True}, True),
        ({"signs": Signs(under_16=True)}, True),
    ],
)
def test_a_signal_is_sealed_as_a_report_is(changes: dict[str, object], sealed: bool) -> None:
    assert _full(**changes).sealed is sealed


@pytest.mark.parametrize("ask", [ask for ask in Ask if ask is not Ask.SEND])
def test_terug_asks_the_last_question_again(ask: Ask) -> None:
    draft = _full(kind=Kind.PLACE, signs=Signs(people=True, danger="fire"), about_people=False, danger=True)
    answered(draft, ask)
    answered(draft, ask)
    assert draft.trail == [ask]
    assert undo(draft)
    if ask is Ask.WORDS:  # without words nothing was found in them either
        draft.text, draft.signs = "", Signs()
    assert next_ask(draft) is ask
    assert not undo(draft)


def test_terug_leaves_a_region_first() -> None:
    draft = _full(region="Almere Stad", nowhere=False)
    assert undo(draft)
    assert draft.region is None
