"""Standard answers per theme and language: kept by the beheerder, offered to whoever writes an *Antwoord*."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.enums import Language, RoleName, Theme
from bot.services.triage.answering import MAX_ANSWER
from storage.models import AuditEntry, Person, Report, StandardAnswer
from storage.queries import staff
from storage.queries import standard_answers as queries
from storage.queries.locking import locked
from storage.work import Work

MAX_TITLE = 40
#: How many of one theme and language there may be: so many buttons fit under a prompt.
MAX_ANSWERS = 12


class Kept(StrEnum):
    """What became of a change."""

    DONE = "done"
    STRANGER = "stranger"
    GONE = "gone"
    DOUBLE = "double"
    LONG = "long"
    FULL = "full"


async def may_keep(work: Work, person: Person) -> bool:
    """Tell whether this person keeps the standard answers now."""
    return RoleName.ADMIN in await staff.roles(work.session, person.id)


async def offered(work: Work, report: Report) -> Sequence[StandardAnswer]:
    """Return the ready answers for a report: of its theme, in the language that its resident reads."""
    return await queries.of_theme(work.session, report.theme, report.language)


async def add(work: Work, person: Person, theme: Theme, language: Language, title: str, text: str) -> Kept:
    """Add an answer. DOUBLE: this theme and language have that title already; FULL: there are enough."""
    if not await may_keep(work, person):
        return Kept.STRANGER
    if wrong := await _wrong(work, theme, language, title, text):
        return wrong
    if len(await queries.of_theme(work.session, theme, language)) >= MAX_ANSWERS:
        return Kept.FULL
    work.session.add(StandardAnswer(theme=theme, language=language, title=title, text=text))
    await work.session.flush()
    _audit(work, person, "standard_answer_added")
    return Kept.DONE


async def change(
    work: Work, person: Person, answer_id: int, *, title: str | None = None, text: str | None = None
) -> Kept:
    """Change the title or the text of an answer."""
    if not await may_keep(work, person):
        return Kept.STRANGER
    answer = await locked(work.session, StandardAnswer, answer_id)
    if answer is None:
        return Kept.GONE
    new_title, new_text = title or answer.title, text or answer.text
    if wrong := await _wrong(work, answer.theme, answer.language, new_title, new_text, besides=answer.id):
        return wrong
    answer.title, answer.text = new_title, new_text
    await work.session.flush()
    _audit(work, person, "standard_answer_changed")
    return Kept.DONE


async def remove(work: Work, person: Person, answer_id: int) -> Kept:
    """Remove an answer; what was sent with it stays."""
    if not await may_keep(work, person):
        return Kept.STRANGER
    answer = await locked(work.session, StandardAnswer, answer_id)
    if answer is None:
        return Kept.GONE
    await work.session.delete(answer)
    await work.session.flush()
    _audit(work, person, "standard_answer_removed")
    return Kept.DONE


async def _wrong(
    work: Work, theme: Theme, language: Language, title: str, text: str, *, besides: int | None = None
) -> Kept | None:
    if len(title) > MAX_TITLE or len(text) > MAX_ANSWER:
        return Kept.LONG
    other = await queries.titled(work.session, theme, language, title)
    return Kept.DOUBLE if other is not None and other.id != besides else None


def _audit(work: Work, person: Person, action: str) -> None:
    work.session.add(AuditEntry(at=work.now, actor_id=person.id, action=action, about=None, detail=None))
