"""A quick look whether a database has the tables of this version, without reading in all of Alembic."""

from importlib import resources

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.engine import Database
from storage.failures import is_database_failure


def newest() -> str:
    """Return the number of the newest migration: its file and its revision begin with it."""
    files = (resources.files("storage.migrations") / "versions").iterdir()
    return max(file.name.partition("_")[0] for file in files if file.name[:1].isdigit())


async def is_current(database: Database) -> bool:
    """Return whether *database* has the newest migration; OSError or a database failure when it can't be reached."""
    try:
        async with database.reader.connect() as connection:
            revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
            return str(revision).partition("_")[0] == newest()
    except DBAPIError as error:
        if is_database_failure(error):
            raise
        return False
