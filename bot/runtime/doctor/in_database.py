"""The database: is it there, are its tables those of this version, can it be written to, is a town set up?"""

import asyncio
from collections.abc import AsyncIterator

from bot.runtime.clock import Clock
from bot.runtime.doctor.finding import Finding, Grade
from bot.runtime.doctor.groups import Place
from storage import migrate
from storage.backup import file_of
from storage.engine import Database
from storage.failures import is_database_failure, why
from storage.migrate import State
from storage.models import Organisation
from storage.queries import intake, patrol, town

_SETUP = "run `buurtbode setup FILE`"
_AGAIN = "try again in a minute; does it stay so, read the log of the database"
#: What to do about a failure that no other address of the database would mend, by its words in `storage.failures`.
_TODO = {
    "another program keeps it locked": "see which one (`fuser` tells), and end it",
    "out of memory": "give the machine more memory, or let less run on it",
    "it may only be read": "let the user of the bot write to the file and to its folder",
    "interrupted": _AGAIN,
    "the disk fails": "look at the disk, its quota, and the log of the kernel (`dmesg`)",
    "the file is damaged": "stop the bot, and put the last copy in its place (docs/deployment.md)",
    "the disk is full": "make room on it",
    "its lock fails": "put the file on a disk of this machine: no network share will do",
    "the connection broke": _AGAIN,
    "it was silent for too long": _AGAIN,
    "others were first": _AGAIN,
    "it has no room left": "make room on its disk, or raise max_connections",
    "it is at its limits": _AGAIN,
    "it is starting or stopping": _AGAIN,
    "its machine fails": _AGAIN,
}


async def look(database: Database, clock: Clock) -> AsyncIterator[Finding]:
    """Yield what is found, until something is so wrong that nothing more can be looked at."""
    file = file_of(database.url.render_as_string())
    if file is not None and not await asyncio.to_thread(file.exists):  # to look at it would make it
        yield Finding(Grade.WRONG, "database", f"there is no file {file} yet: {_SETUP}, which makes it")
        return
    try:
        state = await migrate.state(database.url.render_as_string(hide_password=False))
        yield Finding(Grade.OK, "database", f"{database.url.get_backend_name()} answers")
        finding = _of_tables(state, is_sqlite=database.is_sqlite)
        yield finding
        if state is not State.UP_TO_DATE:
            return
        async with database.write(clock.now()) as work:
            await intake.mark(work.session, "doctor", "looked", now=work.now)
        yield Finding(Grade.OK, "writing", "the database takes what is written")
        async with database.read(clock.now()) as work:
            is_set_up = await work.session.get(Organisation, 1) is not None
        yield _of_setup(is_set_up=is_set_up)
    except Exception as error:
        if not is_database_failure(error) and not isinstance(error, OSError):
            raise
        reason = why(error)
        yield Finding(Grade.WRONG, "database", f"can't be used ({reason}): {todo(reason)}")


def todo(why: str) -> str:
    """Return what to do about a database that fails for this reason."""
    return _TODO.get(why, "check BUURTBODE_DATABASE_URL")


async def places(database: Database, clock: Clock) -> list[Place]:
    """Return the groups that the set-up file names."""
    async with database.read(clock.now()) as work:
        desks, teams = await town.desks(work.session), await patrol.teams(work.session)
    return [
        *(Place(f"desk {desk.key}", desk.chat_id, desk.thread_id) for desk in desks),
        *(Place(f"team {team.key}", team.chat_id, desk=False) for team, _area in teams if team.chat_id is not None),
    ]


def _of_tables(state: State, *, is_sqlite: bool) -> Finding:
    match state:
        case State.UP_TO_DATE:
            return Finding(Grade.OK, "tables", "those of this version")
        case State.UNKNOWN:
            words = f"{state.value}: check BUURTBODE_DATABASE_URL, or install the newer version"
            return Finding(Grade.WRONG, "tables", words)
        case State.BEHIND if is_sqlite:
            return Finding(
                Grade.WRONG, "tables", "of an older version: `buurtbode migrate`, or the next start, renews them"
            )
        case State.EMPTY if is_sqlite:
            return Finding(Grade.WRONG, "tables", f"none yet: {_SETUP}, which makes them")
    return Finding(Grade.WRONG, "tables", f"{state.value}: run `buurtbode migrate`")


def _of_setup(*, is_set_up: bool) -> Finding:
    if is_set_up:
        return Finding(Grade.OK, "set-up", "a town is loaded")
    return Finding(Grade.WRONG, "set-up", f"nothing is loaded yet: {_SETUP}")
