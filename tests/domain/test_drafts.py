"""Which question of a report comes next, and what *Terug* takes back."""

from typing import Any

import pytest

from bot.domain import drafts
from bot.domain.drafts import CallMe, DraftMedia, Piece, ReportDraft, Signs, Step, next_step, undo
from bot.domain.enums import Kind, MediaKind, Theme


def told(text: str = "Lamp kapot", **answers: object) -> ReportDraft:
    return ReportDraft.model_validate({"pieces": [{"message": 1, "text": text}], **answers})


def photo(number: int = 1, kind: MediaKind = MediaKind.PHOTO) -> DraftMedia:
    return DraftMedia(id=number, kind=kind, file_id=f"f{number}", unique_id=f"u{number}", note=number)


COMPLETE: dict[str, Any] = {"kind": Kind.PLACE, "theme": Theme.LIVABILITY, "area": "WK003401"}


def test_an_empty_draft_asks_what_there_is_to_tell() -> None:
    assert next_step(ReportDraft()) is Step.TELL


def test_a_lamp_meets_no_danger_question_and_seven_answers_at_most() -> None:
    draft = told(signs=Signs(public_thing=True))
    asked = []
    answers: dict[Step, dict[str, object]] = {
        Step.KIND: {"kind": Kind.PLACE},
        Step.THEME: {"theme": Theme.LIVABILITY},
        Step.COUNTER: {"pass_on": True},
        Step.WHERE: {"region": "Almere Haven"},
        Step.AREA: {"area": "WK003401"},
    }
    while (step := next_step(draft)) is not Step.SUMMARY:
        asked.append(step)
        draft = draft.model_copy(update=answers[step])
    assert asked == [Step.KIND, Step.THEME, Step.COUNTER, Step.WHERE, Step.AREA]


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (told(signs=Signs(danger="fire")), Step.DANGER),
        (told(kind=Kind.PERSON), Step.DANGER),
        (told(kind=Kind.SELF), Step.DANGER),
        (told(kind=Kind.NUISANCE), Step.THEME),
        (told(kind=Kind.IDEA, theme=Theme.SAFETY), Step.DANGER),
        (told(kind=Kind.IDEA, theme=Theme.SAFETY, danger=False), Step.DETAILS),
        (told(kind=Kind.PLACE, signs=Signs(people=True)), Step.PEOPLE),
        (told(kind=Kind.IDEA, signs=Signs(people=True)), Step.THEME),
        (told(kind=Kind.PLACE, about_people=True), Step.PEOPLE_KIND),
        (ReportDraft(media=[photo()], kind=Kind.PLACE), Step.WORDS),
        (ReportDraft(media=[photo(kind=MediaKind.VOICE)], kind=Kind.PLACE), Step.THEME),
        (ReportDraft(media=[photo()], kind=Kind.PLACE, words_done=True), Step.THEME),
        (ReportDraft(call_me=CallMe(number="0612345678")), Step.KIND),
        (told(**{**COMPLETE, "area": None, "outside": True}), Step.OUTSIDE),
        (told(**{**COMPLETE, "area": None, "choices": ["WK003401", "WK003402"]}), Step.CHOICE),
        (told(**{**COMPLETE, "area": None, "nowhere": True}), Step.SUMMARY),
        (told(**{**COMPLETE, "danger": True}), Step.WRITE_BACK),
        (told(**{**COMPLETE, "kind": Kind.SELF, "danger": False}), Step.CONSENT),
        (told(**{**COMPLETE, "kind": Kind.SELF, "danger": False, "consent": False}), Step.WRITE_BACK),
        (
            told(**{**COMPLETE, "signs": Signs(public_thing=True), "under_16": True, "may_write_back": False}),
            Step.SUMMARY,
        ),
        (told(**COMPLETE), Step.SUMMARY),
    ],
)
def test_the_next_question_is_the_first_without_an_answer(draft: ReportDraft, step: Step) -> None:
    assert next_step(draft) is step


@pytest.mark.parametrize("step", list(Step))
def test_every_answer_can_be_taken_back(step: Step) -> None:
    draft = told(**COMPLETE, danger=False, about_people=False, consent=True, pass_on=True, may_write_back=True)
    undo(draft, step)
    if step in (Step.KIND, Step.THEME, Step.AREA, Step.WHERE):
        assert next_step(draft) is not Step.SUMMARY


