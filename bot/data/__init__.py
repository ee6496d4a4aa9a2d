"""Tables typed into the project, and the one door to them.

Rows are plain frozen dataclasses and mappings; the rules that use them live in `bot.domain`.
Everything is read from files inside this package and kept after the first call.
"""

from bot.data.files import font
from bot.data.repairing import (
    WEIGHTS_SOURCE,
    CategoryRow,
    ItemRow,
    brands,
    items,
    repair_categories,
)
from bot.data.tables import (
    BORDERS_SOURCE,
    POSTCODES_SOURCE,
    AreaRow,
    PostcodeRow,
    areas,
    post_boxes,
    postcodes,
)
from bot.data.words import (
    DangerRow,
    HelpLine,
    PhraseRow,
    complaint_exceptions,
    complaint_words,
    danger_exceptions,
    danger_known,
    danger_languages,
    danger_phrases,
    danger_terms,
    danger_words,
    help_lines,
    people_exceptions,
    people_words,
    public_space_exceptions,
    public_space_words,
    theme_phrases,
    theme_terms,
)

__all__ = [
    "BORDERS_SOURCE",
    "POSTCODES_SOURCE",
    "WEIGHTS_SOURCE",
    "AreaRow",
    "CategoryRow",
    "DangerRow",
    "HelpLine",
    "ItemRow",
    "PhraseRow",
    "PostcodeRow",
    "areas",
    "brands",
    "complaint_exceptions",
    "complaint_words",
    "danger_exceptions",
    "danger_known",
    "danger_languages",
    "danger_phrases",
    "danger_terms",
    "danger_words",
    "font",
    "help_lines",
    "items",
    "people_exceptions",
    "people_words",
    "post_boxes",
    "postcodes",
    "public_space_exceptions",
    "public_space_words",
    "repair_categories",
    "theme_phrases",
    "theme_terms",
]
