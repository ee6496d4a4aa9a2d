"""When a message could not be handled: say so, in private, and not too often."""

from datetime import timedelta

from bot.texts import general as texts
from handlers.context import Scope
from handlers.views.drawing import Drawing
from storage.models import Person

#: One apology per person in this time, however much goes wrong.
APOLOGY_PAUSE = timedelta(minutes=10)


def apologise(scope: Scope, person: Person) -> None:
    """Tell *person* in private that their message was not handled, unless they were told less than 10 minutes ago."""
    now = scope.work.now
    if person.apologised_at is not None and now - person.apologised_at < APOLOGY_PAUSE:
        return
    person.apologised_at = now
    drawing = Drawing(text=texts.apology(scope.translators(person)))
    scope.work.say(drawing.to_payload(), chat=person.id)
