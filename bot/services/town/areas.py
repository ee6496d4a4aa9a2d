"""The wijken of the town: the built-in table, a GeoJSON file of borders, and what the database knows of them."""

from collections.abc import Sequence
from typing import Any

from bot import data
from bot.domain.area_files import read_areas
from bot.domain.areas import Area
from bot.domain.geo import Point, Shape, parse_shape
from storage.queries import setup as queries
from storage.queries import town
from storage.work import Work


def builtin() -> list[Area]:
    """Return the built-in wijken of Almere: inner points, no borders."""
    return [Area(row.code, row.name, row.region, Point(row.lat, row.lon), row.aliases) for row in data.areas()]


def from_geojson(document: object) -> list[Area]:
    """Return the wijken of a GeoJSON document with their borders; ValueError names what can't be read."""
    return read_areas(document, {area.code: area for area in builtin()})


async def import_borders(work: Work, document: object) -> int:
    """Write the borders of a GeoJSON document to the areas; return how many. ValueError as `from_geojson`."""
    areas = from_geojson(document)
    await write(work, areas)
    return len(areas)


async def write(work: Work, areas: Sequence[Area]) -> None:
    """Insert or update *areas* by code; an area without a border keeps the one it has."""
    await queries.write_areas(work.session, [_values(area) for area in areas])


async def border(work: Work, code: str | None) -> Shape | None:
    """Return the border of one area; None when it was not imported."""
    row = await town.bordered_area(work.session, code)
    return parse_shape(row.polygon) if row is not None and row.polygon else None


def _values(area: Area) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "region": area.region,
        "lat": area.inner.lat,
        "lon": area.inner.lon,
        "polygon": _geometry(area.shape) if area.shape else None,
    }


def _geometry(shape: Shape) -> dict[str, Any]:
    """Return a border as a GeoJSON geometry, longitude first."""
    polygons = [[[[corner.lon, corner.lat] for corner in ring] for ring in polygon] for polygon in shape.polygons]
    return {"type": "MultiPolygon", "coordinates": polygons}
