"""Every sentence that people read: one function per message, Dutch as the source, other languages as catalogues."""

from bot.texts.translator import Translator, escape

__all__ = ["Translator", "escape"]
