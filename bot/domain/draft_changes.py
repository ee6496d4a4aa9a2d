"""Correcting an earlier step from the summary: which there are, the way back, and what an answer makes void.

Nothing is taken back until the new answer is there: *Terug* at the corrected step brings everything as it was.
"""

from bot.domain.drafts import ReportDraft, Step
from bot.domain.enums import Kind

#: Answers that *Terug* brings back. Danger is none of them: what was said about it meanwhile counts.
_KEPT = frozenset(
    {
        "kind",
        "about_people",
        "words_done",
        "theme",
        "details_done",
        "pass_on",
        "area",
        "region",
        "choices",
        "outside",
        "nowhere",
        "lat",
        "lon",
        "consent",
        "may_write_back",
        "trail",
    }
)


def changeable(draft: ReportDraft) -> list[Step]:
    """Return the steps that can be corrected from the summary, in the order in which they were asked."""
    asked = (
        (Step.REWRITE, bool(draft.pieces)),
        (Step.KIND, True),
        (Step.DANGER, draft.danger is not None),
        (Step.PEOPLE, draft.kind is Kind.PLACE and draft.about_people is not None),
        (Step.THEME, True),
        (Step.COUNTER, draft.pass_on is not None),
        (Step.WHERE, True),
        (Step.CONSENT, draft.consent is not None),
        (Step.WRITE_BACK, draft.may_write_back is not None),
    )
    return [step for step, was_asked in asked if was_asked]


def begin_change(draft: ReportDraft, step: Step) -> None:
    """Remember all answers before *step* is asked again."""
    draft.changing = step
    draft.before = draft.model_dump(mode="json", include=set(_KEPT))
    if step is Step.KIND:
        draft.about_people = None


def cancel_change(draft: ReportDraft) -> None:
    """Bring all answers back as they were before the correction."""
    earlier = ReportDraft.model_validate(draft.before or {})
    if draft.before is not None:
        for name in _KEPT:
            setattr(draft, name, getattr(earlier, name))
    end_change(draft)


def end_change(draft: ReportDraft) -> None:
    """Forget the answers before the correction: the new ones stand."""
    draft.changing, draft.before = None, None


def rewrite(draft: ReportDraft) -> None:
    """Take all words out, so that new ones can take their place; files stay."""
    draft.pieces = []


def settle(draft: ReportDraft) -> None:
    """Drop answers to questions that no longer arise, so that none of them is sent along."""
    if draft.kind is not None and draft.kind is not Kind.SELF:
        draft.consent = None
    if draft.kind is not None and not draft.sealed:
        draft.may_write_back = None
    if draft.kind is not None and (draft.kind is not Kind.PLACE or draft.sealed):
        draft.pass_on = None
