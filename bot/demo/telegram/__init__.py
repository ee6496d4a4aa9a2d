"""Telegram's stand-in."""

from bot.demo.telegram.errors import NotPossible
from bot.demo.telegram.server import Server, serve
from bot.demo.telegram.world import World

__all__ = ["NotPossible", "Server", "World", "serve"]
