"""Somebody writes very fast: our answers wait a moment, and one line says so. Everything they send is taken in."""

from telegram import Message

from bot.domain.pace import counted, paused_until, still_waits
from bot.texts import conversation as texts
from handlers.context import Scope
from handlers.views.drawing import Drawing
from storage.models import Person


def keep_pace(scope: Scope, person: Person, message: Message) -> None:
    """Count a private message; say once that answers wait when there are too many."""
    marks = counted(person.recent, message.date, message.media_group_id)
    person.recent = [list(mark) for mark in marks]
    now = scope.work.now
    until = paused_until(marks, now)
    if until is None or until <= now:
        return
    if not still_waits(person.paused_until, now):
        drawing = Drawing(text=texts.wait_a_moment(scope.translators(person)))
        scope.work.say(drawing.to_payload(), chat=message.chat.id)
    person.paused_until = until
