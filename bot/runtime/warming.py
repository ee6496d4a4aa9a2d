"""Reading in every table before the first update comes, so that nobody's message waits for it.

It also keeps the time short in which a kill looks as if an update had done it (see `Intake`).
"""

import sys
from functools import _lru_cache_wrapper
from inspect import signature

from bot.domain.enums import Language
from bot.runtime.translators import Translators

_OURS = ("bot.", "handlers.")


def warm_up(translators: Translators) -> int:
    """Call every remembered function without parameters in our modules once; return how many there are."""
    for language in Language:
        translators.of(language)
    found = {
        value
        for name, module in list(sys.modules.items())
        if name.startswith(_OURS)
        for value in vars(module).values()
        if isinstance(value, _lru_cache_wrapper) and not signature(value).parameters
    }
    for function in found:
        function()
    return len(found)
