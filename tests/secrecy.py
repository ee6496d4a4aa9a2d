"""Did a word, a name or a file of a sealed report reach a group? Asked of every call, at the end of every town."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.demo.telegram import Call
from storage.models import Report, ReportEvent, ReportMedia, ReportMessage, ReportNote
from storage.work import Work

#: So many words in a row are somebody's own; fewer may stand in the bot's sentences as well.
_IN_A_ROW = 4
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Secret:
    """Something that no group may be told from *since* on (UTC), and whose it is."""

    report: int
    what: str
    since: datetime


async def secrets_of(work: Work) -> list[Secret]:
    """Return what sealed reports hold: words in a row, names, phone numbers and file ids."""
    found: list[Secret] = []
    for report in (await work.session.scalars(select(Report).where(Report.sealed))).all():
        since = await _sealed_at(work, report)
        found += [Secret(report.number, what, since) for what in {*_words_of(report), *await _more_of(work, report)}]
    return found


def leaks(calls: Iterable[Call], secrets: Iterable[Secret]) -> list[str]:
    """Return one line per call to a group that holds a secret."""
    told = list(secrets)
    return [
        f"{call.method} to {call.params['chat_id']} holds {secret.what!r} of the sealed report {secret.report}"
        for call in calls
        if isinstance(call.params.get("chat_id"), int) and call.params["chat_id"] < 0
        for secret in told
        if call.at >= secret.since and is_in(secret.what, _said(call))
    ]


def is_in(what: str, text: str) -> bool:
    """Tell whether *what* stands in *text* by itself, not as a part of a longer word."""
    return what in text and re.search(rf"(?<!\w){re.escape(what)}(?!\w)", text) is not None


def _said(call: Call) -> str:
    files = [upload.data.decode(errors="replace") for upload in call.uploads.values()]
    return json.dumps([call.params, files], default=str, ensure_ascii=False)


async def _sealed_at(work: Work, report: Report) -> datetime:
    """Return since when the report is sealed: from the start, or since a worker corrected its kind."""
    query = select(ReportEvent.at).where(ReportEvent.report_id == report.id, ReportEvent.action == "sealed")
    return (await work.session.scalars(query)).first() or report.created_at


def _words_of(report: Report) -> Iterator[str]:
    yield from _rows_of_words(report.text)
    if report.resident_name and len(report.resident_name) >= _SHORTEST_NAME:
        yield report.resident_name
    if report.call_me:
        yield str(report.call_me.get("number"))


async def _more_of(work: Work, report: Report) -> list[str]:
    """Return words and files of the talk, notes and media of a report."""
    session = work.session
    talk = (await session.scalars(select(ReportMessage).where(ReportMessage.report_id == report.id))).all()
    notes = (await session.scalars(select(ReportNote).where(ReportNote.report_id == report.id))).all()
    files = (await session.scalars(select(ReportMedia.file_id).where(ReportMedia.report_id == report.id))).all()
    said = [file for file in files if file]
    for message in talk:
        said += [*_rows_of_words(message.text), *(file for _kind, file, *_id in message.media or [])]
    for note in notes:
        said += _rows_of_words(note.text)
    return said


def _rows_of_words(text: str) -> Iterator[str]:
    """Yield the text itself when it is a word or a few, else every few words in a row, as JSON writes them."""
    words = text.split()
    if len(words) < _IN_A_ROW:
        if len(text) > 2 * _IN_A_ROW:
            yield json.dumps(text, ensure_ascii=False)[1:-1]
        return
    for start in range(len(words) - _IN_A_ROW + 1):
        yield json.dumps(" ".join(words[start : start + _IN_A_ROW]), ensure_ascii=False)[1:-1]
