"""Corrections from the summary: whatever is corrected, the draft stays whole, and the way back loses nothing."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draft_changes import begin_change, cancel_change, changeable, end_change, rewrite, settle
from bot.domain.drafts import Piece, ReportDraft, Signs, Step, answered, next_step, unplace
from bot.domain.enums import Kind, Theme


def _place(draft: ReportDraft, value: object) -> None:
    unplace(draft)
    draft.area = f"WK00340{value}"


def _retell(draft: ReportDraft, value: int) -> None:
    rewrite(draft)
    draft.pieces.append(Piece(message=9, text=f"anders {value}"))


_ANSWER: dict[Step, Callable[[ReportDraft, int], None]] = {
    Step.REWRITE: _retell,
    Step.KIND: lambda draft, n: setattr(draft, "kind", list(Kind)[n % 5]),
    Step.DANGER: lambda draft, n: setattr(draft, "danger", bool(n % 2)),
    Step.PEOPLE: lambda draft, n: setattr(draft, "about_people", bool(n % 2)),
    Step.PEOPLE_KIND: lambda draft, n: setattr(draft, "kind", (Kind.NUISANCE, Kind.PERSON)[n % 2]),
    Step.THEME: lambda draft, n: setattr(draft, "theme", list(Theme)[n % 8]),
    Step.DETAILS: lambda draft, n: setattr(draft, "details_done", True),
    Step.COUNTER: lambda draft, n: setattr(draft, "pass_on", True),
    Step.WHERE: lambda draft, n: _place(draft, n % 9),
    Step.CONSENT: lambda draft, n: setattr(draft, "consent", bool(n % 2)),
    Step.WRITE_BACK: lambda draft, n: setattr(draft, "may_write_back", bool(n % 2)),
}
_SIGNS = st.builds(
    Signs,
    danger=st.sampled_from([None, "fire"]),
    people=st.booleans(),
    public_thing=st.booleans(),
    theme=st.none(),
    under_16=st.just(False),
    unread=st.just(False),
    areas=st.just([]),
)
_NUMBERS = st.lists(st.integers(0, 720), min_size=40, max_size=40)


def _answer_all(draft: ReportDraft, numbers: list[int]) -> None:
    for _ in range(12):
        if (step := next_step(draft)) is Step.SUMMARY:
            return
        _ANSWER[step](draft, numbers.pop())
        answered(draft, step)
        settle(draft)
    raise AssertionError(f"no end at {next_step(draft)}")


def _is_whole(draft: ReportDraft) -> None:
    assert next_step(draft) is Step.SUMMARY
    assert draft.sealed == (draft.may_write_back is not None)
    assert draft.consent is None or draft.kind is Kind.SELF
    assert not draft.pass_on or (draft.kind is Kind.PLACE and not draft.sealed)


@given(_SIGNS, _NUMBERS)
def test_whatever_is_corrected_the_report_stays_whole(signs: Signs, numbers: list[int]) -> None:
    draft = ReportDraft(pieces=[Piece(message=1, text="Lamp kapot")], signs=signs)
    _answer_all(draft, numbers)
    _is_whole(draft)
    for _ in range(3):
        step = changeable(draft)[numbers.pop() % len(changeable(draft))]
        begin_change(draft, step)
        _ANSWER[step](draft, numbers.pop())
        settle(draft)
        _answer_all(draft, numbers)
        end_change(draft)
        _is_whole(draft)


@given(_SIGNS, _NUMBERS, st.booleans())
def test_back_brings_every_answer_back(signs: Signs, numbers: list[int], halfway: bool) -> None:
    draft = ReportDraft(pieces=[Piece(message=1, text="Lamp kapot")], signs=signs)
    _answer_all(draft, numbers)
    before = draft.model_copy(deep=True)
    step = changeable(draft)[numbers.pop() % len(changeable(draft))]
    begin_change(draft, step)
    if halfway and step not in (Step.DANGER, Step.REWRITE):
        _ANSWER[step](draft, numbers.pop())
        answered(draft, step)
    cancel_change(draft)
    assert draft == before


def test_back_without_a_correction_changes_nothing() -> None:
    draft = ReportDraft(kind=Kind.PLACE)
    cancel_change(draft)
    assert draft == ReportDraft(kind=Kind.PLACE)
