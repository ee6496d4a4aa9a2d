"""The 71 wijken of Almere and its postcodes, as facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bot.data.files import read_rows

#: To be shown wherever borders or wijken are drawn.
BORDERS_SOURCE = "Kadaster / Centraal Bureau voor de Statistiek, 2022"
#: To be shown wherever postcodes are used.
POSTCODES_SOURCE = "© CBS, © Esri Nederland"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A CBS wijk: its codes, and a point inside it in degrees (WGS84)."""

    code: str
    name: str
    district: str
    region: str
    kind: str
    inhabitants: int
    postcodes: tuple[str, ...]
    lat: float
    lon: float
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """A wijk that a four-digit postcode touches, with its share (0-1) of residents and surface.

    `residents_share` is None where (almost) nobody lives, so that no share is known.
    """

    postcode: str
    rank: int
    area: str
    residents_share: float | None
    surface_share: float

    @property
    def share(self) -> float:
        """The share of the residents, or of the surface where nobody lives."""
        return self.surface_share if self.residents_share is None else self.residents_share


@cache
def areas() -> tuple[AreaRow, ...]:
    """Return the 71 wijken in the order of their code."""
    return tuple(
        AreaRow(
            code=row["code"],
            name=row["name"],
            district=row["district"],
            region=row["region"],
            kind=row["kind"],
            inhabitants=int(row["inhabitants"]),
            postcodes=tuple(row["postcodes"].split()),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            aliases=tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in read_rows("areas.csv")
    )


@cache
def postcodes() -> Mapping[str, tuple[PostcodeRow, ...]]:
    """Return, per four-digit postcode, its wijken with the largest first; no post boxes."""
    found: dict[str, list[PostcodeRow]] = {}
    for row in read_rows("postcodes.csv"):
        if row["rank"] == "0":
            continue
        share = row["residents_share"]
        found.setdefault(row["postcode"], []).append(
            PostcodeRow(
                postcode=row["postcode"],
                rank=int(row["rank"]),
                area=row["area"],
                residents_share=float(share) if share else None,
                surface_share=float(row["surface_share"]),
            )
        )
    return MappingProxyType({postcode: tuple(rows) for postcode, rows in found.items()})


@cache
def post_boxes() -> frozenset[str]:
    """Return the four-digit postcodes of post boxes and reply numbers: they are no place."""
    return frozenset(row["postcode"] for row in read_rows("postcodes.csv") if row["rank"] == "0")
