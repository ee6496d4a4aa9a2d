"""A sign-up with its meeting, as the views of activities draw it; judged again when it is drawn."""

from dataclasses import dataclass

from bot.texts import activities as activity_texts
from bot.texts import signing as along_texts
from handlers.views.drawing import NotAnyMore
from handlers.views.registry import Reading
from storage.models import Activity, Occurrence, Signup
from storage.queries import activities as activity_queries
from storage.queries import signups as queries


@dataclass(frozen=True)
class Scene:
    """A sign-up with its meeting, as they are now."""

    signup: Signup
    occurrence: Occurrence
    activity: Activity

    def when(self, reading: Reading) -> str:
        """Day and times of the meeting."""
        return when_of(self.occurrence, reading)


def when_of(occurrence: Occurrence, reading: Reading) -> str:
    """Return day and times of a meeting."""
    return activity_texts.span(reading.t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)


async def scene_of(reading: Reading, signup_id: int) -> Scene | None:
    """Return a sign-up with its meeting; None once it is gone."""
    found = await queries.with_meeting(reading.work.session, signup_id)
    return None if found is None else Scene(*found)


async def coming_scene(reading: Reading, signup_id: int) -> Scene | NotAnyMore:
    """Return a sign-up for a meeting that is still to come and that its person may (still) know of."""
    scene = await scene_of(reading, signup_id)
    if scene is None:
        return NotAnyMore("gone")
    if scene.occurrence.called_off_at is not None:
        return NotAnyMore("called_off")
    if scene.occurrence.starts_at <= reading.now:
        return NotAnyMore("started")
    return scene


async def may_know(reading: Reading, occurrence: Occurrence, person_id: int) -> bool:
    """Return whether somebody may (still) know of a meeting."""
    return await activity_queries.visible(reading.work.session, occurrence.id, person_id) is not None


def about_place(scene: Scene, text: str, reading: Reading) -> str:
    """Return a message about a place, with whose it is when not the reader's own, and that it is two places."""
    above = [along_texts.about_guest(reading.t, name=scene.signup.for_name)] if scene.signup.for_name else []
    below = [along_texts.for_two(reading.t)] if scene.signup.seats > 1 else []
    return "\n".join([*above, text, *below])
