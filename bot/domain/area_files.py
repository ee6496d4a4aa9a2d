"""Reading wijken and their borders from GeoJSON: our own files and PDOK's "CBS Wijken en Buurten"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.areas import Area
from bot.domain.geo import Shape, parse_shape

_CODES = ("code", "wijkcode", "statcode", "wk_code")
_NAMES = ("name", "wijknaam", "statnaam", "wk_naam", "wijk")
_REGIONS = ("region", "gebied", "stadsdeel")
_TOWNS = ("gemeentenaam", "gm_naam")


def read_areas(document: object, known: Mapping[str, Area]) -> list[Area]:
    """Return the wijken of a GeoJSON FeatureCollection with their borders, in the file's order.

    Properties may be ours (code, name, region) or PDOK's (wijkcode, wijknaam, gemeentenaam), in
    capitals or not. A file that holds a known wijk is taken to hold more than one town: only its
    known wijken are kept, with their known region and other names. Water without a wijk is left
    out, and a wijk in several pieces is put together. `ValueError` names the feature (from 1) that can't be read.
    """
    features = document.get("features") if isinstance(document, Mapping) else None
    if not isinstance(features, Sequence) or isinstance(features, str):
        raise ValueError("not a GeoJSON FeatureCollection")
    found: dict[str, Area] = {}
    for number, feature in enumerate(features, start=1):
        try:
            area = _area(feature, known)
        except ValueError as error:
            raise ValueError(f"feature {number}: {error}") from error
        if area is None:
            continue
        found[area.code] = _joined(found.get(area.code), area)
    ours = [area for area in found.values() if area.code in known]
    if not found:
        raise ValueError("a file without a single wijk")
    return ours or list(found.values())


def _joined(before: Area | None, area: Area) -> Area:
    if before is None or before.shape is None or area.shape is None:
        return area
    return replace(before, shape=Shape.of(before.shape.polygons + area.shape.polygons))


def _area(feature: object, known: Mapping[str, Area]) -> Area | None:
    if not isinstance(feature, Mapping):
        raise ValueError("not a feature")
    geometry, raw = feature.get("geometry"), feature.get("properties")
    if not isinstance(geometry, Mapping) or not isinstance(raw, Mapping):
        raise ValueError("no geometry or no properties")
    properties = {str(key).casefold(): value for key, value in raw.items()}
    if properties.get("water") == "JA":
        return None
    code, name = _first(properties, _CODES), _first(properties, _NAMES)
    if not code or not name:
        raise ValueError("no code or no name")
    shape = parse_shape(geometry)
    before = known.get(code)
    region = _first(properties, _REGIONS) or (before and before.region) or _first(properties, _TOWNS)
    if not region:
        raise ValueError(f"no region for {code}")
    inner = before.inner if before and shape.contains(before.inner) else shape.inner_point()
    return Area(code, name, region, inner, before.aliases if before else (), shape)


def _first(properties: Mapping[str, object], names: Sequence[str]) -> str | None:
    values = (properties.get(name) for name in names)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), None)
