"""The set-up file: read it, check it whole, load it all or not at all, as often as you like."""

from bot.services.setup.loading import load
from bot.services.setup.reading import SetupError, parse
from bot.services.setup.schema import TownFile

__all__ = ["SetupError", "TownFile", "load", "parse"]
