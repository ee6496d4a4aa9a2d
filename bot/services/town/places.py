"""From what a resident gives (a location, a postcode, a name) to a wijk of this town."""

from collections.abc import Sequence
from dataclasses import replace

from bot import data
from bot.domain.areas import Area, Located, Sure, by_name, by_postcode, locate, named_in, parse_postcode, region_named
from bot.domain.geo import Point, parse_shape
from storage.queries import town
from storage.queries.once import lasting
from storage.work import Work


async def names(work: Work) -> Sequence[Area]:
    """Return the wijken of the town by region and name, without their borders (which take long to read)."""

    async def read() -> Sequence[Area]:
        aliases = {row.code: row.aliases for row in data.areas()}
        return [
            Area(row.code, row.name, row.region, Point(row.lat, row.lon), aliases.get(row.code, ()))
            for row in await town.areas(work.session)
        ]

    return await lasting(work.session, "names", read)


async def bordered(work: Work) -> Sequence[Area]:
    """Return the wijken of the town with their borders, where they were imported."""

    async def read() -> Sequence[Area]:
        shapes = {row.code: parse_shape(row.polygon) for row in await town.bordered_areas(work.session) if row.polygon}
        return [replace(area, shape=shapes.get(area.code)) for area in await names(work)]

    return await lasting(work.session, "borders", read)


async def at_point(work: Work, point: Point) -> Located:
    """Return the wijk of a shared location, by its border where borders were imported."""
    return locate(point, await bordered(work))


async def typed(work: Work, text: str) -> Located | str:
    """Return the wijk that typed words mean (postcode or name), or the name of the region that they are."""
    known = await names(work)
    if postcode := parse_postcode(text):
        return by_postcode(postcode, data.postcodes(), data.post_boxes(), {area.code: area for area in known})
    return region_named(text, known) or by_name(text, known)


async def named(work: Work, text: str) -> list[str]:
    """Return the codes of the wijken that a sentence names (none, one, or a few of the same name)."""
    found = named_in(text, await names(work))
    return [area.code for area in found.areas] if found.sure in (Sure.ONE, Sure.CHOOSE) else []