def test_taking_back_which_people_asks_it_again() -> None:
    draft = told(kind=Kind.NUISANCE, about_people=True, signs=Signs(people=True))
    undo(draft, Step.PEOPLE_KIND)
    assert next_step(draft) is Step.PEOPLE_KIND
    undo(draft, Step.PEOPLE)
    assert next_step(draft) is Step.PEOPLE


@pytest.mark.parametrize(
    ("draft", "sealed", "discreet"),
    [
        (told(), False, False),
        (told(signs=Signs(danger="fire")), False, True),
        (told(signs=Signs(people=True)), False, True),
        (told(kind=Kind.PLACE, signs=Signs(people=True)), False, False),
        (told(kind=Kind.PLACE, danger=True), True, True),
        (told(danger=True), True, True),
        (told(under_16=True), True, True),
        (told(about_people=True, kind=Kind.PLACE), True, True),
        (told(kind=Kind.PERSON), True, True),
        (told(kind=Kind.IDEA), False, False),
    ],
)
def test_a_draft_is_as_discreet_as_the_report_may_become(draft: ReportDraft, sealed: bool, discreet: bool) -> None:
    assert (draft.sealed, draft.discreet) == (sealed, discreet)


def test_other_danger_words_are_asked_about_anew() -> None:
    draft = told(danger=False, signs=Signs(danger="fire"))
    drafts.read_again(draft, Signs(danger="fire", under_16=True))
    assert (draft.danger, draft.under_16) == (False, True)
    drafts.read_again(draft, Signs(danger="violence_home"))
    assert (draft.danger, draft.under_16) == (None, True)


def test_words_are_kept_until_the_report_is_full() -> None:
    draft = ReportDraft()
    assert drafts.add_words(draft, 1, "a" * 4096)
    assert not drafts.add_words(draft, 2, "b")
    assert draft.text == "a" * 4096
    half = ReportDraft()
    assert drafts.add_words(half, 1, "a" * 4000)
    assert not drafts.add_words(half, 2, "b" * 200)
    assert half.text == "a" * 4000 + "\n" + "b" * 95
    assert len(half.text) == drafts.MAX_TEXT


def test_an_edited_message_changes_its_own_words_only() -> None:
    draft = ReportDraft(pieces=[Piece(message=1, text="Lamp"), Piece(message=2, text="kapot")])
    assert drafts.change_words(draft, 2, "stuk")
    assert draft.text == "Lamp\nstuk"
    assert not drafts.change_words(draft, 3, "niets")
    assert drafts.change_words(draft, 1, "x" * 5000)
    assert len(draft.text) == drafts.MAX_TEXT


def test_a_caption_comes_changes_and_goes_with_its_picture() -> None:
    draft = ReportDraft(media=[photo(7)], incoming=[Piece(message=9, text="Nog iets")], incoming_media=[photo(8)])
    assert drafts.change_words(draft, 7, "Kijk")
    assert drafts.change_words(draft, 7, "Kijk hier")
    assert draft.text == "Kijk hier"
    assert drafts.change_words(draft, 7, "")
    assert draft.text == ""
    assert drafts.change_words(draft, 8, "En dit")
    assert drafts.change_words(draft, 9, "Iets anders")
    assert [piece.text for piece in draft.incoming] == ["Iets anders", "En dit"]


def test_answers_are_remembered_once_and_in_their_order() -> None:
    draft = ReportDraft(trail=[Step.KIND, Step.WHERE], misses=2)
    drafts.answered(draft, Step.KIND)
    assert (draft.trail, draft.misses) == ([Step.WHERE, Step.KIND], 0)


def test_only_the_last_hundred_messages_are_remembered() -> None:
    draft = ReportDraft()
    for message in range(120):
        drafts.heard(draft, (message, 1000))
    assert draft.heard[0] == (20, 1000)
    assert len(draft.heard) == drafts.MAX_HEARD


def test_ten_files_fit() -> None:
    assert ReportDraft(media=[photo(n) for n in range(10)]).room_for_media == 0


def test_a_draft_survives_the_database() -> None:
    draft = told(media=[photo().model_dump()], trail=[Step.KIND], call_me={"number": "06"}, heard=[(1, 2)])
    assert ReportDraft.model_validate(draft.model_dump(mode="json")) == draft
