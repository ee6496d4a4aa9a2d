"""Tables typed into the project, and the one door to them.

Rows are plain frozen dataclasses and mappings; the rules that use them live in `bot.domain`.
Everything is read from files inside this package and kept after the first call.
"""

from bot.data.files import font
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
    ItemRow,
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
    items,
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
    "AreaRow",
    "DangerRow",
    "HelpLine",
    "ItemRow",
    "PhraseRow",
    "PostcodeRow",
    "areas",
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
    "theme_phrases",
    "theme_terms",
]
