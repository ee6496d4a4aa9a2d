"""Tables typed into the project, and the one door to them.

Rows are plain frozen dataclasses and mappings; the rules that use them live in `bot.domain`.
Everything is read from files inside this package and kept after the first call.
"""

from bot.data.tables import (
    BORDERS_SOURCE,
    POSTCODES_SOURCE,
    AreaRow,
    PostcodeRow,
    areas,
    post_boxes,
    postcodes,
)

__all__ = [
    "BORDERS_SOURCE",
    "POSTCODES_SOURCE",
    "AreaRow",
    "PostcodeRow",
    "areas",
    "post_boxes",
    "postcodes",
]
