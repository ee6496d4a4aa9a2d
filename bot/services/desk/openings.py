"""Opening a report in a worker's private chat: straight there, or by a one-time link that only that worker can use.

Source: "Sealed reports". Every opening is in the audit trail.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.enums import MessageDirection, Reachable
from bot.domain.notices import Notice
from bot.domain.notices.triage import ForgetPrivate, PrivateCardAnew, PrivateMedia, PrivateText, PrivateWords
from bot.services.desk import cards
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import audit
from bot.services.triage.rights import Act, may_open
from storage.ids import new_id
from storage.models import Opening, Person, Report
from storage.queries import triage as queries
from storage.queries.locking import locked
from storage.work import Work

#: What a deep link to a report begins with, behind `/start `.
PREFIX = "open-"
#: How long a link can be used.
VALID_FOR = timedelta(hours=24)
#: How long files stay in a worker's private chat.
MEDIA_STAYS = timedelta(hours=24)


class Redeemed(StrEnum):
    """What became of a link."""

    OPENED = "opened"
    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    USED = "used"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True)
class Opened:
    """A report that was opened, or how it can be: `token` is for somebody whom the bot can't write to yet."""

    outcome: Outcome
    token: str | None = None


async def open_for(work: Work, report_id: int, person: Person) -> Opened:
    """Show the report in *person*'s private chat, or make a one-time link when the bot may not write there yet."""
    found = await look(work, report_id, person.id, None, Act.OPEN)
    if not found.done or found.report is None:
        return Opened(found)
    if person.reachable is Reachable.YES:
        _show(work, found.report, person)
        return Opened(found)
    token = PREFIX + secrets.token_urlsafe(24)
    work.session.add(Opening(token=token, report_id=report_id, worker_id=person.id, created_at=work.now))
    await work.session.flush()
    await cards.refresh(work, found.report)
    return Opened(found, token)


async def redeem(work: Work, token: str, person: Person) -> Redeemed:
    """Use a one-time link: it opens its report for the worker it was made for, once, while that worker may see it."""
    opening = await queries.opening_of_token(work.session, token)
    if opening is None:
        return Redeemed.UNKNOWN
    report = await locked(work.session, Report, opening.report_id)
    opening = await locked(work.session, Opening, opening.id)
    if report is None or opening is None:
        return Redeemed.UNKNOWN
    if opening.worker_id != person.id:
        audit(work, person.id, "opening_refused", report)
        return Redeemed.NOT_YOURS
    if opening.used_at is not None or work.now - opening.created_at > VALID_FOR:
        return Redeemed.USED
    if not await may_open(work, report, person.id):
        audit(work, person.id, "opening_refused", report)
        return Redeemed.NOT_ALLOWED
    opening.used_at = work.now
    await work.session.flush()
    await cards.refresh(work, report)
    _show(work, report, person)
    return Redeemed.OPENED


async def show_all(work: Work, report_id: int, person: Person) -> Outcome:
    """Send the whole text and all files of a report to *person*'s private chat; they are deleted there a day later.

    SAME: there is nothing to show.
    """
    found = await look(work, report_id, person.id, None, Act.OPEN)
    if not found.done or found.report is None:
        return found
    asked = new_id()
    parts: list[Notice] = [PrivateText(report_id, person.id, asked)] if found.report.text else []
    parts += [
        PrivateMedia(report_id, file.id, person.id, asked) for file in await queries.media_of(work.session, report_id)
    ]
    for message in await queries.messages_of(work.session, report_id, MessageDirection.RESIDENT):
        parts.append(PrivateWords(report_id, message.id, person.id, asked))
    if not parts:
        return Outcome(Verdict.SAME, found.report)
    audit(work, person.id, "files_opened", found.report)
    for part in parts:
        work.put(part, chat=person.id)
        work.put(ForgetPrivate(report_id, part.key), chat=person.id, due_at=work.now + MEDIA_STAYS)
    return found


def _show(work: Work, report: Report, person: Person) -> None:
    audit(work, person.id, "opened", report)
    work.put(PrivateCardAnew(report.id, person.id), chat=person.id)
