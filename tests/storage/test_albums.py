"""Albums: known by their name, however long somebody makes it."""

from storage.engine import Database
from storage.queries import reports
from tests.town import START


async def test_an_album_with_an_endless_name_is_an_album(database: Database) -> None:
    async with database.write(START) as work:
        await reports.begin_album(work.session, 1, "7" * 200, about=5, now=START)
    async with database.read(START) as work:
        found = await reports.album(work.session, 1, "7" * 200)
        assert found is not None
        assert found.about == 5
        assert await reports.album(work.session, 1, "7" * 63) is None
        assert await reports.album(work.session, 2, "7" * 200) is None
